"""Shifts at the desk: the newest is looked at, the others are what was."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.ids import StaffId
from kiosk.domain.shifts import Shift, ShiftCounts
from kiosk.statements import Statement
from kiosk.storage.shift_tables import shift as shift_table

_LAST = select(func.max(shift_table.c.opened_at)).scalar_subquery()
_CLOSED = select(shift_table).where(shift_table.c.closed_at.is_not(None))
_LAST_CLOSED = Statement(_CLOSED.order_by(shift_table.c.opened_at.desc()).limit(1))
_NEWEST = Statement(select(shift_table).where(shift_table.c.opened_at == _LAST))
_KEPT = upsert(shift_table)
_KEEP = Statement(
    _KEPT.on_conflict_do_update(
        index_elements=["id"],
        set_={name: _KEPT.excluded[name] for name in ("closed_at", "closed_by", "note", "faults", "counts")},
    )
)


class SqlShifts:
    """The shifts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def newest(self) -> Shift | None:
        """Return the shift that lasts, or the one closed last; None before the first."""
        row = _NEWEST.first(self._connection)
        return None if row is None else _shift(row)

    def last_closed(self) -> Shift | None:
        """Return the shift that was handed over last; None before the first."""
        row = _LAST_CLOSED.first(self._connection)
        return None if row is None else _shift(row)

    def keep(self, shift: Shift) -> None:
        """Keep a shift, new or closed now."""
        _KEEP.run(
            self._connection,
            {
                "id": shift.id,
                "opened_at": shift.opened_at,
                "opened_by": shift.opened_by,
                "closed_at": shift.closed_at,
                "closed_by": shift.closed_by,
                "note": shift.note,
                "faults": json.dumps(shift.faults, ensure_ascii=False),
                "counts": json.dumps(asdict(shift.counts)) if shift.counts else "",
            },
        )


def _shift(row: Row[Any]) -> Shift:
    return Shift(
        id=row.id,
        opened_at=row.opened_at,
        opened_by=StaffId(row.opened_by),
        closed_at=row.closed_at,
        closed_by=None if row.closed_by is None else StaffId(row.closed_by),
        note=row.note,
        faults=tuple(json.loads(row.faults)),
        counts=ShiftCounts(**json.loads(row.counts)) if row.counts else None,
    )
