"""What goes over a scanner's line when a code is held before it, and the ways that goes wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from kiosk.devices.emulators.reader_faults import Piece

_CUT_S = 0.002
_PIECE_BYTES = 1024


class Ending(StrEnum):
    """What the scanner was set to send behind a code."""

    CR = "cr"
    LF = "lf"
    CRLF = "crlf"
    NONE = "none"


_ENDS = {Ending.CR: b"\r", Ending.LF: b"\n", Ending.CRLF: b"\r\n", Ending.NONE: b""}


@dataclass(frozen=True, slots=True, repr=False)
class Showing:
    """A code held before the scanner, and how it comes over the line.

    `times` is how often in a row the scanner reads it; `byte_s` the pace of each byte, 0 for all at once;
    `cuts` are places where the bytes are torn into separate writes; `before` and `after` are noise around
    code and ending.
    """

    text: str
    ending: Ending = Ending.CR
    encoding: str = "utf-8"
    times: int = 1
    byte_s: float = 0.0
    cuts: tuple[int, ...] = ()
    before: bytes = b""
    after: bytes = b""

    def pieces(self) -> Iterator[Piece]:
        """Yield what is sent, piece by piece, and how long to wait before each."""
        one = self.before + self.text.encode(self.encoding) + _ENDS[self.ending] + self.after
        stream = one * self.times
        if self.byte_s:
            yield from (Piece(self.byte_s, bytes([byte])) for byte in stream)
            return
        inner = {cut for cut in self.cuts if 0 < cut < len(stream)}
        edges = sorted({0, len(stream), *inner, *range(0, len(stream), _PIECE_BYTES)})
        for start, end in pairwise(edges):
            yield Piece(_CUT_S if start in inner else 0.0, stream[start:end])


def showing_from_values(values: Mapping[str, object]) -> Showing:
    """Return a showing from plain values; `before` and `after` are hex. KeyError, ValueError for odd ones."""
    cuts = values.get("cuts") or []
    if not isinstance(cuts, list):
        raise TypeError("cuts are a list of numbers")
    showing = Showing(
        text=str(values["text"]),
        ending=Ending(str(values.get("ending", Ending.CR))),
        encoding=str(values.get("encoding", "utf-8")),
        times=int(str(values.get("times", 1))),
        byte_s=float(str(values.get("byte_s", 0.0))),
        cuts=tuple(int(str(cut)) for cut in cuts),
        before=bytes.fromhex(str(values.get("before", ""))),
        after=bytes.fromhex(str(values.get("after", ""))),
    )
    showing.text.encode(showing.encoding)
    return showing


def values_of(showing: Showing) -> dict[str, object]:
    """Return a showing as plain values that `showing_from_values` understands."""
    return {
        "text": showing.text,
        "ending": showing.ending.value,
        "encoding": showing.encoding,
        "times": showing.times,
        "byte_s": showing.byte_s,
        "cuts": list(showing.cuts),
        "before": showing.before.hex(),
        "after": showing.after.hex(),
    }
