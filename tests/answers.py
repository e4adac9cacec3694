"""What an answer does to a kiosk's store, said without a bureau: grants, pages, acknowledgements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from kiosk.messages.feed import FeedPage, FeedRow
from kiosk.messages.sync import Ranges, Refusal, RightGrant
from kiosk.protocol.kiosk_side import keep_granted
from kiosk.protocol.ports import Since
from kiosk.protocol.watermarks import Told
from kiosk.storage.known_streams import hash_at, stream_in
from kiosk.storage.opening import OpenedStore


def life(opened: OpenedStore) -> Since:
    """Return the life that the store lives now."""
    return Since(opened.health().stream, opened.sync_book.generation())


def grant(opened: OpenedStore, rights: Mapping[str, Ranges]) -> None:
    """Let the bureau grant ranges of numbers to the present stream."""
    told = [RightGrant(quota=quota, granted=ranges) for quota, ranges in rights.items()]
    keep_granted(opened.sync_book, life(opened), told)


def tell(
    opened: OpenedStore,
    rows: Sequence[FeedRow],
    pos: int,
    *,
    scope: str = "city",
    feed_gen: str = "g1",
    is_snapshot: bool = False,
) -> None:
    """Let one page of a scope come down, which ends at `pos`."""
    page = FeedPage(
        scope=scope, feed_gen=feed_gen, rows=list(rows), pos=pos, has_more=False, is_snapshot=is_snapshot
    )
    opened.sync_book.apply_page(page)


def acknowledge(opened: OpenedStore, acked: int, need_from: int | None = None, prune_ok: int = 0) -> None:
    """Let the bureau acknowledge entries of the present stream, all of which were told."""
    since = life(opened)
    opened.sync_book.acknowledge(since, all_told(opened, since), acked, need_from, prune_ok)


def all_told(opened: OpenedStore, since: Since) -> Told:
    """Return what a request that told a whole stream had told."""
    with opened.database.reading() as connection:
        known = stream_in(connection, since)
        if known is None:
            return Told(1, 0, "")
        return Told(1, known.mark.head, hash_at(connection, known, known.mark.head) or "")


def refuse(opened: OpenedStore, *refusals: Refusal, at: datetime) -> None:
    """Let the bureau refuse entries of the present stream."""
    opened.sync_book.refuse(life(opened), refusals, at)
