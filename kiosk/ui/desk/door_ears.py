"""What scanner and reader tell the door of a coach, on the screen's own thread."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions.faults import Refused, WorldFault
from kiosk.actions.scan_readings import Reading
from kiosk.domain.cards import IdentityCard
from kiosk.ui.desk.door import DoorPage
from kiosk.ui.presenting import Say, spoken


class DoorEars:
    """Hands on what is heard, and says what failed; it needs nobody to be signed in."""

    def __init__(
        self,
        door: DoorPage,
        say: Callable[[], Say],
        tell: Callable[[str, str], None],
        on_change: Callable[[], None],
    ) -> None:
        """Speak to this page; `tell` shows how something went, `on_change` is called after each word."""
        self._door = door
        self._say = say
        self._tell = tell
        self._on_change = on_change

    def hear_paper(self, reading: Reading) -> None:
        """A code was scanned."""
        self._hear(lambda: self._door.hear_paper(reading))

    def card_laid(self, card: IdentityCard) -> None:
        """A card was read."""
        self._hear(lambda: self._door.card_laid(card))

    def card_lifted(self) -> None:
        """The card was lifted."""
        self._hear(self._door.card_lifted)

    def not_read(self) -> None:
        """A card or code could not be read."""
        self._hear(self._door.not_read)

    def _hear(self, act: Callable[[], None]) -> None:
        try:
            act()
        except (Refused, WorldFault) as fault:
            self._tell("stop", spoken(self._say(), fault.sentence))
        self._on_change()
