"""What whoever watches over the bureau looks up: whether it can work now, and how much waits."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, func, select

from kiosk.actions.faults import StorageFault
from kiosk.bureau.databases import Database
from kiosk.bureau.figures import Gauge
from kiosk.bureau.restoring import is_quarantined
from kiosk.bureau.rows import changed, put
from kiosk.bureau.tables import capsule_due, dead_letter, kiosk, meta
from kiosk.bureau.trust_tables import revoked_key

BACKED_UP_AT, _PROBED_AT = "backed_up_at", "probed_at"
LATE_BACKUP = timedelta(hours=30)
"""A backup is made every night; one that is older was missed."""
LOW_DISK_BYTES = 1024**3
SILENT = timedelta(hours=1)
"""Kiosks speak once a minute."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the bureau can take in what kiosks tell. A late backup keeps nobody out, but is told."""

    is_writable: bool
    free_bytes: int
    backed_up_at: datetime | None
    now: datetime

    @property
    def is_ready(self) -> bool:
        """Return whether kiosks may come."""
        return self.is_writable and self.free_bytes >= LOW_DISK_BYTES

    @property
    def told(self) -> dict[str, str | int]:
        """Return it in words."""
        age = None if self.backed_up_at is None else self.now - self.backed_up_at
        backup = "none" if age is None else "late" if age > LATE_BACKUP else "ok"
        return {
            "state": "ready" if self.is_ready else "not_ready",
            "database": "ok" if self.is_writable else "not_writable",
            "disk": "ok" if self.free_bytes >= LOW_DISK_BYTES else "low",
            "backup": backup,
            "backup_age_h": -1 if age is None else int(age / timedelta(hours=1)),
        }


def readiness(database: Database, folder: Path, now: datetime) -> Readiness:
    """Look whether something can be written, and whether there is room for it."""
    free_bytes = shutil.disk_usage(folder).free
    try:
        _probe(database, now)
        with database.reading() as connection:
            backed_up_at = _backed_up_at(connection)
    except StorageFault:
        return Readiness(is_writable=False, free_bytes=free_bytes, backed_up_at=None, now=now)
    return Readiness(is_writable=True, free_bytes=free_bytes, backed_up_at=backed_up_at, now=now)


def _probe(database: Database, now: datetime) -> None:
    """Write something, beside the rounds that are under way: nobody waits for whoever only looks."""
    probe = {"key": _PROBED_AT}, {"value": now.isoformat()}
    with database.writing(beside_others=True) as connection:
        is_there = changed(connection, meta, *probe) > 0
    if not is_there:
        with database.writing() as connection:
            put(connection, meta, *probe)


def gauges(database: Database, folder: Path, now: datetime, queued: int) -> Iterator[Gauge]:
    """Look up how much waits, and for whom: numbers alone."""
    with database.reading() as connection:
        backed_up_at = _backed_up_at(connection)
        known = select(func.count()).select_from(kiosk)
        trusted = known.where(kiosk.c.public_key.not_in(select(revoked_key.c.public_key)))
        yield Gauge("bureau_kiosks", "Kiosks that are enrolled.", _count(connection, trusted))
        silent = trusted.where(kiosk.c.seen_at < now - SILENT)
        yield Gauge(
            "bureau_kiosks_silent", "Kiosks that have said nothing for an hour.", _count(connection, silent)
        )
        due = select(func.count()).select_from(capsule_due)
        yield Gauge("bureau_seals_pending", "People whose capsule is to be made.", _count(connection, due))
        aside = select(func.count()).select_from(dead_letter)
        yield Gauge("bureau_dead_letters", "Entries kept aside for a person.", _count(connection, aside))
        yield Gauge(
            "bureau_quarantined",
            "Whether nothing is granted, because a restored bureau waits for reports.",
            float(is_quarantined(connection)),
        )
    yield Gauge("bureau_rounds_queued", "Rounds that wait for their turn.", queued)
    yield Gauge("bureau_disk_free_bytes", "Room on the bureau's disk.", shutil.disk_usage(folder).free)
    age_s = -1.0 if backed_up_at is None else (now - backed_up_at).total_seconds()
    yield Gauge("bureau_backup_age_seconds", "Since the last verified backup; -1 without one.", age_s)


def note_backup(connection: Connection, made_at: datetime) -> None:
    """Remember when the newest verified backup was made."""
    put(connection, meta, {"key": BACKED_UP_AT}, {"value": made_at.isoformat()})


def _backed_up_at(connection: Connection) -> datetime | None:
    kept = connection.execute(select(meta.c.value).where(meta.c.key == BACKED_UP_AT)).scalar_one_or_none()
    return None if kept is None else datetime.fromisoformat(kept)


def _count(connection: Connection, counted: object) -> float:
    return float(connection.execute(counted).scalar_one())  # type: ignore[call-overload]  # any count
