"""The marker's files: what the database must remember, kept outside it, so that an old copy put back is seen.

| file | content | written |
| --- | --- | --- |
| `marker` | two slots of 4096 bytes: CRC-32 in hex, turn, JSON, new line | after every commit |
| `marker-rights.json` | ranges granted to each quota; older streams and theirs | before a grant |

The slots are written in turn and in place, so a head costs one flush, a torn write leaves the other slot
whole, and a full disk cannot stop it. Either process may write; one lock on `marker` orders them. What may
rise and when is told by `kiosk.protocol.marks`.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kiosk.actions.faults import IntegrityFault, StorageFault
from kiosk.domain.quotas import NumberSet
from kiosk.domain.sentences import Sentence
from kiosk.protocol import marks
from kiosk.protocol.marks import ForeignStream, GrantedMark, Mark, OlderStream
from kiosk.storage.keys import sync_folder

_SLOT_BYTES = 4096
_SLOTS = 2
_CHECK_CHARACTERS = 8
_WRITTEN = ("stream", "boot", "fingerprint", "head", "head_hash", "counters")

_Json = dict[str, Any]


class Marker:
    """The marker in one folder, better on another partition than the database; safe from any thread."""

    def __init__(self, folder: Path) -> None:
        """Name the files; nothing is touched yet."""
        self._path = folder / "marker"
        self._rights_path = folder / "marker-rights.json"
        self._held = threading.local()
        self._written: tuple[bytes, Mark] | None = None
        """Both slots as this process left them, with what they tell; read again only where they differ."""

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of `marker`; a disk that fails meanwhile is told as StorageFault."""
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                self._held.handle = handle
                yield
            finally:
                self._held.handle = None
                os.close(handle)  # gives the lock back
        except OSError as fault:
            raise StorageFault(Sentence("storage.marker_unwritable")) from fault

    def read(self) -> Mark | None:
        """Return the newest whole slot, or None when there is none."""
        handle = getattr(self._held, "handle", None)
        if handle is not None:
            return self._newest(handle)
        if not self._path.exists():
            return None
        with self.locked():
            return self._newest(self._held.handle)

    def write(self, mark: Mark) -> None:
        """Write the slot whose turn it is; only whoever holds the lock may."""
        handle = self._held.handle
        if os.fstat(handle).st_size < _SLOTS * _SLOT_BYTES:
            # Both slots are allocated at once and made durable with their size, so later writes need no room.
            os.pwrite(handle, b" " * (_SLOTS * _SLOT_BYTES), 0)
            os.fsync(handle)
            sync_folder(self._path.parent)
        os.pwrite(handle, _slot(mark), mark.turn % _SLOTS * _SLOT_BYTES)
        os.fdatasync(handle)
        self._written = os.pread(handle, _SLOTS * _SLOT_BYTES, 0), mark

    def read_granted(self) -> GrantedMark | None:
        """Return what was granted, or None when nothing was ever written or it is unreadable."""
        try:
            content = json.loads(self._rights_path.read_text(encoding="utf-8"))
            older = tuple(
                OlderStream(item["stream"], item["head"], _numbers_of(item["granted"]))
                for item in content["older"]
            )
            return GrantedMark(content["stream"], _numbers_of(content["granted"]), older)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write_granted(self, mark: GrantedMark) -> None:
        """Write the file of grants aside, flush it, and put it in its place."""
        aside = self._rights_path.with_suffix(".new")
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(_json_of(mark), file)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(self._rights_path)
        sync_folder(self._rights_path.parent)

    def raise_head(
        self, stream: str, head: int, head_hash: str, counters: Mapping[str, int], boot: str | None = None
    ) -> None:
        """Follow a commit. Raises IntegrityFault for another stream's: a defect, or a copy beside us."""
        try:
            marks.raise_head(self, stream, head, head_hash, counters, boot)
        except ForeignStream as defect:
            raise IntegrityFault(str(defect)) from defect

    def raise_granted(self, stream: str, rights: Mapping[str, NumberSet]) -> None:
        """Remember granted numbers before the database does. Raises IntegrityFault as `raise_head` does."""
        try:
            marks.raise_granted(self, stream, rights)
        except ForeignStream as defect:
            raise IntegrityFault(str(defect)) from defect

    def _newest(self, handle: int) -> Mark | None:
        both, written = os.pread(handle, _SLOTS * _SLOT_BYTES, 0), self._written
        return written[1] if written is not None and written[0] == both else _newest_in(both)


def _newest_in(both: bytes) -> Mark | None:
    slots = (_checked(both[at : at + _SLOT_BYTES]) for at in range(0, len(both), _SLOT_BYTES))
    turn, text = max((slot for slot in slots if slot is not None), default=(0, b""))
    return Mark(**json.loads(text.decode()), turn=turn) if text else None


def _checked(slot: bytes) -> tuple[int, bytes] | None:
    """Return the turn and the text of a whole slot, None of a torn or empty one."""
    check, _, content = slot.partition(b"\n")[0].partition(b" ")
    if check != _check(content):
        return None
    turn, _, text = content.partition(b" ")
    return int(turn), text


def _slot(mark: Mark) -> bytes:
    fields = {name: getattr(mark, name) for name in _WRITTEN}
    content = b"%d %s" % (mark.turn, json.dumps(fields).encode())
    slot = (_check(content) + b" " + content + b"\n").ljust(_SLOT_BYTES)
    if len(slot) != _SLOT_BYTES:
        raise IntegrityFault("a marker must fit its slot")
    return slot


def _check(text: bytes) -> bytes:
    return f"{zlib.crc32(text):0{_CHECK_CHARACTERS}x}".encode()


def _json_of(mark: GrantedMark) -> _Json:
    older = [
        {"stream": item.stream, "head": item.head, "granted": _ranges_of(item.granted)} for item in mark.older
    ]
    return {"stream": mark.stream, "granted": _ranges_of(mark.granted), "older": older}


def _ranges_of(rights: Mapping[str, NumberSet]) -> _Json:
    return {quota: numbers.pairs for quota, numbers in rights.items()}


def _numbers_of(rights: _Json) -> dict[str, NumberSet]:
    return {quota: NumberSet.of_pairs(ranges) for quota, ranges in rights.items()}
