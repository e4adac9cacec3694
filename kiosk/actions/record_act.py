"""Write down what a member of staff did, where it is their duty: in the chained log, and in the journal."""

from __future__ import annotations

from datetime import date

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.domain.duties import SECONDS, Act, may
from kiosk.domain.sentences import Sentence
from kiosk.messages.events import StaffActed


def record_act(
    hall: Hall, records: Records, staff: Staff, act: Act, entity: str, entity_id: str, reason: str = ""
) -> None:
    """Write one act of a member of staff into the audit log and the journal, in the caller's transaction.

    Raises Refused, so that nothing of the act is kept, for somebody who is not on this hall's list now, or
    whose role does not do this. The list is read afresh: it may have changed since somebody signed in.
    """
    keep_act(hall, records, staff, act, entity, entity_id, reason)


def keep_act(
    hall: Hall,
    records: Records,
    staff: Staff,
    act: Act,
    entity: str,
    entity_id: str,
    reason: str,
    *,
    second: Staff | None = None,
) -> None:
    """Do the same for an act that somebody confirmed; one that needs a second person has none without."""
    require_duty(records, staff, act, hall.today())
    if second is None and act in SECONDS:
        raise Refused(Sentence("actions.second.missing"))
    named = second.id if second else ""
    kept = records.desk.audit(hall.now(), staff.id, act.value, entity, entity_id, reason, named)
    acted = StaffActed(
        actor=staff.id,
        act=act.value,
        entity=entity,
        entity_id=entity_id,
        reason=reason,
        second=named,
        line=kept.line.seq,
        at=kept.line.at,
        prev_hash=kept.prev_hash,
        hash=kept.hash,
    )
    records.journal.append(acted, hall.now())


def require_duty(records: Records, staff: Staff, act: Act, day: date) -> None:
    """Refuse somebody who is not on the list on this day, or whose role does not do this."""
    member = records.desk.member(staff.id)
    if member is None or not member.works_on(day):
        raise Refused(Sentence("actions.duty.ended"))
    if not may(member.role, act):
        raise Refused(Sentence("actions.duty.not_yours"))
