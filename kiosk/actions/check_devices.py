"""Check this kiosk's devices from the desk: an administrator may, and the log says who did."""

from __future__ import annotations

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.leave_kiosk import ADMINISTRATOR
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.sentences import Sentence


def begin_device_check(hall: Hall, staff: Staff) -> None:
    """Write down who takes the devices out of the workers' hands; raises Refused for anybody else."""
    if staff.role != ADMINISTRATOR:
        raise Refused(Sentence("commissioning.not_allowed"))
    with hall.store.writing() as records:
        record_act(hall, records, staff, "check_devices", "kiosk", hall.identity.kiosk)
