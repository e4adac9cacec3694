"""Check this kiosk's devices from the desk: whose duty the machine is may, and the log says who did."""

from __future__ import annotations

from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act


def begin_device_check(hall: Hall, staff: Staff) -> None:
    """Write down who takes the devices out of the workers' hands; raises Refused for anybody else."""
    with hall.store.writing() as records:
        record_act(hall, records, staff, Act.CHECK_DEVICES, "kiosk", hall.identity.kiosk)
