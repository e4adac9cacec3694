"""People, visits, slips and the desk: what is put in comes out, and what must be once is once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.actions.faults import IntegrityFault
from kiosk.actions.ports import HelpCall, KioskIdentity, Staff
from kiosk.domain.ids import JobId, PlacementId, StaffId
from kiosk.domain.jobs import Certificate
from kiosk.domain.placements import PlacementState, SpentNumber
from kiosk.domain.slips import SlipState
from kiosk.domain.workers import FirstAnswers, HeldCertificate, HeldEducation, WorkSpan
from kiosk.messages.audit_chain import audit_hash
from kiosk.messages.events import FIRST_HASH
from kiosk.storage.opening import OpenedStore
from tests.unit.storage.samples import DAY, NOW, PLACES, check_in, feed, grant, job_body, person, take


def test_a_person_comes_back_as_known(kept: OpenedStore) -> None:
    answers = FirstAnswers("13900000001", ("fruit_picker", "cook"), WorkSpan.DAY)
    with kept.store.writing() as records:
        records.workers.add(person())
        records.workers.set_answers(person().id, answers)
        records.workers.set_notice(person().id, 2)
    with kept.store.reading() as records:
        known = replace(person(), answers=answers, notice_version=2)
        assert records.workers.by_hash(person().number_hash) == known
        assert list(records.workers.by_tail("0001")) == [known]
        assert list(records.workers.by_tail("0002")) == []


def test_papers_seen_again_are_renewed_not_doubled(kept: OpenedStore) -> None:
    older = HeldCertificate(Certificate.WELDER, "1234", DAY, None)
    newer = replace(older, valid_until=DAY + timedelta(days=365))
    held = HeldEducation("height", DAY, DAY + timedelta(days=365))
    with kept.store.writing() as records:
        records.workers.add(person())
        for certificate in (older, newer):
            records.workers.add_certificate(person().id, certificate)
            records.workers.add_education(person().id, held)
        assert records.workers.certificates(person().id) == (newer,)
        assert records.workers.education(person().id) == (held,)


def test_a_person_has_one_visit_a_day(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        first = check_in(records, person(1).id)
        check_in(records, person(2).id)
        check_in(records, person(1).id, day=DAY + timedelta(days=1))
    with pytest.raises(IntegrityFault), kept.store.writing() as records:
        check_in(records, person(1).id)
    with kept.store.reading() as records:
        assert records.check_ins.of(person(1).id, DAY) == first
        assert (records.days.counts(DAY).checked_in, records.check_ins.count_all()) == (2, 3)
        assert records.check_ins.next_sequence(DAY) == 3


def test_a_number_never_granted_or_spent_before_cannot_be_spent(kept: OpenedStore) -> None:
    feed(kept, job_body())
    grant(kept, PLACES, 2, 2)
    with kept.store.writing() as records:
        taken = take(records, person().id, JobId("J1"))
        assert taken.spent == (SpentNumber(PLACES, 2),)
        for number in (1, 2, 3):
            with pytest.raises(IntegrityFault):
                records.rights.spend(SpentNumber(PLACES, number), taken.id)


def test_a_number_given_back_is_not_free_again_and_cannot_be_given_back_twice(kept: OpenedStore) -> None:
    feed(kept, job_body())
    grant(kept, PLACES, 1, 1)
    with kept.store.writing() as records:
        taken = take(records, person().id, JobId("J1"))
        records.rights.give_back(taken.spent[0])
        records.placements.set_state(taken.id, PlacementState.CANCELLED)
        assert len(records.rights.free(PLACES)) == 0
        assert records.placements.open_of(person().id) == []
        assert records.workers.engagements(person().id, NOW) == ()
        with pytest.raises(IntegrityFault):
            records.rights.give_back(taken.spent[0])


def test_a_spent_number_needs_its_placement(kept: OpenedStore) -> None:
    feed(kept, job_body())
    grant(kept, PLACES, 1, 1)
    with pytest.raises(IntegrityFault), kept.store.writing() as records:
        records.rights.spend(SpentNumber(PLACES, 1), PlacementId("nobody's"))


def test_a_slip_tells_its_state(kept: OpenedStore) -> None:
    feed(kept, job_body())
    grant(kept, PLACES, 1, 5)
    with kept.store.writing() as records:
        slip = records.slips.by_number(take(records, person().id, JobId("J1")).slip)
        assert slip is not None
        sending = replace(slip, state=SlipState.SENDING, evidence="token")
        records.slips.update(sending)
        assert records.slips.in_state(SlipState.QUEUED) == []
        assert records.slips.in_state(SlipState.SENDING, SlipState.UNCERTAIN) == [sending]
        assert records.slips.next_counter(DAY) == 2
        with pytest.raises(IntegrityFault):
            records.slips.update(replace(slip, number=type(slip.number)("PG-NZ-0918-02-9999")))


def test_the_slip_that_waits_longest_is_told_first_whatever_its_state(kept: OpenedStore) -> None:
    """One-line break: in `_IN_STATE`, order by nothing."""
    feed(kept, job_body())
    grant(kept, PLACES, 1, 5)
    with kept.store.writing() as records:
        for number in (1, 2, 3):
            take(records, person(number).id, JobId("J1"), name=f"P{number}")
        first, second, third = records.slips.all()
        records.slips.update(replace(first, changed_at=NOW + timedelta(minutes=2)))
        sent = replace(second, state=SlipState.SENDING, changed_at=NOW + timedelta(minutes=1))
        records.slips.update(sent)
        waiting = [slip.number for slip in records.slips.in_state(SlipState.QUEUED, SlipState.SENDING)]
    assert waiting == [third.number, second.number, first.number]


def test_a_help_call_is_answered_once(kept: OpenedStore) -> None:
    call = HelpCall("H1", "board", None, NOW, None)
    with kept.store.writing() as records:
        records.desk.add_call(call)
        assert records.desk.open_calls() == [call]
        assert records.desk.answer_call("H1", NOW) == replace(call, answered_at=NOW)
        assert records.desk.answer_call("H1", NOW) is None
        assert records.desk.open_calls() == []


def test_a_count_says_how_many_and_nothing_else(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        assert [records.desk.add_count(DAY, "under_16") for _ in range(3)] == [1, 2, 3]
    with kept.database.reading() as connection:
        assert [tuple(item) for item in connection.exec_driver_sql("SELECT * FROM day_count")] == [
            (str(DAY), "under_16", 3)
        ]


def test_the_audit_log_is_chained_and_shows_the_newest_first(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        for number in range(3):
            records.desk.audit(NOW, "S1", "post_job", "job", f"J{number}", "")
        lines = records.desk.audit_lines(2)
        everything = records.desk.audit_lines(10)
    assert [line.entity_id for line in lines] == ["J2", "J1"]
    with kept.database.reading() as connection:
        kept_hashes = connection.exec_driver_sql("SELECT hash FROM audit_line ORDER BY seq").scalars().all()
    previous = FIRST_HASH
    for line, kept_hash in zip(reversed(everything), kept_hashes, strict=True):
        previous = audit_hash(line, previous)
        assert kept_hash == previous


@pytest.mark.parametrize(
    "other",
    [
        {"seq": 2},
        {"at": NOW + timedelta(seconds=1)},
        {"actor": "S2"},
        {"act": "withdraw_job"},
        {"entity": "slip"},
        {"entity_id": "J2"},
        {"reason": "another"},
        {"second": "S2"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_line_of_the_audit_log_is_bound_to_every_word_of_it_and_to_the_line_before(
    kept: OpenedStore, other: dict[str, object]
) -> None:
    """One-line break: in `audit_hash`, leave a field or `prev_hash` out of `content`."""
    with kept.store.writing() as records:
        records.desk.audit(NOW, "S1", "post_job", "job", "J1", "why")
        (line,) = records.desk.audit_lines(1)
    first = audit_hash(line, FIRST_HASH)
    changed = audit_hash(replace(line, **other), FIRST_HASH)  # type: ignore[arg-type]  # one field, of its type
    assert changed != first
    assert audit_hash(line, changed) != first


def test_staff_made_here_stay_when_the_feed_starts_over(kept: OpenedStore) -> None:
    staff = Staff(StaffId("S1"), "样例", "admin", "argon2", is_active=True)
    with kept.store.writing() as records:
        records.desk.add_staff(staff)
    feed(kept, job_body(), is_snapshot=True)
    with kept.store.reading() as records:
        assert records.desk.staff() == [staff]


def test_the_kiosk_knows_who_it_is(kept: OpenedStore) -> None:
    identity = KioskIdentity(
        "K1", 2, "A", "NZ", "汽车南站", "worker", "key-1", b"\x00\xff" * 16, ("city", "hall:NZ")
    )
    with kept.store.writing() as records:
        assert records.settings.identity() is None
        records.settings.adopt(identity)
    with kept.store.reading() as records:
        assert records.settings.identity() == identity
