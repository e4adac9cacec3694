"""A refusal: what stands in the way, on what basis, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.domain.eligibility import Finding, LackKind, Level, Rule
from kiosk.ui.faces import HAZARD_FIGURES
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import figure, job_title, pay_figure, pay_unit, spoken
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

RULE_FIGURES = {
    Rule.TIME_01: "ui/schedule",
    Rule.EDU_01: "ui/school",
    Rule.AGE_02: "ui/person",
    Rule.AGE_03: "ui/person",
    Rule.AGE_01: "ui/badge",
    Rule.JOB_AGE: "ui/person",
}


@dataclass(frozen=True, slots=True)
class RefusedJobFace:
    """The job a refusal is about."""

    family: str
    figure: str
    title: str
    note: str
    pay: str
    unit: str


@dataclass(frozen=True, slots=True)
class ReasonFace:
    """The gravest reason. Where a paper lacks, `lack` names it and the page shows it as a missing thing."""

    sentence: str
    detail: str
    basis: str
    remedy: str
    lack: str
    lack_figure: str
    is_class: bool
    figure: str


@QmlElement
class BlockedView(QObject):
    """What stands on the refusal."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._job = Rows(RefusedJobFace, self)
        self._reason = Rows(ReasonFace, self)
        self._title = ""
        self._more = ""

    def refresh(self) -> None:
        """Say why; forget it on any other step."""
        if self._scene.visit.step is not Step.BLOCKED:
            self._job.show(())
            self._reason.show(())
            return
        say, session = self._scene.say, self._scene.session
        self._job.show(_job_face(self._scene))
        findings = self._findings()
        if session.sentence is not None or not findings:
            self._title = say("ui.blocked.not_now")
            self._reason.show((_plain_reason(spoken(say, session.sentence)),))
            self._more = ""
        else:
            self._title = say("ui.blocked.title")
            self._reason.show((_reason_face(self._scene, findings[0]),))
            others = len(findings) - 1
            self._more = say("ui.blocked.more", count=others) if others else ""
        self.changed.emit()

    def _findings(self) -> tuple[Finding, ...]:
        looked = self._scene.session.job
        if looked is None or looked.judgement is None:
            return ()
        return (*looked.judgement.of(Level.BLOCK), *looked.judgement.of(Level.REVIEW))

    @Property(QObject, notify=changed)
    def job(self) -> QObject:
        """Rows of RefusedJobFace: none or one."""
        return self._job

    @Property(QObject, notify=changed)
    def reason(self) -> QObject:
        """Rows of ReasonFace: none or one."""
        return self._reason

    @Property(str, notify=changed)
    def title(self) -> str:
        """What the red sign says."""
        return self._title

    @Property(str, notify=changed)
    def more(self) -> str:
        """That there are further reasons; empty when there are none."""
        return self._more


def _job_face(scene: Scene) -> tuple[RefusedJobFace, ...]:
    looked = scene.session.job
    if looked is None:
        return ()
    job = looked.line.job
    with scene.hall.store.reading() as records:
        employer = records.board.employer(job.employer)
    return (
        RefusedJobFace(
            job.family.value,
            figure(scene.hall.picture_of(job)),
            job_title(scene.say, job),
            employer.name if employer else job.place.town,
            pay_figure(job.pay),
            pay_unit(scene.say, job.pay),
        ),
    )


def _reason_face(scene: Scene, finding: Finding) -> ReasonFace:
    say, lack = scene.say, finding.missing
    is_class = lack is not None and lack.kind is LackKind.CLASS
    hazard = next((HAZARD_FIGURES[item] for item in finding.hazards if item in HAZARD_FIGURES), "")
    return ReasonFace(
        sentence=spoken(say, finding.sentence),
        detail=spoken(say, finding.detail),
        basis=spoken(say, finding.legal_basis),
        remedy=spoken(say, finding.remedy),
        lack=spoken(say, lack.title) if lack else "",
        lack_figure="ui/school" if is_class else "pictograms/cert",
        is_class=is_class,
        figure=hazard or RULE_FIGURES.get(finding.rule, "pictograms/cert"),
    )


def _plain_reason(sentence: str) -> ReasonFace:
    """Return a reason that no rule gave: the job is full, or was changed meanwhile."""
    return ReasonFace(
        sentence=sentence,
        detail="",
        basis="",
        remedy="",
        lack="",
        lack_figure="",
        is_class=False,
        figure="ui/group",
    )
