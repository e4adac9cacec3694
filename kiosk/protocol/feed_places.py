"""Where a reader of the feed stands, and which pages lead on from there.

A page is asked for from one place and may come when the reader is at another: by stick, or because the other
process of a kiosk reads too. Then it must neither turn the board back nor leave a hole.
"""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.messages.feed import Cursor, FeedPage


def leads_on(page: FeedPage, asked: Cursor | None, known: Cursor | None) -> bool:
    """Return whether a page leads on from what is read by now.

    `asked` is the place from which it was asked for, `known` the present one. A page that tells only what is
    known leads nowhere, and so does one that begins further on. A snapshot begins anywhere: in another life
    it counts where nothing of a third one was read since, and in the same life where it leads further.
    """
    if not page.is_snapshot:
        return reaches(known, asked) and not reaches(known, end_of(page))
    if known is None or known == asked:
        return True
    if known.feed_gen == page.feed_gen:
        return known.pos < page.pos
    return asked is not None and asked.feed_gen == known.feed_gen


def end_of(page: FeedPage) -> Cursor:
    """Return where a reader of a page stands afterwards."""
    return Cursor(scope=page.scope, feed_gen=page.feed_gen, pos=page.pos)


def reaches(at: Cursor | None, other: Cursor | None) -> bool:
    """Return whether what was read includes everything up to another place in the same life of the feed."""
    return at is not None and other is not None and at.feed_gen == other.feed_gen and at.pos >= other.pos


def by_scope(cursors: Iterable[Cursor]) -> dict[str, Cursor]:
    """Return cursors by their scope."""
    return {item.scope: item for item in cursors}
