"""The marker's content as values: what must be remembered outside the database; no field ever falls."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Protocol

from kiosk.domain.quotas import NumberSet

_MOST_COUNTERS = 8


class ForeignStream(ValueError):
    """A commit of another stream than the marker's: a defect, or a copy that runs beside its original."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest commit of one stream. `counters` are the last numbers handed out of each day's series."""

    stream: str
    boot: str
    fingerprint: str
    head: int
    head_hash: str
    counters: Mapping[str, int] = field(default_factory=dict)
    turn: int = 0


@dataclass(frozen=True, slots=True)
class OlderStream:
    """A stream that ended on this machine, with all that it was ever given."""

    stream: str
    head: int
    granted: Mapping[str, NumberSet] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GrantedMark:
    """All numbers ever granted to the stream, by quota, and the streams before it."""

    stream: str
    granted: Mapping[str, NumberSet] = field(default_factory=dict)
    older: tuple[OlderStream, ...] = ()


class MarkFiles(Protocol):
    """Where a marker is kept. Whoever holds `locked` is alone among all processes of the machine."""

    def locked(self) -> AbstractContextManager[None]:
        """Hold the one lock."""
        ...

    def read(self) -> Mark | None:
        """Return the newest mark, None when there is none."""
        ...

    def write(self, mark: Mark) -> None:
        """Keep a mark durably."""
        ...

    def read_granted(self) -> GrantedMark | None:
        """Return what was granted, None when nothing readable was ever written."""
        ...

    def write_granted(self, mark: GrantedMark) -> None:
        """Keep what was granted durably."""
        ...


def begin(
    files: MarkFiles, stream: str, boot: str, fingerprint: str, ended: OlderStream | None = None
) -> None:
    """Start a new stream at head 0; the one before joins the older streams, its counters stay.

    `ended` is what the database tells of the stream that ends: where the marker was lost, or is another
    stream's, nobody else knows what that stream was given.
    """
    with files.locked():
        before, known = files.read(), files.read_granted()
        older = known.older if known else ()
        if before is not None:
            granted = known.granted if known and known.stream == before.stream else {}
            older = _joined(older, OlderStream(before.stream, before.head, granted))
        if ended is not None:
            older = _joined(older, ended)
        counters = before.counters if before else {}
        turn = before.turn + 1 if before else 0
        files.write_granted(GrantedMark(stream, {}, older))
        files.write(Mark(stream, boot, fingerprint, 0, "", counters, turn))


def raise_head(
    files: MarkFiles,
    stream: str,
    head: int,
    head_hash: str,
    counters: Mapping[str, int],
    boot: str | None = None,
) -> None:
    """Follow a commit. Raises ForeignStream.

    A commit of a stream that the other process ended just now needs no marker: nobody can spend that
    stream's numbers any more.
    """
    with files.locked():
        now = files.read()
        if now is None or now.stream != stream:
            if has_ended(files.read_granted(), stream):
                return
            raise ForeignStream("the marker belongs to another stream")
        raised = followed(now, head, head_hash, counters, boot)
        if raised != now:
            files.write(replace(raised, turn=now.turn + 1))


def raise_granted(files: MarkFiles, stream: str, rights: Mapping[str, NumberSet]) -> None:
    """Remember granted numbers before the database does. Raises ForeignStream."""
    with files.locked():
        known = files.read_granted()
        if known is None or known.stream != stream:
            raise ForeignStream("the marker belongs to another stream")
        merged = merged_rights(known.granted, rights)
        if merged != known.granted:
            files.write_granted(replace(known, granted=merged))


def mend_granted(
    files: MarkFiles, stream: str, granted: Mapping[str, NumberSet], older: tuple[OlderStream, ...]
) -> None:
    """Make what was granted right again at a start at which marker and database are of one stream.

    A crash may have left the file unreadable, or begun it for a stream that never came to be. The database
    tells the rest: whatever it was not told yet was never spent.
    """
    with files.locked():
        known = files.read_granted()
        whole = mended(known, stream, granted, older)
        if whole != known:
            files.write_granted(whole)


def mended(
    known: GrantedMark | None, stream: str, granted: Mapping[str, NumberSet], older: tuple[OlderStream, ...]
) -> GrantedMark:
    """Return everything that file and database together know of a stream and of those before it."""
    before = known.older if known else ()
    for item in older:
        before = _joined(before, item)
    own = known.granted if known and known.stream == stream else {}
    for item in before:
        own = merged_rights(own, item.granted) if item.stream == stream else own
    others = tuple(item for item in before if item.stream != stream)
    return GrantedMark(stream, merged_rights(own, granted), others)


def followed(
    now: Mark, head: int, head_hash: str, counters: Mapping[str, int], boot: str | None = None
) -> Mark:
    """Return the mark after a commit of its stream, whichever of two commits comes first."""
    if head < now.head:
        head, head_hash = now.head, now.head_hash
    merged = _highest(now.counters, counters)
    return Mark(now.stream, boot or now.boot, now.fingerprint, head, head_hash, merged, now.turn)


def has_ended(known: GrantedMark | None, stream: str) -> bool:
    """Return whether a stream came before the marker's."""
    return known is not None and any(item.stream == stream for item in known.older)


def merged_rights(known: Mapping[str, NumberSet], more: Mapping[str, NumberSet]) -> dict[str, NumberSet]:
    """Return the union of each quota's numbers."""
    merged = dict(known)
    for quota, numbers in more.items():
        merged[quota] = merged.get(quota, NumberSet()) | numbers
    return merged


def _joined(older: tuple[OlderStream, ...], ended: OlderStream) -> tuple[OlderStream, ...]:
    same = next((item for item in older if item.stream == ended.stream), None)
    if same is None:
        return (*older, ended)
    whole = OlderStream(ended.stream, max(same.head, ended.head), merged_rights(same.granted, ended.granted))
    return tuple(whole if item is same else item for item in older)


def _highest(known: Mapping[str, int], raised: Mapping[str, int]) -> dict[str, int]:
    """Return the maximum of each counter; only the newest few series are kept, for older days are over."""
    merged = dict(known)
    for name, value in raised.items():
        highest = max(merged.pop(name, 0), value)
        merged[name] = highest
    return dict(list(merged.items())[-_MOST_COUNTERS:])
