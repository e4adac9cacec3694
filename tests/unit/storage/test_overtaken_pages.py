"""Two processes of a kiosk read the feed, sync and whoever reads a stick: neither turns the other back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import JobId
from kiosk.messages.feed import Cursor, FeedPage
from kiosk.protocol.feed_places import leads_on
from kiosk.storage import feed_pages, sync_book
from kiosk.storage.opening import OpenedStore
from tests.unit.storage.samples import job_body, joined, row


def page(headcount: int, pos: int, *, feed_gen: str = "g1", is_snapshot: bool = False) -> FeedPage:
    """Return a page in which a job has so many places."""
    rows = [row("job", job_body(1, headcount=headcount), pos)]
    return FeedPage(
        scope="city", feed_gen=feed_gen, rows=rows, pos=pos, has_more=False, is_snapshot=is_snapshot
    )


def at(pos: int, feed_gen: str = "g1") -> Cursor:
    return Cursor(scope="city", feed_gen=feed_gen, pos=pos)


def apply(kept: OpenedStore, told: FeedPage, asked: Cursor | None) -> None:
    kept.sync_book.apply_page(told, partial(leads_on, told, asked))


def standing(kept: OpenedStore) -> tuple[Cursor, int]:
    [cursor] = kept.sync_book.outgoing(0).cursors
    with kept.store.reading() as records:
        job = records.board.job(JobId("J1"))
    assert job is not None
    return cursor, job.headcount


@pytest.mark.parametrize(
    ("old", "asked"),
    [
        (page(5, 15, is_snapshot=True), None),
        (page(5, 15), at(10)),
        (page(5, 25, feed_gen="g0"), at(10, "g0")),
        (page(5, 15, feed_gen="g0", is_snapshot=True), None),
    ],
    ids=["snapshot", "increment", "another life", "snapshot of another life"],
)
def test_a_page_that_was_overtaken_before_its_turn_came_changes_nothing(
    kept: OpenedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: FeedPage, asked: Cursor | None
) -> None:
    """The stick's reader has decided; sync keeps a newer page; then comes the reader's turn.

    Broken by asking before the lock is held whether a page leads on.
    """
    apply(kept, page(7, 10, is_snapshot=True), None)
    other = joined(kept.database.path.parent)
    whole = feed_pages.alone_with_pages

    def sync_was_first(folder: Path) -> object:
        monkeypatch.setattr(sync_book, "alone_with_pages", whole)
        apply(other, page(9, 20), at(10))
        return whole(folder)

    monkeypatch.setattr(sync_book, "alone_with_pages", sync_was_first)
    apply(kept, old, asked)
    assert standing(kept) == (at(20), 9)
    other.close()


def test_a_page_that_leads_on_is_kept(kept: OpenedStore) -> None:
    apply(kept, page(7, 10, is_snapshot=True), None)
    apply(kept, page(8, 20), at(10))
    assert standing(kept) == (at(20), 8)
    apply(kept, page(3, 4, feed_gen="g2", is_snapshot=True), at(20))
    assert standing(kept) == (at(4, "g2"), 3)


@given(known=st.integers(0, 6), asked=st.integers(0, 6), ends=st.integers(1, 6), is_snapshot=st.booleans())
def test_in_one_life_no_page_leads_back_or_leaves_a_hole(
    *, known: int, asked: int, ends: int, is_snapshot: bool
) -> None:
    place: Callable[[int], Cursor | None] = lambda pos: at(pos) if pos else None  # noqa: E731
    told = page(5, ends, is_snapshot=is_snapshot)
    if leads_on(told, place(asked), place(known)):
        assert ends > known or known == asked
        assert is_snapshot or asked <= known
