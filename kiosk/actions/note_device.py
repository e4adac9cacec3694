"""Note which device stands at this kiosk, once for each, and what has come in a row at it."""

from __future__ import annotations

from typing import Literal

from kiosk.actions.hall import Hall
from kiosk.domain.devices import Device, Tally
from kiosk.messages.events import DeviceSeen


def note_device(hall: Hall, kind: Literal["reader", "printer", "scanner"], device: str, profile: str) -> bool:
    """Write an entry when the device of a kind is another one than last time; return whether it was.

    `device` is the number it tells of itself; one that tells none (empty) is nobody new.
    """
    key, seen = f"device_seen.{kind}", f"{device} {profile}"
    if not device:
        return False
    with hall.store.reading() as records:
        if records.settings.get(key) == seen:
            return False
    with hall.store.writing() as records:
        records.settings.put(key, seen)
        records.journal.append(DeviceSeen(kind=kind, device=device, profile=profile), hall.now())
    return True


def note_tally(hall: Hall, device: Device, tally: Tally) -> None:
    """Keep what has come in a row at a device, so that a restart does not begin to count anew."""
    with hall.store.writing() as records:
        records.devices.keep_tally(device, tally)
