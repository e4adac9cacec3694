"""What every round shares, by wire or by stick; what is said and heard is told in `kiosk.protocol`."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.clock import Clock
from kiosk.messages.sync import ClockView

_FIRST_RETRY_S = 2.0
_MOST_DOUBLINGS = 16  # a network may be down for weeks, and a float has an end
_YIELD_S = 0.005
"""Pause behind a page, for whoever waits to write; within one, storage pauses between its transactions."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When to speak next. `interval_s` and `jitter` (a share of it) come from settings."""

    interval_s: float
    jitter: float

    def next_after(self, failures: int, draw: float, retry_after_s: float | None) -> float:
        """Return the seconds to wait; `draw` is uniform in [0, 1).

        Failures double the wait from 2 s up to the interval, so that a bureau that comes back is heard
        soon and one that is drowning is not trampled.
        """
        doubled_s = _FIRST_RETRY_S * 2.0 ** min(failures - 1, _MOST_DOUBLINGS)
        base = self.interval_s if failures == 0 else min(self.interval_s, doubled_s)
        spread = base * (1 + self.jitter * (2 * draw - 1))
        return max(spread, retry_after_s or 0.0)


@dataclass(frozen=True, slots=True)
class Attempt:
    """How a round went, for the desk; `problem` is a catalogue key, empty when all went well.

    `heard` is what the bureau's clock said, and at which monotonic second of this machine.
    """

    at: datetime
    problem: str
    heard: tuple[datetime, float] | None = None
    speaks_again: bool = False
    retry_after_s: float | None = None

    @property
    def is_success(self) -> bool:
        """Return whether the bureau answered and everything was stored."""
        return self.problem == ""


def clock_view(clock: Clock, boot: str) -> ClockView:
    """Return what this machine's clocks say now; `boot` names this run of it."""
    return ClockView(wall=clock.now(), boot=boot, boottime_ms=int(clock.monotonic() * 1000))


def yield_turn() -> None:
    """Stay away from the database for a moment, behind a page that was kept."""
    time.sleep(_YIELD_S)
