"""The marker: what the database must remember, kept outside it, so that an old copy put back is seen.

| file | content | written |
| --- | --- | --- |
| `marker` | two slots of 4096 bytes: CRC-32 in hex, turn, JSON, new line | after every commit |
| `marker-rights.json` | ranges granted to each quota; older streams and theirs | before a grant |

The slots are written in turn and in place, so a head costs one flush, a torn write leaves the other slot
whole, and a full disk cannot stop it. Either process may write; one lock on `marker` orders them, every
field only rises, and only a new stream starts again.
"""

from __future__ import annotations

import fcntl
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from kiosk.actions.faults import IntegrityFault, StorageFault
from kiosk.domain.quotas import NumberRange, NumberSet
from kiosk.domain.sentences import Sentence
from kiosk.storage.keys import sync_folder

_SLOT_BYTES = 4096
_SLOTS = 2
_MOST_COUNTERS = 8
_CHECK_CHARACTERS = 8
_WRITTEN = ("stream", "boot", "fingerprint", "head", "head_hash", "counters")

Ranges = list[list[int]]


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest commit of one stream. `counters` are the last numbers handed out of each day's series."""

    stream: str
    boot: str
    fingerprint: str
    head: int
    head_hash: str
    counters: dict[str, int] = field(default_factory=dict)
    turn: int = 0


@dataclass(frozen=True, slots=True)
class OlderStream:
    """A stream that ended on this machine, with all that it was ever given."""

    stream: str
    head: int
    granted: dict[str, Ranges]


@dataclass(frozen=True, slots=True)
class GrantedMark:
    """All numbers ever granted to the stream, by quota, and the streams before it."""

    stream: str
    granted: dict[str, Ranges] = field(default_factory=dict)
    older: tuple[OlderStream, ...] = ()


class Marker:
    """Reads and raises the marker in one folder, better on another partition than the database."""

    def __init__(self, folder: Path) -> None:
        """Name the files; nothing is touched yet."""
        self._path = folder / "marker"
        self._rights_path = folder / "marker-rights.json"

    def read(self) -> Mark | None:
        """Return the newest whole slot, or None when there is none."""
        if not self._path.exists():
            return None
        with self._locked() as handle:
            return _newest(handle)

    def granted(self) -> GrantedMark | None:
        """Return what was granted, or None when nothing was ever written or it is unreadable."""
        try:
            content = json.loads(self._rights_path.read_text(encoding="utf-8"))
            older = tuple(OlderStream(**item) for item in content["older"])
            return GrantedMark(content["stream"], content["granted"], older)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def begin(self, stream: str, boot: str, fingerprint: str) -> None:
        """Start a new stream at head 0; the one before joins the older streams, its counters stay."""
        with _telling_disk_faults(), self._locked() as handle:
            before = _newest(handle)
            known = self.granted()
            older = known.older if known else ()
            if before is not None:
                granted = known.granted if known and known.stream == before.stream else {}
                older = (*older, OlderStream(before.stream, before.head, granted))
            self._write_rights(GrantedMark(stream, {}, older))
            counters = before.counters if before else {}
            turn = before.turn + 1 if before else 0
            _write(handle, Mark(stream, boot, fingerprint, 0, "", counters, turn))
        sync_folder(self._path.parent)

    def raise_head(
        self, stream: str, head: int, head_hash: str, counters: Mapping[str, int], boot: str | None = None
    ) -> None:
        """Follow a commit; nothing falls. Another stream's commit is a defect."""
        with _telling_disk_faults(), self._locked() as handle:
            now = _newest(handle)
            if now is None or now.stream != stream:
                raise IntegrityFault("the marker belongs to another stream")
            if head < now.head:
                head, head_hash = now.head, now.head_hash
            merged = _merged(now.counters, counters)
            raised = replace(now, boot=boot or now.boot, head=head, head_hash=head_hash, counters=merged)
            if raised != now:
                _write(handle, replace(raised, turn=now.turn + 1))

    def raise_granted(self, stream: str, rights: Mapping[str, NumberSet]) -> None:
        """Remember granted numbers before the database does; ranges are only ever added."""
        with _telling_disk_faults(), self._locked():
            known = self.granted()
            if known is None or known.stream != stream:
                raise IntegrityFault("the marker belongs to another stream")
            merged = dict(known.granted)
            for quota, numbers in rights.items():
                merged[quota] = _ranges(_number_set(merged.get(quota, [])) | numbers)
            if merged != known.granted:
                self._write_rights(replace(known, granted=merged))

    @contextmanager
    def _locked(self) -> Iterator[int]:
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield handle
        finally:
            os.close(handle)  # gives the lock back

    def _write_rights(self, mark: GrantedMark) -> None:
        aside = self._rights_path.with_suffix(".new")
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(mark), file)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(self._rights_path)
        sync_folder(self._rights_path.parent)


@contextmanager
def _telling_disk_faults() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise StorageFault(Sentence("storage.marker_unwritable")) from fault


def _newest(handle: int) -> Mark | None:
    both = os.pread(handle, _SLOTS * _SLOT_BYTES, 0)
    slots = (_checked(both[at : at + _SLOT_BYTES]) for at in range(0, len(both), _SLOT_BYTES))
    turn, text = max((slot for slot in slots if slot is not None), default=(0, b""))
    return Mark(**json.loads(text), turn=turn) if text else None


def _checked(slot: bytes) -> tuple[int, bytes] | None:
    """Return the turn and the text of a whole slot, None of a torn or empty one."""
    check, _, content = slot.partition(b"\n")[0].partition(b" ")
    if check != _check(content):
        return None
    turn, _, text = content.partition(b" ")
    return int(turn), text


def _write(handle: int, mark: Mark) -> None:
    fields = {name: getattr(mark, name) for name in _WRITTEN}
    content = b"%d %s" % (mark.turn, json.dumps(fields).encode())
    slot = (_check(content) + b" " + content + b"\n").ljust(_SLOT_BYTES)
    if len(slot) != _SLOT_BYTES:
        raise IntegrityFault("a marker must fit its slot")
    if os.fstat(handle).st_size < _SLOTS * _SLOT_BYTES:
        # Both slots are allocated at once and made durable with their size, so later writes need no room.
        os.pwrite(handle, b" " * (_SLOTS * _SLOT_BYTES), 0)
        os.fsync(handle)
    os.pwrite(handle, slot, mark.turn % _SLOTS * _SLOT_BYTES)
    os.fdatasync(handle)


def _check(text: bytes) -> bytes:
    return f"{zlib.crc32(text):0{_CHECK_CHARACTERS}x}".encode()


def _merged(known: Mapping[str, int], raised: Mapping[str, int]) -> dict[str, int]:
    """Return the maximum of each counter; only the newest few series are kept, for older days are over."""
    merged = dict(known)
    for name, value in raised.items():
        highest = max(merged.pop(name, 0), value)
        merged[name] = highest
    return dict(list(merged.items())[-_MOST_COUNTERS:])


def _number_set(ranges: Ranges) -> NumberSet:
    return NumberSet.of(NumberRange(first, last) for first, last in ranges)


def _ranges(numbers: NumberSet) -> Ranges:
    return [[item.first, item.last] for item in numbers.ranges]
