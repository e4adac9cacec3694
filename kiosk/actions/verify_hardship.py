"""Verify what helps somebody forward: a kind of hardship, or a grade of skill, each by its paper."""

from __future__ import annotations

from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.hardships import HeldHardship
from kiosk.domain.ids import WorkerId
from kiosk.domain.skills import HeldSkill
from kiosk.messages.events import HardshipVerified, SkillRecorded


def verify_hardship(hall: Hall, worker: WorkerId, held: HeldHardship, staff: Staff) -> None:
    """Keep a kind of hardship the person asked to be helped for, with the name of the one who saw its paper.

    The kind stands in the sealed entry alone: the audit log names act and person, never the hardship.
    """
    with hall.store.writing() as records:
        records.proofs.add_hardship(worker, held)
        verified = HardshipVerified(
            worker=worker, kind=held.kind.value, valid_until=held.valid_until, actor=staff.id
        )
        records.journal.append(verified, hall.now())
        record_act(hall, records, staff, "verify_hardship", "worker", worker)


def record_skill(hall: Hall, worker: WorkerId, held: HeldSkill, staff: Staff) -> None:
    """Keep a grade in a trade, with the name of the one who saw its paper."""
    with hall.store.writing() as records:
        records.proofs.add_skill(worker, held)
        seen = SkillRecorded(worker=worker, trade=held.trade, grade=held.grade.value, actor=staff.id)
        records.journal.append(seen, hall.now())
        record_act(hall, records, staff, "record_skill", "worker", worker)
