"""The log is the truth: the projected tables come out of it again as they were."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, delete, insert, select, update
from typer.testing import CliRunner

from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.projected import PROJECTED
from kiosk.bureau.publishing import publish
from kiosk.bureau.rebuilding import LogContradiction, rebuild
from kiosk.bureau.tables import dead_letter, feed_row, placement, quota, rights, worker
from kiosk.cli import app
from kiosk.messages.events import (
    ArrivalConfirmed,
    CardFound,
    CardHandedBack,
    CertificateRecorded,
    ClassHeld,
    CountsChanged,
    DeviceSeen,
    FirstAnswersGiven,
    HardshipVerified,
    HelpAnswered,
    HelpCalled,
    JobPosted,
    JobWithdrawn,
    MergeUndone,
    OrderPoint,
    PassengersChanged,
    PayAnswered,
    PlaceGivenBack,
    RidersCalled,
    RightsReturned,
    SeatGiven,
    SignedUp,
    SkillRecorded,
    SlipReturned,
    SlipStateChanged,
    StaffActed,
    TeamPoint,
    TripChecked,
    TripCrewed,
    TripDeparted,
    TripFormed,
    UseRestricted,
    WorkersMerged,
)
from kiosk.messages.sync import Want
from tests.faults.vocabulary import of_duty
from tests.unit.bureau.rehearsal import (
    DAWN,
    TODAY,
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    number_of,
    parameters,
    pulse,
    registered,
    taken,
)

pytestmark = pytest.mark.both_databases


def everything(bureau: Office, *tables: Table) -> dict[str, list[tuple[object, ...]]]:
    with bureau.database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in tables
        }


@pytest.fixture
def morning(bureau: Office, folder: Path) -> Machine:
    """A morning in which everything happens that can happen."""
    publish(bureau.database, "city", [*parameters(), employer(), job("j1"), job("j2")])
    machines = [new_machine(bureau, folder, no=no) for no in (1, 2)]
    for name, machine in zip("ab", machines, strict=True):
        machine.do(registered(name, number_of(1)))
        machine.do(checked_in(name, f"c-{name}"))
        pulse(bureau, machine, [Want(quota=f"places:{target}", count=5) for target in ("j1", "j2")])
    first, second = machines
    first.do(FirstAnswersGiven(worker="a", phone=None, trades=["pick"], span=None))
    first.do(UseRestricted(worker="a", is_restricted=True, step=1, method="card"))
    first.do(taken("a", "p1", 1).model_copy(update={"team": TeamPoint(team="g1", nth=1, of=2)}))
    first.do(SlipStateChanged(slip="PG-p1", placement="p1", copy_no=0, state="printed", evidence="reply"))
    first.do(PlaceGivenBack(placement="p1", slip="PG-p1", spent=[], reason="sick"))
    first.do(taken("a", "p2", 2).model_copy(update={"due_h": 2}))
    first.do(PayAnswered(placement="p2", worker="a", answer="none"))
    own = OrderPoint(day=TODAY, arrived_at=datetime(2026, 9, 17, 21, tzinfo=UTC), kiosk="NZ-01", sequence=1)
    first.do(
        SignedUp(sign_up="s1", worker="a", job="j2", job_version=1, way="talk", queue_number="A1", own=own)
    )
    first.do(RightsReturned(quota="places:j1", ranges=[(3, 3)]))
    first.do(CountsChanged(hall_day=TODAY, kind="under_age", count=2))
    first.do(HelpCalled(call="h1", screen="board", worker=None))
    first.do(HelpAnswered(call="h1", actor="s1", waited_s=40))
    first.do(StaffActed(actor="s1", act="checked_in_by_hand", entity="worker", entity_id="a"))
    first.do(DeviceSeen(kind="reader", device="05.01-20200101-0000123456-0001234567", profile="generic"))
    first.do(JobPosted(job=job("j3").model_dump(mode="json"), actor="s1"))
    first.do(JobPosted(job=job("j4", headcount=0).model_dump(mode="json"), actor="s1"))
    first.do(JobWithdrawn(job="j3", reason="rain", actor="s1"))
    for told in of_duty():
        first.do(told)
    _a_coach(first)
    first.write("moon_landed", 1, "{}")
    pulse(bureau, first)
    second.do(taken("b", "p3", 4, "j2"))
    second.do(taken("b", "p4", 99, "j2"))
    second.do(
        CertificateRecorded(
            worker="b", kind="welder", number_tail="0012", valid_until=None, review_by=None, actor="s1"
        )
    )
    second.do(HardshipVerified(worker="b", kind="disabled", valid_until=TODAY, actor="s1"))
    second.do(SkillRecorded(worker="b", trade="welder", grade="senior", actor="s1"))
    second.do(ClassHeld(worker="b", hazard_class="farm", held_on=TODAY, valid_until=TODAY, actor="s1"))
    second.do(ArrivalConfirmed(placement="p3", slip="PG-p3", witness="employer", arrived_at=DAWN, actor="s1"))
    for slip in ("PG-p3", "PG-of-nobody-yet"):
        second.do(
            SlipReturned(slip=slip, day=TODAY, outcome="not_hired", why="full", read="scan", actor="s1")
        )
    second.do(CardFound(card="f1", kind="bank", lies="drawer", actor="s1"))
    second.do(CardHandedBack(card="f1", proof="looks", actor="s2"))
    _two_of_one(second)
    pulse(bureau, second)
    return first


def _two_of_one(desk: Machine) -> None:
    """Register somebody by another number, say that he is known already, and take one such word back."""
    for name, number in (("c", 3), ("d", 5)):
        desk.do(registered(name, number_of(number)))
        desk.do(WorkersMerged(merge=f"m-{name}", kept="b", joined=name, actor="s1"))
    desk.do(MergeUndone(merge="m-d", kept="b", joined="d", actor="s1"))
    desk.do(taken("c", "p9", 5, "j2"))


def _a_coach(desk: Machine) -> None:
    """Form a trip for who has a place and no coach, and see it off."""
    desk.do(
        TripFormed(
            trip="f1",
            label="A101",
            day=TODAY,
            departs_at=time(7),
            bay="6",
            destination="甲村",
            returns_at=None,
            seats=5,
            plate="示A·00006",
            phone="",
            actor="s1",
        )
    )
    seat = SeatGiven(seat=1, placement="p2", slip="PG-p2")
    desk.do(PassengersChanged(trip="f1", seated=[seat], actor="s1"))
    crew: dict[str, Any] = {"trip": "f1", "plate": "示A·00006", "driver": "w-9", "actor": "s1"}
    desk.do(TripCrewed(seats=5, **crew))
    desk.do(TripChecked(check="belts", is_good=True, **crew))
    desk.do(RidersCalled(trip="f1", slips=["PG-p2"], actor="s1"))
    desk.do(TripDeparted(departed_at=DAWN, digest="0" * 64, listed=1, aboard=["PG-p2"], **crew))


@pytest.mark.parametrize("at_once", [1_000, 3])
def test_every_projected_table_comes_out_of_the_log_as_it_was(
    bureau: Office, morning: Machine, folder: Path, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by beginning the next page of the log one entry late."""
    monkeypatch.setattr("kiosk.bureau.rebuilding._AT_ONCE", at_once)
    tables = (*PROJECTED, quota, rights, feed_row, dead_letter)
    before = everything(bureau, *tables)
    assert [table.name for table in PROJECTED if not before[table.name]] == []
    assert rebuild(folder) > 0
    assert everything(bureau, *tables) == before
    assert check_invariants(folder) == []


def test_a_projection_that_was_spoilt_is_put_right(bureau: Office, morning: Machine, folder: Path) -> None:
    before = everything(bureau, *PROJECTED)
    with bureau.database.writing() as connection:
        connection.execute(update(worker).values(answers_seq=9))
        connection.execute(update(placement).values(state="closed"))
    rebuild(folder)
    assert everything(bureau, *PROJECTED) == before


def test_an_entry_whose_type_is_known_by_now_comes_to_life(
    bureau: Office, morning: Machine, folder: Path
) -> None:
    before = everything(bureau, dead_letter)["dead_letter"]
    seq = morning.do(HelpCalled(call="h2", screen="home", worker=None))
    pulse(bureau, morning)
    entry = morning.journal[seq - 1]
    with bureau.database.writing() as connection:
        connection.execute(
            insert(dead_letter).values(
                stream=morning.stream,
                seq=seq,
                hash=entry.hash,
                reason="bureau.refused.unknown_type",
                raw="",
                received_at=bureau.clock.now(),
            )
        )
    rebuild(folder)
    assert everything(bureau, dead_letter)["dead_letter"] == before


def test_numbers_returned_in_words_of_a_newer_program_are_free_once_it_is_there(
    bureau: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by replaying it like the others: what nobody ever decided would be taken for decided."""
    publish(bureau.database, "city", [employer(), job("j1")])
    machine = new_machine(bureau, folder)
    pulse(bureau, machine, [Want(quota="places:j1", count=5)])
    body = RightsReturned(quota="places:j1", ranges=[(4, 5)])
    machine.write(body.type, 2, body.model_dump_json())
    assert [item.reason for item in pulse(bureau, machine).refusals] == ["bureau.refused.unknown_type"]
    assert check_invariants(folder) == []
    monkeypatch.setattr(RightsReturned, "v", 2)
    rebuild(folder)
    with bureau.database.reading() as connection:
        assert connection.execute(select(quota.c.free_count)).scalar_one() == 2
        assert connection.execute(select(dead_letter)).all() == []
    assert check_invariants(folder) == []


def test_the_command_makes_the_same_tables_again(bureau: Office, morning: Machine, folder: Path) -> None:
    before = everything(bureau, *PROJECTED)
    done = CliRunner().invoke(app, ["bureau", "rebuild", "--data", str(folder)])
    assert (done.exit_code, int(done.stdout) > 0) == (0, True)
    assert everything(bureau, *PROJECTED) == before


def test_a_log_that_contradicts_itself_leaves_everything_as_it_was(
    bureau: Office, morning: Machine, folder: Path
) -> None:
    with bureau.database.writing() as connection:
        connection.execute(delete(dead_letter).where(dead_letter.c.reason.like("%not_granted")))
    before = everything(bureau, *PROJECTED)
    with pytest.raises(LogContradiction):
        rebuild(folder)
    assert everything(bureau, *PROJECTED) == before
