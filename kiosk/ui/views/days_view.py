"""Choosing a day by its number: the six days that are next, and every later one on which work begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.board_ports import BoardQuery
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import day_word
from kiosk.ui.views.narrowing import TILES, Narrowing, tiles_of
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class DayFace:
    """One day as a sheet of a calendar; one without a day is the tile that shows later ones."""

    day: str
    number: str
    month: str
    weekday: str
    near: str
    label: str
    count: str
    has_work: bool
    chosen: bool


@QmlElement
class DaysView(QObject):
    """The days on which work begins, with how many jobs each."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._narrowing = Narrowing(scene, Step.DAYS)
        self._days = Rows(DayFace, self)
        self._chosen: date | None = None
        self._page = 0

    def refresh(self) -> None:
        """Show the days; coming to the step, start with the one that the filters have."""
        arrives = self._narrowing.arrives()
        if not self._narrowing.is_shown:
            self._days.show(())
            return
        if arrives:
            self._chosen, self._page = self._scene.session.query.starting_on, 0
        self._show()

    @property
    def _wanted(self) -> BoardQuery:
        return replace(self._scene.session.query, starting_on=self._chosen)

    def _show(self) -> None:
        hall, today = self._scene.hall, self._scene.today
        with hall.store.reading() as records:
            found = dict(records.board.days(replace(self._wanted, starting_on=None), hall.now()))
            self._narrowing.find(records, self._wanted)
        near = {today + timedelta(days=ahead): 0 for ahead in range(TILES)}
        self._days.show(self._tiles(sorted((near | found).items())))
        self.changed.emit()

    def _tiles(self, days: list[tuple[date, int]]) -> tuple[DayFace, ...]:
        shown, has_more = tiles_of(days, self._page)
        faces = tuple(self._face(day, jobs) for day, jobs in shown)
        if not has_more:
            return faces
        later = self._scene.say("finding.days.later")
        return (*faces, DayFace("", "", "", "", "", later, "", has_work=True, chosen=False))

    def _face(self, day: date, jobs: int) -> DayFace:
        say, today = self._scene.say, self._scene.today
        return DayFace(
            day=day.isoformat(),
            number=str(day.day),
            month=say(f"ui.month.{day.month}"),
            weekday=say(f"ui.weekday.{day.weekday()}"),
            near=day_word(say, day, today) if (day - today).days <= 1 else "",
            label=day_word(say, day, today),
            count=str(jobs),
            has_work=jobs > 0,
            chosen=day == self._chosen,
        )

    @Property(QObject, notify=changed)
    def days(self) -> QObject:
        """Rows of DayFace, at most six."""
        return self._days

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        """Whether there is work to see."""
        return self._narrowing.is_ready

    @Property(str, notify=changed)
    def goLabel(self) -> str:
        """What the yellow plate says."""
        return self._narrowing.go_label

    @Slot(str)
    def choose(self, day: str) -> None:
        """Frame a day, or none again. The tile without a day turns the page."""
        if not day:
            self._page += 1
        else:
            wanted = date.fromisoformat(day)
            self._chosen = None if wanted == self._chosen else wanted
        self._show()

    @Slot()
    def see(self) -> None:
        """The yellow plate."""
        self._scene.visit.browse(self._wanted)

    @Slot()
    def anyDay(self) -> None:
        """The white plate 哪天都行."""
        self._scene.visit.browse(replace(self._wanted, starting_on=None))
