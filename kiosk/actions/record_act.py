"""Write down what a member of staff did: once in the hash-chained audit log, once in the journal."""

from __future__ import annotations

from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.messages.events import StaffActed


def record_act(
    hall: Hall, records: Records, staff: Staff, act: str, entity: str, entity_id: str, reason: str = ""
) -> None:
    """Write one act of a member of staff into the audit log and the journal, in the caller's transaction."""
    records.desk.audit(hall.now(), staff.id, act, entity, entity_id, reason)
    acted = StaffActed(actor=staff.id, act=act, entity=entity, entity_id=entity_id, reason=reason)
    records.journal.append(acted, hall.now())
