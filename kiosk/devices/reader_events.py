"""What a reader tells: that it came or went, and what became of the card on it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.devices.sdt.commands import ReaderFault
from kiosk.domain.cards import IdentityCard


@dataclass(frozen=True, slots=True)
class ReaderReady:
    """The reader answers; `sam_id` is its security module's number, empty when it tells none."""

    sam_id: str


@dataclass(frozen=True, slots=True)
class ReaderLost:
    """The reader cannot be used until the next `ReaderReady`; `status` is its SW3 where it gave one.

    A card that lay on it is not reported as removed: when the reader is back within five seconds and the same
    card still lies there, its presentation goes on; else `CardRemoved` follows then.
    """

    cause: ReaderFault
    status: int | None = None


@dataclass(frozen=True, slots=True)
class CardSensed:
    """A card was found and reading has begun; it takes about a second."""


@dataclass(frozen=True, slots=True)
class CardPresented:
    """A card was read: at which monotonic second, and how long after it was sensed."""

    card: IdentityCard
    presented_at: float
    read_s: float


@dataclass(frozen=True, slots=True)
class CardUnreadable:
    """The card that lies there cannot be read; `status` is the reader's SW3 where it gave one."""

    cause: ReaderFault
    status: int | None = None


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The card that was presented, or could not be read, is gone."""


ReaderEvent = ReaderReady | ReaderLost | CardSensed | CardPresented | CardUnreadable | CardRemoved
