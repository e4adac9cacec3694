"""Streams that nobody will hear of again, settled by a person's count that is kept with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from kiosk.actions.faults import Refused
from kiosk.bureau.databases import opened
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import meta_value
from kiosk.bureau.kept_beside import registry_of
from kiosk.bureau.quotas import load, save_claim
from kiosk.bureau.registries import Registry
from kiosk.bureau.restore_tables import write_off
from kiosk.bureau.restoring import (
    Awaited,
    awaited,
    end_quarantine_if_over,
    is_quarantined,
    open_stream,
)
from kiosk.bureau.returns import ever_spent
from kiosk.bureau.tables import quota, rights, stream
from kiosk.domain.ids import QuotaId, StreamId
from kiosk.domain.sentences import Sentence
from kiosk.messages.events import FIRST_HASH
from kiosk.protocol import quotas
from kiosk.protocol.bureau_side import LIVE, SUPERSEDED
from kiosk.protocol.generations import number_of
from kiosk.protocol.ports import StreamRecord
from kiosk.protocol.quotas import opened_quota


@dataclass(frozen=True, slots=True)
class Count:
    """How many numbers of a quota a stream has used up, as a person counted them."""

    quota: QuotaId
    count: int


def write_off_stream(
    data_dir: Path, name: str, counted: Count | None, reason: str, now: datetime, *, is_gone: bool = False
) -> None:
    """Settle one quota of a stream by count; with None all that are left, each as if wholly used up.

    Only a stream that was given up can be written off; `is_gone` says that a live one will not come back,
    and ends it. Once all of a machine's streams are settled, a restored bureau awaits it no more. Raises
    Refused.
    """
    with opened(data_dir) as database, database.writing() as connection:
        registry = registry_of(BureauFolder(data_dir))
        _end(connection, registry, name, now, is_gone=is_gone)
        is_all_told = not _may_hold_more(connection, registry, name)
        done = [counted] if counted else _rest(connection, name, now, is_all_told=is_all_told)
        for item in done:
            _settle(connection, name, item, now, is_all_told=is_all_told)
            _note(connection, name, item, reason, now)
        if counted is None:
            _note(connection, name, None, reason, now)
        end_quarantine_if_over(connection, registry)


def awaited_machines(data_dir: Path) -> list[Awaited]:
    """Return whom a restored bureau still waits for; nobody once it grants again."""
    with opened(data_dir) as database, database.reading() as connection:
        if not is_quarantined(connection):
            return []
        return awaited(connection, registry_of(BureauFolder(data_dir)))


def _end(connection: Connection, registry: Registry, name: str, now: datetime, *, is_gone: bool) -> None:
    state = connection.execute(select(stream.c.state).where(stream.c.id == name)).scalar_one_or_none()
    if state is None:
        # A restored bureau may not know it, but the registry outlived the restore.
        found = _remembered(registry, name)
        open_stream(connection, StreamRecord(name, *found, SUPERSEDED, 0, FIRST_HASH, "", 0), now)
    elif state == LIVE:
        if not is_gone:
            raise Refused(Sentence("bureau.write_off.is_live", {"stream": name}))
        connection.execute(update(stream).where(stream.c.id == name).values(state=SUPERSEDED))


def _remembered(registry: Registry, name: str) -> tuple[str, str]:
    for known in registry.read().kiosks.values():
        for machine, streams in known.machines.items():
            if name in streams:
                return known.id, machine
    raise Refused(Sentence("bureau.write_off.unknown_stream", {"stream": name}))


def _may_hold_more(connection: Connection, registry: Registry, name: str) -> bool:
    """Return whether a restored bureau still waits for a stream, which may have been given what it forgot."""
    if not is_quarantined(connection):
        return False
    return any(name in item.streams for item in awaited(connection, registry))


def _rest(connection: Connection, name: str, now: datetime, *, is_all_told: bool) -> list[Count]:
    """Return everything not yet counted: what the stream holds; and while it is awaited, what it may hold."""
    held = select(rights.c.quota).where(rights.c.stream == name, rights.c.counted.is_(None))
    names = set(connection.scalars(held))
    if not is_all_told:
        counted = select(rights.c.quota).where(rights.c.stream == name, rights.c.counted.is_not(None))
        running = select(quota.c.id).where(quota.c.closes_at > now, quota.c.id.not_in(counted))
        names |= set(connection.scalars(running))
    counts = []
    for found in sorted(names):
        state = load(connection, QuotaId(found)) or opened_quota(0)
        most = len(state.right_of(StreamId(name)).committed) + (0 if is_all_told else len(state.free))
        counts.append(Count(QuotaId(found), most))
    return counts


def _settle(connection: Connection, name: str, item: Count, now: datetime, *, is_all_told: bool) -> None:
    is_first_life = number_of(meta_value(connection, "generation")) <= 1
    state = load(connection, item.quota)
    if state is None and is_first_life:
        raise Refused(Sentence("bureau.write_off.unknown_quota", {"quota": item.quota}))
    state = state or opened_quota(0)
    held = len(state.right_of(StreamId(name)).committed)
    spent = len(ever_spent(connection, StreamId(name), item.quota))
    if item.count < spent or (item.count > held and is_first_life):
        raise Refused(
            Sentence("bureau.write_off.not_so_many", {"quota": item.quota, "least": spent, "most": held})
        )
    settled = quotas.write_off(state, StreamId(name), item.count, is_all_told=is_all_told)
    save_claim(connection, item.quota, StreamId(name), settled, now)


def _note(connection: Connection, name: str, item: Count | None, reason: str, now: datetime) -> None:
    connection.execute(
        insert(write_off).values(
            stream=name,
            quota=item.quota if item else None,
            count=item.count if item else None,
            reason=reason,
            actor="bureau",
            at=now,
        )
    )
