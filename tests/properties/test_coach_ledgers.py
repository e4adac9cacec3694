"""Whatever became of coaches, the ledgers of safety, coaches and papers add up to what was written down."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.actions.read_ledger import ledger_counts, ledger_table
from kiosk.catalogue import load
from kiosk.codes import load_trades
from kiosk.domain.clock import hall_time
from kiosk.domain.sights import MASKED
from kiosk.ledgers.comma_text import comma_text
from kiosk.ledgers.tables import Cell
from kiosk.messages.events import (
    ArrivalConfirmed,
    DriverRecorded,
    DutyHanded,
    EventBody,
    IncidentNoted,
    PassengersChanged,
    PlaceGivenBack,
    PlaceTaken,
    ReturnNoted,
    SlipReturned,
    TalkAgreed,
    TripChecked,
    TripDeparted,
    VehicleRecorded,
)
from kiosk.messages.events.duty import PartyWord
from kiosk.messages.events.trips import SeatGiven
from tests.halls import MORNING, SampleKiosk, open_sample_kiosk
from tests.properties.told_books import ALWAYS, DAY, tell

TRIPS, PLATE, DRIVER, WHOLE_NAME = ("t0", "t1"), "示A·00006", "w-driver", "测甲试"
SAY, TRADES = load("zh_CN"), load_trades()
CHECKS: tuple[Literal["safety", "form", "belts"], ...] = ("safety", "form", "belts")
STRETCHES: tuple[tuple[PartyWord, PartyWord], ...] = (
    ("operator", "transport"),
    ("transport", "employer"),
    ("employer", "transport"),
)
WHERE: tuple[Literal["out", "back", "stayed", "missing"], ...] = ("out", "back", "stayed", "missing")
OUTCOMES: tuple[Literal["hired", "not_hired"], ...] = ("hired", "not_hired")
Body = TypeVar("Body", bound=EventBody)
Fact = TypeVar("Fact")
Line = dict[str, Cell]
At = tuple[datetime, EventBody]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleKiosk]:
    kiosk = open_sample_kiosk(tmp_path_factory.mktemp("desk"), has_rights=False, profile="desk")
    yield kiosk
    kiosk.opened.close()


@dataclass
class History:
    """What two kiosks wrote down of places and coaches, drawn by dice."""

    dice: random.Random
    said: list[tuple[int, EventBody]]

    def say(self, body: EventBody) -> None:
        self.said.append((self.dice.randint(0, 1), body))

    def instants(self) -> list[At]:
        """Return each entry with when it was written, as the desk is told."""
        counts = [0, 0]
        told = []
        for kiosk, body in self.said:
            counts[kiosk] += 1
            told.append((MORNING + timedelta(seconds=2 * counts[kiosk] + kiosk), body))
        return told


def drawn(seed: int) -> History:
    """Return a history: who has a place sits in a coach or not, rides, is handed over, comes back or not."""
    history = History(random.Random(seed), [])
    dice = history.dice
    slips = [f"PG-{nth}" for nth in range(dice.randint(1, 6))]
    for slip in slips:
        history.say(_taken(slip, dice.choice([*TRIPS, None])))
        for _ in range(dice.randint(0, 2)):
            history.say(_seated(slip, dice.choice(TRIPS)))
        if dice.random() < 0.3:
            history.say(PlaceGivenBack(placement=f"p{slip}", slip=slip, spent=[], reason="own_wish"))
        if dice.random() < 0.3:
            history.say(_part(slip, dice.choice(OUTCOMES)))
        if dice.random() < 0.3:
            history.say(_came(slip))
        if dice.random() < 0.5:
            history.say(TalkAgreed(sign_up=f"u{slip}", worker="w", actor="s1"))
    for _ in range(dice.randint(0, 2)):
        history.say(_vehicle())
        history.say(_driver())
    free = list(slips)
    for trip in TRIPS:
        aboard = [slip for slip in free if dice.random() < 0.6]
        if not aboard:
            continue
        free = [slip for slip in free if slip not in aboard]
        _ride(history, trip, [*aboard, f"elsewhere-{trip}"])
    dice.shuffle(history.said)
    return history


def _ride(history: History, trip: str, aboard: list[str]) -> None:
    dice = history.dice
    for check in CHECKS:
        for _ in range(dice.randint(0, 2)):
            history.say(_checked(trip, check, dice.random() < 0.8))
    history.say(_departed(trip, aboard))
    for giver, taker in STRETCHES:
        if dice.random() < 0.7:
            history.say(_handed(trip, giver, taker, dice.randint(1, 9)))
    for nth in range(dice.randint(0, 2)):
        is_closed = dice.random() < 0.5
        history.say(_incident(trip, nth, None))
        if is_closed:
            history.say(_incident(trip, nth, MORNING))
    for slip in aboard:
        for _ in range(dice.randint(0, 2)):
            history.say(_whereabouts(trip, slip, dice.choice(WHERE)))


@settings(max_examples=30)
@given(seed=st.integers(0, 2**32), order=st.lists(st.integers(0, 1), max_size=60))
def test_ledgers_of_coaches_add_up_to_the_entries_in_whichever_order(
    desk: SampleKiosk, seed: int, order: list[int]
) -> None:
    """Broken by counting of a boundary, a check or a passenger whatever was heard of last."""
    history = drawn(seed)
    tell(desk, history.said, order)
    tables = {name: _lines(desk, name) for name in ("safety", "trips", "fleet", "placements")}
    counts = ledger_counts(desk.hall, ALWAYS)
    assert {name: counts[name] for name in tables} == {name: len(rows) for name, rows in tables.items()}
    told = history.instants()
    _check_trips(tables["trips"], told)
    _check_safety(tables["safety"], told)
    _check_results(tables["placements"], told)
    papers = [body for _, body in told if isinstance(body, VehicleRecorded | DriverRecorded)]
    assert len(tables["fleet"]) == len(papers)
    for name in tables:
        assert (
            WHOLE_NAME not in comma_text(ledger_table(desk.hall, name, ALWAYS, SAY, TRADES, MASKED)).decode()
        )

    tell(desk, history.said, [1 - turn for turn in order])
    assert {name: _lines(desk, name) for name in tables} == tables


def _lines(desk: SampleKiosk, name: str) -> list[Line]:
    table = ledger_table(desk.hall, name, ALWAYS, SAY, TRADES, MASKED)
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


def _of(line: Line, *columns: str) -> tuple[Cell, ...]:
    return tuple(line[SAY(f"ledger.column.{column}")] for column in columns)


def _word(words: str, code: str) -> str:
    return SAY(f"ledger.code.{words}.{code}") if code else ""


def _check_trips(lines: list[Line], told: Sequence[At]) -> None:
    left = {body.trip: body for _, body in told if isinstance(body, TripDeparted)}
    homes = _newest(told, ReturnNoted, lambda body: [(body.trip, slip, body.where) for slip in body.slips])
    checks = _newest(told, TripChecked, lambda body: [(body.trip, body.check, body.is_good)])
    taken = {body.slip for _, body in told if isinstance(body, PlaceTaken)}
    expected = {}
    for trip, body in left.items():
        said = [value for (of, _), value in checks.items() if of == trip]
        whole = "passed" if len(said) == 3 else "part"
        expected[trip] = (
            PLATE,
            20,
            body.listed,
            len(body.aboard),
            *(
                sum(homes.get((trip, slip)) == where for slip in body.aboard)
                for where in ("back", "stayed", "missing")
            ),
            _word("inspection", "failed" if not all(said) else whole),
            "测试家庭农场" if taken & {*body.aboard} else "",
        )
    columns = ("plate", "seats", "listed", "boarded", "back", "stayed", "missing", "inspection", "employer")
    assert {line[SAY("ledger.column.trip")]: _of(line, *columns) for line in lines} == expected
    is_seen = any(isinstance(body, DriverRecorded) for _, body in told)
    assert {line[SAY("ledger.column.driver")] for line in lines} <= {"测*试" if is_seen else ""}


def _check_safety(lines: list[Line], told: Sequence[At]) -> None:
    left = {body.trip: body for _, body in told if isinstance(body, TripDeparted)}
    rode = {slip: trip for trip, body in left.items() for slip in body.aboard}
    back = {body.slip for _, body in told if isinstance(body, PlaceGivenBack)}
    seats = _newest(told, PassengersChanged, lambda body: [(body.seated[0].slip, "", body.trip)])
    homes = _newest(told, ReturnNoted, lambda body: [(body.trip, slip, body.where) for slip in body.slips])
    handed = {
        (body.trip, body.taker): body.at
        for _, body in told
        if isinstance(body, DutyHanded) and body.giver != "employer"
    }
    came = {body.slip: body.arrived_at for _, body in told if isinstance(body, ArrivalConfirmed)}
    open_ones: dict[str, dict[str, bool]] = defaultdict(dict)
    for _, body in told:
        if isinstance(body, IncidentNoted):
            known = open_ones[body.trip].get(body.incident, False)
            open_ones[body.trip][body.incident] = known or body.closed_at is not None
    expected = {}
    for _, body in told:
        if not isinstance(body, PlaceTaken) or (body.slip in back and body.slip not in rode):
            continue
        slip, trip = body.slip, rode.get(body.slip, "")
        planned = trip or seats.get((slip, ""), body.trip)
        aboard = "yes" if trip else "no" if planned in left else ""
        received = handed.get((trip, "employer")) or came.get(slip)
        expected[slip] = (
            planned if planned in left else "",
            _word("coach", aboard),
            _local(handed.get((trip, "transport"))),
            _local(received),
            _word("home", str(homes.get((trip, slip), ""))),
            sorted(open_ones[trip].values()),
        )
    columns = ("trip", "aboard", "carried_at", "received_at", "home")
    found = {str(line[SAY("ledger.column.slip")]): (*_of(line, *columns), _closed(line)) for line in lines}
    assert found == expected


def _closed(line: Line) -> list[bool]:
    """Return whether each incident of a line is closed."""
    text = str(line[SAY("ledger.column.incidents")])
    return sorted(not each.endswith("没办结") for each in text.split(SAY("ledger.between")) if each)


def _check_results(lines: list[Line], told: Sequence[At]) -> None:
    parts = _newest(told, SlipReturned, lambda body: [(body.slip, "", body.outcome)])
    came = {body.slip for _, body in told if isinstance(body, ArrivalConfirmed)}
    agreed = {body.sign_up for _, body in told if isinstance(body, TalkAgreed)}
    seats = _newest(told, PassengersChanged, lambda body: [(body.seated[0].slip, "", body.trip)])
    rides = {
        body.slip: seats.get((body.slip, ""), body.trip) for _, body in told if isinstance(body, PlaceTaken)
    }
    for line in lines:
        slip = str(line[SAY("ledger.column.slip")])
        result, confirmed, coach = _of(line, "result", "confirmed", "coach")
        assert coach == _word("coach", "yes" if rides[slip] else "no")
        words = [SAY(f"ledger.result.{parts[slip, '']}")] if (slip, "") in parts else []
        words += [SAY("ledger.result.came")] if slip in came else []
        assert result == SAY("ledger.between").join(words)
        assert confirmed == _word("confirmed", "both" if f"u{slip}" in agreed else "worker")


def _newest(
    told: Sequence[At], kind: type[Body], facts: Callable[[Body], Sequence[tuple[str, str, Fact]]]
) -> dict[tuple[str, str], Fact]:
    """Return of each thing, by two keys, what was said of it last."""
    found: dict[tuple[str, str], Fact] = {}
    for _, body in sorted(told, key=lambda item: item[0]):
        if isinstance(body, kind):
            found |= {(one, other): value for one, other, value in facts(body)}
    return found


def _local(instant: datetime | None) -> Cell:
    return "" if instant is None else hall_time(instant).replace(tzinfo=None)


def _taken(slip: str, trip: str | None) -> PlaceTaken:
    return PlaceTaken(
        placement=f"p{slip}",
        worker="w",
        job="j1",
        job_version=1,
        trip=trip,
        kind="dispatch",
        slip=slip,
        spent=[],
        starts=MORNING,
        ends=MORNING + timedelta(hours=8),
        title="摘辣椒",
        promise="00",
        sign_up=f"u{slip}",
    )


def _seated(slip: str, trip: str) -> PassengersChanged:
    given = SeatGiven(seat=1, placement=f"p{slip}", slip=slip)
    return PassengersChanged(trip=trip, left=[f"p{slip}"], seated=[given], actor="s1")


def _part(slip: str, outcome: Literal["hired", "not_hired"]) -> SlipReturned:
    return SlipReturned(slip=slip, day=DAY, outcome=outcome, read="scan", actor="s1")


def _came(slip: str) -> ArrivalConfirmed:
    at = MORNING + timedelta(hours=3)
    return ArrivalConfirmed(placement=f"p{slip}", slip=slip, witness="worker", arrived_at=at, actor="s1")


def _vehicle() -> VehicleRecorded:
    papers: dict[str, Any] = dict.fromkeys(("permit_to", "inspection_to", "insurance_to"), DAY)
    facts = {"kind": "coach", "approved": 21, "crew": 1, "owner": "测试客运", "permit_no": "示运000001"}
    return VehicleRecorded(plate=PLATE, **facts, **papers, actor="s1")  # type: ignore[arg-type]


def _driver() -> DriverRecorded:
    return DriverRecorded(
        worker=DRIVER,
        name=WHOLE_NAME,
        phone="13900000001",
        birth_date=DAY,
        licence_class="A1",
        licence_to=DAY,
        qualification_no="000000000001",
        qualification_to=None,
        actor="s1",
    )


def _checked(trip: str, check: Literal["safety", "form", "belts"], is_good: bool) -> TripChecked:
    return TripChecked(trip=trip, check=check, is_good=is_good, plate=PLATE, driver=DRIVER, actor="s1")


def _departed(trip: str, aboard: list[str]) -> TripDeparted:
    return TripDeparted(
        trip=trip,
        plate=PLATE,
        driver=DRIVER,
        departed_at=MORNING + timedelta(hours=1),
        digest="0" * 64,
        listed=len(aboard) + 1,
        aboard=aboard,
        actor="s1",
        label=trip,
        destination="白杨镇",
        seats=20,
    )


def _handed(trip: str, giver: PartyWord, taker: PartyWord, hours: int) -> DutyHanded:
    return DutyHanded(
        hand_over=f"{trip}-{giver}",
        trip=trip,
        giver=giver,
        taker=taker,
        at=MORNING + timedelta(hours=hours),
        place="",
        headcount=1,
        expected=1,
        signer="测*",
        proof="phone",
        actor="s1",
    )


def _incident(trip: str, nth: int, closed_at: datetime | None) -> IncidentNoted:
    return IncidentNoted(
        incident=f"{trip}-{nth}",
        trip=trip,
        at=MORNING,
        kind="injury",
        severity="IV",
        party="transport",
        people=1,
        done="",
        closed_at=closed_at,
        actor="s1",
    )


def _whereabouts(trip: str, slip: str, where: Literal["out", "back", "stayed", "missing"]) -> ReturnNoted:
    return ReturnNoted(trip=trip, slips=[slip], where=where, actor="s1")
