"""Every act of the desk as a deed that anybody may be made to try: what it needs is prepared first.

The first administrator is made before anybody is there to try it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.actions.act_for import erase_for, give_back_for, jobs_for, sign_up_for, take_for, withdraw_for
from kiosk.actions.attend_class import published_courses
from kiosk.actions.call_help import answer_help, call_help
from kiosk.actions.call_next import call_next, not_come
from kiosk.actions.check_devices import begin_device_check
from kiosk.actions.check_in_by_hand import KeyedCard, check_in_keyed, recognise_keyed
from kiosk.actions.correct_person import correct_name
from kiosk.actions.export_ledger import stop_export
from kiosk.actions.find_jobs import look_at_job
from kiosk.actions.follow_place import PartInHand, confirm_arrival, take_return_part
from kiosk.actions.give_back import Reason
from kiosk.actions.job_bodies import body_of
from kiosk.actions.keep_fleet import record_driver, record_vehicle
from kiosk.actions.keep_found_card import hand_back_card, keep_found_card
from kiosk.actions.keep_shift import close_shift, open_shift
from kiosk.actions.leave_kiosk import leave_kiosk
from kiosk.actions.mend_device import give_up_device, mend_device
from kiosk.actions.move_in_line import move_in_line
from kiosk.actions.outcome_ports import Answer
from kiosk.actions.ports import Staff
from kiosk.actions.post_job import post_job, withdraw_job
from kiosk.actions.practice import note_practice
from kiosk.actions.print_slip import begin_printing, record_printed, record_uncertain
from kiosk.actions.print_test_page import TRAINING_CARD, ask_test_page
from kiosk.actions.record_papers import hold_class, record_certificate
from kiosk.actions.settle_refused import settle_refused
from kiosk.actions.settle_slip import confirm_paper, reprint_slip, void_slip
from kiosk.actions.sign_in import sign_in
from kiosk.actions.stick_errands import Errand, FoundStick, begin_errand
from kiosk.actions.talk_over import agree, begin_talk, part
from kiosk.actions.verify_hardship import record_skill, verify_hardship
from kiosk.domain.cards import CardKind
from kiosk.domain.devices import Device
from kiosk.domain.duties import Act
from kiosk.domain.found_cards import FoundKind, Lies
from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.ids import JobId, SlipNumber, StaffId
from kiosk.domain.jobs import Certificate
from kiosk.domain.outcomes import Outcome, Witness
from kiosk.domain.sign_ups import SignUp
from kiosk.domain.skills import Grade, HeldSkill
from kiosk.domain.workers import HeldCertificate
from kiosk.messages.sync import Refusal
from tests import answers
from tests.halls import CLERK, SampleKiosk
from tests.pins import quick_hash
from tests.unit.actions.coach_deeds import (
    Deed,
    boarding,
    calling_riders,
    checking,
    crewing,
    departing,
    forming,
    opening,
    outing,
    seating,
)
from tests.unit.actions.fleets import (
    DRIVER_CARD,
    PAPERS,
    SMALL,
)
from tests.unit.actions.lines import come, in_line, talked_over
from tests.unit.actions.pair_deeds import (
    REASON,
    NoSticks,
    exporting,
    letting_out,
    merging,
    merging_unlike,
    releasing,
    undoing_a_merge,
    unmasking,
)
from tests.unit.actions.visits import place_of, register
from tools.figures.people import person_card


def deed(kiosk: SampleKiosk, act: Act) -> Deed:
    """Prepare a fresh kiosk for one act and return how somebody tries it."""
    return _DEEDS[act](kiosk)


def _signing_in(kiosk: SampleKiosk) -> Deed:
    def tried(staff: Staff) -> object:
        with kiosk.hall.store.writing() as records:
            pin = f"{len(records.desk.staff()):06d}"
            records.desk.add_staff(replace(staff, id=StaffId(f"{staff.id}-in"), pin_hash=quick_hash(pin)))
        return sign_in(kiosk.hall, pin)

    return tried


def _helping(kiosk: SampleKiosk) -> Deed:
    call = call_help(kiosk.hall, "home", None)
    return lambda staff: answer_help(kiosk.hall, call.id, staff)


def _by_hand(kiosk: SampleKiosk) -> Deed:
    card = kiosk.people["miao"].card
    met = recognise_keyed(kiosk.hall, KeyedCard(CardKind.CITIZEN, card.number, card.name))
    assert met is not None
    return lambda staff: check_in_keyed(kiosk.hall, met, staff)


def _recording(kiosk: SampleKiosk) -> Deed:
    worker = register(kiosk, "miao").worker
    held = HeldCertificate(Certificate.WELDER, "0001", None, None)
    return lambda staff: record_certificate(kiosk.hall, worker, held, staff)


def _correcting(kiosk: SampleKiosk) -> Deed:
    worker = register(kiosk, "miao").worker
    return lambda staff: correct_name(kiosk.hall, worker, "测试乙", REASON, staff)


def _taking_for(kiosk: SampleKiosk) -> Deed:
    worker = register(kiosk, "miao").worker
    job = jobs_for(kiosk.hall, worker)[0]
    return lambda staff: take_for(kiosk.hall, worker, job, REASON, staff)


def _signing_up_for(kiosk: SampleKiosk) -> Deed:
    worker = register(kiosk, "miao").worker
    job = jobs_for(kiosk.hall, worker)[0]
    return lambda staff: sign_up_for(kiosk.hall, worker, job, REASON, staff)


def _giving_back_for(kiosk: SampleKiosk) -> Deed:
    taken = place_of(kiosk).placement
    return lambda staff: give_back_for(kiosk.hall, taken.worker, taken.id, Reason.ILL, REASON, staff)


def _withdrawing_for(kiosk: SampleKiosk) -> Deed:
    worker = register(kiosk, "miao").worker
    return lambda staff: withdraw_for(kiosk.hall, worker, REASON, staff)


def _erasing_for(kiosk: SampleKiosk) -> Deed:
    worker = register(kiosk, "miao").worker
    return lambda staff: erase_for(kiosk.hall, worker, REASON, staff)


def _skill(kiosk: SampleKiosk) -> Deed:
    worker = register(kiosk, "miao").worker
    return lambda staff: record_skill(kiosk.hall, worker, HeldSkill("masonry", Grade.SENIOR), staff)


def _hardship(kiosk: SampleKiosk) -> Deed:
    worker = register(kiosk, "miao").worker
    held = HeldHardship(Hardship.DISABLED, None)
    return lambda staff: verify_hardship(kiosk.hall, worker, held, staff)


def _teaching(kiosk: SampleKiosk) -> Deed:
    worker = register(kiosk, "miao").worker
    return lambda staff: hold_class(kiosk.hall, worker, published_courses(kiosk.hall)[0].hazard_class, staff)


def _called(kiosk: SampleKiosk) -> SignUp:
    item = in_line(kiosk, come(kiosk, 1), talked_over(kiosk))
    return call_next(kiosk.hall, item.job, "1", CLERK)


def _calling(kiosk: SampleKiosk) -> Deed:
    item = in_line(kiosk, come(kiosk, 1), talked_over(kiosk))
    return lambda staff: call_next(kiosk.hall, item.job, "1", staff)


def _absent(kiosk: SampleKiosk) -> Deed:
    item = _called(kiosk)
    return lambda staff: not_come(kiosk.hall, item.id, staff)


def _sitting_down(kiosk: SampleKiosk) -> Deed:
    item = _called(kiosk)
    return lambda staff: begin_talk(kiosk.hall, item.id, staff)


def _agreeing(kiosk: SampleKiosk) -> Deed:
    item = begin_talk(kiosk.hall, _called(kiosk).id, CLERK)
    return lambda staff: agree(kiosk.hall, item.id, staff)


def _parting(kiosk: SampleKiosk) -> Deed:
    item = begin_talk(kiosk.hall, _called(kiosk).id, CLERK)
    return lambda staff: part(kiosk.hall, item.id, staff)


def _moving(kiosk: SampleKiosk) -> Deed:
    first, last = (in_line(kiosk, come(kiosk, number), talked_over(kiosk)) for number in (1, 2))
    return lambda staff: move_in_line(kiosk.hall, last.id, first.id, REASON, staff)


def _printed(kiosk: SampleKiosk) -> SlipNumber:
    number = place_of(kiosk).slip
    begin_printing(kiosk.hall, number)
    record_printed(kiosk.hall, number, "token")
    return number


def _reprinting(kiosk: SampleKiosk) -> Deed:
    number = _printed(kiosk)
    return lambda staff: reprint_slip(kiosk.hall, number, REASON, staff)


def _voiding(kiosk: SampleKiosk) -> Deed:
    number = _printed(kiosk)
    return lambda staff: void_slip(kiosk.hall, number, REASON, staff)


def _confirming(kiosk: SampleKiosk) -> Deed:
    number = place_of(kiosk).slip
    begin_printing(kiosk.hall, number)
    record_uncertain(kiosk.hall, number, "silent")
    return lambda staff: confirm_paper(kiosk.hall, number, staff)


def _part_coming_back(kiosk: SampleKiosk) -> Deed:
    part_in_hand = PartInHand(place_of(kiosk).slip, kiosk.hall.today(), is_keyed=False)
    return lambda staff: take_return_part(kiosk.hall, part_in_hand, Answer(Outcome.HIRED), staff)


def _arriving(kiosk: SampleKiosk) -> Deed:
    placement = place_of(kiosk).placement.id
    return lambda staff: confirm_arrival(kiosk.hall, placement, Witness.WORKER, staff)


def _handing_back(kiosk: SampleKiosk) -> Deed:
    card = keep_found_card(kiosk.hall, FoundKind.BANK, Lies.DRAWER, "", CLERK)
    return lambda staff: hand_back_card(kiosk.hall, card.id, "", staff)


def _job(kiosk: SampleKiosk) -> JobId:
    return JobId(kiosk.sample.jobs[0].id)


def _posting(kiosk: SampleKiosk) -> Deed:
    looked = look_at_job(kiosk.hall, _job(kiosk), None)
    assert looked is not None
    body = body_of(replace(looked.line.job, id=JobId("posted")))
    return lambda staff: post_job(kiosk.hall, body, staff)


def _withdrawing(kiosk: SampleKiosk) -> Deed:
    return lambda staff: withdraw_job(kiosk.hall, _job(kiosk), REASON, staff)


def _settling(kiosk: SampleKiosk) -> Deed:
    answers.refuse(kiosk.opened, Refusal(seq=1, reason="bureau.refused.unknown_job"), at=kiosk.hall.now())
    return lambda staff: settle_refused(kiosk.hall, 1, staff)


def _closing(kiosk: SampleKiosk) -> Deed:
    open_shift(kiosk.hall, CLERK)
    return lambda staff: close_shift(kiosk.hall, REASON, (), staff)


def _mending(kiosk: SampleKiosk) -> Deed:
    give_up_device(kiosk.hall, Device.READER, "faults", "R1")
    return lambda staff: mend_device(kiosk.hall, Device.READER, REASON, staff)


def _errand(errand: Errand) -> Callable[[SampleKiosk], Deed]:
    stick = FoundStick("/media/stick", "stick")
    return lambda kiosk: lambda staff: begin_errand(kiosk.hall, NoSticks(), errand, stick, staff)


def _stopping(kiosk: SampleKiosk) -> Deed:
    return lambda staff: stop_export(kiosk.hall, NoSticks(), staff)


_DEEDS: dict[Act, Callable[[SampleKiosk], Deed]] = {
    **{act: outing(act) for act in (Act.HAND_DUTY, Act.NOTE_INCIDENT, Act.COUNT_RETURN, Act.PRINT_OUTING)},
    Act.SIGN_IN: _signing_in,
    Act.ANSWER_HELP: _helping,
    Act.CHECK_IN_BY_HAND: _by_hand,
    Act.CORRECT_PERSON: _correcting,
    Act.TAKE_FOR: _taking_for,
    Act.SIGN_UP_FOR: _signing_up_for,
    Act.GIVE_BACK_FOR: _giving_back_for,
    Act.WITHDRAW_FOR: _withdrawing_for,
    Act.ERASE_FOR: _erasing_for,
    Act.RECORD_CERTIFICATE: _recording,
    Act.RECORD_SKILL: _skill,
    Act.VERIFY_HARDSHIP: _hardship,
    Act.HOLD_CLASS: _teaching,
    Act.PRINT_CLASS_RECORD: lambda kiosk: (
        lambda staff: ask_test_page(kiosk.hall, staff, "AJ-1", Act.PRINT_CLASS_RECORD)
    ),
    Act.BEGIN_PRACTICE: lambda kiosk: lambda staff: note_practice(kiosk.hall, staff),
    Act.PRINT_TRAINING_CARD: lambda kiosk: (
        lambda staff: ask_test_page(kiosk.hall, staff, TRAINING_CARD, Act.PRINT_TRAINING_CARD)
    ),
    Act.PRINT_SHIFT: lambda kiosk: lambda staff: ask_test_page(kiosk.hall, staff, "JB-1", Act.PRINT_SHIFT),
    Act.OPEN_SHIFT: lambda kiosk: lambda staff: open_shift(kiosk.hall, staff),
    Act.CLOSE_SHIFT: _closing,
    Act.CALL_NEXT: _calling,
    Act.NOT_COME: _absent,
    Act.BEGIN_TALK: _sitting_down,
    Act.AGREE: _agreeing,
    Act.PART: _parting,
    Act.MOVE_IN_LINE: _moving,
    Act.REPRINT_SLIP: _reprinting,
    Act.CONFIRM_PAPER: _confirming,
    Act.VOID_SLIP: _voiding,
    Act.KEEP_FOUND_CARD: lambda kiosk: (
        lambda staff: keep_found_card(kiosk.hall, FoundKind.BANK, Lies.DRAWER, "", staff)
    ),
    Act.HAND_BACK_CARD: _handing_back,
    Act.PRINT_FOUND_RECEIPT: lambda kiosk: (
        lambda staff: ask_test_page(kiosk.hall, staff, "YL-1", Act.PRINT_FOUND_RECEIPT)
    ),
    Act.RECORD_RETURN: _part_coming_back,
    Act.CONFIRM_ARRIVAL: _arriving,
    Act.POST_JOB: _posting,
    Act.WITHDRAW_JOB: _withdrawing,
    Act.SETTLE_REFUSED: _settling,
    Act.PRINT_TEST_PAGE: lambda kiosk: lambda staff: ask_test_page(kiosk.hall, staff),
    Act.MEND_DEVICE: _mending,
    Act.WRITE_STICK: _errand(Errand.WRITE),
    Act.READ_STICK: _errand(Errand.READ),
    Act.CARRY_STICK: _errand(Errand.CARRY),
    Act.CHECK_DEVICES: lambda kiosk: lambda staff: begin_device_check(kiosk.hall, staff),
    Act.LEAVE_FULL_SCREEN: lambda kiosk: lambda staff: leave_kiosk(kiosk.hall, Act.LEAVE_FULL_SCREEN, staff),
    Act.MERGE_PEOPLE: merging,
    Act.MERGE_UNLIKE: merging_unlike,
    Act.UNDO_MERGE: undoing_a_merge,
    Act.UNMASK_NUMBER: unmasking,
    Act.EXPORT_LEDGER: exporting,
    Act.UNMASK_LEDGER: letting_out,
    Act.STOP_EXPORT: _stopping,
    Act.OVERRIDE_REVIEW: releasing,
    Act.OPEN_DOOR: opening,
    Act.BOARD_BY_HAND: boarding,
    Act.CALL_RIDERS: calling_riders,
    Act.RECORD_VEHICLE: lambda kiosk: lambda staff: record_vehicle(kiosk.hall, SMALL, staff),
    Act.RECORD_DRIVER: lambda kiosk: (
        lambda staff: record_driver(kiosk.hall, person_card(DRIVER_CARD).number, PAPERS, staff)
    ),
    Act.FORM_TRIP: forming,
    Act.CHANGE_PASSENGERS: seating,
    Act.CREW_TRIP: crewing,
    Act.CHECK_DEPARTURE: checking,
    Act.DEPART: departing,
    Act.PRINT_MANIFEST: lambda kiosk: (
        lambda staff: ask_test_page(kiosk.hall, staff, "CC-1", Act.PRINT_MANIFEST)
    ),
    Act.END_PROGRAM: lambda kiosk: lambda staff: leave_kiosk(kiosk.hall, Act.END_PROGRAM, staff),
}
