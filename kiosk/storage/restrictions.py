"""What people said about the use of what their consent allowed, one row a person."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.ids import WorkerId
from kiosk.domain.restrictions import Restriction
from kiosk.statements import Statement
from kiosk.storage.restriction_tables import restriction

_OF = Statement(
    select(restriction.c.is_restricted, restriction.c.step).where(restriction.c.worker == bindparam("worker"))
)
_SAID = upsert(restriction)
_KEEP = Statement(
    _SAID.on_conflict_do_update(
        index_elements=["worker"],
        set_={"is_restricted": _SAID.excluded.is_restricted, "step": _SAID.excluded.step},
    )
)


class SqlRestrictions:
    """The restrictions of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def of(self, worker: WorkerId) -> Restriction:
        """Return what a person said last; nothing is restricted where he said nothing."""
        row = _OF.first(self._connection, {"worker": worker})
        return Restriction() if row is None else Restriction(bool(row.is_restricted), row.step)

    def keep(self, worker: WorkerId, said: Restriction) -> None:
        """Keep what a person who is kept here said."""
        values = {"worker": worker, "is_restricted": said.is_restricted, "step": said.step}
        _KEEP.run(self._connection, values)
