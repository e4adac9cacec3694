"""A page is kept in slices: torn in between it is told again, and what is open is known from the first."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from kiosk.actions.board_ports import BoardQuery
from kiosk.domain.ids import JobId, TripId
from kiosk.messages.feed import Cursor
from kiosk.storage import feed_pages
from kiosk.storage.database import Database
from kiosk.storage.opening import DATABASE_FILE, OpenedStore
from kiosk.storage.openings import refresh_openings
from kiosk.storage.paces import Pace, Paces
from tests import answers
from tests.unit.storage.samples import (
    NOW,
    feed,
    grant,
    job_body,
    joined,
    opened,
    person,
    row,
    take,
    trip_body,
)

MANY = 60


class PowerCutError(Exception):
    """The machine stopped between two slices."""


def cut_after(monkeypatch: pytest.MonkeyPatch, slices: int) -> None:
    """Stop the process when it has stayed away from the file so many times."""
    left = [slices]

    def stop(_database: Database, _rest_s: float = 0.0) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise PowerCutError

    monkeypatch.setattr(feed_pages, "give_way", stop)
    # On a fast machine slices grow, and there would be too few of them to be torn between.
    monkeypatch.setattr(Pace, "learn", lambda _pace, *_: None)


def tell(kept: OpenedStore, first: int, last: int, feed_gen: str, *, is_snapshot: bool) -> None:
    rows = [row("job", job_body(number), number) for number in range(first, last + 1)]
    answers.tell(kept, rows, last, feed_gen=feed_gen, is_snapshot=is_snapshot)


def jobs(kept: OpenedStore) -> int:
    with kept.store.reading() as records:
        return records.board.count(BoardQuery(), NOW)


def test_a_page_torn_between_slices_leaves_the_cursor_and_is_told_again(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One-line break: in `keep_page`, move the cursor with every slice."""
    tell(kept, 1, 1, "g1", is_snapshot=False)
    with monkeypatch.context() as torn:
        cut_after(torn, 1)
        with pytest.raises(PowerCutError):
            tell(kept, 2, MANY, "g1", is_snapshot=False)
    assert 1 < jobs(kept) < MANY
    assert kept.sync_book.outgoing(1).cursors == (Cursor(scope="city", feed_gen="g1", pos=1),)
    tell(kept, 2, MANY, "g1", is_snapshot=False)
    assert jobs(kept) == MANY
    assert kept.sync_book.outgoing(1).cursors == (Cursor(scope="city", feed_gen="g1", pos=MANY),)


@pytest.mark.parametrize("slices", range(8))
def test_a_snapshot_torn_anywhere_forgets_what_it_must_when_it_is_told_again(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch, slices: int
) -> None:
    """One-line break: in `keep_page`, do not move the cursor before a scope is forgotten."""
    tell(kept, 1, MANY, "g1", is_snapshot=False)
    with monkeypatch.context() as torn:
        cut_after(torn, slices)
        with pytest.raises(PowerCutError):
            tell(kept, 1, 2 * MANY, "g1", is_snapshot=True)
    assert kept.sync_book.outgoing(1).cursors == (Cursor(scope="city", feed_gen="", pos=0),)
    # Meanwhile all but the last of them ended, which a snapshot tells by leaving them out.
    tell(kept, MANY, MANY, "g1", is_snapshot=True)
    assert jobs(kept) == 1


def test_what_is_open_when_a_job_comes_is_what_a_refresh_would_find(kept: OpenedStore) -> None:
    feed(kept, trip_body(seats=2))
    grant(kept, "places:J1", 1, 3)
    grant(kept, "places:J2", 1, 5)
    grant(kept, "seats:T1", 1, 2)
    kept.sync_book.set_open_places({"seats:T1": 1})
    bodies = [
        job_body(1),
        job_body(2, trip="T1"),
        job_body(3, trip="T9"),
        job_body(4, state="closed"),
        job_body(5, open_places=0),
    ]
    feed(kept, *bodies, from_pos=2)
    with kept.store.writing() as records:
        take(records, person().id, JobId("J2"), TripId("T1"))
    feed(kept, *bodies, from_pos=7)
    columns = "SELECT id, open_places, open_here, is_open FROM job ORDER BY id"
    with kept.database.writing() as connection:
        told = connection.exec_driver_sql(columns).all()
        refresh_openings(connection, [f"places:J{number}" for number in range(1, 6)])
        assert told == connection.exec_driver_sql(columns).all()
    assert {item.open_here for item in told} == {0, 1, 3}


def test_only_what_can_be_had_here_is_found_among_better_paid_work(kept: OpenedStore) -> None:
    for at in range(0, 150, 50):
        better = [job_body(number + 1) for number in range(at + 1, at + 51)]
        feed(kept, *better, from_pos=at + 1)
    poor = job_body(1).pay.model_copy(update={"fen": 1})
    feed(kept, job_body(1, pay=poor.model_dump()), from_pos=151)
    grant(kept, "places:J1", 1, 1)
    query = BoardQuery(takeable_here=True)
    with kept.store.reading() as records:
        assert [line.job.id for line in records.board.page(query, NOW, 0, 120)] == ["J1"]
        assert records.board.count(query, NOW) == 1
    with kept.store.writing() as records:
        take(records, person().id, JobId("J1"))
    with kept.store.reading() as records:
        assert records.board.count(query, NOW) == 0


@pytest.mark.parametrize(
    ("rows", "commit_s", "then"),
    [(5, 0.003, 5), (5, 0.006, 2), (5, 1.0, 1), (5, 0.0001, 10), (2, 0.0001, 10)],
)
def test_a_slice_is_as_long_as_its_commit_may_lock_the_file(rows: int, commit_s: float, then: int) -> None:
    """One-line break: in `Pace.learn`, return at once."""
    pace = Pace(5)
    pace.learn(rows, commit_s, now_s=0.0)
    assert pace.rows == then


def test_after_somebody_waited_slices_are_short_and_rests_lie_between_them_for_a_while() -> None:
    """One-line break: in `Pace.rest_s`, never rest."""
    pace = Pace(30)
    assert pace.rest_s(100.0) == 0.0
    pace.somebody_waited(100.0)
    pace.learn(30, 0.003, 100.1)
    assert (pace.rows, pace.rest_s(100.1) > 0.0) == (10, True)
    pace.learn(10, 0.001, 110.0)
    assert (pace.rows, pace.rest_s(110.0)) == (20, 0.0)


def test_only_a_feed_that_is_read_for_the_first_time_is_kept_page_by_page() -> None:
    """One-line break: in `Paces.of`, never forget that a scope is read for the first time."""
    paces = Paces()
    usual = paces.of("hall:NZ", is_known=True, has_more=False).rows
    assert paces.of("city", is_known=False, has_more=True).rows > 100 * usual
    assert paces.of("city", is_known=True, has_more=True).rows > 100 * usual
    assert paces.of("hall:NZ", is_known=True, has_more=True).rows == usual
    assert paces.of("city", is_known=True, has_more=False).rows > 100 * usual
    assert paces.of("city", is_known=True, has_more=False).rows == usual


def test_a_job_told_again_with_other_words_is_kept_so(kept: OpenedStore) -> None:
    """One-line break: in `_write_jobs`, never run `_REFRESH_JOB`."""
    feed(kept, job_body(1))
    feed(kept, job_body(1, content="装车", headcount=9), from_pos=2)
    with kept.store.reading() as records:
        told = records.board.job(JobId("J1"))
    assert told is not None
    assert (told.content, told.headcount) == ("装车", 9)
    with kept.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT pos, headcount FROM job").all() == [(2, 9)]


def test_other_words_alone_leave_the_indexes_as_they_are(tmp_path: Path) -> None:
    """One-line break: in `_KEEP_JOB`, name no indexed columns."""

    def written(**changed: object) -> int:
        """Return the bytes that telling jobs again adds to the log of a fresh hall."""
        folder = tmp_path / "_".join(changed)
        log = folder / f"{DATABASE_FILE}-wal"
        store = opened(folder)
        feed(store, *[job_body(number) for number in range(1, 41)])
        before = log.stat().st_size
        feed(store, *[job_body(number, **changed) for number in range(1, 41)], from_pos=41)
        grown = log.stat().st_size - before
        store.close()
        return grown

    assert written(content="装车") < written(valid_until=NOW.replace(hour=23)) / 1.5


def test_whoever_writes_gets_in_while_a_page_goes_to_the_disk(
    kept: OpenedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One-line break: in `keep_page`, flush the log within the last transaction."""
    beside = joined(tmp_path / "data")
    flush = os.fdatasync
    came: list[bool] = []

    def look_in(handle: int) -> None:
        flush(handle)
        if not came:
            came.append(True)
            with beside.store.writing() as records:
                records.workers.add(person())

    monkeypatch.setattr(os, "fdatasync", look_in)
    feed(kept, job_body(1))
    beside.close()
    with kept.store.reading() as records:
        assert records.workers.by_id(person().id) is not None


def test_two_processes_are_never_within_a_page_at_once(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by `pass` for the lock of `alone_with_pages`."""
    turned_away: list[bool] = []

    def another_process_tries() -> None:
        with (kept.database.path.parent / "pages.lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                turned_away.append(True)
            else:
                turned_away.append(False)

    monkeypatch.setattr(feed_pages, "give_way", lambda *_: another_process_tries())
    tell(kept, 1, MANY, "g1", is_snapshot=False)
    assert turned_away
    assert all(turned_away)
    another_process_tries()
    assert not turned_away[-1]
