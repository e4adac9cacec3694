"""The notice a person sees before anything is kept: five short lines, and the whole text behind a plate."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.recognise import Acquaintance
from kiosk.domain.parameters import MissingParameter
from kiosk.domain.sentences import Sentence
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import spoken
from kiosk.ui.views.card_troubles import TROUBLES, USUAL, CardTrouble
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

PARAGRAPHS = ("who", "what", "why", "how_long", "who_else", "rights")
"""What 个人信息保护法 17 asks for: who, what and how, for what purpose, how long, and which rights."""

CHANGES = "notice.changes"
"""The parameter in which the bureau says what is new in the notice; told with the version it belongs to."""
MOST_SIGNS = 20
"""What is new stands in one line of the sign; the bureau is told so where the parameter is described."""


@dataclass(frozen=True, slots=True)
class ParagraphFace:
    """One paragraph of the whole text."""

    head: str
    text: str


@QmlElement
class NoticeView(QObject):
    """The notice, and the sentence of a page on which nobody may stay."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._paragraphs = Rows(ParagraphFace, self)
        self._is_whole = False
        self._is_there = False
        self._new_in_it = ""

    def refresh(self) -> None:
        """Begin with the five short lines; for whom they changed since, with the whole text."""
        is_there = self._scene.visit.step is Step.NOTICE
        if is_there is not self._is_there:
            self._is_there = is_there
            self._is_whole = is_there and self._is_newer
            self._new_in_it = self._changes() if self._is_whole else ""
        self._paragraphs.show(self._text() if self._is_whole else ())
        self.changed.emit()

    @property
    def _is_newer(self) -> bool:
        """Return whether this person said yes to an earlier notice."""
        met = self._scene.session.recognition
        return met is not None and met.acquaintance is Acquaintance.NEWER_NOTICE

    def _text(self) -> tuple[ParagraphFace, ...]:
        say, hall = self._scene.say, self._scene.hall
        with hall.store.reading() as records:
            parameters = records.settings.parameters(hall.today())
        try:
            contact = parameters.text("privacy.contact")
        except MissingParameter:
            contact = say("ui.notice.at_the_desk")
        return tuple(
            ParagraphFace(
                say(f"ui.notice.{name}.head"),
                say(f"ui.notice.{name}.text", hall=hall.identity.station_name, contact=contact),
            )
            for name in PARAGRAPHS
        )

    def _changes(self) -> str:
        hall = self._scene.hall
        with hall.store.reading() as records:
            told = records.settings.parameters(hall.today()).values.get(CHANGES)
        return told.value if told and len(told.value) <= MOST_SIGNS else ""

    @Property(str, notify=changed)
    def title(self) -> str:
        """What the sign says: to read first, or that something has changed."""
        return self._scene.say("own.notice.newer" if self._is_newer else "ui.notice.title")

    @Property(str, notify=changed)
    def changes(self) -> str:
        """What is new since this person said yes, as the bureau puts it; empty where it says nothing."""
        return self._new_in_it

    @Property(QObject, notify=changed)
    def paragraphs(self) -> QObject:
        """Rows of ParagraphFace while the whole text is shown."""
        return self._paragraphs

    @Property(bool, notify=changed)
    def isWhole(self) -> bool:
        """Whether the whole text is shown."""
        return self._is_whole

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """Why the visit cannot go on, on the pages that end it."""
        step = self._scene.visit.step
        if step not in {Step.UNREADABLE, Step.TURNED_AWAY, Step.TROUBLE, Step.OWN_ERASED}:
            return ""
        return spoken(self._scene.say, self._scene.session.sentence or Sentence("ui.trouble.unknown"))

    @Property(str, notify=changed)
    def picture(self) -> str:
        """The figure beside the sentence about a card that was not read."""
        return self._trouble().picture

    @Property(str, notify=changed)
    def help(self) -> str:
        """What helps with a card that was not read."""
        return self._scene.say(self._trouble().note)

    @Property(str, notify=changed)
    def plate(self) -> str:
        """The words of the yellow plate below it."""
        return self._scene.say(self._trouble().plate)

    @Property(str, notify=changed)
    def troubleTitle(self) -> str:
        """What the sign says above them: the card, the number or the reader, whichever it is."""
        return self._scene.say(self._trouble().title)

    def _trouble(self) -> CardTrouble:
        sentence = self._scene.session.sentence
        return TROUBLES.get(sentence.key, USUAL) if sentence is not None else USUAL

    @Slot()
    def toggleWhole(self) -> None:
        """The plate 看全文, and back."""
        self._is_whole = not self._is_whole
        self._scene.visit.stay()

    @Slot()
    def refuse(self) -> None:
        """The white plate 不同意."""
        self._scene.visit.refuse_notice()
