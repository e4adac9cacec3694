"""Whom the bureau trusts, as its staff see and change it: kiosks listed, renamed, given new keys, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Row, select, update

from kiosk.actions.faults import Refused
from kiosk.bureau.databases import opened
from kiosk.bureau.enrol import Post
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.kept_beside import registry_of
from kiosk.bureau.posts import call_in, change_kiosk, retire_key
from kiosk.bureau.registries import KnownRevocation
from kiosk.bureau.rows import add, has
from kiosk.bureau.tables import kiosk, rights, stream
from kiosk.bureau.ticketing import check_letter
from kiosk.bureau.trust_tables import kiosk_call, revoked_key
from kiosk.domain.clock import hall_day
from kiosk.domain.sentences import Sentence
from kiosk.protocol.bureau_side import LIVE, SUPERSEDED

KioskState = Literal["in use", "renamed", "new key", "revoked"]


@dataclass(frozen=True, slots=True)
class EnrolledKiosk:
    """A kiosk as it is enrolled; `device` is what the machine calls itself.

    `state` tells what it has not heard yet: that it was renamed, or that it shall make itself a new key.
    """

    kiosk: str
    letter: str
    profile: str
    station_name: str
    device: str
    key_id: str
    seen_at: datetime
    state: KioskState


def enrolled_kiosks(data_dir: Path) -> list[EnrolledKiosk]:
    """Return every kiosk in the order of their ids."""
    with opened(data_dir) as database, database.reading() as connection:
        rows = connection.execute(select(kiosk).order_by(kiosk.c.id)).all()
        asked = {row.kiosk: row.asks_key for row in connection.execute(select(kiosk_call))}
        revoked = set(connection.scalars(select(revoked_key.c.public_key)))

    def state(row: Row[tuple[object, ...]]) -> KioskState:
        if row.public_key in revoked:
            return "revoked"
        return "in use" if row.id not in asked else "new key" if asked[row.id] else "renamed"

    return [
        EnrolledKiosk(
            kiosk=row.id,
            letter=row.letter,
            profile=row.profile,
            station_name=row.station_name,
            device=row.device,
            key_id=row.key_id,
            seen_at=row.seen_at,
            state=state(row),
        )
        for row in rows
    ]


def rename_kiosk(
    data_dir: Path, name: str, letter: str | None, station_name: str | None, now: datetime
) -> None:
    """Give a kiosk another letter, and all kiosks of its hall another name of the hall; None leaves each.

    They hear of it with their next rounds. Raises Refused for a letter that another kiosk of the hall has.
    """
    with opened(data_dir) as database, database.writing() as connection:
        registry, row = registry_of(BureauFolder(data_dir)), _row(connection, name)
        if letter is not None:
            post = Post(row.station, row.station_name, row.kiosk_no, letter, row.profile)
            check_letter(connection, post, now)
            change_kiosk(connection, registry, name, {"letter": letter})
            call_in(connection, name, now, asks_key=False)
        if station_name is not None:
            of_hall = select(kiosk.c.id).where(kiosk.c.station == row.station).order_by(kiosk.c.id)
            for each in connection.scalars(of_hall).all():
                change_kiosk(connection, registry, each, {"station_name": station_name})
                call_in(connection, each, now, asks_key=False)


def ask_for_key(data_dir: Path, name: str, now: datetime) -> None:
    """Have a kiosk make itself a new key, and offer it under its old one. Raises Refused."""
    with opened(data_dir) as database, database.writing() as connection:
        if _is_revoked(connection, _row(connection, name)):
            raise Refused(Sentence("bureau.kiosks.revoked", {"kiosk": name}))
        call_in(connection, name, now, asks_key=True)


def revoke_kiosk(data_dir: Path, name: str, reason: str, now: datetime) -> list[str]:
    """Take from a machine all rights of a kiosk; return its streams whose numbers a person has to count.

    What it wrote down it may still hand in. Paper that its key signed says nothing after today. Raises
    Refused for a kiosk nobody enrolled; a second time nothing changes.
    """
    with opened(data_dir) as database, database.writing() as connection:
        registry, row = registry_of(BureauFolder(data_dir)), _row(connection, name)
        if not _is_revoked(connection, row):
            item = KnownRevocation(
                public_key=row.public_key,
                kiosk=name,
                key_id=row.key_id,
                profile=row.profile,
                reason=reason,
                revoked_at=now,
            )
            registry.note_revoked(item)
            add(connection, revoked_key, item.model_dump())
            retire_key(connection, registry, row.key_id, hall_day(now))
        ends = update(stream).where(stream.c.kiosk == name, stream.c.state == LIVE)
        connection.execute(ends.values(state=SUPERSEDED))
        holds = (
            select(rights.c.stream)
            .join(stream, stream.c.id == rights.c.stream)
            .where(stream.c.kiosk == name, rights.c.counted.is_(None))
            .distinct()
            .order_by(rights.c.stream)
        )
        return list(connection.scalars(holds))


def _row(connection: Connection, name: str) -> Row[tuple[object, ...]]:
    row = connection.execute(select(kiosk).where(kiosk.c.id == name)).one_or_none()
    if row is None:
        raise Refused(Sentence("bureau.kiosks.unknown", {"kiosk": name}))
    return row


def _is_revoked(connection: Connection, row: Row[tuple[object, ...]]) -> bool:
    return has(connection, revoked_key, public_key=row.public_key)
