"""The bureau keeps who answered for people on trips, and what two kiosks told of it side by side."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from typer.testing import CliRunner

from kiosk.bureau.doors import give_door
from kiosk.bureau.duties import duty_flaws
from kiosk.bureau.duty_tables import duty_handed, incident, return_count, return_mark
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish
from kiosk.cli.bureau import commands
from kiosk.domain.segments import Boundary
from kiosk.messages.events import DutyHanded, IncidentNoted, ReturnClosed, ReturnNoted, TripDeparted
from tests.unit.bureau.rehearsal import new_machine, pulse, trip

DAWN = datetime(2026, 9, 17, 22, 20, tzinfo=UTC)


def departure(hand_over: str, at: datetime, boundary: Boundary = Boundary.DEPARTURE) -> DutyHanded:
    return DutyHanded(
        hand_over=hand_over,
        trip="t1",
        giver=boundary.giver.value,
        taker=boundary.taker.value,
        at=at,
        place="3",
        headcount=2,
        expected=2,
        signer="测＊",
        proof="phone",
        actor="s1",
    )


def test_hand_overs_of_two_kiosks_are_both_kept_and_last_words_of_a_return_and_an_incident_hold(
    bureau: Office, folder: Path
) -> None:
    first, second = (new_machine(bureau, folder, no=no) for no in (1, 2))
    injured = IncidentNoted(
        incident="i1",
        trip="t1",
        at=DAWN,
        kind="injury",
        severity="IV",
        party="transport",
        people=1,
        done="",
        actor="s1",
    )
    first.do(departure("o1", DAWN))
    first.do(injured)
    first.do(ReturnNoted(trip="t1", slips=["PG-1", "PG-2"], where="missing", actor="s1"))
    first.do(ReturnClosed(trip="t1", expected=2, back=0, stayed=0, missing=2, actor="s1"))
    first.do(ReturnNoted(trip="t1", slips=["PG-1"], where="back", actor="s1"))
    first.do(ReturnClosed(trip="t1", expected=2, back=1, stayed=0, missing=1, actor="s1"))
    first.do(injured.model_copy(update={"closed_at": DAWN, "outcome": "回家了"}))
    second.do(departure("o2", DAWN + timedelta(minutes=15)))
    for machine in (first, second):
        assert pulse(bureau, machine).refusals == []
    with bureau.database.reading() as connection:
        at = connection.scalars(select(duty_handed.c.at).order_by(duty_handed.c.at)).all()
        marks = connection.execute(select(return_mark.c.slip, return_mark.c.whereabouts)).all()
        [count] = connection.execute(select(return_count)).all()
        [seen] = connection.execute(select(incident)).all()
    assert at == [DAWN, DAWN + timedelta(minutes=15)]
    assert sorted(map(tuple, marks)) == [("PG-1", "back"), ("PG-2", "missing")]
    assert (count.back, count.missing) == (1, 1)
    assert (seen.party, seen.outcome) == ("transport", "回家了")


def test_gaps_and_overlaps_are_seen_over_what_several_kiosks_told(bureau: Office, folder: Path) -> None:
    """One-line break: in `_of`, ask the rule alone. Where nobody was handed over it sees no gap."""
    door, desk = (new_machine(bureau, folder, no=no) for no in (1, 2))
    publish(bureau.database, "city", [trip()])
    pulse(bureau, door)
    pulse(bureau, desk)
    give_door(folder, "t1", "NZ-01", DAWN)
    late, now = DAWN + timedelta(minutes=20), DAWN + timedelta(hours=3)
    door.do(
        TripDeparted(
            trip="t1",
            plate="甘G00000",
            driver="w-9",
            departed_at=DAWN,
            digest="0" * 64,
            listed=0,
            aboard=[],
            actor="s1",
        )
    )
    assert pulse(bureau, door).refusals == []

    def found() -> list[tuple[str, tuple[str, ...], datetime, datetime]]:
        flaws = (item.flaw for item in duty_flaws(folder, DAWN, now))
        return [(flaw.fault, tuple(flaw.parties), flaw.begins, flaw.until) for flaw in flaws]

    assert found() == [("gap", ("operator", "transport"), DAWN, now)], "nobody handed anybody over"
    desk.do(departure("o2", late, Boundary.ARRIVAL))
    pulse(bureau, desk)
    assert found() == [("gap", ("operator", "transport"), DAWN, late)]
    door.do(departure("o1", DAWN))
    pulse(bureau, door)
    assert found() == []
    desk.do(departure("o3", DAWN + timedelta(minutes=5)))
    pulse(bureau, desk)
    assert found() == [("overlap", ("operator", "transport"), DAWN, DAWN + timedelta(minutes=5))]
    assert duty_flaws(folder, late, now) == []
    ran = CliRunner().invoke(commands, ["duties", "--data", str(folder), "--days", "36500"])
    assert (ran.exit_code, ran.stdout.split("\t")[:4]) == (1, ["NZ", "t1", "overlap", "operator,transport"])
