"""Record what an attendant saw with own eyes: a certificate, or a safety class that was held."""

from __future__ import annotations

from datetime import timedelta

from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.ids import WorkerId
from kiosk.domain.workers import HeldCertificate, HeldEducation
from kiosk.messages.events import CertificateRecorded, ClassHeld


def record_certificate(hall: Hall, worker: WorkerId, held: HeldCertificate, staff: Staff) -> None:
    """Keep a certificate, with the name of the one who saw it (CERT-01)."""
    with hall.store.writing() as records:
        records.workers.add_certificate(worker, held)
        seen = CertificateRecorded(
            worker=worker,
            kind=held.kind,
            number_tail=held.number_tail,
            valid_until=held.valid_until,
            review_by=held.review_by,
            actor=staff.id,
        )
        records.journal.append(seen, hall.now())
        record_act(hall, records, staff, "record_certificate", "worker", worker)


def hold_class(hall: Hall, worker: WorkerId, hazard_class: str, staff: Staff) -> HeldEducation:
    """Keep that a person attended a safety class today (EDU-01, 安全生产法 28); return how long it counts."""
    with hall.store.writing() as records:
        days = records.settings.parameters(hall.today()).whole("education.valid_days")
        held = HeldEducation(hazard_class, hall.today(), hall.today() + timedelta(days=days))
        records.workers.add_education(worker, held)
        attended = ClassHeld(
            worker=worker,
            hazard_class=hazard_class,
            held_on=held.held_on,
            valid_until=held.valid_until,
            actor=staff.id,
        )
        records.journal.append(attended, hall.now())
        record_act(hall, records, staff, "hold_class", "worker", worker)
    return held
