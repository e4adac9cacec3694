"""No statement that a tap makes may read a whole table: pages are decrypted one by one, and halls grow."""

from __future__ import annotations

from dataclasses import replace

from kiosk.actions.board_ports import BoardQuery, Stop
from kiosk.actions.ports import HelpCall
from kiosk.domain.class_records import ClassMode, ClassRecord, record_number
from kiosk.domain.families import Family
from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.ids import (
    JobId,
    NumberHash,
    PlacementId,
    SlipNumber,
    StaffId,
    StationCode,
    TeamId,
    TripId,
    WorkerId,
)
from kiosk.domain.lessons import first_lesson
from kiosk.domain.paydays import PayAnswer
from kiosk.domain.placements import PlacementState
from kiosk.domain.restrictions import Restriction
from kiosk.domain.skills import Grade, HeldSkill
from kiosk.domain.slips import SlipState
from kiosk.domain.teams import TeamPart
from kiosk.domain.workers import Release
from kiosk.intake.courses import first_courses
from kiosk.messages.feed import FeedRow
from kiosk.storage.opening import OpenedStore
from tests import answers
from tests.unit.storage.plans import scans, statements_of
from tests.unit.storage.samples import (
    DAY,
    NOW,
    PLACES,
    check_in,
    feed,
    grant,
    job_body,
    person,
    take,
    ticket,
    trip_body,
)


def filled(kept: OpenedStore) -> None:
    feed(kept, trip_body())
    for at in range(4):
        jobs = [
            job_body(number, trip="T1" if number % 3 else None) for number in range(at * 50 + 1, at * 50 + 51)
        ]
        feed(kept, *jobs, from_pos=at * 50 + 2)
    grant(kept, PLACES, 1, 5)
    grant(kept, "seats:T1", 1, 5)


def test_looking_at_the_board_never_scans(kept: OpenedStore) -> None:
    """Broken by `job.c.id + ""` in `_LINE_OF`: no index knows the expression."""
    filled(kept)
    queries = [
        BoardQuery(
            family=family,
            text=text,
            order=order,
            same_day_pay_only=flag,
            with_coach_only=flag,
            takeable_here=takeable,
            trades=trades,
            stop=stop,
            is_full=is_full,
        )
        for stop in (None, Stop(StationCode("NZ"), "河西镇"))
        for family in (None, Family.FARM)
        for text in ("", "z", "zpg")
        for order in ("pay", "start")
        for flag in (False, True)
        for takeable in (False, True)
        for trades in ((), ("fruit_picker",))
        for is_full in (False, True)
    ]
    with statements_of(kept.database) as heard, kept.store.reading() as records:
        for query in queries:
            records.board.count(query, NOW)
            records.board.page(query, NOW, 6, 6)
            records.board.weighables(query, NOW)
        records.board.soonest_of(["fruit_picker", "guard"], NOW)
        records.board.stops(BoardQuery(), NOW)
        records.board.days(BoardQuery(), NOW)
        records.board.families(NOW)
        records.board.trades(Family.FARM, NOW)
        records.board.line(JobId("J1"), NOW)
        records.board.trips_of(DAY)
    assert len(heard) > len(queries)
    assert scans(kept.database, heard) == []


def test_the_day_at_a_glance_never_scans(kept: OpenedStore) -> None:
    filled(kept)
    someone = person()
    with kept.store.writing() as records:
        records.workers.add(someone)
        check_in(records, someone.id)
        take(records, someone.id, JobId("J1"), TripId("T1"))
    with statements_of(kept.database) as heard, kept.store.reading() as records:
        records.days.counts(DAY)
        records.days.coaches(DAY)
        assert records.days.people([TripId("T1")])
        records.days.open_slips()
        records.days.queue_numbers([someone.id], DAY)
        records.outcomes.expected(NOW, NOW, 9)
        records.found_cards.waiting()
        records.found_cards.of(NumberHash("0"))
        records.outcomes.parts_due(DAY, DAY, 9)
        records.outcomes.returned(SlipNumber("TJ-NZ-0918-02-0001"), DAY)
        records.board.jobs([JobId("J1")])
    assert scans(kept.database, heard) == []


def test_finding_somebody_never_scans(kept: OpenedStore) -> None:
    """One-line break: `name_initials.c.initials + ""` in `_FOUND`: no index knows the expression."""
    someone = person()
    with kept.store.writing() as records:
        records.workers.add(someone)
    with statements_of(kept.database) as heard, kept.store.writing() as records:
        assert records.workers.spell_names() == 1
        assert records.workers.spell_names() == 0
        records.workers.by_initials("z", DAY, 30)
        records.placements.by_slip(SlipNumber("x"))
        records.placements.open_of(someone.id)
        records.slips.by_number(SlipNumber("x"))
    assert len(heard) > 5
    assert scans(kept.database, heard) == []


def test_names_are_spelled_by_three_statements_however_many_they_are(kept: OpenedStore) -> None:
    """One-line break: tick off each name by a statement of its own, while somebody waits at the screen."""
    with kept.store.writing() as records:
        for nth, name in enumerate(["单田芳", "曾小贤", "TEST, PERSON A"] * 10):
            spelled = replace(person(), id=WorkerId(f"w{nth}"), number_hash=NumberHash(f"h{nth}"), name=name)
            records.workers.add(spelled)
    with statements_of(kept.database) as heard, kept.store.writing() as records:
        assert records.workers.spell_names() == 30
        assert len(heard) == 3
        assert len(records.workers.by_initials("ctf", DAY, 30)) == 10
        assert len(records.workers.by_initials("t", DAY, 30)) == 10


def test_learning_never_scans(kept: OpenedStore) -> None:
    course = first_courses()[0]
    row = FeedRow(topic="course", id=course.hazard_class, pos=900, body=course.model_dump_json())
    answers.tell(kept, [row], 900)
    someone = person()
    with kept.store.writing() as records:
        records.workers.add(someone)
    with statements_of(kept.database) as heard, kept.store.writing() as records:
        found = records.education.course(course.hazard_class)
        assert found is not None
        assert records.education.courses() == [found]
        records.education.keep_lesson(someone.id, first_lesson(found))
        assert records.education.lesson(someone.id) == first_lesson(found)
        records.education.end_lesson(someone.id)
        record = ClassRecord(
            number=record_number("NZ", DAY, 1, records.education.next_counter()),
            worker=someone.id,
            hazard_class=course.hazard_class,
            course_version=1,
            mode=ClassMode.ALONE,
            held_at=NOW,
            valid_until=DAY,
            spent_min=3,
            score_percent=80,
            tries=1,
            attendant="",
            signature="",
        )
        records.education.add_record(record)
        assert records.education.records(someone.id) == [record]
    assert len(heard) > 5
    assert scans(kept.database, heard) == []


def test_lists_without_words_are_read_in_order_and_never_sorted(kept: OpenedStore) -> None:
    filled(kept)
    with statements_of(kept.database) as heard, kept.store.reading() as records:
        for query in (
            BoardQuery(),
            BoardQuery(family=Family.FARM),
            BoardQuery(order="start"),
            BoardQuery(takeable_here=True),
            BoardQuery(is_full=True),
        ):
            records.board.page(query, NOW, 0, 6)
    lists = [item for item in heard if "LIMIT" in item[0]]
    assert len(lists) == 5
    with kept.database.reading() as connection:
        for statement, values in lists:
            plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, values).all()
            of_jobs = [line.detail for line in plan if " job " in line.detail or "TEMP B-TREE" in line.detail]
            assert [detail.startswith("SEARCH job USING COVERING INDEX") for detail in of_jobs] == [True]


def test_ranking_reads_one_index_in_order_and_no_row(kept: OpenedStore) -> None:
    """One-line break: leave `traits` out of `board_by_pay`."""
    filled(kept)
    queries = (
        BoardQuery(),
        BoardQuery(family=Family.FARM),
        BoardQuery(stop=Stop(StationCode("NZ"), "河西镇")),
    )
    with statements_of(kept.database) as heard, kept.store.reading() as records:
        for query in (*queries, BoardQuery(takeable_here=True)):
            records.board.weighables(query, NOW)
    read = [item for item in heard if "traits" in item[0]]
    assert len(read) == 4
    with kept.database.reading() as connection:
        for statement, values in read:
            plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, values).all()
            assert [line.detail.startswith("SEARCH job USING COVERING INDEX") for line in plan] == [True]


def test_checking_in_and_taking_never_scan(kept: OpenedStore) -> None:
    filled(kept)
    someone = person()
    with statements_of(kept.database) as heard, kept.store.writing() as records:
        records.settings.parameters(DAY)
        records.settings.identity()
        records.workers.by_hash(NumberHash("x"))
        records.workers.by_tail("0001")
        records.workers.capsule(NumberHash("x"))
        records.workers.add(someone)
        records.workers.set_answers(someone.id, someone.answers)
        records.workers.certificates(someone.id)
        records.workers.education(someone.id)
        records.workers.engagements(someone.id, NOW)
        records.workers.last_engaged(someone.id)
        records.proofs.add_skill(someone.id, HeldSkill("masonry", Grade.JUNIOR))
        records.proofs.add_hardship(someone.id, HeldHardship(Hardship.OLDER, None))
        records.proofs.skills(someone.id)
        records.restrictions.keep(someone.id, Restriction(is_restricted=True, step=1))
        records.restrictions.of(someone.id)
        records.proofs.hardships(someone.id)
        records.proofs.release(someone.id, [Release(JobId("J1"), 1, "CERT-01")])
        records.proofs.releases(someone.id)
        records.check_ins.of(someone.id, DAY)
        check_in(records, someone.id)
        records.check_ins.count_since(DAY, NOW)
        records.shifts.newest()
        taken = take(records, someone.id, JobId("J1"), TripId("T1"))
        records.teams.add(taken.id, TeamPart(TeamId("G1"), 1, 2))
        records.teams.part_of(taken.id)
        records.teams.places(TeamId("G1"))
    assert len(heard) > 25
    assert scans(kept.database, heard) == []


def test_printing_and_the_desk_never_scan(kept: OpenedStore) -> None:
    filled(kept)
    someone = person()
    with kept.store.writing() as records:
        records.workers.add(someone)
        taken = take(records, someone.id, JobId("J1"), TripId("T1"))
    with statements_of(kept.database) as heard, kept.store.writing() as records:
        records.placements.open_of(someone.id)
        records.placements.on_day(DAY)
        records.placements.set_state(PlacementId("P1"), PlacementState.SLIP_ISSUED)
        slip = records.slips.by_number(taken.slip)
        assert slip is not None
        records.slips.update(slip)
        records.slips.in_state(SlipState.QUEUED, SlipState.SENDING)
        records.slips.count_states(DAY, NOW)
        records.papers.put(ticket(someone.id))
        records.papers.by_number(ticket(someone.id).number)
        records.papers.in_state(SlipState.QUEUED, SlipState.SENDING)
        records.papers.waiting_before(DAY, 3)
        records.desk.add_call(HelpCall("H1", "board", someone.id, NOW, None))
        records.desk.open_calls()
        records.desk.answer_call("H1", NOW)
        records.desk.add_count(DAY, "too_young")
        records.desk.audit(NOW, "S1", "act", "job", "J1", "")
        records.desk.audit_lines(10)
        records.desk.refused()
        records.desk.pending_jobs()
        records.desk.staff()
        records.desk.member(StaffId("S1"))
        records.settings.sync_health()
        records.rights.give_back(taken.spent[0])
        records.pays.due(someone.id, NOW)
        records.pays.is_answered(taken.id)
        records.pays.answer(taken.id, PayAnswer.FULL, NOW)
    assert len(heard) > 20
    assert scans(kept.database, heard) == []
