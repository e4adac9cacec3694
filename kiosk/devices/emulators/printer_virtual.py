"""An emulated printer on a wire of its own time: nothing waits, hours pass in seconds, the same every time.

Time passes where the driver waits: for an answer, for room in the wire, for a connection. Paper moves
meanwhile, late replies arrive, and whatever was ordered for that time happens.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.devices.emulators.printer_machine import Machine
from kiosk.devices.emulators.printer_stops import Stop, Stops
from kiosk.devices.profiles import DOTS_PER_MM

CONNECT_S = 1.0
STOPPED_S = 1.0
"""What passes at every question to a printer that stands still, so that help is on its way."""
HELD_S = 3.0
"""What passes at every question to a printer whose slip nobody takes."""
LOOK_S = 0.02
RECEIVE_MAX_BYTES = 700


class PluggedOutError(OSError):
    """The wire is gone."""


@dataclass(slots=True)
class VirtualPrinter:
    """A machine at the end of a wire, as a driver's link; `lost` makes the error the driver knows.

    `late_s` is how long what stands behind the cut is on its way. Dice cut what is sent into pieces.
    """

    machine: Machine
    dice: random.Random
    lost: Callable[[str], Exception] = PluggedOutError
    late_s: float = 0.0
    bytes_per_s: int = 500_000
    stops: Stops = field(default_factory=Stops)
    now_s: float = 0.0
    is_stalled: bool = False
    _is_open: bool = False
    _orders: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _arrivals: list[tuple[float, int, bytes]] = field(default_factory=list)
    _counted: int = 0
    _behind_s: float = 0.0

    def monotonic(self) -> float:
        """Return the wire's own second."""
        return self.now_s

    def later(self, after_s: float, order: Callable[[], None]) -> None:
        """Let something happen when so much time has passed."""
        self._counted += 1
        heapq.heappush(self._orders, (self.now_s + after_s, self._counted, order))

    def open(self) -> None:
        """Connect; it takes a moment, and without power it fails."""
        self.pass_time(CONNECT_S)
        if not self.machine.is_powered:
            raise self.lost("nobody answers")
        self._is_open = True

    def close(self) -> None:
        """Hang up; what is still on its way back is heard by whoever connects next."""
        self._is_open = False

    def send(self, chunk: bytes, timeout_s: float) -> int:
        """Return how many bytes the printer took in."""
        self._pass_look()
        self._check_open()
        if self._is_blocked():
            self.pass_time(timeout_s)
            self._check_open()
            if self._is_blocked():
                return 0
        size = self.stops.room(min(len(chunk), self.dice.randint(1, RECEIVE_MAX_BYTES)))
        self.machine.receive(chunk[:size])
        self.stops.receive(size)
        self._meet_stops()
        self._post()
        return size

    def receive(self, timeout_s: float) -> bytes:
        """Return what has arrived, passing time until something does."""
        self._pass_look()
        self._check_open()
        self._post()
        if not self._has_arrived():
            soonest = self._arrivals[0][0] - self.now_s if self._arrivals else timeout_s
            self.pass_time(min(timeout_s, max(soonest, LOOK_S)))
            self._check_open()
        heard = b""
        while self._has_arrived():
            heard += heapq.heappop(self._arrivals)[2]
        return heard

    def pass_time(self, seconds: float) -> None:
        """Let time pass: paper moves, and what was ordered for this time happens."""
        until = self.now_s + seconds
        while self._orders and self._orders[0][0] <= until:
            at, _, order = heapq.heappop(self._orders)
            self._print(at - self.now_s)
            self.now_s = max(self.now_s, at)
            order()
        self._print(until - self.now_s)
        self.now_s = until
        self._post()

    def power_off(self) -> None:
        """Lose the power; whoever is connected is cut off."""
        self.machine.change("power_off")
        self._arrivals.clear()
        self._is_open = self.is_stalled = False

    def _print(self, seconds: float) -> None:
        if seconds > 0:
            self.machine.work(max(1, round(seconds * self.machine.dialect.speed_mm_s * DOTS_PER_MM)))

    def _pass_look(self) -> None:
        now = self.machine.condition
        self.pass_time(STOPPED_S if now.is_stopped else HELD_S if now.has_ticket and now.is_left else LOOK_S)

    def _is_blocked(self) -> bool:
        return self.is_stalled or self.machine.is_full

    def _has_arrived(self) -> bool:
        return bool(self._arrivals) and self._arrivals[0][0] <= self.now_s

    def _check_open(self) -> None:
        if not self._is_open:
            raise self.lost("the line is dead")

    def _meet_stops(self) -> None:
        due = self.stops.due()
        self.is_stalled = self.is_stalled or Stop.STALL in due
        if Stop.CLOSE in due:
            self._is_open = False
        if Stop.POWER in due:
            self.power_off()

    def _post(self) -> None:
        """Put on the wire what the printer has said since."""
        while self.machine.urgent:
            self._send_back(self.machine.urgent.popleft(), 0)
        while self.machine.behind:
            self._behind_s = max(self._behind_s, self.now_s + self.late_s)  # a wire keeps their order
            self._send_back(self.machine.behind.popleft(), self._behind_s - self.now_s)

    def _send_back(self, reply: bytes, after_s: float) -> None:
        self._counted += 1
        heapq.heappush(self._arrivals, (self.now_s + after_s, self._counted, reply))
