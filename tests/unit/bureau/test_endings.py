"""What is over leaves the feed once nothing about it is open, and nobody who begins later hears of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from kiosk.bureau.capsule_contents import shown_of
from kiosk.bureau.doors import give_door
from kiosk.bureau.endings import forget_what_is_over
from kiosk.bureau.feeds import CITY, TOLD_GONE, kept, page_of
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish, retract
from kiosk.bureau.rebuilding import rebuild
from kiosk.bureau.tables import feed_row, placement
from kiosk.bureau.tables import kiosk as kiosks
from kiosk.bureau.write_offs import write_off_stream
from kiosk.domain.paydays import ASKED_FOR
from kiosk.domain.placements import PlacementState
from kiosk.messages.events import (
    DoorClosed,
    JobPosted,
    JobWithdrawn,
    PayAnswered,
    PlaceGivenBack,
    PlaceTaken,
    Spent,
)
from kiosk.messages.feed import Cursor, FeedPage, JobBody, ParameterBody
from kiosk.messages.sync import SyncReply, Want
from kiosk.protocol.feed_places import end_of
from tests.unit.bureau.rehearsal import (
    DAWN,
    TODAY,
    HandClock,
    Machine,
    employer,
    job,
    new_machine,
    number_of,
    parameters,
    pulse,
    registered,
    taken,
    trip,
)

DAY = timedelta(days=1)
GIVEN_BACK = PlaceGivenBack(
    placement="p-j2",
    slip="PG-p-j2",
    reason="ill",
    spent=[Spent(quota="places:j2", number=1), Spent(quota="seats:t1", number=1)],
)


@pytest.fixture
def machine(bureau: Office, folder: Path) -> Machine:
    """A kiosk at which somebody is known, of a city with one job and a coach that goes to another one."""
    publish(
        bureau.database, CITY, [employer(), trip(), job("j1"), job("j2").model_copy(update={"trip": "t1"})]
    )
    machine = new_machine(bureau, folder)
    machine.do(registered("w1", number_of(1)))
    pulse(bureau, machine)
    return machine


def sweep(bureau: Office, clock: HandClock, days: float = 1, *heard: Machine) -> list[str]:
    """Let days pass, hear kiosks, and do the daily work; return the jobs and coaches that are still told."""
    clock.forward(days * DAY)
    for machine in heard:
        pulse(bureau, machine)
    forget_what_is_over(bureau.database, clock.now())
    return told(bureau)


def told(bureau: Office) -> list[str]:
    """Return the jobs and coaches that a kiosk hears of which is set up now."""
    return sorted(row.id for row in page(bureau, None, 500).rows if row.topic in {"job", "trip"})


def blocks(reply: SyncReply) -> list[tuple[str, bool]]:
    """Return the papers an answer tells of that stay out, and whether each is taken back."""
    rows = (row for page in reply.pages for row in page.rows)
    return [(row.id, row.is_deleted) for row in rows if row.topic == "block"]


def page(bureau: Office, before: FeedPage | None, limit: int) -> FeedPage:
    """Return the page of the city that follows another one, or the first."""
    at = None if before is None else end_of(before)
    with bureau.database.reading() as connection:
        return page_of(connection, CITY, at, limit)


def take(bureau: Office, machine: Machine, name: str, due_h: int | None = None) -> None:
    """Let somebody take a place of a job, and tell it."""
    wants = [Want(quota=f"places:{name}", count=1)]
    if name == "j2":
        wants.append(Want(quota="seats:t1", count=1))
    pulse(bureau, machine, wants)
    body = taken("w1", f"p-{name}", 1, name).model_copy(update={"due_h": due_h})
    if name == "j2":
        spent = [{"quota": want.quota, "number": 1} for want in wants]
        body = PlaceTaken.model_validate({**body.model_dump(), "trip": "t1", "spent": spent})
    machine.do(body)
    pulse(bureau, machine)


def test_what_is_over_is_told_as_gone_jobs_before_their_coaches(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    assert sweep(bureau, clock, 0.5) == ["j1", "j2", "t1"]  # its day is not over
    assert sweep(bureau, clock, 0.5) == []
    gone = [row for row in pulse(bureau, machine).pages[0].rows if row.is_deleted]
    assert [(row.topic, row.id, row.body) for row in gone] == [
        ("job", "j1", ""),
        ("job", "j2", ""),
        ("trip", "t1", ""),
    ]
    with bureau.database.reading() as connection:
        found = kept(connection, "job", "j2")
    assert found is not None
    assert JobBody.model_validate_json(found[1]).trip == "t1"


def test_a_job_whose_last_day_is_to_come_stays_with_its_coach(bureau: Office, clock: HandClock) -> None:
    long = job("j1").model_copy(update={"trip": "t1"})
    ahead = long.shift.model_copy(update={"last_day": TODAY + 2 * DAY})
    publish(bureau.database, CITY, [employer(), trip(), long.model_copy(update={"shift": ahead})])
    assert sweep(bureau, clock, 2) == ["j1", "t1"]
    assert sweep(bureau, clock) == []


def test_a_job_that_can_still_be_taken_stays(bureau: Office, clock: HandClock) -> None:
    late = job("j1").model_copy(update={"valid_until": DAWN + 3 * DAY})
    publish(bureau.database, CITY, [employer(), late])
    assert sweep(bureau, clock, 2) == ["j1"]
    assert sweep(bureau, clock) == []


def test_a_place_keeps_its_job_until_a_day_after_it_has_ended(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    take(bureau, machine, "j1")  # it ends ten hours after dawn, and no money is asked for
    assert sweep(bureau, clock, 1.3, machine) == ["j1"]
    assert sweep(bureau, clock, 0.2) == []


def test_a_question_about_pay_keeps_its_job_until_it_is_answered(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    take(bureau, machine, "j1", due_h=2)
    assert sweep(bureau, clock, 5) == ["j1"]
    machine.do(PayAnswered(placement="p-j1", worker="w1", answer="full"))
    pulse(bureau, machine)
    assert sweep(bureau, clock, 0) == []


def test_a_question_that_nobody_answers_keeps_its_job_as_long_as_it_is_asked(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    take(bureau, machine, "j1", due_h=2)
    assert sweep(bureau, clock, ASKED_FOR.days, machine) == ["j1"]
    assert sweep(bureau, clock) == []


def test_a_dispute_keeps_its_job_as_long_as_anything_may(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    take(bureau, machine, "j1", due_h=2)
    machine.do(PayAnswered(placement="p-j1", worker="w1", answer="none"))
    pulse(bureau, machine)
    assert sweep(bureau, clock, 62, machine) == ["j1"]
    assert sweep(bureau, clock) == []


def test_a_parameter_says_how_long_anything_may_be_open(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    days = ParameterBody(
        key="feed.open_job_days", value="7", unit="days", source="测试", effective_from=date(2020, 1, 1)
    )
    publish(bureau.database, CITY, [days])
    take(bureau, machine, "j1", due_h=2)
    assert sweep(bureau, clock, 7) == ["j1"]
    assert sweep(bureau, clock) == []


def test_numbers_in_the_hand_of_a_kiosk_that_was_not_heard_since_keep_their_job(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    pulse(bureau, machine, [Want(quota="places:j1", count=2)])
    machine.do(taken("w1", "p1", 1).model_copy(update={"due_h": 2}))  # in the dark
    assert sweep(bureau, clock, 9) == ["j1"]
    pulse(bureau, machine)
    assert sweep(bureau, clock, 0) == ["j1"]  # for its money is asked for
    machine.do(PayAnswered(placement="p1", worker="w1", answer="full"))
    pulse(bureau, machine)
    assert sweep(bureau, clock, 0) == []


def test_a_kiosk_that_was_written_off_keeps_no_job(
    bureau: Office, machine: Machine, folder: Path, clock: HandClock
) -> None:
    pulse(bureau, machine, [Want(quota="places:j1", count=2)])
    assert sweep(bureau, clock, 9) == ["j1"]
    write_off_stream(folder, machine.stream, None, "burnt", clock.now(), is_gone=True)
    assert sweep(bureau, clock, 0) == []


def test_entries_that_came_by_stick_settle_what_their_kiosk_held(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    """Who speaks by stick is not seen on the line; here the entry comes, and the kiosk is made unseen."""
    pulse(bureau, machine, [Want(quota="places:j1", count=2)])
    clock.forward(9 * DAY)
    machine.do(registered("w2", number_of(2)))
    pulse(bureau, machine)
    with bureau.database.writing() as connection:
        connection.execute(update(kiosks).values(seen_at=DAWN))
    assert sweep(bureau, clock, 0) == []


def test_an_open_door_keeps_its_coach_and_whom_it_brings(
    bureau: Office, machine: Machine, folder: Path, clock: HandClock
) -> None:
    device = new_machine(bureau, folder, no=5, profile="door")
    pulse(bureau, device)
    give_door(folder, "t1", device.reply.kiosk, DAWN)
    assert sweep(bureau, clock, 5) == ["j2", "t1"]
    device.do(DoorClosed(trip="t1", boarded=[]))
    pulse(bureau, device)
    assert sweep(bureau, clock, 0) == []


def test_papers_kept_out_of_a_coach_that_is_over_are_told_no_more(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    take(bureau, machine, "j2")
    machine.do(GIVEN_BACK)
    assert blocks(pulse(bureau, machine)) == [("PG-p-j2", False)]
    assert sweep(bureau, clock, 2, machine) == []
    assert blocks(pulse(bureau, machine)) == [("PG-p-j2", True)]


def test_a_paper_given_back_after_its_coach_is_over_is_kept_out_of_nothing_for_ever(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    take(bureau, machine, "j2")
    assert sweep(bureau, clock, 2, machine) == []
    machine.do(GIVEN_BACK)
    assert blocks(pulse(bureau, machine)) == [("PG-p-j2", False)]
    sweep(bureau, clock)
    assert blocks(pulse(bureau, machine)) == [("PG-p-j2", True)]


def test_a_job_that_is_said_again_is_told_again(bureau: Office, machine: Machine, clock: HandClock) -> None:
    assert sweep(bureau, clock) == []
    again = job("j1", version=2)
    later = again.shift.model_copy(update={"first_day": TODAY + 3 * DAY, "last_day": TODAY + 3 * DAY})
    publish(bureau.database, CITY, [again.model_copy(update={"shift": later})])
    assert sweep(bureau, clock, 0) == ["j1"]
    assert sweep(bureau, clock, 4) == []
    with bureau.database.reading() as connection:
        found = kept(connection, "job", "j1")
    assert found is not None
    assert JobBody.model_validate_json(found[1]).version == 2


def test_a_kiosk_told_late_of_a_job_that_is_over_is_not_refused(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    sweep(bureau, clock)
    machine.do(JobWithdrawn(job="j1", actor="s1", reason="rain"))
    assert pulse(bureau, machine).refusals == []
    machine.do(JobWithdrawn(job="nobody-s", actor="s1", reason="rain"))
    assert [refused.reason for refused in pulse(bureau, machine).refusals] == ["bureau.refused.unknown_job"]


def test_no_other_hall_posts_a_job_by_the_name_of_one_that_is_over(
    bureau: Office, machine: Machine, folder: Path, clock: HandClock
) -> None:
    publish(bureau.database, CITY, parameters())
    sweep(bureau, clock)
    other = new_machine(bureau, folder, "XM", no=2)
    other.do(JobPosted(job=job("j1", station="XM").model_dump(mode="json"), actor="s1"))
    assert [refused.reason for refused in pulse(bureau, other).refusals] == ["bureau.refused.not_this_hall"]


def test_a_capsule_still_tells_what_was_promised_for_a_job_that_is_over(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    """Its kiosk was dark for longer than anything keeps a job; then its entry comes."""
    pulse(bureau, machine, [Want(quota="places:j1", count=1)])
    assert sweep(bureau, clock, 63) == []
    machine.do(taken("w1", "p1", 1).model_copy(update={"due_h": 24 * 60}))
    pulse(bureau, machine)
    with bureau.database.reading() as connection:
        [shown] = shown_of(connection, bureau.reader, ["w1"], clock.now())
    [asked] = shown.content.pay_due
    assert (asked.trade, asked.fen) == ("pick", 18000)


def test_the_log_is_read_again_when_jobs_of_it_are_over(
    bureau: Office, machine: Machine, folder: Path, clock: HandClock
) -> None:
    take(bureau, machine, "j2")
    assert sweep(bureau, clock, 2, machine) == []
    assert rebuild(folder) == 2
    with bureau.database.reading() as connection:
        assert connection.scalars(select(placement.c.state)).all() == [PlacementState.CONFIRMED.value]


def test_last_words_are_kept_as_long_as_the_ledger(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    sweep(bureau, clock)
    sweep(bureau, clock, 3 * 365)
    with bureau.database.reading() as connection:
        assert kept(connection, "job", "j1") is not None
    sweep(bureau, clock, 3)
    with bureau.database.reading() as connection:
        assert kept(connection, "job", "j1") is None


def test_a_first_snapshot_is_told_of_nothing_that_was_gone_when_it_began(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    sweep(bureau, clock)
    publish(bureau.database, CITY, [job("j8"), job("j9")])
    first = page(bureau, None, 2)
    assert (first.is_snapshot, first.has_more) == (True, True)
    retract(bureau.database, CITY, "employer", "e1")  # it is in the first page
    retract(bureau.database, CITY, "job", "j9")  # it is in none yet
    rest = page(bureau, first, 50)
    assert not rest.is_snapshot
    assert [(row.id, row.is_deleted) for row in rest.rows] == [("j8", False), ("e1", True), ("j9", True)]
    assert page(bureau, rest, 50).rows == []


@pytest.mark.parametrize("name", ["0000000", "zzzzzzzz", "00000fff", "-0000001", "000000001"])
def test_a_life_that_no_snapshot_can_have_begun_is_read_from_the_beginning(
    bureau: Office, machine: Machine, name: str
) -> None:
    life = page(bureau, None, 50).feed_gen
    cursor = Cursor(scope=CITY, feed_gen=life + name, pos=1)
    with bureau.database.reading() as connection:
        assert page_of(connection, CITY, cursor).is_snapshot


def test_a_tombstone_ends_and_who_never_heard_of_it_begins_anew(
    bureau: Office, machine: Machine, folder: Path, clock: HandClock
) -> None:
    behind = page(bureau, None, 2)
    whole = page(bureau, None, 50)
    sweep(bureau, clock)
    at_the_end = page(bureau, whole, 50)
    assert [row.is_deleted for row in at_the_end.rows] == [True, True, True]
    publish(bureau.database, CITY, [employer(verified=False)])
    sweep(bureau, clock, TOLD_GONE.days)
    assert [row.is_deleted for row in page(bureau, whole, 50).rows] == [True, True, True, False]
    sweep(bureau, clock)
    assert page(bureau, whole, 50).is_snapshot
    assert page(bureau, behind, 50).is_snapshot
    assert not page(bureau, at_the_end, 50).is_snapshot
    with bureau.database.reading() as connection:
        assert connection.scalars(select(feed_row.c.id).where(feed_row.c.is_deleted.is_(True))).all() == []
    assert check_invariants(folder) == []


def test_the_daily_work_of_the_bureau_forgets_what_is_over(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    clock.forward(DAY)
    bureau.seal_due()
    assert told(bureau) == []
