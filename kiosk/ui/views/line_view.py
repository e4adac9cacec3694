"""Choosing where to work on a line of stations and minutes; a base map of the land is nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.board_ports import BoardQuery, Stop, StopCount
from kiosk.actions.rank_jobs import minutes_from
from kiosk.domain.ids import StationCode
from kiosk.domain.parameters import Parameters
from kiosk.ui.halls import badge_of, hall_word
from kiosk.ui.journeys import Step
from kiosk.ui.views.narrowing import TILES, Narrowing
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

_NAME = "station.name."
"""`station.name.NZ`: what a station is called."""


@dataclass(frozen=True, slots=True)
class StationFace:
    """A station whose line can be looked at, and how far it is."""

    station: str
    badge: str
    label: str
    minutes: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class StopFace:
    """A place of work on the line, with the minutes from this hall."""

    town: str
    label: str
    minutes: str
    count: str
    has_coach: bool
    chosen: bool


@QmlElement
class LineView(QObject):
    """The line of one station: its stops by minutes, six on a page."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._narrowing = Narrowing(scene, Step.LINE)
        self._stations = Rows(StationFace, self)
        self._stops = Rows(StopFace, self)
        self._open = StationCode("")
        self._chosen: Stop | None = None
        self._page = 0
        self._pages = 1

    def refresh(self) -> None:
        """Show the line; coming to the step, start with the stop that the filters have, or at this hall."""
        arrives = self._narrowing.arrives()
        if not self._narrowing.is_shown:
            self._stations.show(())
            self._stops.show(())
            return
        if arrives:
            self._chosen, self._page = self._scene.session.query.stop, 0
            self._open = self._chosen.station if self._chosen else self._own
        self._show()

    @property
    def _own(self) -> StationCode:
        return StationCode(self._scene.hall.identity.station)

    @property
    def _wanted(self) -> BoardQuery:
        return replace(self._scene.session.query, stop=self._chosen)

    def _show(self) -> None:
        hall = self._scene.hall
        with hall.store.reading() as records:
            parameters = records.settings.parameters(hall.today())
            found = records.board.stops(replace(self._wanted, stop=None), hall.now())
            self._narrowing.find(records, self._wanted)
        minutes_to = minutes_from(self._own, parameters)
        self._stations.show(self._tabs({item.stop.station for item in found}, parameters))
        here = [item for item in found if item.stop.station == self._open]
        self._pages = max(1, -(-len(here) // TILES))
        self._page = min(self._page, self._pages - 1)
        shown = here[self._page * TILES : (self._page + 1) * TILES]
        self._stops.show(self._faces(shown, minutes_to.get(self._open, 0)))
        self.changed.emit()

    def _tabs(self, stations: set[StationCode], parameters: Parameters) -> tuple[StationFace, ...]:
        """Return the stations with work whose names are known, this hall first; none where it is alone."""
        say, minutes = self._scene.say, minutes_from(self._own, parameters)
        names = {
            StationCode(key.removeprefix(_NAME)): item.value
            for key, item in parameters.values.items()
            if key.startswith(_NAME)
        } | {self._own: self._scene.front.station_name}
        known = sorted((stations | {self._own}) & names.keys(), key=lambda code: (minutes.get(code, 0), code))
        if len(known) < 2:
            return ()
        return tuple(
            StationFace(
                code,
                badge_of(names[code]),
                say("finding.line.here") if code == self._own else hall_word(say, names[code]),
                say("finding.line.minutes", minutes=minutes[code]) if code in minutes else "",
                code == self._open,
            )
            for code in known[:TILES]
        )

    def _faces(self, shown: Sequence[StopCount], detour_min: int) -> tuple[StopFace, ...]:
        return tuple(
            StopFace(
                town=item.stop.town,
                label=item.stop.town,
                minutes=str(item.minutes + detour_min),
                count=self._scene.say("ui.pinyin.jobs", count=item.jobs),
                has_coach=item.with_coach > 0,
                chosen=item.stop == self._chosen,
            )
            for item in shown
        )

    @Property(QObject, notify=changed)
    def stations(self) -> QObject:
        """Rows of StationFace; none where this hall's line is the only one."""
        return self._stations

    @Property(QObject, notify=changed)
    def stops(self) -> QObject:
        """Rows of StopFace, at most six."""
        return self._stops

    @Property(bool, notify=changed)
    def hasStations(self) -> bool:
        """Whether there is more than one line to look at."""
        return len(self._stations.faces) > 0

    @Property(bool, notify=changed)
    def hasStops(self) -> bool:
        """Whether the open line leads to any work."""
        return len(self._stops.faces) > 0

    @Property(bool, notify=changed)
    def begins(self) -> bool:
        """Whether the first stop shown is the first of the line."""
        return self._page == 0

    @Property(bool, notify=changed)
    def hasPages(self) -> bool:
        """Whether the line is longer than a page."""
        return self._pages > 1

    @Property(bool, notify=changed)
    def canTurnDown(self) -> bool:
        """Whether further stops follow."""
        return self._page < self._pages - 1

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        """Whether there is work to see."""
        return self._narrowing.is_ready

    @Property(str, notify=changed)
    def goLabel(self) -> str:
        """What the yellow plate says."""
        return self._narrowing.go_label

    @Slot(str)
    def open(self, station: str) -> None:
        """Look at the line of another station."""
        self._open, self._page = StationCode(station), 0
        self._show()

    @Slot(str)
    def choose(self, town: str) -> None:
        """Frame a stop, or none again."""
        wanted = Stop(self._open, town)
        self._chosen = None if wanted == self._chosen else wanted
        self._show()

    @Slot(int)
    def turn(self, pages: int) -> None:
        """Go along the line."""
        self._page = max(0, min(self._pages - 1, self._page + pages))
        self._show()

    @Slot()
    def see(self) -> None:
        """The yellow plate."""
        self._scene.visit.browse(self._wanted)

    @Slot()
    def anywhere(self) -> None:
        """The white plate 哪儿都行."""
        self._scene.visit.browse(replace(self._wanted, stop=None))
