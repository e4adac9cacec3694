"""Whatever a hall's kiosks did, its ledgers add up to their entries, in whichever order they are heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.actions.read_ledger import ledger_counts, ledger_table
from kiosk.catalogue import load
from kiosk.codes import load_trades
from kiosk.domain.service_ledgers import SERVICE_LEDGERS
from kiosk.domain.sights import MASKED
from kiosk.ledgers.comma_text import comma_text
from kiosk.messages.events import (
    CheckedIn,
    ClassHeld,
    EventBody,
    FirstAnswersGiven,
    Person,
    PlaceGivenBack,
    PlaceTaken,
    SlipStateChanged,
    WorkerCorrected,
    WorkerRegistered,
)
from kiosk.messages.feed import FeedRow
from kiosk.messages.merge_bodies import MergeBody
from tests import answers
from tests.halls import MORNING, SampleKiosk, open_sample_kiosk
from tests.properties.told_books import ALWAYS, DAY, PAY_FEN, tell

PHONE = "13900000001"


@dataclass(frozen=True)
class Did:
    """What somebody did on a day at one of two kiosks."""

    what: str
    who: int
    kiosk: int
    day: int


deeds = st.builds(
    Did,
    st.sampled_from(["come", "come", "come", "take", "back", "print", "learn"]),
    st.integers(0, 2),
    st.integers(0, 1),
    st.integers(0, 1),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleKiosk]:
    kiosk = open_sample_kiosk(tmp_path_factory.mktemp("desk"), has_rights=False, profile="desk")
    yield kiosk
    kiosk.opened.close()


def bodies(done: Sequence[Did]) -> list[tuple[int, EventBody]]:
    """Return the entries of a history with the kiosk of each; what was not taken is not given back."""
    said: list[tuple[int, EventBody]] = []
    known: set[int] = set()
    taken: dict[int, str] = {}
    for nth, deed in enumerate(done):
        worker, day = f"w{deed.who}", DAY + timedelta(days=deed.day)
        if deed.who not in known:
            known.add(deed.who)
            said += [(deed.kiosk, _registered(deed.who)), (deed.kiosk, _answered(deed.who))]
        if deed.what == "come":
            said.append((deed.kiosk, _came(worker, nth, day)))
        elif deed.what == "take":
            taken[deed.who] = f"p{nth}"
            said.append((deed.kiosk, _took(worker, f"p{nth}")))
        elif deed.what == "learn":
            said.append((deed.kiosk, _learned(worker, day)))
        elif deed.who in taken and deed.what == "back":
            said.append((deed.kiosk, _gave_back(taken.pop(deed.who))))
        elif deed.who in taken:
            said.append((deed.kiosk, _printed(taken[deed.who])))
    return said


@settings(max_examples=25)
@given(done=st.lists(deeds, min_size=8, max_size=40), order=st.lists(st.integers(0, 1), max_size=80))
def test_every_ledger_adds_up_to_the_entries(desk: SampleKiosk, done: list[Did], order: list[int]) -> None:
    """Broken by keeping of two visits of one day the one heard of last, or by telling a whole name."""
    said = bodies(done)
    tell(desk, said, order)
    of = {kind: [body for _, body in said if isinstance(body, kind)] for kind in {type(b) for _, b in said}}
    visits: dict[tuple[str, date], CheckedIn] = {}
    for body in of.get(CheckedIn, []):
        assert isinstance(body, CheckedIn)
        key = body.worker, body.hall_day
        visits[key] = min(visits.get(key, body), body, key=lambda each: each.arrived_at)
    counted = {
        "seekers": len(of.get(WorkerRegistered, [])),
        "visits": len(visits),
        "placements": len(of.get(PlaceTaken, [])),
        "classes": len(of.get(ClassHeld, [])),
        "prints": len(of.get(SlipStateChanged, [])),
        "safety": len(of.get(PlaceTaken, [])) - len(of.get(PlaceGivenBack, [])),
        "trips": 0,
        "fleet": 0,
    }
    assert ledger_counts(desk.hall, ALWAYS) == counted

    tr, trades = load("zh_CN"), load_trades()
    tables = {name: ledger_table(desk.hall, name, ALWAYS, tr, trades, MASKED) for name in SERVICE_LEDGERS}
    assert {name: len(table.rows) for name, table in tables.items()} == counted
    assert {row[1] for row in tables["visits"].rows} == {visit.queue_number for visit in visits.values()}
    places = tables["placements"]
    pay = places.header.index(tr("ledger.column.pay"))
    assert sum(float(str(row[pay])) for row in places.rows) == PAY_FEN / 100 * counted["placements"]
    standing = places.header.index(tr("ledger.column.standing"))
    given_back = [row for row in places.rows if row[standing] == tr("ledger.code.placed.given_back")]
    assert len(given_back) == len(of.get(PlaceGivenBack, []))
    for table in tables.values():
        written = comma_text(table).decode("utf-8-sig")
        assert not any(secret in written for who in range(5) for secret in (_name(who), _number(who), PHONE))


def test_every_line_of_a_merged_person_shows_the_registration_that_was_kept_until_it_is_undone(
    desk: SampleKiosk,
) -> None:
    """One-line break: join the very registration of a line in `_stands_for`."""
    said = bodies(
        [Did(what, who, 0, 0) for what, who in (("come", 0), ("come", 1), ("take", 1), ("learn", 1))]
    )
    tell(desk, said, [])
    assert _tails(desk) == {"seekers": {"000X", "001X"}, "placements": {"001X"}, "classes": {"001X"}}
    for pos, (is_undone, shown) in enumerate(((False, "000X"), (True, "001X")), 9998):
        made = MergeBody(kept="w0", joined="w1", merged_at=MORNING, is_undone=is_undone)
        row = FeedRow(topic="merge", id="m", pos=pos, body=made.model_dump_json())
        answers.tell(desk.opened, [row], pos, feed_gen="g")
        told = _tails(desk)
        assert (told["placements"], told["classes"]) == ({shown}, {shown})
        assert told["seekers"] == {"000X", shown}
    tr, trades = load("zh_CN"), load_trades()
    assert len(ledger_table(desk.hall, "seekers", ALWAYS, tr, trades, MASKED).rows) == 2


@settings(max_examples=12)
@given(order=st.lists(st.integers(0, 1), max_size=8), is_first=st.booleans())
def test_a_ledger_shows_what_was_put_right_whichever_word_is_heard_first(
    desk: SampleKiosk, order: list[int], is_first: bool
) -> None:
    """Broken by letting the word that is heard last hold: a register would name somebody as he was misread.

    What was put right before he registered anew was of the older word.
    """
    right = WorkerCorrected(worker="w0", name="测丙对", sex="1", birth_date=DAY, actor="s1")
    between: list[tuple[int, EventBody]] = [(0, _came("w0", 1, DAY)), (1, _learned("w0", DAY))]
    first, then = (_registered(0), right) if is_first else (right, _registered(0))
    tell(desk, [(0, first), *between, (1, then)], order)
    tr, trades = load("zh_CN"), load_trades()
    (row,) = ledger_table(desk.hall, "seekers", ALWAYS, tr, trades, MASKED).rows
    assert ("测*对" in row, "测*试" in row) == (is_first, not is_first)
    assert any(str(cell).endswith("000X") for cell in row)


def _tails(desk: SampleKiosk) -> dict[str, set[str]]:
    """Return the ends of all numbers that some ledgers show."""
    tr, trades = load("zh_CN"), load_trades()
    written = {
        name: comma_text(ledger_table(desk.hall, name, ALWAYS, tr, trades, MASKED)).decode("utf-8-sig")
        for name in ("seekers", "placements", "classes")
    }
    return {name: {tail for tail in ("000X", "001X") if tail in text} for name, text in written.items()}


def _name(who: int) -> str:
    return f"测{'甲乙丙丁戊'[who]}试"


def _number(who: int) -> str:
    return f"99999919680312{who:03d}X"


def _registered(who: int) -> WorkerRegistered:
    person = Person(
        kind="citizen", name=_name(who), number=_number(who), sex="1", birth_date=DAY, region="999999"
    )
    return WorkerRegistered(worker=f"w{who}", person=person, notice_version=1, method="card")


def _answered(who: int) -> FirstAnswersGiven:
    return FirstAnswersGiven(worker=f"w{who}", phone=PHONE, trades=["masonry"], span="day")


def _came(worker: str, nth: int, day: date) -> CheckedIn:
    return CheckedIn(
        check_in=f"c{nth}",
        worker=worker,
        hall_day=day,
        queue_number=f"A{nth}",
        sequence=nth,
        arrived_at=MORNING + timedelta(minutes=(nth * 7) % 11, seconds=nth),
        method="card",
    )


def _took(worker: str, place: str) -> PlaceTaken:
    return PlaceTaken(
        placement=place,
        worker=worker,
        job="j1",
        job_version=1,
        trip=None,
        kind="dispatch",
        slip=place,
        spent=[],
        starts=MORNING,
        ends=MORNING + timedelta(hours=8),
        title="摘辣椒",
        promise="00",
    )


def _learned(worker: str, day: date) -> ClassHeld:
    return ClassHeld(
        worker=worker, hazard_class="site", held_on=day, valid_until=day + timedelta(days=365), actor="s1"
    )


def _gave_back(place: str) -> PlaceGivenBack:
    return PlaceGivenBack(placement=place, slip=place, spent=[], reason="own_wish")


def _printed(place: str) -> SlipStateChanged:
    return SlipStateChanged(slip=place, placement=place, copy_no=0, state="printed", evidence="token")
