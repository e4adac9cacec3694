"""Places that a hall's desk gives out by hand: it holds their numbers, so no kiosk is ever granted them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from kiosk.bureau.databases import Database
from kiosk.bureau.quotas import load, save
from kiosk.bureau.tables import kiosk, stream
from kiosk.domain.ids import QuotaId, StreamId
from kiosk.protocol.bureau_side import LIVE
from kiosk.protocol.quotas import grant


class NoDesk(LookupError):
    """No desk of that name has spoken yet, so there is nobody to hold anything."""


def hold_at_desk(database: Database, desk: str, counts: Mapping[QuotaId, int]) -> None:
    """Give a desk the lowest free numbers of each quota until it holds `count`; done again, nothing changes.

    `desk` is a kiosk's id. A quota that nobody opened, or with fewer numbers free, gives what it has.
    Raises NoDesk.
    """
    with database.writing() as connection:
        holder = _stream_of(connection, desk)
        for name, count in counts.items():
            state = load(connection, name)
            if state is not None:
                missing = count - len(state.right_of(holder).committed)
                save(connection, name, grant(state, holder, max(0, missing)), holder)


def _stream_of(connection: Connection, desk: str) -> StreamId:
    found = connection.execute(
        select(stream.c.id)
        .join(kiosk, kiosk.c.id == stream.c.kiosk)
        .where(kiosk.c.id == desk, kiosk.c.profile == "desk", stream.c.state == LIVE)
    ).scalar_one_or_none()
    if found is None:
        raise NoDesk(desk)
    return StreamId(found)
