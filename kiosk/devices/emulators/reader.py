"""An emulated ID-card reader, byte for byte: `python -m kiosk.devices.emulators.reader --link … --control …`.

It appears as a serial port (a symbolic link to a pseudo terminal) or a TCP port, and is moved by lines of
JSON on a unix socket, each answered by one line with `ok`:

    {"do": "lay", "card": {"name": …, "number": …}, "addresses": []}
    {"do": "lift"}
    {"do": "misbehave", "how": "truncated", "times": 1, "on": "30 01", "late_s": 2.0, "at": 700}
    {"do": "status"}
    {"do": "quit"}

`--help` lists every misbehaviour by name. A misbehaviour lasts until the next one, or `times` answers.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections import Counter
from collections.abc import Mapping

from kiosk.devices.emulators.cards import card_from_values
from kiosk.devices.emulators.control_sockets import Deed
from kiosk.devices.emulators.plugged_lines import PluggedLine, add_line_options, line_of, serve_orders
from kiosk.devices.emulators.reader_faults import (
    MEANINGS,
    READ,
    READ_WITH_FINGERS,
    Misbehaviour,
    Mischief,
    Piece,
    mischief_from_values,
)
from kiosk.devices.emulators.reader_lines import Line
from kiosk.devices.emulators.reader_module import SecurityModule
from kiosk.devices.sdt.commands import BAD_CHECKSUM, OK
from kiosk.devices.sdt.frames import SHORTEST_REQUEST, FrameScanner, encode_reply
from kiosk.domain.cards import IdentityCard

REAL_CARD_S = 0.9
REAL_BYTE_S = 10 / 115200
_PIECE_BYTES = 64
_STATUS_AT = 9
_BAD_CHECKSUM = encode_reply(BAD_CHECKSUM)


class ReaderEmulator:
    """One module, one card and one line, run by a thread of its own; safe to move from any other thread."""

    def __init__(self, line: Line, module: SecurityModule, *, is_real_pace: bool = False) -> None:
        """Answer on `line`; at real pace a card takes 0.9 s and bytes flow at 115,200 baud."""
        self._line = PluggedLine("reader emulator", line, self._serve)
        self._module = module
        self._card_s = REAL_CARD_S if is_real_pace else 0.0
        self._byte_s = REAL_BYTE_S if is_real_pace else 0.0
        self._mischief = Mischief()
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()

    def start(self) -> None:
        """Plug the line in and answer."""
        self._line.start()

    def stop(self) -> None:
        """Pull the line out and end the thread."""
        self._line.stop()

    def lay(self, card: IdentityCard, addresses: tuple[str, ...] = ()) -> None:
        """Lay a card on the reader; raises `ValueError` when a field is too long for its kind."""
        with self._lock:
            self._module.lay(card, addresses)

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._module.lift()

    def misbehave(self, mischief: Mischief) -> None:
        """Misbehave so from the next request on; the plug is pulled or put back at once."""
        with self._lock:
            self._mischief = mischief
        if mischief.how is Misbehaviour.UNPLUG:
            self._line.pull()
        else:
            self._line.put_back()

    def status(self) -> dict[str, object]:
        """Return whether a card lies there, the misbehaviour, and how often each command came."""
        with self._lock:
            return {
                "card": self._module.has_card,
                "misbehaviour": self._mischief.how.value,
                "asked": dict(self._asked),
            }

    def _serve(self) -> None:
        """Answer until the plug is pulled; a module that was without power has nothing selected."""
        with self._lock:
            self._module.drop_selection()
        scanner = FrameScanner(SHORTEST_REQUEST)
        damaged = 0
        while not self._line.is_out:
            scanner.feed(self._line.receive())
            while (request := scanner.take()) is not None:
                self._answer(request)
            if scanner.damaged > damaged:
                damaged = scanner.damaged
                self._line.send(_BAD_CHECKSUM)

    def _answer(self, request: bytes) -> None:
        with self._lock:
            takes_time = (
                request.startswith((READ, READ_WITH_FINGERS))
                and self._module.answer(request)[_STATUS_AT] == OK
            )
        if takes_time:
            self._line.wait(self._card_s)  # and the card may be lifted meanwhile
        with self._lock:
            self._asked[request[:2].hex(" ")] += 1
            reply = self._module.answer(request)
            mischief = self._mischief
            strikes = mischief.strikes(request)
            pieces = list(mischief.spoil(reply)) if strikes else [Piece(0.0, reply)]
        for piece in pieces:
            self._line.wait(piece.wait_s)
            self._send(piece.content)
        if strikes:
            self._follow(mischief.how)

    def _follow(self, how: Misbehaviour) -> None:
        """Do what a misbehaviour does behind the answer."""
        match how:
            case Misbehaviour.LOSES_SELECTION:
                with self._lock:
                    self._module.drop_selection()
            case Misbehaviour.LIFT_AT:
                self.lift()
            case Misbehaviour.UNPLUG_AT:
                self._line.pull()
            case _:
                pass

    def _send(self, content: bytes) -> None:
        """Send at the pace of the line, unless the plug is pulled meanwhile."""
        for at in range(0, len(content), _PIECE_BYTES):
            if self._line.is_out:
                return
            piece = content[at : at + _PIECE_BYTES]
            self._line.wait(len(piece) * self._byte_s)
            self._line.send(piece)


def deeds_of(emulator: ReaderEmulator) -> dict[str, Deed]:
    """Return what the control socket of an emulator can be asked to do."""

    def lay(request: Mapping[str, object]) -> dict[str, object]:
        values, addresses = request["card"], request.get("addresses") or []
        if not isinstance(values, dict) or not isinstance(addresses, list):
            raise TypeError("a card is an object, addresses are a list")
        emulator.lay(card_from_values(values), tuple(str(address) for address in addresses))
        return {}

    def lift(_: Mapping[str, object]) -> dict[str, object]:
        emulator.lift()
        return {}

    def misbehave(request: Mapping[str, object]) -> dict[str, object]:
        emulator.misbehave(mischief_from_values(request))
        return {}

    return {"lay": lay, "lift": lift, "misbehave": misbehave, "status": lambda _: emulator.status()}


def main(arguments: list[str] | None = None) -> int:
    """Run an emulated reader until it is told to quit or gets SIGTERM; return the exit code."""
    options = _options(arguments)
    line = line_of(options)
    module = SecurityModule(is_lenient=options.lenient, fingers=options.fingers)
    emulator = ReaderEmulator(line, module, is_real_pace=options.pace == "real")
    return serve_orders("reader", emulator, deeds_of(emulator), line, options)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="kiosk emulate reader",
        description="An emulated reader of second-generation ID cards, strict as most modules or lenient.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=_orders(),
    )
    add_line_options(parser)
    parser.add_argument("--lenient", action="store_true", help="find and select a selected card again")
    parser.add_argument(
        "--pace", choices=("real", "free"), default="real", help="a card a second, or at once"
    )
    parser.add_argument("--fingers", type=int, choices=(0, 1, 2), default=0, help="fingerprints on the cards")
    return parser.parse_args(arguments)


def _orders() -> str:
    """Return what can be said on the control socket, and what each misbehaviour means."""
    lines = [f"  {how.value:<20}{meaning}" for how, meaning in MEANINGS.items()]
    orders = (
        '  {"do": "lay", "card": {"number": "11010119900307002X", "name": "…"}, "addresses": []}',
        '  {"do": "misbehave", "how": "truncated", "times": 1, "on": "30 01", "at": 700}',
        '  {"do": "lift"}   {"do": "status"}   {"do": "quit"}',
    )
    return "\n".join(("orders, a line of JSON each:", *orders, "", "misbehaviours:", *lines))


if __name__ == "__main__":
    sys.exit(main())
