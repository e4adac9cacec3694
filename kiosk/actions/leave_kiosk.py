"""Leave the full screen or end the program: whose duty the machine is may, and the log says who did."""

from __future__ import annotations

from typing import Literal

from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act

LeavingWay = Literal[Act.LEAVE_FULL_SCREEN, Act.END_PROGRAM]


def leave_kiosk(hall: Hall, way: LeavingWay, staff: Staff) -> None:
    """Write down who leaves and how; raises Refused for anybody whose duty the machine is not."""
    with hall.store.writing() as records:
        record_act(hall, records, staff, way, "kiosk", hall.identity.kiosk)
