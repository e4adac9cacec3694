"""Leave the full screen or end the program: an administrator may, and the log says who did."""

from __future__ import annotations

from typing import Literal

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.sentences import Sentence

ADMINISTRATOR = "administrator"


def leave_kiosk(hall: Hall, way: Literal["leave_full_screen", "end_program"], staff: Staff) -> None:
    """Write down who leaves and how; raises Refused for anybody but an administrator."""
    if staff.role != ADMINISTRATOR:
        raise Refused(Sentence("desk.leave.not_allowed"))
    with hall.store.writing() as records:
        record_act(hall, records, staff, way, "kiosk", hall.identity.kiosk)
