"""A hall's desk is told what its kiosks wrote down, and keeps books of it as long as law wants ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from kiosk.actions.ledger_ports import BookedDriver, Books
from kiosk.bureau.erasing import erase_in
from kiosk.bureau.offices import Office
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.publishing import publish
from kiosk.messages.desk_feed import TOLD, ToldBody
from kiosk.messages.events import (
    DriverRecorded,
    FirstAnswersGiven,
    HardshipVerified,
    PlaceGivenBack,
    SlipStateChanged,
)
from kiosk.messages.feed import Cursor, FeedRow, ParameterBody
from kiosk.messages.personal import Kind
from kiosk.messages.sync import SyncReply, Want
from kiosk.storage.all_tables import METADATA
from kiosk.storage.book_tables import book_print
from kiosk.storage.feed_pages import set_cursor
from kiosk.storage.known_streams import present_stream
from kiosk.storage.opening import OpenedStore
from kiosk.storage.tables import journal
from tests import answers
from tests.stores import open_new_store
from tests.unit.bureau.rehearsal import (
    HandClock,
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
    say,
    taken,
)

pytestmark = pytest.mark.both_databases

YEAR = date(2026, 1, 1), date(2026, 12, 31)
PHONE = "13900000001"


@dataclass
class Counter:
    """A desk with its store, and a kiosk of the hall where people come."""

    bureau: Office
    kiosk: Machine
    desk: Machine
    store: OpenedStore

    def sync(self) -> SyncReply:
        """Let the kiosk tell what it did, and the desk hear of it."""
        assert pulse(self.bureau, self.kiosk).refusals == []
        return self.hear(self.desk, self.store)

    def hear(self, desk: Machine, store: OpenedStore) -> SyncReply:
        reply = pulse(self.bureau, desk)
        for page in reply.pages:
            store.sync_book.apply_page(page)
        return reply

    def erase(self, kind: Kind) -> None:
        bureau = self.bureau
        erase_in(bureau.database, bureau.reader, "w1", [kind], bureau.clock.now())


def told(reply: SyncReply) -> list[str]:
    return [row.body for page in reply.pages for row in page.rows if row.topic == TOLD]


def lines(store: OpenedStore) -> list[list[Any]]:
    """Return every line of every ledger."""
    with store.store.reading() as records:
        books: Books = records.books
        ledgers = (books.seekers, books.visits, books.placements, books.classes, books.prints)
        return [list(read(*YEAR)) for read in ledgers]


def rows_of_books(store: OpenedStore) -> dict[str, list[tuple[object, ...]]]:
    tables = [table for table in METADATA.sorted_tables if table.name.startswith("book_")]
    with store.database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in tables
        }


@pytest.fixture
def counter(bureau: Office, folder: Path, tmp_path: Path, clock: HandClock) -> Iterator[Counter]:
    publish(bureau.database, "city", [employer(), job(headcount=3)])
    kiosk = new_machine(bureau, folder, no=1)
    pulse(bureau, kiosk, [Want(quota="places:j1", count=3)])
    desk = new_machine(bureau, folder, no=2, profile="desk")
    store = open_new_store(tmp_path / "desk", clock)
    kiosk.do(registered("w1", number_of(1)))
    kiosk.do(FirstAnswersGiven(worker="w1", phone=PHONE, trades=["masonry"], span="day"))
    kiosk.do(checked_in("w1"))
    kiosk.do(taken("w1", "p1", 1))
    kiosk.do(_printed("p1"))
    try:
        yield Counter(bureau, kiosk, desk, store)
    finally:
        store.close()


def _printed(placement: str) -> SlipStateChanged:
    return SlipStateChanged(
        slip=f"PG-{placement}", placement=placement, copy_no=0, state="printed", evidence="token"
    )


def test_a_desk_keeps_books_of_what_its_halls_kiosks_wrote_down_each_entry_once(
    counter: Counter, folder: Path, tmp_path: Path, clock: HandClock
) -> None:
    """Broken by writing what stands in the books already: a page that comes twice could not be kept."""
    elsewhere = new_machine(counter.bureau, folder, station="XB", no=1)
    elsewhere.do(registered("w9", number_of(9)))
    pulse(counter.bureau, elsewhere)
    first = counter.sync()
    assert len(told(first)) == 5
    counter.kiosk.do(
        PlaceGivenBack(placement="p1", slip="PG-p1", spent=taken("w1", "p1", 1).spent, reason="own_wish")
    )
    counter.sync()
    [[seeker], [visit], [place], [], [paper]] = lines(counter.store)
    assert (seeker.person.name, seeker.person.phone, seeker.person.trades) == ("测试甲", PHONE, ("masonry",))
    assert (visit.queue_number, visit.person.number) == ("A1", number_of(1))
    assert (place.employer, place.pay_fen, place.paper, place.is_given_back) == (
        "测试家庭农场",
        18000,
        "printed",
        True,
    )
    assert (paper.slip, paper.kiosk) == ("PG-p1", counter.kiosk.reply.kiosk)

    before = rows_of_books(counter.store)
    counter.desk.cursors.clear()
    assert len(told(counter.hear(counter.desk, counter.store))) == 6
    assert rows_of_books(counter.store) == before

    anew = open_new_store(tmp_path / "anew", clock)
    counter.desk.cursors.clear()
    counter.hear(counter.desk, anew)
    assert rows_of_books(anew) == before
    anew.close()


def test_books_end_with_the_years_that_law_wants_them_kept(counter: Counter, clock: HandClock) -> None:
    """Broken by keeping whoever is in no line any more."""
    years = [
        ParameterBody(key=key, value="3", unit="year", source="示例", effective_from=date(2025, 1, 1))
        for key in ("retention.service_ledger_years", "retention.safety_class_years")
    ]
    publish(counter.bureau.database, "city", years)
    counter.sync()
    kept = lines(counter.store)
    clock.forward(timedelta(days=3 * 365))
    counter.store.forget_closed(clock.now())
    assert lines(counter.store) == kept
    clock.forward(timedelta(days=3))
    counter.store.forget_closed(clock.now())
    rows = rows_of_books(counter.store)
    assert [name for name in rows if rows[name]] == ["book_mark"]


def test_nobody_but_the_halls_desk_is_told_what_a_hall_wrote_down(counter: Counter, folder: Path) -> None:
    """Broken by telling every profile the desk's scope."""
    counter.sync()
    other = new_machine(counter.bureau, folder, station="XB", no=2, profile="desk")
    assert told(pulse(counter.bureau, counter.kiosk)) == told(pulse(counter.bureau, other)) == []
    for curious in (counter.kiosk, other):
        curious.cursors["desk:NZ"] = Cursor(scope="desk:NZ", feed_gen="", pos=0)
        with pytest.raises(RequestRefused) as refused:
            say(counter.bureau, curious, curious.request())
        assert refused.value.key == "bureau.problem.not_your_scope"


def test_an_erasure_reaches_the_books_and_what_law_holds_is_shown_to_nobody(counter: Counter) -> None:
    """Broken by reading restricted people like all others: law keeps who he is, and shows it to nobody."""
    counter.sync()
    counter.erase(Kind.OPTIONAL)
    counter.sync()
    [[seeker], *_] = lines(counter.store)
    assert (seeker.person.name, seeker.person.phone, seeker.person.trades) == ("测试甲", "", ())
    counter.erase(Kind.STATUTORY)
    counter.sync()
    [[seeker], [visit], [place], *_] = lines(counter.store)
    assert {seeker.person.name, visit.person.name, place.person.number} == {""}
    [person] = rows_of_books(counter.store)["book_person"]
    assert number_of(1) in person  # law holds it: a place was taken
    counter.desk.cursors.clear()
    assert not any(number_of(1) in body or PHONE in body for body in told(counter.sync()))


def test_a_bureau_that_tells_more_is_heard_from_the_beginning(counter: Counter) -> None:
    """Broken by keeping the books of before: their marks pass over what was not told then."""
    counter.sync()
    whole, cursor = rows_of_books(counter.store), counter.desk.cursors["desk:NZ"]
    older = cursor.model_copy(update={"feed_gen": cursor.feed_gen.partition("/")[0] + "/before"})
    with counter.store.database.writing() as connection:  # as an older bureau left it: nobody told of prints
        connection.execute(delete(book_print))
        set_cursor(connection, older)
    counter.desk.cursors["desk:NZ"] = older
    counter.sync()
    assert rows_of_books(counter.store) == whole


def test_books_that_are_read_anew_wait_for_what_has_gone_from_the_own_journal(
    counter: Counter, clock: HandClock
) -> None:
    """Broken by catching up over a hole: the mark would pass over what the bureau tells of it later."""
    visits = [checked_in(worker) for worker in ("w1", "w2", "w3")]
    with counter.store.store.writing() as records:
        for visit in visits:
            records.journal.append(visit, clock.now())
    with counter.store.database.writing() as connection:
        connection.execute(delete(journal).where(journal.c.seq == 1))
        stream = present_stream(connection).id
    counted = []
    for _ in range(2):
        with counter.store.store.writing() as records:
            records.books.catch_up("NZ-02")
            counted.append(records.books.counts(*YEAR)["visits"])
        body = visits[0].model_dump_json()
        told = ToldBody(
            stream=stream, seq=1, kiosk="NZ-02", type="checked_in", v=1, at=clock.now(), body=body
        )
        row = FeedRow(topic=TOLD, id=f"{stream}/1", pos=1, body=told.model_dump_json())
        answers.tell(counter.store, [row], 1, scope="desk:NZ")
    assert counted == [0, 3]


def test_an_erasure_reaches_who_drives_and_what_consent_said_of_hardship(counter: Counter) -> None:
    """Broken by leaving drivers, or kinds of hardship, out of the erasures of the books."""
    counter.kiosk.do(HardshipVerified(worker="w1", kind="older", actor="s1"))
    counter.kiosk.do(_driver("w1"))
    counter.sync()
    assert _shown(counter) == (("older",), "测试甲", "000000000001")
    counter.erase(Kind.OPTIONAL)
    counter.sync()
    assert _shown(counter) == ((), "测试甲", "000000000001")
    counter.erase(Kind.STATUTORY)
    counter.sync()
    assert _shown(counter) == ((), "", "")


def _shown(counter: Counter) -> tuple[tuple[str, ...], str, str]:
    """Return the hardship of the only seeker, and name and number of the only driver."""
    with counter.store.store.reading() as records:
        [seeker], [driver] = records.books.seekers(*YEAR), records.books.fleet(*YEAR)
    assert isinstance(driver, BookedDriver)
    return seeker.hardships, driver.name, driver.qualification_no


def _driver(worker: str) -> DriverRecorded:
    return DriverRecorded(
        worker=worker,
        name="测试甲",
        phone=PHONE,
        birth_date=date(1980, 1, 1),
        licence_class="A1",
        licence_to=date(2027, 1, 1),
        qualification_no="000000000001",
        qualification_to=date(2027, 1, 1),
        actor="s1",
    )
