"""Gathering: several people are taught together at one screen, given by an attendant; each one signs."""

from __future__ import annotations

from kiosk.actions.attend_class import published_course
from kiosk.actions.check_in import check_in, count_anonymously
from kiosk.actions.ports import Staff
from kiosk.actions.recognise import Acquaintance, Recognition, recognise
from kiosk.domain.cards import IdentityCard
from kiosk.domain.identity import mask_name
from kiosk.domain.lessons import first_lesson
from kiosk.domain.sentences import Sentence
from kiosk.ui.courses import Course
from kiosk.ui.journeys import Step
from kiosk.ui.lessons import GroupClass, OpenLesson


class Gathering:
    """The part of a visit that belongs to nobody: cards are laid down one after another, and none ends it."""

    def __init__(self, course: Course) -> None:
        """Move this course."""
        self._course = course

    @property
    def is_open(self) -> bool:
        """Return whether a group is being taught."""
        return self._group is not None

    def open(self, hazard_class: str, staff: Staff) -> None:
        """Wait for members of a class that an attendant gives; nothing happens without its course."""
        course = published_course(self._course.hall, hazard_class)
        if course is not None:
            self._course.clear()
            self._course.session.lesson = OpenLesson(course, first_lesson(course), group=GroupClass(staff))
            self._course.show(Step.GROUP_JOIN)

    def presented(self, card: IdentityCard) -> None:
        """A card was laid down: somebody joins, or signs; on any other page it changes nothing."""
        group = self._group
        if group is not None and self._course.step is Step.GROUP_JOIN:
            self._join(group, recognise(self._course.hall, card))
        elif group is not None and self._course.step is Step.GROUP_ROLL:
            self._sign(group, recognise(self._course.hall, card))
        self._course.stay()

    def unreadable(self, sentence: Sentence) -> None:
        """A card could not be read; the group stays."""
        if self._group is not None:
            self._group.said = sentence
        self._course.stay()

    def begin(self) -> None:
        """Begin with the first page, as soon as somebody is there."""
        opened, group = self._course.session.lesson, self._group
        if opened is not None and group is not None and group.members:
            group.said = None
            self._course.forward(opened.step)

    def _join(self, group: GroupClass, met: Recognition) -> None:
        if met.acquaintance is Acquaintance.TOO_YOUNG:
            self._send_home(group)
        elif met.acquaintance is not Acquaintance.KNOWN:
            group.said = Sentence("lesson.group.unknown")
        else:
            check_in(self._course.hall, met)
            name = group.members[met.worker] = mask_name(met.card.display_name)
            group.said = Sentence("lesson.group.joined", {"name": name})

    def _send_home(self, group: GroupClass) -> None:
        """Tell a child kindly; of it a count alone is left, on whichever page it laid a card down."""
        count_anonymously(self._course.hall, "too_young")
        group.said = Sentence("lesson.group.too_young")

    def _sign(self, group: GroupClass, met: Recognition) -> None:
        if met.acquaintance is Acquaintance.TOO_YOUNG:
            self._send_home(group)
        elif met.worker not in group.members:
            group.said = Sentence("lesson.group.not_taught")
        elif met.worker in group.signed:
            group.said = Sentence("lesson.group.has_signed")
        else:
            group.signing, group.said = met.worker, None
            self._course.turn(Step.SIGN_CLASS)

    @property
    def _group(self) -> GroupClass | None:
        lesson = self._course.session.lesson
        return lesson.group if lesson is not None else None
