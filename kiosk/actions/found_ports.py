"""What keeping cards that were left behind needs of storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from kiosk.domain.found_cards import FoundCard
from kiosk.domain.ids import NumberHash


class FoundCards(Protocol):
    """The cards that wait for their owners."""

    def waiting(self) -> Sequence[FoundCard]:
        """Return those that were not handed back, the longest waiting first."""
        ...

    def of(self, owner: NumberHash) -> FoundCard | None:
        """Return the card of somebody that waits here, None where none does."""
        ...

    def add(self, card: FoundCard) -> None: ...
    def hand_back(self, card: str, at: datetime) -> None:
        """Note that a card was handed back, and forget by what its owner was known."""
        ...
