"""What people ask at a kiosk about what is known of them."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from kiosk.bureau.erasing import erase_as_asked
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.readings import forget_closed
from kiosk.bureau.restriction_tables import restriction
from kiosk.bureau.rows import put
from kiosk.domain.restrictions import Restriction, later_of
from kiosk.messages.events import ErasureAsked, UseRestricted
from kiosk.messages.personal import Kind
from kiosk.statements import Statement

_SAID = Statement(
    select(restriction.c.is_restricted, restriction.c.step).where(restriction.c.worker == bindparam("worker"))
)


def ask_erasure(ground: Ground, body: ErasureAsked) -> None:
    """Erase what consent allowed, and restrict what law may hold, for a person at the bureau to look at.

    What came of it stands in the key store, which no rebuild makes anew.
    """
    ground.person(body.worker)
    if not ground.is_replay:
        asked = body.worker, Kind(body.kind), body.epoch
        erase_as_asked(ground.connection, ground.reader, ground.changes, *asked, ground.source.received_at)
        # The kiosk destroyed the key at once, also that of entries which it had not told yet.
        forget_closed(ground.connection, ground.reader.keys, ground.source.stream)


def note_restriction(ground: Ground, body: UseRestricted) -> None:
    """Keep the later word of a person about the use of what he allowed; a late one changes nothing.

    Nor does one from before who he is was erased: whoever comes again is new, and is asked anew.
    """
    person = ground.person(body.worker)
    erasure = ground.reader.keys.erasure_of(body.worker, Kind.STATUTORY)
    if erasure is None or erasure.epoch <= body.epoch:
        row = _SAID.first(ground.connection, {"worker": person})
        before = Restriction() if row is None else Restriction(bool(row.is_restricted), row.step)
        holds = later_of(before, Restriction(body.is_restricted, body.step))
        values = {"is_restricted": holds.is_restricted, "step": holds.step, "epoch": body.epoch}
        put(ground.connection, restriction, {"worker": person}, values)
    ground.seen(person)
