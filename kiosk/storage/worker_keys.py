"""Keys of workers: made here for what is journalled here, told beside the entries that need them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select

from kiosk.messages.events import Event, EventBody
from kiosk.messages.personal import Kind
from kiosk.messages.sealing import WorkerKey, new_key, sealed_json, worker_in
from kiosk.statements import Statement
from kiosk.storage.feed_tables import erasure
from kiosk.storage.tables import erasure_wish, journal, orphan_entry, worker, worker_key

_TOLD_EPOCH, _WISHED_EPOCH = (
    select(func.coalesce(func.max(table.c.epoch), 0))
    .where(table.c.worker == bindparam("worker"), table.c.kind == bindparam("kind"))
    .scalar_subquery()
    for table in (erasure, erasure_wish)
)
_PRESENT = Statement(select(func.max(_TOLD_EPOCH, _WISHED_EPOCH).label("epoch")))
_KEPT = Statement(
    select(worker_key.c.secret).where(
        worker_key.c.worker == bindparam("worker"),
        worker_key.c.kind == bindparam("kind"),
        worker_key.c.epoch == bindparam("epoch"),
    )
)
_ADD = Statement(insert(worker_key))


def journal_text(connection: Connection, body: EventBody, stream: str, seq: int) -> str:
    """Return an entry's text, personal fields sealed under the worker's present key, which is made at need.

    A key lives for one epoch: what is said after an erasure is under another one than what was erased.
    """
    if body.sealing is None:
        return body.model_dump_json()
    return sealed_json(body, _secret(connection, body.sealed_worker, body.sealing.kind), stream, seq)


def present_epoch(connection: Connection, of: str, kind: Kind) -> int:
    """Return how many erasures of one kind were told or asked for here."""
    return int(_PRESENT.scalar(connection, {"worker": of, "kind": kind.value}) or 0)


def keys_for(connection: Connection, events: Iterable[Event]) -> tuple[WorkerKey, ...]:
    """Return the keys that these entries need, as far as they are still kept."""
    needed = {need for need in map(worker_in, events) if need is not None}
    if not needed:
        return ()
    rows = connection.execute(
        select(worker_key)
        .where(worker_key.c.worker.in_({of for of, _ in needed}))
        .order_by(worker_key.c.kind, worker_key.c.worker, worker_key.c.epoch)
    )
    keys = [WorkerKey(worker=row.worker, kind=row.kind, secret=row.secret, epoch=row.epoch) for row in rows]
    return tuple(key for key in keys if (key.worker, key.kind) in needed)


def drop_unneeded(connection: Connection) -> None:
    """Delete the keys of people who are forgotten here and of whom no entry can be told again."""
    is_known = select(worker.c.id).where(worker.c.id == worker_key.c.worker).exists()
    is_told = select(journal.c.seq).where(journal.c.subject == worker_key.c.worker).exists()
    is_told_of_old = select(orphan_entry.c.seq).where(orphan_entry.c.subject == worker_key.c.worker).exists()
    connection.execute(delete(worker_key).where(~or_(is_known, is_told, is_told_of_old)))


def drop_erased(connection: Connection, *, worker_id: str, kind: str, epoch: int) -> None:
    """Delete the keys of one kind that an erasure made void."""
    connection.execute(
        delete(worker_key).where(
            and_(worker_key.c.worker == worker_id, worker_key.c.kind == kind, worker_key.c.epoch < epoch)
        )
    )


def _secret(connection: Connection, of: str, kind: Kind) -> str:
    epoch = present_epoch(connection, of, kind)
    kept: str | None = _KEPT.scalar(connection, {"worker": of, "kind": kind.value, "epoch": epoch})
    if kept is not None:
        return kept
    made = new_key(of, kind, epoch)
    _ADD.run(connection, {"worker": of, "kind": kind.value, "epoch": epoch, "secret": made.secret})
    return made.secret
