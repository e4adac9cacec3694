"""Every act that two people do together as a deed that anybody may be made to try."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.actions.export_ledger import Export, begin_export, record_export, shift_export
from kiosk.actions.keep_shift import close_shift, last_sheet, open_shift
from kiosk.actions.merge_people import merge_people, undo_merge
from kiosk.actions.override_review import override_review
from kiosk.actions.ports import Staff
from kiosk.actions.recognise import Recognition
from kiosk.actions.record_papers import record_certificate
from kiosk.actions.stick_errands import Errand, ErrandFace, ErrandStage, ExportFace, FoundStick
from kiosk.actions.two_persons import Pair, Present
from kiosk.actions.unmask_number import unmask_number
from kiosk.catalogue import load
from kiosk.domain.duties import Act, Role
from kiosk.domain.ids import JobId, StaffId
from kiosk.domain.jobs import Certificate
from kiosk.domain.sights import MASKED
from kiosk.domain.workers import HeldCertificate
from kiosk.messages.feed import FeedRow
from tests import answers
from tests.halls import CLERK, SampleKiosk
from tests.unit.actions.coach_deeds import (
    Deed,
)
from tests.unit.actions.visits import doubled, register, version_of

REASON = "理由"


class NoSticks:
    """Sticks of which none is in: what is begun here comes to nothing, and never ends."""

    def sticks(self) -> tuple[FoundStick, ...]:
        """Return none."""
        return ()

    def face(self) -> ErrandFace:
        """Return that nothing is under way."""
        return ErrandFace()

    def export_face(self) -> ExportFace:
        """Return that an export is under way."""
        return ExportFace(ErrandStage.RUNNING, "stick")

    def stop_export(self) -> None:
        """Stop nothing."""

    def begin_export(self, export: Export, stick: FoundStick) -> None:
        """Begin nothing."""

    def begin(self, errand: Errand, stick: FoundStick) -> None:
        """Begin nothing."""


def pair(kiosk: SampleKiosk, first: Staff, role: Role = Role.MANAGER) -> Pair:
    """Return somebody with a manager at the side, or another, who is another one for the manager, too."""
    other = replace(CLERK, id=StaffId("second"), role=role.value)
    with kiosk.hall.store.writing() as records:
        if records.desk.member(other.id) is None:
            records.desk.add_staff(other)
    return Pair(Present(first, is_by_pin=True), Present(other, is_by_pin=True))


def unmasking(kiosk: SampleKiosk) -> Deed:
    """Prepare somebody whose number is hidden."""
    worker = register(kiosk, "miao").worker
    return lambda staff: unmask_number(kiosk.hall, worker, REASON, pair(kiosk, staff))


def merging(kiosk: SampleKiosk) -> Deed:
    """Prepare two registrations that look like one person."""
    met = register(kiosk, "miao")
    kept, joined = met.worker, doubled(kiosk, met).worker
    return lambda staff: merge_people(kiosk.hall, kept, joined, REASON, pair(kiosk, staff))


def merging_unlike(kiosk: SampleKiosk) -> Deed:
    """Prepare two registrations that do not."""
    kept, joined = register(kiosk, "miao").worker, register(kiosk, "tian").worker
    reviewer = Role.REVIEWER
    return lambda staff: merge_people(kiosk.hall, kept, joined, REASON, pair(kiosk, staff, reviewer))


def undoing_a_merge(kiosk: SampleKiosk) -> Deed:
    """Prepare a merge to be taken back."""
    met = register(kiosk, "miao")
    other = doubled(kiosk, met).worker
    made = merge_people(kiosk.hall, met.worker, other, REASON, pair(kiosk, CLERK))
    return lambda staff: undo_merge(kiosk.hall, made, REASON, staff)


def exporting(kiosk: SampleKiosk) -> Deed:
    """Prepare a sheet that leaves on a stick."""
    stick, export = FoundStick("/media/stick", "stick"), closed_export(kiosk)
    return lambda staff: begin_export(kiosk.hall, NoSticks(), export, stick, REASON, pair(kiosk, staff))


def letting_out(kiosk: SampleKiosk) -> Deed:
    """Prepare a sheet that leaves whole."""
    export, second = replace(closed_export(kiosk), act=Act.UNMASK_LEDGER), Role.RIGHTS_OFFICER
    return lambda staff: record_export(kiosk.hall, export, "stick", REASON, pair(kiosk, staff, second))


def closed_export(kiosk: SampleKiosk) -> Export:
    """Hand over a shift and return its sheet, ready to leave."""
    open_shift(kiosk.hall, CLERK)
    close_shift(kiosk.hall, "有单子没弄清", ("读卡的坏了",), CLERK)
    sheet = last_sheet(kiosk.hall, "former")
    assert sheet is not None
    return shift_export(sheet, load("zh_CN"), MASKED)


def releasing(kiosk: SampleKiosk) -> Deed:
    """Prepare somebody a rule is in doubt about."""
    met, job = doubted(kiosk)
    version = version_of(kiosk, job)
    return lambda staff: override_review(kiosk.hall, met.worker, job, version, REASON, pair(kiosk, staff))


def doubted(kiosk: SampleKiosk) -> tuple[Recognition, JobId]:
    """Return somebody and a job of several days whose certificate ends before the last of them."""
    body = next(job for job in kiosk.sample.jobs if job.certificates == ["health"] and not job.needs_classes)
    longer = body.shift.model_copy(update={"last_day": body.shift.first_day + timedelta(days=5)})
    told = body.model_copy(update={"shift": longer, "hazards": [], "is_talked_over": False})
    row = FeedRow(topic="job", id=body.id, pos=5000, body=told.model_dump_json())
    answers.tell(kiosk.opened, [row], 5000, feed_gen="g")
    met = register(kiosk, "miao")
    held = HeldCertificate(Certificate.HEALTH, "0001", body.shift.first_day, None)
    record_certificate(kiosk.hall, met.worker, held, CLERK)
    return met, JobId(body.id)
