"""What people said about the use of what their consent allowed, one row a person."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.ids import WorkerId
from kiosk.domain.restrictions import Restriction, stricter_of
from kiosk.statements import Statement
from kiosk.storage import tables
from kiosk.storage.merges import ids_of, is_same_person
from kiosk.storage.restriction_tables import restriction

_OF = Statement(
    select(restriction.c.is_restricted, restriction.c.step).where(is_same_person(restriction.c.worker))
)
_IS_KEPT_HERE = Statement(select(tables.worker.c.id).where(tables.worker.c.id == bindparam("id")))
_SAID = upsert(restriction)
_KEEP = Statement(
    _SAID.on_conflict_do_update(
        index_elements=["worker"],
        set_={"is_restricted": _SAID.excluded.is_restricted, "step": _SAID.excluded.step},
        where=restriction.c.step <= _SAID.excluded.step,
    )
)


class SqlRestrictions:
    """The restrictions of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def of(self, worker: WorkerId) -> Restriction:
        """Return what a person said last; nothing is restricted where he said nothing.

        Of what he said under several registrations the one that restricts holds.
        """
        rows = _OF.all(self._connection, {"worker": worker})
        return stricter_of(Restriction(bool(row.is_restricted), row.step) for row in rows)

    def keep(self, worker: WorkerId, said: Restriction) -> None:
        """Keep what a person said, for each of his registrations that is kept here."""
        for each in ids_of(self._connection, worker):
            if _IS_KEPT_HERE.first(self._connection, {"id": each}) is not None:
                values = {"worker": each, "is_restricted": said.is_restricted, "step": said.step}
                _KEEP.run(self._connection, values)
