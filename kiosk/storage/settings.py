"""Small facts about this kiosk: who it is, which parameters hold, how sync goes."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.ports import KioskIdentity, SyncHealth
from kiosk.domain.parameters import Parameter, Parameters, in_force
from kiosk.statements import Statement
from kiosk.storage.database import version_by_others
from kiosk.storage.feed_tables import parameter
from kiosk.storage.refused_entries import count_open
from kiosk.storage.tables import (
    current_stream,
    journal,
    orphan_entry,
    orphan_stream,
    setting,
    sync_round,
)
from kiosk.storage.told_parameters import told_at

REVOKED_AT = "trust/revoked_at"
"""Kept since the bureau said that this machine is no kiosk any more."""
_IDENTITY = "identity"
_KEPT = "parameters"
_VALUE = Statement(select(setting.c.value).where(setting.c.key == bindparam("key")))
_PARAMETERS = Statement(
    select(
        parameter.c.key, parameter.c.value, parameter.c.unit, parameter.c.source, parameter.c.effective_from
    ).where(parameter.c.effective_from <= bindparam("day"))
)
_STREAM = select(current_stream.c.head, current_stream.c.acked).where(current_stream.c.only == 1)
_ENTRY_TIME = select(journal.c.at).where(journal.c.seq == bindparam("seq"))
_ORPHAN_TIME = select(func.min(orphan_entry.c.at)).join_from(
    orphan_stream,
    orphan_entry,
    (orphan_entry.c.stream == orphan_stream.c.stream) & (orphan_entry.c.seq == orphan_stream.c.acked + 1),
)
_ORPHANS = select(func.coalesce(func.sum(orphan_stream.c.head - orphan_stream.c.acked), 0))
_ROUND = select(sync_round).where(sync_round.c.only == 1)


class SqlSettings:
    """The settings of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection
        self._parameters: dict[date, Parameters] = {}

    def get(self, key: str) -> str | None:
        """Return a value, or None."""
        value: str | None = _VALUE.scalar(self._connection, {"key": key})
        return value

    def put(self, key: str, value: str) -> None:
        """Keep a value under a key."""
        statement = upsert(setting).values(key=key, value=value)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["key"], set_={"value": value})
        )

    def identity(self) -> KioskIdentity | None:
        """Return who this kiosk is, or None before enrolment."""
        content = self.get(_IDENTITY)
        if content is None:
            return None
        fields = json.loads(content)
        city_key, scopes = base64.b64decode(fields.pop("city_key")), tuple(fields.pop("scopes"))
        return KioskIdentity(city_key=city_key, scopes=scopes, **fields)

    def adopt(self, identity: KioskIdentity) -> None:
        """Keep who this kiosk is from now on, as the bureau enrolled it."""
        fields = asdict(identity) | {"city_key": base64.b64encode(identity.city_key).decode()}
        self.put(_IDENTITY, json.dumps(fields, ensure_ascii=False))

    def parameters(self, day: date) -> Parameters:
        """Return the parameters in force on a day; only the feed changes them, so they are read once."""
        if day not in self._parameters:
            self._parameters[day] = _kept_parameters(self._connection, day)
        return self._parameters[day]

    def parameters_told(self) -> dict[str, datetime]:
        """Return when the bureau told each parameter last, by `key@effective_from`."""
        return told_at(self._connection)

    def sync_health(self) -> SyncHealth:
        """Return what the desk sees of sync."""
        head, acked = self._connection.execute(_STREAM).one()
        waiting = (
            self._connection.execute(_ENTRY_TIME, {"seq": acked + 1}).scalar(),
            self._connection.execute(_ORPHAN_TIME).scalar(),
        )
        last = self._connection.execute(_ROUND).one_or_none()
        return SyncHealth(
            pending=head - acked + self._connection.execute(_ORPHANS).scalar_one(),
            oldest_pending_at=min((at for at in waiting if at is not None), default=None),
            last_success_at=last.last_success_at if last else None,
            next_try_at=last.next_try_at if last else None,
            last_problem=last.problem if last else "",
            refused_open=count_open(self._connection),
        )


def distrust_kept_parameters(connection: Connection) -> None:
    """Keep none from here on: a connection that writes parameters itself may also take them back."""
    connection.info[_KEPT] = None


def _kept_parameters(connection: Connection, day: date) -> Parameters:
    """Return the parameters of a day, as this connection read them when nobody had committed since."""
    version = version_by_others(connection)
    kept = connection.info.setdefault(_KEPT, {})
    if kept is not None and (version, day) in kept:
        known: Parameters = kept[version, day]
        return known
    read = _in_force(tuple(_PARAMETERS.all(connection, {"day": day})), day)
    if kept is not None:
        connection.info[_KEPT] = {(version, day): read}
    return read


@lru_cache(maxsize=4)
def _in_force(rows: tuple[Any, ...], day: date) -> Parameters:
    """Return the parameters of a day; known by the rows themselves, so nothing can be out of date."""
    return in_force([Parameter(*row) for row in rows], day)
