"""Verify what helps somebody forward: a kind of hardship, or a grade of skill, each by its paper."""

from __future__ import annotations

from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.hardships import HeldHardship
from kiosk.domain.ids import WorkerId
from kiosk.domain.skills import HeldSkill
from kiosk.messages.events import HardshipVerified, SkillRecorded


def verify_hardship(hall: Hall, worker: WorkerId, held: HeldHardship, staff: Staff) -> None:
    """Keep a kind of hardship the person asked to be helped for, with the name of the one who saw its paper.

    The kind stands in the sealed entry alone: the audit log names act and person, never the hardship.
    """
    with hall.store.writing() as records:
        keep_hardship(hall, records, worker, held, staff.id)
        record_act(hall, records, staff, Act.VERIFY_HARDSHIP, "worker", worker)


def keep_hardship(hall: Hall, records: Records, worker: WorkerId, held: HeldHardship, actor: str) -> None:
    """Keep and journal a kind of hardship within a transaction; `actor` is empty where it was seen before."""
    records.proofs.add_hardship(worker, held)
    verified = HardshipVerified(
        worker=worker, kind=held.kind.value, valid_until=held.valid_until, actor=actor
    )
    records.journal.append(verified, hall.now())


def record_skill(hall: Hall, worker: WorkerId, held: HeldSkill, staff: Staff) -> None:
    """Keep a grade in a trade, with the name of the one who saw its paper."""
    with hall.store.writing() as records:
        records.proofs.add_skill(worker, held)
        seen = SkillRecorded(worker=worker, trade=held.trade, grade=held.grade.value, actor=staff.id)
        records.journal.append(seen, hall.now())
        record_act(hall, records, staff, Act.RECORD_SKILL, "worker", worker)
