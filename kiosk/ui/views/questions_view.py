"""The first-time questions that are answered by keys: a phone number, and day or long work."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.identity import check_phone
from kiosk.domain.workers import WorkSpan
from kiosk.ui.journeys import Step
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

PHONE_DIGITS = 11


@QmlElement
class QuestionsView(QObject):
    """What has been keyed, and what is still missing."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._phone = ""
        self._span = ""

    def refresh(self) -> None:
        """Forget what was keyed as soon as its question is over."""
        if self._scene.visit.step not in {Step.ASK_PHONE, Step.OWN_PHONE}:
            self._phone = ""
        if self._scene.visit.step not in {Step.ASK_SPAN, Step.OWN_SPAN}:
            self._span = ""
        self.changed.emit()

    @Property(str, notify=changed)
    def phone(self) -> str:
        """The digits so far, grouped as people say them: 139 0000 0001."""
        return " ".join(part for part in (self._phone[:3], self._phone[3:7], self._phone[7:]) if part)

    @Property(int, notify=changed)
    def missing(self) -> int:
        """How many digits are missing."""
        return PHONE_DIGITS - len(self._phone)

    @Property(str, notify=changed)
    def hint(self) -> str:
        """How many digits are missing in words, or that no phone has such a number."""
        missing = PHONE_DIGITS - len(self._phone)
        if missing:
            return self._scene.say("ui.phone.missing", count=missing)
        return self._scene.say("ui.phone.wrong" if check_phone(self._phone) else "ui.phone.whole")

    @Property(bool, notify=changed)
    def isWhole(self) -> bool:
        """Whether the number can be called."""
        return self._can_be_called()

    @Property(str, notify=changed)
    def span(self) -> str:
        """The chosen answer of the last question; nothing is chosen before a touch."""
        return self._span

    @Slot(str)
    def press(self, digit: str) -> None:
        """A digit key."""
        if len(self._phone) < PHONE_DIGITS:
            self._phone += digit
            self.changed.emit()

    @Slot()
    def erase(self) -> None:
        """Take the last digit back."""
        self._phone = self._phone[:-1]
        self.changed.emit()

    @Slot()
    def clear(self) -> None:
        """Begin again."""
        self._phone = ""
        self.changed.emit()

    @Slot()
    def keepPhone(self) -> None:
        """The yellow plate of the phone question."""
        if self._can_be_called():
            self._scene.visit.answer_phone(self._phone)

    @Slot()
    def skipPhone(self) -> None:
        """The white plate 没手机."""
        self._scene.visit.answer_phone(None)

    @Slot(str)
    def chooseSpan(self, span: str) -> None:
        """One of the three answers."""
        self._span = span
        self.changed.emit()

    @Slot()
    def keepSpan(self) -> None:
        """The yellow plate of the last question."""
        if self._span:
            self._scene.visit.answer_span(WorkSpan(self._span))

    @Slot()
    def skipSpan(self) -> None:
        """The white plate 下次说."""
        self._scene.visit.answer_span(None)

    def _can_be_called(self) -> bool:
        return len(self._phone) == PHONE_DIGITS and check_phone(self._phone) is None
