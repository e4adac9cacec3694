"""Record what an attendant saw with own eyes: a certificate, or a safety class that was held."""

from __future__ import annotations

from kiosk.actions.hall import Hall
from kiosk.actions.keep_class import Taught, keep_class
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.ids import WorkerId
from kiosk.domain.workers import HeldCertificate, HeldEducation
from kiosk.messages.events import CertificateRecorded


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
        record_act(hall, records, staff, Act.RECORD_CERTIFICATE, "worker", worker)


def hold_class(hall: Hall, worker: WorkerId, hazard_class: str, staff: Staff) -> HeldEducation:
    """Keep that a person attended a safety class today (EDU-01, 安全生产法 28); return how long it counts."""
    with hall.store.writing() as records:
        days = records.settings.parameters(hall.today()).whole("education.valid_days")
        taught = Taught(hazard_class, days, attendant=staff.id)
        held = keep_class(hall, records, worker, taught)
        record_act(hall, records, staff, Act.HOLD_CLASS, "worker", worker)
    return held
