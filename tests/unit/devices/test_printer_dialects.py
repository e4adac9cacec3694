"""The driver and printers of other dialects, each a script of bytes as its manual gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from PIL import Image

from kiosk.devices.escpos.jobs import build_job
from kiosk.devices.escpos.status import Health
from kiosk.devices.printer_progress import PrintState
from kiosk.devices.printers import LOST_AFTER_S, Evidence, PrintOutcome, PrintResult, SlipPrinter
from kiosk.devices.profiles import Behind, Dialect, PrinterProfile, load_profile
from tests.unit.devices.printer_peers import SOON, Answer, Hours, ScriptedPeer
from tests.unit.devices.printer_stand import TOKEN, Walk

FULL, STATUS = b"\x10\x04\x14", [bytes((0x10, 4, n)) for n in (1, 2, 3, 4)]
BEHIND, IDENTITY, TOKEN_ASKED = b"\x1dr\x01", b"\x1dIC", b"\x1d(H\x06\x0000T001"
WELL = dict.fromkeys(STATUS, b"\x12")
AT_REST, HELD_OUT = b"\x10\x0f\0\0\0\0", b"\x10\x0f\x20\0\0\0"
KPM, HPRT = load_profile("custom-kpm"), load_profile("hprt-tp80k")
EPSON = load_profile("epson-tm-t82")
LAN = replace(load_profile("generic-80"), reply_margin_s=0.3)
"""Its proof is one byte, and it has no count of cuts."""


def printer_at(peer: ScriptedPeer, profile: PrinterProfile) -> SlipPrinter:
    return SlipPrinter(peer, profile, SOON, Hours())


def printed_by(printer: SlipPrinter, walk: Walk | None = None) -> PrintOutcome:
    picture = Image.new("1", (printer.profile.width_dots, 24), 0)
    job = build_job(picture, [], printer.profile, TOKEN)
    return printer.print(job, TOKEN, walk or Walk(), patience_s=1.0)


def reason(outcome: PrintOutcome) -> str:
    assert outcome.reason is not None
    return outcome.reason.key


def in_turn(*answers: bytes) -> Answer:
    """Answer so, one after another, and go on with the last."""
    left: Iterator[bytes] = iter(answers[:-1])
    return lambda: next(left, answers[-1])


def test_a_presented_slip_is_printed_once_somebody_has_taken_it() -> None:
    said = in_turn(AT_REST, AT_REST, HELD_OUT, HELD_OUT, AT_REST)
    peer = ScriptedPeer({FULL: said, BEHIND: b"\0"})
    walk = Walk()
    outcome = printed_by(printer_at(peer, KPM), walk)
    assert (outcome.result, outcome.evidence) == (PrintResult.PRINTED, Evidence.REPLY_BEHIND_CUT)
    assert walk.states[-1] is PrintState.HELD_OUT
    assert b"\x1de\x02" not in peer.sent


def test_a_presented_slip_that_nobody_takes_is_drawn_back_in_and_uncertain() -> None:
    peer = ScriptedPeer({FULL: in_turn(AT_REST, AT_REST, HELD_OUT), BEHIND: b"\0"})
    outcome = printed_by(printer_at(peer, replace(KPM, retract_after_s=0.5)))
    assert (outcome.result, reason(outcome)) == (PrintResult.UNCERTAIN, "devices.printer.retracted")
    assert peer.sent.endswith(b"\x1de\x02")


def test_a_presented_slip_is_left_hanging_where_the_profile_says_so() -> None:
    peer = ScriptedPeer({FULL: in_turn(AT_REST, AT_REST, HELD_OUT), BEHIND: b"\0"})
    outcome = printed_by(printer_at(peer, replace(KPM, retract_after_s=0.0)))
    assert outcome.result is PrintResult.PRINTED
    assert b"\x1de\x02" not in peer.sent


def test_a_line_that_breaks_while_the_slip_is_held_out_takes_its_proof_not_back() -> None:
    def breaks() -> bytes:
        peer.is_lost = True
        return b""

    states = iter([AT_REST, AT_REST, HELD_OUT])
    peer = ScriptedPeer({FULL: lambda: next(states, None) or breaks(), BEHIND: b"\0"})
    assert printed_by(printer_at(peer, KPM)).result is PrintResult.PRINTED


def test_customs_count_of_cuts_is_read_as_its_manual_gives_it() -> None:
    peer = ScriptedPeer({FULL: AT_REST, BEHIND: b"\0", b"\x1d\xe2": b"2376 cuts"})
    assert printer_at(peer, KPM).cut_count() == 2376


@pytest.mark.parametrize("said", [b"", b"cuts", b"_\0"])
def test_a_count_that_is_no_number_is_none(said: bytes) -> None:
    peer = ScriptedPeer({FULL: AT_REST, BEHIND: b"\0", b"\x1d\xe2": said})
    assert printer_at(peer, KPM).cut_count() is None


def test_a_count_behind_remains_that_had_to_be_cut_off_speaks_for_no_slip() -> None:
    """Broken by dropping the comparison of clearings: the remains' own cut would count for the slip."""
    replies = in_turn(b"", b"\0")
    peer = ScriptedPeer({**WELL, BEHIND: replies, b"\x1dg2\0\xb2\0": b"_1204\0"})
    printer = printer_at(peer, load_profile("generic-80-gsh"))
    assert printer.cut_count() is None
    assert printer.cut_count() == 1204


def test_where_the_paper_question_is_not_answered_the_model_name_behind_the_cut_is_the_proof() -> None:
    peer = ScriptedPeer({**WELL, IDENTITY: b"_CAPD347\0"})
    outcome = printed_by(printer_at(peer, HPRT))
    assert (outcome.result, outcome.evidence) == (PrintResult.PRINTED, Evidence.REPLY_BEHIND_CUT)
    assert HPRT.cut + IDENTITY in peer.sent
    assert BEHIND not in peer.sent


def test_a_printer_that_answers_nothing_behind_the_cut_leaves_every_slip_uncertain() -> None:
    peer = ScriptedPeer(WELL)
    profile = replace(HPRT, behind=Behind.NONE, reply_margin_s=0.3)
    outcome = printed_by(printer_at(peer, profile))
    assert (outcome.result, reason(outcome)) == (PrintResult.UNCERTAIN, "devices.printer.no_reply")
    assert peer.sent.count(profile.cut) == 1, "no blank paper is cut to find out"


def test_a_late_answer_of_the_slip_before_is_no_proof_of_this_one() -> None:
    """The answer of the first slip comes behind the cut of the second, whose own never comes."""
    answers = in_turn(b"\0", b"", b"\0", b"")  # settled; first slip; second slip: the first one's; none
    peer = ScriptedPeer({**WELL, BEHIND: answers})
    printer = printer_at(peer, LAN)
    outcomes = [printed_by(printer), printed_by(printer), printed_by(printer)]
    assert [outcome.result for outcome in outcomes] == [PrintResult.UNCERTAIN] * 3


def test_an_answer_that_closes_the_older_question_leaves_the_next_one_open_for_the_slip() -> None:
    both = in_turn(b"\0", b"", b"\0\0", b"\0")
    printer = printer_at(ScriptedPeer({**WELL, BEHIND: both}), LAN)
    outcomes = [printed_by(printer), printed_by(printer), printed_by(printer)]
    assert [outcome.result for outcome in outcomes] == [
        PrintResult.UNCERTAIN,
        PrintResult.PRINTED,
        PrintResult.PRINTED,
    ]


def test_what_is_left_of_a_torn_slip_is_not_settled_by_the_answer_of_a_question_before_it() -> None:
    """The line breaks behind the cut: the blank bytes' question gets the answer of the slip before."""
    answers = in_turn(b"\0", b"", b"\0", b"\0", b"")
    peer = ScriptedPeer({**WELL, BEHIND: answers})
    printer = printer_at(peer, LAN)
    assert printer.status().summary is Health.OK
    walk = Walk({PrintState.PRINTING: lambda: setattr(peer, "is_lost", True)})
    assert reason(printed_by(printer, walk)) == "devices.printer.link_lost"
    peer.is_lost = False
    assert printed_by(printer).result is PrintResult.UNCERTAIN


def test_an_answer_that_is_lost_costs_no_slip_where_something_else_can_be_asked_behind_all() -> None:
    answers = in_turn(b"\0", b"", b"\0")
    peer = ScriptedPeer({**WELL, BEHIND: answers, IDENTITY: b"_XP-80\0"})
    printer = printer_at(peer, LAN)
    outcomes = [printed_by(printer), printed_by(printer)]
    assert [outcome.result for outcome in outcomes] == [PrintResult.UNCERTAIN, PrintResult.PRINTED]


def test_an_answer_that_is_lost_is_waited_for_so_long_and_no_longer() -> None:
    answers = in_turn(b"\0", b"", b"\0")
    hours = Hours()
    printer = SlipPrinter(ScriptedPeer({**WELL, BEHIND: answers}), LAN, SOON, hours)
    assert [printed_by(printer).result for _ in range(2)] == [PrintResult.UNCERTAIN] * 2
    hours.now_s += LOST_AFTER_S
    assert printed_by(printer).result is PrintResult.PRINTED


def test_a_printer_that_cannot_answer_keeps_its_open_questions_for_as_long() -> None:
    answers, state = in_turn(b"\0", b"", b"\0"), [b"\x12"]
    peer = ScriptedPeer({**dict.fromkeys(STATUS, lambda: state[0]), BEHIND: answers})
    hours = Hours()
    printer = SlipPrinter(peer, LAN, SOON, hours)
    assert printed_by(printer).result is PrintResult.UNCERTAIN
    state[0] = b"\x7e"
    hours.now_s += LOST_AFTER_S
    assert printed_by(printer).result is PrintResult.REFUSED
    state[0] = b"\x12"
    assert printed_by(printer).result is PrintResult.UNCERTAIN, "the answer is the first slip's"


def test_a_count_of_cuts_that_comes_late_is_not_the_count_asked_for_next() -> None:
    peer = ScriptedPeer({FULL: AT_REST, BEHIND: b"\0", b"\x1d\xe2": in_turn(b"", b"2376 cuts", b"2379 cuts")})
    printer = printer_at(peer, KPM)
    assert [printer.cut_count() for _ in range(2)] == [None, None]
    assert printed_by(printer).result is PrintResult.PRINTED
    assert printer.cut_count() == 2379


def test_a_count_of_cuts_that_comes_late_is_no_proof_of_a_slip() -> None:
    """`cuts` holds bytes that look like answers to GS r."""
    peer = ScriptedPeer({FULL: AT_REST, BEHIND: in_turn(b"\0", b"2376 cuts"), b"\x1d\xe2": b""})
    printer = printer_at(peer, replace(KPM, reply_margin_s=0.3))
    assert printer.cut_count() is None
    assert printed_by(printer).result is PrintResult.UNCERTAIN


def test_a_printer_of_no_dialect_is_never_asked_and_never_well() -> None:
    peer = ScriptedPeer({BEHIND: b"\0"})
    printer = printer_at(peer, replace(load_profile("generic-80"), dialect=Dialect.NONE))
    assert printer.status().summary is Health.UNKNOWN
    assert printed_by(printer).result is PrintResult.PRINTED
    assert b"\x10\x04" not in peer.sent


def test_what_a_printer_reports_unasked_is_its_status_at_once_and_silence_takes_nothing_back() -> None:
    peer = ScriptedPeer({**WELL, BEHIND: b"\0"})
    printer = printer_at(peer, EPSON)
    assert printer.status().summary is Health.OK
    assert peer.sent.startswith(bytes(8) + b"\x1da\xff"), "a head cut short takes no length from it"
    assert printer.told() is None
    asked = len(peer.sent)
    peer.to_say += b"\x38\0\x0c\0"
    told = printer.told()
    assert told is not None
    assert (told.cover_open, told.has_paper, told.online) == (True, False, False)
    assert len(peer.sent) == asked, "nothing was asked"


def test_a_line_found_dead_while_listening_is_told_and_opened_again_by_the_next_look() -> None:
    peer = ScriptedPeer({**WELL, BEHIND: b"\0"})
    printer = printer_at(peer, EPSON)
    assert printer.told() is None, "a closed line is not listened to"
    printer.status()
    peer.is_lost = True
    told = printer.told()
    assert told is not None
    assert not told.is_reached
    peer.is_lost = False
    assert printer.status().summary is Health.OK


def test_a_fault_told_unasked_in_the_middle_of_a_slip_starts_the_patience_at_once() -> None:
    numbers = count()
    statuses = dict.fromkeys(STATUS, b"\x12")
    peer = ScriptedPeer({**statuses, BEHIND: lambda: b"\0" if next(numbers) == 0 else b""})
    peer.script = {**peer.script, TOKEN_ASKED: b"\x18\0\x0c\0"}
    walk = Walk()
    printed_by(printer_at(peer, replace(EPSON, reply_margin_s=0.3)), walk)
    assert PrintState.WAITING_FOR_PAPER in walk.states


def test_a_printer_too_full_to_answer_is_as_it_last_told_unasked() -> None:
    state = [b"\x12"]
    peer = ScriptedPeer({**dict.fromkeys(STATUS, lambda: state[0]), BEHIND: b"\0"})
    printer = printer_at(peer, EPSON)
    assert printer.status().summary is Health.OK
    state[0] = b""
    peer.to_say += b"\x18\0\x0c\0"
    printer.told()
    asked = printer.status()
    assert (asked.has_paper, asked.online, asked.is_reached) == (False, False, True)
    peer.to_say += b"\x10\0\0\0"
    assert printer.status().summary is Health.UNKNOWN, "that all is well is not taken from an old word"


def test_paper_that_ends_in_a_printer_too_full_to_answer_is_waited_for_with_all_patience() -> None:
    """No answer to any question comes from the first byte of the slip on, only word that the paper is out."""
    state = [b"\x12"]

    def says_paper_out() -> bytes:
        state[0] = b""
        return b"\x18\0\x0c\0"

    peer = ScriptedPeer({**dict.fromkeys(STATUS, lambda: state[0]), BEHIND: in_turn(b"\0", b"")})
    peer.script = {**peer.script, TOKEN_ASKED: says_paper_out}
    printer = printer_at(peer, replace(EPSON, reply_margin_s=0.3))
    walk = Walk({PrintState.WAITING_FOR_PAPER: lambda: reloaded(peer)})
    outcome = printed_by(printer, walk)
    assert (outcome.result, outcome.evidence) == (PrintResult.PRINTED, Evidence.TOKEN)
    walk = Walk()
    state[0] = b"\x12"
    outcome = printed_by(printer, walk)
    assert (outcome.result, reason(outcome)) == (PrintResult.UNCERTAIN, "devices.printer.paper_out")


def reloaded(peer: ScriptedPeer) -> None:
    """Say that all is well again, and give the slip's token back."""
    peer.to_say += b"\x10\0\0\0" + b'7"T001\0'


def test_unasked_reports_are_switched_on_again_behind_every_reset() -> None:
    job = build_job(Image.new("1", (576, 8), 0), [], EPSON, TOKEN)
    assert job.startswith(b"\x1b@" + EPSON.start + b"\x1da\xff")
