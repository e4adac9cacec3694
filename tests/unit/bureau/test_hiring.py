"""The lines of a hall at the bureau: every stage kept with its time, and told to the hall's kiosks."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.bureau.capsule_contents import shown_of
from kiosk.bureau.erasing import erase_in
from kiosk.bureau.hiring_tables import sign_up, team_place
from kiosk.bureau.offices import Office
from kiosk.bureau.projected import PROJECTED
from kiosk.bureau.publishing import publish
from kiosk.bureau.rebuilding import rebuild
from kiosk.bureau.tables import feed_row, worker
from kiosk.messages.events import (
    OrderPoint,
    PlaceGivenBack,
    PlaceTaken,
    SignedUp,
    SignUpCalled,
    SignUpEnded,
    SignUpMissed,
    SignUpMoved,
    TalkAgreed,
    TalkBegun,
    TeamPoint,
    TurnPoint,
)
from kiosk.messages.feed import SignUpBody
from kiosk.messages.personal import Kind
from kiosk.messages.sync import SyncReply, Want
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

MINUTE = timedelta(minutes=1)


def point(minute: int = 0, kiosk: str = "NZ-01") -> OrderPoint:
    return OrderPoint(day=TODAY, arrived_at=DAWN + minute * MINUTE, kiosk=kiosk, sequence=minute + 1)


def signed(name: str = "s1", who: str = "a", minute: int = 0) -> SignedUp:
    return SignedUp(
        sign_up=name,
        worker=who,
        job="j1",
        job_version=1,
        way="talk",
        queue_number=f"A{minute + 1}",
        own=point(minute),
    )


def called(name: str = "s1", who: str = "a", nth: int = 1, held_at: str = "NZ-01") -> SignUpCalled:
    return SignUpCalled(
        sign_up=name,
        worker=who,
        nth=nth,
        spot="2",
        held_at=held_at,
        answer_by=None,
        actor="s",
        decision="d",
        order_version=1,
    )


def rows(bureau: Office) -> dict[str, object]:
    with bureau.database.reading() as connection:
        return {row.id: row for row in connection.execute(select(sign_up))}


def told(reply: SyncReply) -> dict[str, SignUpBody | None]:
    """Return what an answer tells of sign-ups; None is one that left the line."""
    return {
        row.id: None if row.is_deleted else SignUpBody.model_validate_json(row.body)
        for page in reply.pages
        for row in page.rows
        if row.topic == "sign_up"
    }


def given_back_at(bureau: Office, now: datetime) -> list[str]:
    """Return the places given back of which a capsule tells that is sealed then."""
    with bureau.database.reading() as connection:
        [person] = connection.scalars(select(worker.c.id))
        [shown] = shown_of(connection, bureau.reader, [person], now)
    return shown.content.given_back


@pytest.fixture
def kiosks(bureau: Office, folder: Path) -> tuple[Machine, Machine]:
    """Two kiosks of one hall; somebody is registered and checked in at the first."""
    publish(bureau.database, "city", [*parameters(), employer(), job("j1")])
    here, there = (new_machine(bureau, folder, no=no) for no in (1, 2))
    here.do(registered("a", number_of(1)))
    here.do(checked_in("a", "c-a"))
    pulse(bureau, here, [Want(quota="places:j1", count=3)])
    pulse(bureau, there)
    return here, there


def test_another_kiosk_of_the_hall_hears_who_waits_and_who_is_called(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    here, there = kiosks
    here.do(signed())
    pulse(bureau, here)
    first = told(pulse(bureau, there))["s1"]
    assert first is not None
    assert (first.queue_number, first.state, first.step) == ("A1", "proposed", 1)
    here.do(called(), DAWN + MINUTE)
    pulse(bureau, here)
    second = told(pulse(bureau, there))["s1"]
    assert second is not None
    assert (second.spot, second.called_at, second.step) == ("2", DAWN + MINUTE, 2)


def test_a_kiosk_of_another_hall_hears_nothing_of_the_line(
    bureau: Office, folder: Path, kiosks: tuple[Machine, Machine]
) -> None:
    here, _ = kiosks
    far = new_machine(bureau, folder, station="XZ", no=3)
    here.do(signed())
    pulse(bureau, here)
    assert told(pulse(bureau, far)) == {}


def test_nobody_is_named_in_the_line(bureau: Office, kiosks: tuple[Machine, Machine]) -> None:
    here, _ = kiosks
    here.do(signed())
    pulse(bureau, here)
    with bureau.database.reading() as connection:
        bodies = connection.scalars(select(feed_row.c.body).where(feed_row.c.topic == "sign_up")).all()
    assert bodies
    assert not any("测试" in body or number_of(1) in body for body in bodies)


def test_the_time_of_each_stage_is_kept(bureau: Office, kiosks: tuple[Machine, Machine]) -> None:
    here, there = kiosks
    stages = [
        signed(),
        called(),
        SignUpMissed(sign_up="s1", worker="a", calls=1, turn=TurnPoint(at=point(), shift=0), actor="s"),
        called(nth=2),
        TalkBegun(sign_up="s1", worker="a", actor="s"),
        TalkAgreed(sign_up="s1", worker="a", actor="s"),
        taken("a", "p1", 1).model_copy(update={"sign_up": "s1"}),
    ]
    for minute, stage in enumerate(stages):
        here.do(stage, DAWN + minute * MINUTE)
    pulse(bureau, here)
    row = rows(bureau)["s1"]
    assert [moments(row, name) for name in STAGES] == [0, 1, 3, 4, 5, 6]
    assert (row.state, row.placement, row.step) == ("confirmed", "p1", 7)  # type: ignore[attr-defined]
    assert told(pulse(bureau, there)).get("s1") is None


STAGES = ("signed_at", "first_called_at", "called_at", "talked_at", "agreed_at", "ended_at")


def moments(row: object, name: str) -> int:
    at: datetime = getattr(row, name)
    return int((at - DAWN) / MINUTE)


def test_two_kiosks_that_called_one_person_in_the_dark_end_with_one_row_for_both(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    here, there = kiosks
    here.do(signed())
    pulse(bureau, here)
    pulse(bureau, there)
    here.do(called(held_at="NZ-01"))
    there.do(called(held_at="NZ-02"))
    pulse(bureau, here)
    pulse(bureau, there)
    heard = [told(pulse(bureau, kiosk)).get("s1") for kiosk in (here, there)]
    known = rows(bureau)["s1"]
    assert (known.step, known.held_at) == (3, "NZ-02")  # type: ignore[attr-defined]
    assert {item.held_at for item in heard if item} == {"NZ-02"}


def test_a_call_in_the_dark_takes_nobody_away_from_the_table_he_agreed_at(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    """Broken by letting every entry have its way: the number kept where both said yes would go to others."""
    here, there = kiosks
    begun = TalkBegun(sign_up="s1", worker="a", actor="s")
    here.do(signed())
    pulse(bureau, here)
    pulse(bureau, there)
    for stage in (called(held_at="NZ-01"), begun, TalkAgreed(sign_up="s1", worker="a", actor="s")):
        here.do(stage)
    missed = SignUpMissed(sign_up="s1", worker="a", calls=1, turn=TurnPoint(at=point(), shift=1), actor="s")
    for late in (called(held_at="NZ-02"), missed, called(nth=2, held_at="NZ-02"), begun):
        there.do(late)
    pulse(bureau, here)
    heard = told(pulse(bureau, there))["s1"]
    assert heard is not None
    assert (heard.state, heard.held_at, heard.calls, heard.step) == ("agreed", "NZ-01", 1, 8)


def test_whoever_took_the_place_elsewhere_waits_for_it_nowhere_any_more(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    """Broken by ending the sign-up alone that the kiosk knew of: a number would be kept for him in vain."""
    here, there = kiosks
    here.do(signed())
    there.do(signed("s2"))
    there.do(signed("s3").model_copy(update={"job": "j2"}))
    for kiosk in (here, there, here):
        pulse(bureau, kiosk)
    here.do(taken("a", "p1", 1))
    pulse(bureau, here)
    assert told(pulse(bureau, there)) == {"s1": None, "s2": None}
    known = [(row.state, row.reason, row.placement) for row in rows(bureau).values()]  # type: ignore[attr-defined]
    assert known == [("cancelled", "placed", None)] * 2 + [("proposed", "", None)]


def test_what_is_said_of_somebody_who_left_changes_nothing(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    here, there = kiosks
    here.do(signed())
    here.do(SignUpEnded(sign_up="s1", worker="a", reason="withdrawn", actor=""))
    pulse(bureau, here)
    there.do(called())
    reply = pulse(bureau, there)
    assert reply.refusals == []
    left = rows(bureau)["s1"]
    assert (left.state, left.called_at, left.step) == ("cancelled", None, 2)  # type: ignore[attr-defined]


def test_a_sign_up_nobody_heard_of_is_refused(bureau: Office, kiosks: tuple[Machine, Machine]) -> None:
    here, _ = kiosks
    here.do(called("s9"))
    assert [item.reason for item in pulse(bureau, here).refusals] == ["bureau.refused.unknown_sign_up"]


def test_the_line_of_a_day_that_is_over_is_taken_back(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    here, there = kiosks
    here.do(signed())
    pulse(bureau, here)
    pulse(bureau, there)
    bureau.clock.forward(timedelta(days=1))  # type: ignore[attr-defined]
    own = OrderPoint(day=TODAY + timedelta(days=1), arrived_at=DAWN, kiosk="NZ-01", sequence=1)
    here.do(signed("s2").model_copy(update={"own": own}))
    pulse(bureau, here)
    heard = told(pulse(bureau, there))
    assert heard["s1"] is None
    assert heard["s2"] is not None


def test_a_line_that_is_told_the_day_after_is_told_to_nobody(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    """Broken by saying what came, whenever it came: numbers would be kept for people of yesterday."""
    here, there = kiosks
    here.do(signed())
    here.do(called())
    bureau.clock.forward(timedelta(days=1))  # type: ignore[attr-defined]
    pulse(bureau, here)
    assert told(pulse(bureau, there)) == {}
    assert rows(bureau)["s1"].spot == "2"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("kind", "is_in_line"), [(Kind.OPTIONAL, True), (Kind.STATUTORY, False)])
def test_whoever_is_erased_stands_in_no_line_any_more(
    bureau: Office, kiosks: tuple[Machine, Machine], kind: Kind, is_in_line: bool
) -> None:
    """Broken by erasing the person alone: a kiosk that reads the hall later would call his number.

    Nor does what a kiosk says of him that had not heard of it bring his line back.
    """
    here, there = kiosks
    here.do(signed())
    pulse(bureau, here)
    erase_in(bureau.database, bureau.reader, "a", [kind], bureau.clock.now())
    assert ("s1" in told(pulse(bureau, there))) is is_in_line
    here.do(called())
    pulse(bureau, here)
    assert ("s1" in told(pulse(bureau, there))) is is_in_line


def test_the_lines_come_out_of_the_log_as_they_were(
    bureau: Office, folder: Path, kiosks: tuple[Machine, Machine]
) -> None:
    here, _ = kiosks
    here.do(signed())
    here.do(
        SignUpMoved(sign_up="s1", worker="a", turn=TurnPoint(at=point(3), shift=-1), reason="老", actor="s")
    )
    here.do(called())
    here.do(signed("s2", minute=1))
    here.do(SignUpEnded(sign_up="s2", worker="a", reason="withdrawn", actor=""))
    pulse(bureau, here)
    tables = (*PROJECTED, feed_row)
    with bureau.database.reading() as connection:
        before = {table.name: sorted(map(repr, connection.execute(select(table)))) for table in tables}
    assert before["sign_up"]
    rebuild(folder)
    with bureau.database.reading() as connection:
        after = {table.name: sorted(map(repr, connection.execute(select(table)))) for table in tables}
    assert after == before


def test_a_kiosk_hears_of_a_place_given_back_as_long_as_it_would_ask_about_its_pay(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    """Broken by telling of places ahead alone: whoever comes back after payday is asked what he earned."""
    here, there = kiosks
    here.do(taken("a", "p1", 1).model_copy(update={"due_h": 24}))
    pulse(bureau, here)
    there.do(PlaceGivenBack(placement="p1", slip="PG-p1", spent=[], reason="ill"))
    pulse(bureau, there)
    told_in = {days: given_back_at(bureau, DAWN + timedelta(days=days)) for days in (3, 31, 33)}
    assert told_in == {3: ["p1"], 31: ["p1"], 33: []}


def together(body: PlaceTaken, nth: int) -> PlaceTaken:
    return body.model_copy(update={"team": TeamPoint(team="g1", nth=nth, of=2)})


def test_who_signed_up_together_stands_together_at_every_kiosk(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    here, there = kiosks
    here.do(registered("b", number_of(2)))
    for nth, (name, who, minute) in enumerate((("s1", "a", 0), ("s2", "b", 5)), 1):
        team = {"turn": TurnPoint(at=point(5), shift=0), "team": TeamPoint(team="g1", nth=nth, of=2)}
        here.do(signed(name, who, minute).model_copy(update=team))
    pulse(bureau, here)
    heard = [body for body in told(pulse(bureau, there)).values() if body is not None]
    assert [body.team for body in heard] == ["g1", "g1"]
    assert {body.turn_arrived_at for body in heard} == {point(5).arrived_at}
    assert sorted(body.own_arrived_at for body in heard) == [point(0).arrived_at, point(5).arrived_at]


def test_places_that_were_taken_together_are_known_as_a_team_and_come_out_of_the_log_so(
    bureau: Office, folder: Path, kiosks: tuple[Machine, Machine]
) -> None:
    here, _ = kiosks
    here.do(registered("b", number_of(2)))
    here.do(together(taken("a", "p1", 1), 1))
    here.do(together(taken("b", "p2", 2), 2))
    pulse(bureau, here)
    expected = [("p1", "g1", 1, 2), ("p2", "g1", 2, 2)]
    assert teams(bureau) == expected
    rebuild(folder)
    assert teams(bureau) == expected


def teams(bureau: Office) -> list[tuple[str, str, int, int]]:
    statement = select(team_place).order_by(team_place.c.team, team_place.c.nth)
    with bureau.database.reading() as connection:
        return [(row.placement, row.team, row.nth, row.size) for row in connection.execute(statement)]


def test_a_capsule_tells_when_somebody_came_and_what_he_gave_back_elsewhere(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    here, there = kiosks
    here.do(taken("a", "p1", 1))
    pulse(bureau, here)
    there.do(PlaceGivenBack(placement="p1", slip="PG-p1", spent=[], reason="ill"))
    pulse(bureau, there)
    with bureau.database.reading() as connection:
        [person] = connection.scalars(select(worker.c.id))
        [shown] = shown_of(connection, bureau.reader, [person], bureau.clock.now())
    content = shown.content
    assert content.given_back == ["p1"]
    assert content.placements == []
    assert (content.check_in_arrived_at, content.check_in_sequence) == (DAWN, 1)
    assert content.check_in_kiosk == here.reply.kiosk
