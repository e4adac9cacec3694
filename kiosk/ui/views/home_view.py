"""The first screen: how many people are wanted today, in six families."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.ports import FamilyCount
from kiosk.actions.printing import PaperState
from kiosk.domain.jobs import Family
from kiosk.ui.journeys import Step
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class FamilyFace:
    """One family as a tile or a tab."""

    family: str
    figure: str
    label: str
    count: str


def family_faces(scene: Scene, counts: tuple[FamilyCount, ...]) -> tuple[FamilyFace, ...]:
    """Return all six families in their fixed order; one without work shows 0."""
    places = {count.family: count.open_places for count in counts}
    return tuple(
        FamilyFace(
            family.value,
            f"pictograms/{family.value}",
            scene.say(f"ui.family.{family.value}"),
            str(places.get(family, 0)),
        )
        for family in Family
    )


@QmlElement
class HomeView(QObject):
    """What stands on the home screen."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._families = Rows(FamilyFace, self)
        self._open_places = 0
        self._paper = PaperState.UNKNOWN
        self._is_reader_working = True

    def set_reader_working(self, is_working: bool) -> None:
        """The card reader was lost, or is there again."""
        self._is_reader_working = is_working

    def refresh(self) -> None:
        """Count again; the counts hold nothing personal, so they stay while other steps are shown."""
        if self._scene.visit.step is not Step.HOME:
            return
        with self._scene.hall.store.reading() as records:
            counts = tuple(records.board.families(self._scene.hall.now()))
        self._open_places = sum(count.open_places for count in counts)
        self._families.show(family_faces(self._scene, counts))
        self._paper = self._scene.printing.paper()
        self.changed.emit()

    @Property(QObject, notify=changed)
    def families(self) -> QObject:
        """Rows of FamilyFace."""
        return self._families

    @Property(str, notify=changed)
    def openPlaces(self) -> str:
        """How many people are still wanted."""
        return str(self._open_places)

    @Property(str, notify=changed)
    def problem(self) -> str:
        """What does not work now, told before anybody lays down a card; empty when all is well."""
        if not self._is_reader_working:
            return self._scene.say("ui.home.no_reader")
        key = {PaperState.OUT: "ui.home.no_paper", PaperState.FAULT: "ui.home.no_printer"}.get(self._paper)
        return self._scene.say(key) if key else ""

    @Slot(str)
    def browse(self, family: str) -> None:
        """Show all work of one family."""
        self._scene.visit.browse_family(Family(family))
