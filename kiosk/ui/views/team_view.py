"""People who go together: who laid a card down, what the last card meant, what each has in hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.printing import PrintStage
from kiosk.actions.take_place import kind_for
from kiosk.domain.clock import clock_text
from kiosk.domain.sign_ups import place_in_line
from kiosk.domain.slips import SlipKind
from kiosk.domain.teams import LEAST_MEMBERS
from kiosk.ui.journeys import TEAM_STEPS, Step
from kiosk.ui.presenting import day_word, figure, job_title, pay_figure, pay_unit, spoken, together
from kiosk.ui.teams import OpenTeam
from kiosk.ui.views.blocked_view import RefusedJobFace
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

LAMPS: Mapping[PrintStage | None, str] = {
    None: "waiting",
    PrintStage.SENDING: "now",
    PrintStage.HELD_OUT: "now",
    PrintStage.PRINTED: "ok",
    PrintStage.WAITING_FOR_PAPER: "warn",
    PrintStage.NOT_SENT: "warn",
    PrintStage.UNCERTAIN: "unknown",
}
"""How each paper stands, as a lamp; unknown is never drawn as ok."""


@dataclass(frozen=True, slots=True)
class TeamFace:
    """What a page of a team says, and its two plates; an empty word is a plate that is not there."""

    title: str
    figure: str
    head: str
    note: str
    go: str
    is_ready: bool = True
    aside: str = ""
    go_figure: str = "ui/arrow"
    aside_figure: str = ""


@dataclass(frozen=True, slots=True)
class MemberFace:
    """One line: how-manieth, masked name, what goes with him, and a lamp where something is to be told."""

    nth: str
    name: str
    note: str
    lamp: str = ""


@dataclass(frozen=True, slots=True)
class SaidFace:
    """What the last card meant."""

    kind: str
    head: str
    note: str


NOTHING = TeamFace("", "ui/groups", "", "", "")


@QmlElement
class TeamView(QObject):
    """What stands on the pages of a team."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._job = Rows(RefusedJobFace, self)
        self._members = Rows(MemberFace, self)
        self._said = Rows(SaidFace, self)
        self._face = NOTHING

    def refresh(self) -> None:
        """Show who goes; forget it on any other step."""
        team, step = self._scene.session.team, self._scene.visit.step
        if team is None or step not in TEAM_STEPS:
            for rows in (self._job, self._members, self._said):
                rows.show(())
            self._face = NOTHING
        else:
            self._face = team_face(self._scene, team, step)
            self._job.show(_job(self._scene))
            self._members.show(member_faces(self._scene, team, step))
            self._said.show(_said(self._scene, team) if step is Step.TEAM else ())
        self.changed.emit()

    @Property(QObject, notify=changed)
    def job(self) -> QObject:
        """Rows of RefusedJobFace: the job they go to; none or one."""
        return self._job

    @Property(QObject, notify=changed)
    def members(self) -> QObject:
        """Rows of MemberFace, the leader first."""
        return self._members

    @Property(QObject, notify=changed)
    def said(self) -> QObject:
        """Rows of SaidFace: none or one."""
        return self._said

    @Property(str, notify=changed)
    def title(self) -> str:
        """What the sign says."""
        return self._face.title

    @Property(str, notify=changed)
    def figure(self) -> str:
        """The picture of the page."""
        return self._face.figure

    @Property(str, notify=changed)
    def head(self) -> str:
        """What is to be done, or is so."""
        return self._face.head

    @Property(str, notify=changed)
    def note(self) -> str:
        """What goes with it."""
        return self._face.note

    @Property(str, notify=changed)
    def goLabel(self) -> str:
        """What the yellow plate does."""
        return self._face.go

    @Property(str, notify=changed)
    def goFigure(self) -> str:
        """The figure on the yellow plate."""
        return self._face.go_figure

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        """Whether the yellow plate leads on."""
        return self._face.is_ready

    @Property(str, notify=changed)
    def aside(self) -> str:
        """What the white plate beside it does; empty where there is none."""
        return self._face.aside

    @Property(str, notify=changed)
    def asideFigure(self) -> str:
        """The picture of what the white plate does; empty where there is none."""
        return self._face.aside_figure

    @Slot()
    def open(self) -> None:
        """The plate 带人来 of a job."""
        self._scene.visit.teaming.open()

    @Slot()
    def turnAside(self) -> None:
        """The white plate."""
        if self._scene.visit.step is Step.TEAM:
            self._scene.visit.teaming.drop_last()
        elif self._scene.visit.step is Step.TEAM_SHORT:
            self._scene.visit.teaming.part()
        else:
            self._scene.visit.back()


def team_face(scene: Scene, team: OpenTeam, step: Step) -> TeamFace:
    """Return what the page of a step says of a team."""
    faces = {
        Step.TEAM: _gathering,
        Step.TEAM_SHORT: _short,
        Step.TEAM_CONFIRM: _last_look,
        Step.TEAM_IN_LINE: _in_line,
        Step.TEAM_PRINTING: _printing,
        Step.TEAM_END: _end,
    }
    return faces[step](scene, team)


def member_faces(scene: Scene, team: OpenTeam, step: Step) -> list[MemberFace]:
    """Return a line for each member, and one for the list once it is on its way."""
    if team.taken is not None and step in {Step.TEAM_PRINTING, Step.TEAM_END}:
        return _papers(scene, team)
    lines = []
    for nth, member in enumerate(team.members, 1):
        stays = step is Step.TEAM_SHORT and nth > team.room >= LEAST_MEMBERS
        note = scene.say("team.short.stays") if stays else member.queue_number
        goes = "ok" if step is Step.TEAM_SHORT and team.room >= LEAST_MEMBERS else ""
        lines.append(MemberFace(str(nth), member.name, note, "waiting" if stays else goes))
    return lines


def _papers(scene: Scene, team: OpenTeam) -> list[MemberFace]:
    assert team.taken is not None, "papers come from places that were taken"
    lines = []
    for nth, (member, placement) in enumerate(zip(team.members, team.taken.placements, strict=True), 1):
        seat = scene.say("ui.held.seat", seat=placement.seat) if placement.seat is not None else ""
        lamp = LAMPS[team.stages.get(placement.slip)]
        lines.append(MemberFace(str(nth), member.name, seat or member.queue_number, lamp))
    of_list = LAMPS[team.stages.get(team.taken.paper)]
    lines.append(MemberFace("", scene.say("ui.papers.team_list"), "", of_list))
    return lines


def _gathering(scene: Scene, team: OpenTeam) -> TeamFace:
    say, people = scene.say, len(team.members)
    is_team = people >= LEAST_MEMBERS
    return TeamFace(
        title=say("team.title"),
        figure="pictograms/laycard",
        head=say("team.gather.head"),
        note=say("team.gather.note"),
        go=say("team.gather.go", people=people) if is_team else say("team.gather.more"),
        is_ready=is_team,
        aside=say("team.gather.drop") if is_team else "",
        aside_figure="ui/undo" if is_team else "",
    )


def _short(scene: Scene, team: OpenTeam) -> TeamFace:
    say = scene.say
    if team.room < LEAST_MEMBERS:
        apart = say("team.short.apart")
        return TeamFace(
            say("team.short.title"), "ui/group", say("team.short.none"), say("team.short.none_note"), apart
        )
    return TeamFace(
        title=say("team.short.title"),
        figure="ui/group",
        head=say("team.short.head", room=team.room),
        note=say("team.short.note", room=team.room),
        go=say("team.short.go", room=team.room),
        aside=say("team.short.apart"),
        aside_figure="ui/person",
    )


def _last_look(scene: Scene, team: OpenTeam) -> TeamFace:
    say, people = scene.say, len(team.members)
    way = "line" if team.is_for_line else "place"
    looked = scene.session.job
    is_firm = looked is not None and kind_for(looked.line.job) is SlipKind.DISPATCH
    promise = "promised" if is_firm else "decides"
    return TeamFace(
        title=say("ui.confirm.title"),
        figure="ui/groups" if team.is_for_line else "ui/handshake",
        head=say(f"team.confirm.{way}", people=people),
        note=say("team.confirm.line_note") if team.is_for_line else say(f"ui.confirm.employer_{promise}"),
        go=say(f"team.confirm.{way}_go", people=people),
        aside=say("ui.confirm.no"),
        aside_figure="ui/cross",
    )


def _in_line(scene: Scene, team: OpenTeam) -> TeamFace:
    say, hall = scene.say, scene.hall
    with hall.store.reading() as records:
        line = records.sign_ups.line_of(team.job, hall.today())
    place = min((place_in_line(line, item) for item in team.signed), default=1)
    return TeamFace(
        title=say("hiring.line.title"),
        figure="ui/groups",
        head=say("team.in_line.head", place=place),
        note=say("team.in_line.note"),
        go=say("hiring.line.ok"),
        go_figure="ui/tick",
    )


def _printing(scene: Scene, team: OpenTeam) -> TeamFace:
    say, of = scene.say, len(team.papers)
    out = sum(team.stages.get(number) is PrintStage.PRINTED for number in team.papers)
    return TeamFace(
        title=say("ui.printing.title"),
        figure="ui/print",
        head=say("team.printing.head", nth=min(out + 1, of), of=of),
        note=say("team.printing.note"),
        go=say("ui.printing.wait"),
        is_ready=False,
        go_figure="",
    )


def _end(scene: Scene, team: OpenTeam) -> TeamFace:
    say = scene.say
    end = "all" if team.is_printed else "some"
    return TeamFace(
        title=say(f"team.end.{end}_title"),
        figure="pictograms/takeslip" if team.is_printed else "pictograms/paperout",
        head=say(f"team.end.{end}", people=len(team.members)),
        note=say(f"team.end.{end}_note"),
        go=say(f"team.end.{end}_go"),
        go_figure="ui/tick",
    )


def _said(scene: Scene, team: OpenTeam) -> Sequence[SaidFace]:
    if team.said is None:
        return ()
    head = spoken(scene.say, team.said.head)
    named = scene.say("team.said.of", name=team.said.name, said=head) if team.said.name else head
    return (SaidFace(team.said.lamp, named, together(scene.say, team.said.notes)),)


def _job(scene: Scene) -> tuple[RefusedJobFace, ...]:
    """Return the job with when to be there: when its coach leaves, or its work begins."""
    looked, say = scene.session.job, scene.say
    if looked is None:
        return ()
    job, trip = looked.line.job, looked.line.trip
    day = day_word(say, job.shift.first_day, scene.today)
    at = clock_text(trip.departs_at if trip else job.shift.starts_at)
    return (
        RefusedJobFace(
            job.family.value,
            figure(scene.hall.picture_of(job)),
            job_title(say, job),
            say("ui.greeting.held_when", day=day, time=at),
            pay_figure(job.pay),
            pay_unit(say, job.pay),
        ),
    )
