"""What people ask at a kiosk about what is known of them."""

from __future__ import annotations

from kiosk.bureau.erasing import erase_as_asked
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.readings import forget_closed
from kiosk.messages.events import ErasureAsked
from kiosk.messages.personal import Kind


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
