"""A refusal: what stands in the way, on what basis, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.actions.recognise import standing_of
from kiosk.domain.eligibility import Finding, Lack, LackKind, Level, Rule
from kiosk.domain.eligibility.times import engagement_span
from kiosk.domain.ids import PlacementId
from kiosk.domain.sentences import Sentence
from kiosk.ui.faces import HAZARD_FIGURES
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import Say, clock_span, day_span, figure, job_title, pay_figure, pay_unit, spoken
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1


_MEASURES = {"kg": "ui.blocked.kilograms", "℃": "ui.blocked.degrees"}


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
class PaperFace:
    """Half of a comparison: a figure, a number set large, and its name; a missing one bears a stop."""

    caption: str
    figure: str = ""
    numeral: str = ""
    words: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class ReasonFace:
    """The gravest reason, on what basis, and what would change the answer."""

    sentence: str
    basis: str = ""
    way: str = ""
    way_note: str = ""
    way_figure: str = "ui/search"


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
        self._papers = Rows(PaperFace, self)
        self._title = ""
        self._more = ""

    def refresh(self) -> None:
        """Say why; forget it on any other step."""
        if self._scene.visit.step is not Step.BLOCKED:
            self._job.show(())
            self._reason.show(())
            self._papers.show(())
            return
        say, session = self._scene.say, self._scene.session
        self._job.show(_job_face(self._scene))
        findings = self._findings()
        if session.sentence is not None or not findings:
            self._title = say("ui.blocked.not_now")
            self._reason.show((_plain_reason(say, session.sentence),))
            self._papers.show(())
            self._more = ""
        else:
            self._title = say("ui.blocked.title")
            self._reason.show((_reason_face(self._scene, findings[0]),))
            self._papers.show(_comparison(self._scene, findings[0]))
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

    @Property(QObject, notify=changed)
    def papers(self) -> QObject:
        """Rows of PaperFace: what is asked and how things stand; none where nothing compares."""
        return self._papers

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
    way, note, way_figure = _way_out(scene.say, finding)
    return ReasonFace(
        sentence=spoken(scene.say, finding.sentence),
        basis=spoken(scene.say, finding.legal_basis),
        way=way,
        way_note=note,
        way_figure=way_figure,
    )


def _plain_reason(say: Say, sentence: Sentence | None) -> ReasonFace:
    """Return a reason that no rule gave: the job is full, or was changed meanwhile."""
    return ReasonFace(sentence=spoken(say, sentence), way=say("ui.blocked.others"))


def _way_out(say: Say, finding: Finding) -> tuple[str, str, str]:
    """Return what would change the answer: head, note and figure."""
    remedy = spoken(say, finding.remedy)
    if finding.missing is None:
        return remedy, "", "ui/undo" if finding.rule is Rule.TIME_01 else "ui/search"
    is_class = finding.missing.kind is LackKind.CLASS
    head = say("ui.blocked.have_class" if is_class else "ui.blocked.have_it")
    return head, remedy or say("ui.blocked.have_it_note"), "ui/badge"


def _comparison(scene: Scene, finding: Finding) -> tuple[PaperFace, ...]:
    if finding.missing is not None:
        return _missing_paper(scene.say, finding.missing, finding.detail)
    if finding.rule is Rule.TIME_01:
        return _two_times(scene)
    if finding.rule in {Rule.SEX_01, Rule.HEAT_01}:
        return _too_much(scene.say, finding)
    if "years" in finding.sentence.args:
        return _two_ages(scene, finding)
    return ()


def _missing_paper(say: Say, lack: Lack, detail: Sentence | None) -> tuple[PaperFace, ...]:
    """Set what is asked beside what is recorded: nothing, or a paper that has run out and when it did."""
    paper = "ui/school" if lack.kind is LackKind.CLASS else "pictograms/cert"
    nothing = spoken(say, detail) or say("ui.blocked.nothing")
    return (
        PaperFace(say("ui.blocked.needed"), paper, words=spoken(say, lack.title)),
        PaperFace(say("ui.blocked.recorded"), "pictograms/certno", words=nothing, is_missing=True),
    )


def _too_much(say: Say, finding: Finding) -> tuple[PaperFace, ...]:
    """Set the number of the law beside the load or the heat that goes beyond it; nothing where none does."""
    told = [str(value) for value in finding.detail.args.values()] if finding.detail else []
    if not told or finding.parameter is None or finding.parameter.unit not in _MEASURES:
        return ()
    measure = say(_MEASURES[finding.parameter.unit])
    return (
        PaperFace(say("ui.blocked.most"), numeral=finding.parameter.value, words=measure),
        PaperFace(say("ui.blocked.this_job"), numeral=told[0], words=measure, is_missing=True),
    )


def _two_ages(scene: Scene, finding: Finding) -> tuple[PaperFace, ...]:
    """Set a lowest age beside a person below it, or a danger beside the age from which it is forbidden."""
    say, years = scene.say, finding.sentence.args["years"]
    you = say("ui.blocked.you")
    if finding.rule is not Rule.AGE_03:
        old_enough = say("ui.blocked.age_needed", years=years)
        under = say("ui.blocked.age_under", years=years)
        return (
            PaperFace(say("ui.blocked.needed"), numeral=str(years), words=old_enough),
            PaperFace(you, "ui/person", words=under, is_missing=True),
        )
    hazard = finding.hazards[0] if finding.hazards else None
    danger = say(f"ui.hazard.{hazard.value}") if hazard else say("ui.blocked.dangerous")
    drawn = HAZARD_FIGURES.get(hazard, "ui/lamp_warn") if hazard else "ui/lamp_warn"
    reached = say("ui.blocked.age_reached", years=years)
    return (
        PaperFace(say("ui.blocked.this_job"), drawn, words=danger),
        PaperFace(you, numeral=str(years), words=reached, is_missing=True),
    )


def _two_times(scene: Scene) -> tuple[PaperFace, ...]:
    """Set the time of the place already held beside the time of this job, the way included in both."""
    looked, recognition, hall = scene.session.job, scene.session.recognition, scene.hall
    if looked is None or recognition is None:
        return ()
    job, say = looked.line.job, scene.say
    starts, ends = engagement_span(job, looked.line.trip)
    with hall.store.reading() as records:
        held = standing_of(records, recognition.worker, recognition, hall).engagements
        if not held:
            return ()
        nearest = min(held, key=lambda each: max(each.starts - ends, starts - each.ends))
        placement = records.placements.by_id(PlacementId(nearest.placement))
        held_job = records.board.job(placement.job) if placement else None
    # A place taken at another kiosk is known by its Chinese title alone.
    title = job_title(say, held_job) if held_job else nearest.title
    return (
        PaperFace(
            say("ui.blocked.held", title=title),
            "ui/assignment_turned_in",
            clock_span(nearest.starts, nearest.ends),
            day_span(say, nearest.starts, nearest.ends),
        ),
        PaperFace(
            say("ui.blocked.this_job"),
            figure(hall.picture_of(job)),
            clock_span(starts, ends),
            day_span(say, starts, ends),
            is_missing=True,
        ),
    )
