"""Who hears reader and scanner now: a coach's door that stands open, the desk, or the visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loaded behind the first screen, which is painted without them
    from kiosk.actions.scan_readings import Reading
    from kiosk.domain.cards import IdentityCard
    from kiosk.domain.sentences import Sentence
    from kiosk.ui.desk.door_ears import DoorEars
    from kiosk.ui.views.admin.desk_screen import DeskScreen
    from kiosk.ui.visit import Visit


class Ears:
    """What devices say goes to one place only, so that nobody is welcomed by a visit and a door at once."""

    def __init__(self, visit: Callable[[], Visit], desk: Callable[[], DeskScreen | None]) -> None:
        """Ask for visit and desk whenever something is said: a desk is made when it is first opened."""
        self._visit = visit
        self._desk = desk
        self._is_closed = False

    def close(self) -> None:
        """Hear nothing from now on: this machine is no kiosk any more."""
        self._is_closed = True

    def hear_scan(self, reading: Reading) -> None:
        """A code was scanned: it is for a coach's door, for a page of the desk, or gets a page of its own."""
        from kiosk.actions.scan_readings import CardReading

        if self._is_closed:
            return

        desk = self._desk()
        if (door := self._door) is not None:
            door.hear_paper(reading)
        elif isinstance(reading, CardReading):
            self._visit().practising.begin()
        elif desk is None or not desk.hear_scan(reading):
            self._visit().show_scan(reading)

    def hear_scan_failed(self, sentence: Sentence) -> None:
        """A code was held before the scanner that could not be read."""
        if self._is_closed:
            return
        if (door := self._door) is not None:
            door.not_read()
        else:
            self._visit().scan_failed(sentence)

    def card_sensed(self) -> None:
        """A card lies on the reader."""
        if self._is_closed:
            return
        if self._door is None and self._asking is None:
            self._visit().card_sensed()

    def card_presented(self, card: IdentityCard) -> None:
        """A card was read."""
        if self._is_closed:
            return
        if (door := self._door) is not None:
            door.card_laid(card)
        elif (asking := self._asking) is not None:
            asking.card_laid(card.number)
        else:
            self._visit().card_presented(card)

    def card_unreadable(self, sentence: Sentence) -> None:
        """A card could not be read."""
        if self._is_closed:
            return
        if (door := self._door) is not None:
            door.not_read()
        elif (asking := self._asking) is not None:
            asking.card_laid("")
        else:
            self._visit().card_unreadable(sentence)

    def card_removed(self) -> None:
        """The card was lifted; a visit that was open before the door was hears of it, too."""
        if (door := self._door) is not None:
            door.card_lifted()
        self._visit().card_removed()

    @property
    def _asking(self) -> DeskScreen | None:
        """Return the desk while it asks for a card: nobody is met by it then."""
        desk = self._desk()
        return desk if desk is not None and desk.wants_card else None

    @property
    def _door(self) -> DoorEars | None:
        """Return the door of a coach while it stands open."""
        desk = self._desk()
        return desk.door if desk is not None and desk.is_at_door else None
