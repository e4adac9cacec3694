"""Give a device up, and let it be used again: the first is a rule's, the second a person's alone."""

from __future__ import annotations

from kiosk.actions.device_ports import DeviceLatch
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.devices import Device, Tally
from kiosk.domain.duties import Act
from kiosk.domain.sentences import Sentence

MEND_REASONS = ("cleaned", "replaced", "maker_called", "power_cycled")
"""What a person can have done to it, by the name the catalogue gives each."""


def give_up_device(hall: Hall, device: Device, cause: str, code: str) -> None:
    """Keep that a device is out of order, so that a restart does not forget it; the first cause stays."""
    with hall.store.writing() as records:
        records.devices.keep_tally(device, Tally())
        records.devices.latch(DeviceLatch(device, cause, code, hall.now()))


def mend_device(hall: Hall, device: Device, reason: str, staff: Staff) -> None:
    """Let a device be used again by a person's word; a device that is not out of order stays as it is.

    Raises Refused without a reason: whoever clears a device says what was done to it.
    """
    if not reason.strip():
        raise Refused(Sentence("actions.reason_missing"))
    with hall.store.writing() as records:
        records.devices.keep_tally(device, Tally())
        held = records.devices.clear_latch(device, hall.now(), staff.id)
        if held is not None:
            record_act(
                hall, records, staff, Act.MEND_DEVICE, "device", device.value, f"{held.code}: {reason}"
            )
