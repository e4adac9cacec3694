"""Take an entry that the bureau refused out of the tray: only a person may, and the tray remembers who."""

from __future__ import annotations

from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act


def settle_refused(hall: Hall, seq: int, staff: Staff) -> None:
    """Mark one refused entry as dealt with; settling it a second time changes nothing."""
    with hall.store.writing() as records:
        entry = next((item for item in records.desk.refused() if item.seq == seq), None)
        if entry is None:
            return
        records.desk.settle_refused(seq, hall.now(), staff.id)
        record_act(hall, records, staff, Act.SETTLE_REFUSED, "entry", str(seq), entry.reason)
