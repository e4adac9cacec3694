"""Cards that were left behind, until their owners have them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, text, update

from kiosk.domain.found_cards import FoundCard, FoundKind, Lies
from kiosk.domain.ids import NumberHash
from kiosk.statements import Row, Statement
from kiosk.storage.found_tables import found_card

_IS_WAITING = text("handed_at IS NULL")
_WAITING = Statement(select(found_card).where(_IS_WAITING).order_by(found_card.c.found_at))
_OF = Statement(
    select(found_card)
    .where(_IS_WAITING, found_card.c.number_hash == bindparam("owner"))
    .order_by(found_card.c.found_at)
)
_ADD = Statement(insert(found_card), "id", "kind", "lies", "number_hash", "found_at")
_HAND_BACK = Statement(
    update(found_card)
    .where(found_card.c.id == bindparam("of"))
    .values(handed_at=bindparam("at"), number_hash="")
)


class SqlFoundCards:
    """The cards of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def waiting(self) -> Sequence[FoundCard]:
        """Return those that were not handed back, the longest waiting first."""
        return [_card(row) for row in _WAITING.all(self._connection)]

    def of(self, owner: NumberHash) -> FoundCard | None:
        """Return the card of somebody that waits here, None where none does."""
        row = _OF.first(self._connection, {"owner": owner})
        return None if row is None else _card(row)

    def add(self, card: FoundCard) -> None:
        """Keep a card that was found."""
        _ADD.run(
            self._connection,
            {
                "id": card.id,
                "kind": card.kind.value,
                "lies": card.lies.value,
                "number_hash": card.number_hash,
                "found_at": card.found_at,
            },
        )

    def hand_back(self, card: str, at: datetime) -> None:
        """Note that a card was handed back, and forget by what its owner was known."""
        _HAND_BACK.run(self._connection, {"of": card, "at": at})


def _card(row: Row) -> FoundCard:
    return FoundCard(row.id, FoundKind(row.kind), Lies(row.lies), NumberHash(row.number_hash), row.found_at)
