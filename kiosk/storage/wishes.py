"""Erasures that people ask for at this kiosk: carried out here at once, kept until the bureau has answered.

What only consent allowed can be read by nobody from then on: its key goes, also where its entries have not
been told yet. Who it is is forgotten here as well, but its key stays until the bureau says what law holds.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.own_data_ports import KnownErasure
from kiosk.domain.ids import WorkerId
from kiosk.messages.personal import Kind
from kiosk.statements import Statement
from kiosk.storage.book_keeping import erase as erase_booked
from kiosk.storage.erasures import blank_papers, forget_fields, is_given_anew
from kiosk.storage.feed_tables import erasure
from kiosk.storage.tables import erasure_wish
from kiosk.storage.worker_keys import drop_erased, present_epoch

_TOLD = Statement(
    select(erasure.c.epoch, erasure.c.void, erasure.c.law, erasure.c.held_until).where(
        erasure.c.worker == bindparam("worker"), erasure.c.kind == bindparam("kind")
    )
)
_WISHED = Statement(
    select(erasure_wish.c.epoch, erasure_wish.c.asked_at).where(
        erasure_wish.c.worker == bindparam("worker"), erasure_wish.c.kind == bindparam("kind")
    )
)


class SqlErasures:
    """The erasures of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def of(self, worker: WorkerId, kind: Kind) -> KnownErasure | None:
        """Return what was asked last of a person's fields of one kind; None where nobody ever asked."""
        asked = {"worker": worker, "kind": kind.value}
        told = _TOLD.first(self._connection, asked)
        wished = _WISHED.first(self._connection, asked)
        if told is None and wished is None:
            return None
        epoch = present_epoch(self._connection, worker, kind)
        return KnownErasure(
            kind=kind,
            epoch=epoch,
            void=told.void if told else 0,
            asked_at=wished.asked_at if wished else None,
            law=told.law if told and not wished else "",
            held_until=told.held_until if told and not wished else None,
            is_given_anew=is_given_anew(self._connection, worker, kind.value, epoch),
        )

    def ask(self, worker: WorkerId, kind: Kind, at: datetime) -> int:
        """Note a wish, forget such fields here, and return how many erasures were known of before it."""
        epoch = present_epoch(self._connection, worker, kind)
        values = {"epoch": epoch + 1, "asked_at": at}
        statement = upsert(erasure_wish).values(worker=worker, kind=kind.value, **values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["worker", "kind"], set_=values)
        )
        if kind is Kind.OPTIONAL:
            drop_erased(self._connection, worker_id=worker, kind=kind.value, epoch=epoch + 1)
        forget_fields(self._connection, worker, kind.value)
        erase_booked(self._connection, worker, kind.value, epoch + 1, void=0)
        if kind is Kind.STATUTORY:
            blank_papers(self._connection)
        return epoch
