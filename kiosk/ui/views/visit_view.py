"""The frame around every step: sign, bar and countdown."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.clock import clock_text, hall_time
from kiosk.ui.appearances import Appearance
from kiosk.ui.fronts import Front, NoSlip
from kiosk.ui.halls import DIRECTIONS, badge_of
from kiosk.ui.journeys import LESSON_STEPS, RULES, Step

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

HALL_WORD = "零工驿站"
"""What every hall is called; it stands once in the title, whether or not the name ends with it."""
CHOOSING = LESSON_STEPS | {
    *(Step.GREETING, Step.BOARD, Step.DETAIL, Step.CONFIRM),
    *(Step.TEAM, Step.TEAM_SHORT, Step.TEAM_CONFIRM),
}
"""The steps before a place is taken."""
NO_SLIP_FIGURES = {NoSlip.PAPER: "pictograms/paperout", NoSlip.PRINTER: "ui/lamp_warn"}


@QmlElement
class VisitView(QObject):
    """Which step is shown, what the bar offers, and how much time is left."""

    changed = Signal()
    """Step, language, appearance or person changed."""
    ticked = Signal()
    """The clock, the card or the seconds changed."""
    languageTouched = Signal()
    largeTouched = Signal()
    contrastTouched = Signal()
    lowTouched = Signal()
    adminRequested = Signal()

    def __init__(self, front: Front) -> None:
        """Look at this front."""
        super().__init__()
        self._front = front
        self.appearance = Appearance()
        self.is_choosing_look = False
        self.may_be_low = False

    def refresh(self) -> None:
        """Tell QML to look again."""
        self.changed.emit()
        self.ticked.emit()

    def wear(self, appearance: Appearance) -> None:
        """Look like this from the next refresh on."""
        self.appearance = appearance

    @Property(str, notify=changed)
    def step(self) -> str:
        """The step that is shown."""
        return self._front.visit.step.value

    @Property(str, notify=changed)
    def page(self) -> str:
        """The file that draws the step: `lay_card` is drawn by LayCard.qml."""
        return "".join(part.capitalize() for part in self._front.visit.step.value.split("_")) + ".qml"

    @Property(bool, notify=changed)
    def isLarge(self) -> bool:
        """Whether text is large."""
        return self.appearance.is_large

    @Property(bool, notify=changed)
    def isHighContrast(self) -> bool:
        """Whether the screen is white on black."""
        return self.appearance.is_high_contrast

    @Property(bool, notify=changed)
    def isLow(self) -> bool:
        """Whether all that is touched stands low."""
        return self.appearance.is_low

    @Property(bool, notify=changed)
    def mayBeLow(self) -> bool:
        """Whether the glass hangs so that somebody may need it low."""
        return self.may_be_low

    @Property(bool, notify=changed)
    def isChoosingLook(self) -> bool:
        """Whether the keys for the look stand above the bar."""
        return self.is_choosing_look

    @Property(bool, notify=changed)
    def isLatin(self) -> bool:
        """Whether words are Latin, which are set one step smaller."""
        return not self._front.is_chinese

    @Property(str, notify=changed)
    def station(self) -> str:
        """The name of the hall, as it stands over its door."""
        say, name = self._front.say, self._front.station_name
        if not name:
            return ""
        if self._front.is_chinese:
            return say("ui.home.title", station=name.removesuffix(HALL_WORD).strip())
        return say(f"ui.hall.{DIRECTIONS.get(badge_of(name), 'other')}")

    @Property(bool, notify=changed)
    def isRevoked(self) -> bool:
        """Whether this machine is no kiosk any more: one sentence covers everything."""
        return self._front.is_revoked

    @Property(str, notify=changed)
    def badge(self) -> str:
        """The one sign by which this hall is told from the others of the city."""
        return badge_of(self._front.station_name)

    @Property(str, notify=ticked)
    def clock(self) -> str:
        """The time of day."""
        return clock_text(hall_time(self._front.now()).time())

    @Property(str, notify=changed)
    def practice(self) -> str:
        """That nothing of this visit counts, as the band over every page says it; empty when it does."""
        return self._front.say("ui.practice.band") if self._front.visit.is_practice else ""

    @Property(str, notify=ticked)
    def noSlipNote(self) -> str:
        """That a slip taken now comes later, and where; told as long as there is still a choice."""
        why = self._front.no_slip_because
        is_told = self._front.visit.step in CHOOSING and not self._front.visit.is_practice
        return self._front.say(f"ui.no_slip.{why}") if why and is_told else ""

    @Property(str, notify=ticked)
    def noSlipFigure(self) -> str:
        """The figure of what keeps slips from coming out."""
        why = self._front.no_slip_because
        return NO_SLIP_FIGURES[why] if why else ""

    @Property(int, notify=ticked)
    def secondsLeft(self) -> int:
        """How long this step still waits."""
        return self._front.visit.seconds_left or 0

    @Property(int, notify=ticked)
    def secondsGiven(self) -> int:
        """How long this step waits in all; 0 when it does not end by itself."""
        return self._front.visit.seconds_given

    @Property(bool, notify=ticked)
    def isWarning(self) -> bool:
        """Whether the idle overlay covers the step."""
        return self._front.visit.is_warning

    @Property(bool, notify=ticked)
    def isCardOnReader(self) -> bool:
        """Whether a card lies on the reader."""
        return self._front.visit.is_card_on_reader

    @Property(bool, notify=changed)
    def canGoBack(self) -> bool:
        """Whether the bar offers the way back."""
        return RULES[self._front.visit.step].has_back

    @Property(bool, notify=changed)
    def canGoHome(self) -> bool:
        """Whether the bar offers the way home."""
        return RULES[self._front.visit.step].has_home

    @Property(str, notify=changed)
    def helpCalled(self) -> str:
        """That an attendant was called, as the help key says it; empty while nobody was."""
        return self._front.say("ui.bar.help_called") if self._front.visit.session.help_called_at else ""

    @Slot()
    def go(self) -> None:
        """The yellow plate."""
        self._front.visit.go()

    @Slot()
    def back(self) -> None:
        """The key 返回."""
        self._front.visit.back()

    @Slot()
    def home(self) -> None:
        """The key 主页."""
        self._front.visit.home()

    @Slot()
    def leave(self) -> None:
        """The overlay's 不办了."""
        self._front.visit.leave()

    @Slot()
    def stay(self) -> None:
        """More time."""
        self._front.visit.stay()

    @Slot()
    def callHelp(self) -> None:
        """The key 叫人."""
        self._front.visit.call_help()

    @Slot()
    def toggleLarge(self) -> None:
        """The key 大字."""
        self.largeTouched.emit()

    @Slot()
    def toggleLookKeys(self) -> None:
        """The key 方便: it shows the keys for the look, or puts them away."""
        self.is_choosing_look = not self.is_choosing_look
        self.changed.emit()

    @Slot()
    def toggleContrast(self) -> None:
        """The key 黑底白字."""
        self.is_choosing_look = False
        self.contrastTouched.emit()

    @Slot()
    def toggleLow(self) -> None:
        """The key 坐着用."""
        self.is_choosing_look = False
        self.lowTouched.emit()

    @Slot()
    def toggleLanguage(self) -> None:
        """The key English or 中文."""
        self.languageTouched.emit()

    @Slot()
    def requestAdmin(self) -> None:
        """The hidden corner was touched often enough."""
        self.adminRequested.emit()
