"""Whoever waits to write is heard by who writes: another process, another thread, and where nobody can be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from kiosk.messages.desk_feed import TOLD, ToldBody
from kiosk.messages.events import CheckedIn
from kiosk.messages.feed import FeedRow
from kiosk.storage import feed_pages
from kiosk.storage.awaiting import Awaiting
from kiosk.storage.database import Database
from kiosk.storage.opening import OpenedStore
from tests import answers
from tests.patience import wait_until
from tests.unit.storage.samples import NOW, job_body, joined, row


@contextmanager
def nobody_else_writing(kept: OpenedStore, beside: Database) -> Iterator[None]:
    """Lock the file, have a thread wait to write through `beside`, and free it when the block has ended."""

    def write() -> None:
        with beside.writing():
            pass

    thread = threading.Thread(target=write)
    try:
        with kept.database.writing():
            assert not kept.database.is_awaited()
            thread.start()
            yield
    finally:
        thread.join()
    assert not kept.database.is_awaited()


def slices_of_a_first_page(kept: OpenedStore, monkeypatch: pytest.MonkeyPatch) -> int:
    """Keep a page of a hundred jobs in a new store; return how many slices came before the last one."""
    slices: list[Database] = []
    monkeypatch.setattr(feed_pages, "give_way", lambda database, _rest_s=0.0: slices.append(database))
    rows = [row("job", job_body(number, title="装车"), number) for number in range(1, 101)]
    answers.tell(kept, rows, 100)
    with kept.database.reading() as connection:
        wordings = connection.exec_driver_sql("SELECT count(*) FROM wording").scalar_one()
    return len(slices) - int(wordings)


def test_another_process_that_waits_to_write_is_heard_until_it_has_written(
    kept: OpenedStore, tmp_path: Path
) -> None:
    """One-line break: in `_begin_writing`, wait without saying so."""
    beside = joined(tmp_path / "data")
    with nobody_else_writing(kept, beside.database):
        wait_until(kept.database.is_awaited, "somebody who waits to write")
    beside.close()


def test_another_thread_that_waits_to_write_is_heard_until_it_has_written(kept: OpenedStore) -> None:
    """One-line break: in `_take_turn`, wait without saying so."""
    with nobody_else_writing(kept, kept.database):
        wait_until(kept.database.is_awaited, "somebody who waits to write")


def test_where_nobody_can_be_heard_somebody_always_waits(tmp_path: Path) -> None:
    """One-line break: in `is_anybody`, return False without a file."""
    nowhere = Awaiting(tmp_path / "gone")
    with nowhere.for_others():
        assert nowhere.is_anybody()
    assert nowhere.is_anybody()
    nowhere.close()


def test_a_page_that_is_read_first_is_one_slice_while_nobody_waits(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert slices_of_a_first_page(kept, monkeypatch) == 1


def test_a_slice_ends_when_somebody_waits_to_write(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One-line break: in `_write_early`, never look whether somebody waits."""
    other = Awaiting(tmp_path / "data")
    with other.for_others():
        assert slices_of_a_first_page(kept, monkeypatch) >= 4, "one a bite; where a commit takes long, more"
    other.close()


def test_a_slow_waiter_keeps_his_turn_until_he_has_written(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One-line break: in `give_way`, yield once and go on."""
    asks: list[bool] = []
    hears = kept.database.is_awaited
    with ExitStack() as waiting:
        waiting.enter_context(Awaiting(tmp_path / "data").for_others())

        def heard() -> bool:
            asks.append(hears())
            if len(asks) == 2:
                waiting.close()  # he has his turn
            return asks[-1]

        monkeypatch.setattr(kept.database, "is_awaited", heard)
        feed_pages.give_way(kept.database)
        assert asks[:2] == [True, True]
        assert not hears()


def test_who_waited_finds_the_file_left_alone_behind_each_slice_that_follows(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One-line break: in `_write_early`, forget at once that somebody waited."""
    rests: list[float] = []
    monkeypatch.setattr(feed_pages, "give_way", lambda _database, rest_s=0.0: rests.append(rest_s))
    answers.tell(kept, [row("job", job_body(number, title="装车"), number) for number in range(1, 101)], 100)
    assert set(rests) == {0.0}
    other = Awaiting(tmp_path / "data")
    rests.clear()
    with other.for_others():
        again = [row("job", job_body(number, title="装车"), 100 + number) for number in range(1, 101)]
        answers.tell(kept, again, 200)
    other.close()
    assert rests
    assert min(rests) > 0.0


def a_year_at_a_desk(kept: OpenedStore, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let a desk hear two hundred visits for the first time; return how many came with each transaction."""
    seen, last = list[int](), 0
    rows = [_visit(number) for number in range(1, 201)]

    def count(_database: object = None, _rest_s: float = 0.0) -> None:
        nonlocal last
        with kept.database.reading() as connection:
            now = connection.exec_driver_sql("SELECT count(*) FROM book_check_in").scalar_one()
        seen.append(now - last)
        last = now

    monkeypatch.setattr(feed_pages, "give_way", count)
    answers.tell(kept, rows, 200, scope="desk:NZ")
    count()
    assert sum(seen) == len(rows)
    return seen


def test_the_first_year_of_a_desk_is_heard_beside_somebody_who_writes(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Broken by keeping what is told for the books with the last slice: a page locks the file at once."""
    other = Awaiting(tmp_path / "data")
    with other.for_others():
        assert max(a_year_at_a_desk(kept, monkeypatch)) <= feed_pages.ROWS_A_BITE
    other.close()


def test_the_first_year_of_a_desk_is_never_a_whole_page_a_commit(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by taking its first reading for that of a board which nobody sees before it has ended."""
    assert len(a_year_at_a_desk(kept, monkeypatch)) > 3


def test_a_page_for_the_books_that_was_torn_is_told_again_and_nothing_stands_twice(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_database: object, _rest_s: float = 0.0) -> None:
        raise InterruptedError

    rows = [_visit(number) for number in range(1, 201)]
    with monkeypatch.context() as torn:
        torn.setattr(feed_pages, "give_way", stop)
        with pytest.raises(InterruptedError):
            answers.tell(kept, rows, 200, scope="desk:NZ")
    assert kept.sync_book.outgoing(1).cursors == ()
    answers.tell(kept, rows, 200, scope="desk:NZ")
    with kept.database.reading() as connection:
        visits = connection.exec_driver_sql("SELECT count(*) FROM book_check_in").scalar_one()
    assert visits == len(rows)


def _visit(number: int) -> FeedRow:
    """Return one entry of another kiosk, as the bureau tells it to the hall's desk."""
    body = CheckedIn(
        check_in=f"c{number}",
        worker=f"w{number}",
        hall_day=NOW.date(),
        queue_number=f"A{number}",
        sequence=number,
        arrived_at=NOW,
        method="card",
    )
    told = ToldBody(
        stream="s", seq=number, kiosk="NZ-02", type=body.type, v=body.v, at=NOW, body=body.model_dump_json()
    )
    return FeedRow(topic=TOLD, id=f"s/{number}", pos=number, body=told.model_dump_json())
