"""What a simulated bureau keeps: its database of one moment as dictionaries, and its registry."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from kiosk.messages.events import Event
from kiosk.messages.feed import FeedRow
from kiosk.protocol.doors import Door
from kiosk.protocol.generations import Quarantine
from kiosk.protocol.ports import StreamRecord
from kiosk.protocol.quotas import QuotaState
from tests.simulation.disks import TRIP

_COLLECTIONS = (
    "streams",
    "dead",
    "notices",
    "quotas",
    "placed",
    "hello",
    "order",
    "lost",
    "aside",
    "aboard",
    "rows",
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A placement as the log tells it."""

    worker: str
    stream: str
    spent: tuple[tuple[str, int], ...]
    state: str
    copies: int = 0


@dataclass(slots=True)
class Registry:
    """What no backup holds: the machines that ever spoke, but for those written off by count."""

    machines: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Kept:
    """The bureau's database of one moment."""

    generation: str = "1-a"
    quarantine: Quarantine | None = None
    streams: dict[str, StreamRecord] = field(default_factory=dict)
    log: dict[str, list[Event]] = field(default_factory=dict)
    order: list[tuple[str, Event]] = field(default_factory=list)
    dead: dict[tuple[str, int], str] = field(default_factory=dict)
    aside: set[tuple[str, str]] = field(default_factory=set)
    notices: dict[tuple[str, int], str] = field(default_factory=dict)
    lost: list[tuple[str, int, int]] = field(default_factory=list)
    quotas: dict[str, QuotaState] = field(default_factory=dict)
    placed: dict[str, Placed] = field(default_factory=dict)
    door: Door = field(default_factory=lambda: Door(TRIP))
    is_door_closed: bool = False
    no_coach: Door = field(default_factory=lambda: Door(""))
    aboard: set[str] = field(default_factory=set)
    pos: int = 0
    rows: dict[str, FeedRow] = field(default_factory=dict)
    hello: dict[str, int] = field(default_factory=dict)


def copied(kept: Kept) -> Kept:
    """Return a copy; everything inside the collections is a value that nobody changes."""
    fresh = copy.copy(kept)
    for name in _COLLECTIONS:
        setattr(fresh, name, copy.copy(getattr(kept, name)))
    fresh.log = {stream: list(entries) for stream, entries in kept.log.items()}
    return fresh
