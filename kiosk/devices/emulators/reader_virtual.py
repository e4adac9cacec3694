"""An emulated reader in a time of its own: the driver's line and clock at once, without thread or waiting.

Nothing happens but what the driver waits for: a read runs to the next byte or to its deadline, a pause to its
end, and whatever was planned for a moment in between is done at that moment. So thousands of cards pass in a
second, and the same plan always gives the same morning.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count

from kiosk.devices.emulators.reader_faults import (
    READ,
    READ_WITH_FINGERS,
    Misbehaviour,
    Mischief,
    Piece,
)
from kiosk.devices.emulators.reader_module import SecurityModule
from kiosk.devices.sdt.commands import BAD_CHECKSUM, OK
from kiosk.devices.sdt.frames import SHORTEST_REQUEST, FrameScanner, encode_reply
from kiosk.devices.transports import LossCause, TransportLost

CARD_S = 0.9
BYTE_S = 10 / 115200
_STATUS_AT = 9


class VirtualReader:
    """A `Transport` with a module behind it, and the clock both live by."""

    def __init__(self, module: SecurityModule, *, card_s: float = CARD_S) -> None:
        """Begin at second 0, plugged in and well-behaved; reading a card takes `card_s`."""
        self.module = module
        self.mischief = Mischief()
        self.is_plugged_in = True
        self._card_s = card_s
        self._now = 0.0
        self._free_at = 0.0
        self._plan: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._requests = FrameScanner(SHORTEST_REQUEST)
        self._damaged = 0
        self._arrived = bytearray()

    def monotonic(self) -> float:
        """Return the second it is."""
        return self._now

    def pause(self, duration_s: float) -> None:
        """Let time pass."""
        self._run_until(self._now + duration_s)

    def after(self, delay_s: float, act: Callable[[], None]) -> None:
        """Do something so many seconds from now, in the middle of whatever the driver does then."""
        self._at(self._now + delay_s, act)

    def plug_out(self) -> None:
        """Pull the plug: the module forgets what was selected, and nothing of its answer arrives any more."""
        self.is_plugged_in = False
        self._arrived.clear()
        self.module.drop_selection()

    def plug_in(self) -> None:
        """Put the plug back."""
        self.is_plugged_in = True
        self._requests = FrameScanner(SHORTEST_REQUEST)
        self._damaged = 0

    # --- the driver's line ------------------------------------------------------------------------

    def open(self) -> VirtualReader:
        """Open the line; raises `TransportLost` while the plug is out."""
        if not self.is_plugged_in:
            raise TransportLost(LossCause.MISSING)
        return self

    def write(self, message: bytes) -> None:
        """Take a request and plan its answer."""
        self._require_plug()
        self._requests.feed(message)
        while (request := self._requests.take()) is not None:
            self._plan_answer(request)
        if self._requests.damaged > self._damaged:
            self._damaged = self._requests.damaged
            self._send(0.0, encode_reply(BAD_CHECKSUM))

    def read(self, deadline: float) -> bytes:
        """Return what has arrived by the deadline, or nothing; time passes until then."""
        while True:
            self._require_plug()
            if self._arrived:
                arrived = bytes(self._arrived)
                self._arrived.clear()
                return arrived
            if self._now >= deadline:
                return b""
            self._run_until(min(deadline, self._plan[0][0]) if self._plan else deadline)

    def flush_input(self) -> None:
        """Forget what has arrived."""
        self._require_plug()
        self._arrived.clear()

    def set_baud(self, baud: int) -> None:
        """Take any speed."""
        self._require_plug()

    def close(self) -> None:
        """Give the line back."""

    # --- inside -----------------------------------------------------------------------------------

    def _require_plug(self) -> None:
        if not self.is_plugged_in:
            raise TransportLost(LossCause.UNPLUGGED)

    def _plan_answer(self, request: bytes) -> None:
        """Answer once the module has worked; the card may be lifted meanwhile."""
        is_reading = request.startswith((READ, READ_WITH_FINGERS))
        works = is_reading and self.module.answer(request)[_STATUS_AT] == OK
        self._at(self._now + (self._card_s if works else 0.0), lambda: self._answer(request))

    def _answer(self, request: bytes) -> None:
        if not self.is_plugged_in:
            return
        reply, mischief = self.module.answer(request), self.mischief
        strikes = mischief.strikes(request)
        at_s = 0.0
        for piece in mischief.spoil(reply) if strikes else (Piece(0.0, reply),):
            at_s += piece.wait_s
            self._send(at_s, piece.content)
        if strikes:
            self._at(self._free_at, lambda: self._follow(mischief.how))

    def _follow(self, how: Misbehaviour) -> None:
        match how:
            case Misbehaviour.LOSES_SELECTION:
                self.module.drop_selection()
            case Misbehaviour.LIFT_AT:
                self.module.lift()
            case Misbehaviour.UNPLUG_AT:
                self.plug_out()
            case _:
                pass

    def _send(self, delay_s: float, content: bytes) -> None:
        """Let bytes arrive at the pace of the line, behind those that are on their way."""
        self._free_at = max(self._free_at, self._now + delay_s) + len(content) * BYTE_S
        self._at(self._free_at, lambda: self._arrive(content))

    def _arrive(self, content: bytes) -> None:
        if self.is_plugged_in:
            self._arrived += content

    def _at(self, moment: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._plan, (moment, next(self._order), act))

    def _run_until(self, moment: float) -> None:
        while self._plan and self._plan[0][0] <= moment:
            self._now, _, act = heapq.heappop(self._plan)
            act()
        self._now = max(self._now, moment)
