"""Cards that somebody left behind (遗留证件): what kind, where it lies, and how it came back to its owner.

Nobody's card is ever a pledge (居民身份证法 15): it lies at the desk to be handed back, and for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.domain.cards import CardKind
from kiosk.domain.ids import NumberHash


class FoundKind(StrEnum):
    """What kind of card it is; the first three bear a number by which their owner is known."""

    CITIZEN = "citizen"
    HMT_RESIDENT = "hmt_resident"
    FOREIGN = "foreign"
    DRIVING = "driving"
    BANK = "bank"
    OTHER = "other"

    @property
    def card(self) -> CardKind | None:
        """Return which identity card it is, None where it bears no number that is looked up."""
        return _CARDS.get(self)


_CARDS = {
    FoundKind.CITIZEN: CardKind.CITIZEN,
    FoundKind.HMT_RESIDENT: CardKind.HMT_RESIDENT,
    FoundKind.FOREIGN: CardKind.FOREIGN_2023,
}


class Lies(StrEnum):
    """Where it lies."""

    DRAWER = "drawer"
    SAFE = "safe"
    POLICE = "police"


class Proof(StrEnum):
    """How whoever fetched it proved that it is his."""

    NUMBER = "number"
    """He said its number, which fits."""
    LOOKS = "looks"
    """Its picture, or the name on it and another paper, as a member of staff saw."""


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card that waits for its owner; `number_hash` is empty where nobody knows its number."""

    id: str
    kind: FoundKind
    lies: Lies
    number_hash: NumberHash
    found_at: datetime
