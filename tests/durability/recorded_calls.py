"""The operating system's calls by which Python changes files, watched below one folder.

The marker, the key and their folders are written through `os`; what goes through a file object is seen when
that file is flushed, renamed or opened again. The calls themselves happen as ever, unless a fault stands in
their way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any

from tests.durability.faults import Faults
from tests.durability.recorded_files import Recording

_WRITING = os.O_WRONLY | os.O_RDWR
_WATCHED = ("open", "pwrite", "fsync", "fdatasync", "rename", "replace", "unlink", "mkdir")


@contextmanager
def watching_calls(recording: Recording, faults: Faults) -> Iterator[None]:
    """Note every call below the recording's folder while the block runs."""
    real = {name: getattr(os, name) for name in _WATCHED}
    watched = _Watched(recording, faults, real)
    for name in _WATCHED:
        setattr(os, name, getattr(watched, name))
    try:
        yield
    finally:
        for name, call in real.items():
            setattr(os, name, call)


class _Watched:
    """One method for each watched call, under its name and with its arguments."""

    def __init__(self, recording: Recording, faults: Faults, real: dict[str, Callable[..., Any]]) -> None:
        self._recording = recording
        self._faults = faults
        self._real = real

    def open(self, path: Any, flags: int, *rest: Any, **named: Any) -> int:  # noqa: ANN401 - as os.open
        below = self._recording.below(path) if isinstance(path, str | os.PathLike) else None
        handle: int = self._real["open"](path, flags, *rest, **named)
        if below is not None and flags & _WRITING:
            self._recording.look_at(below)
        return handle

    def pwrite(self, handle: int, content: bytes, at: int) -> int:
        below = self._path_of(handle)
        if below is not None:
            _fail(self._faults.at_write(below))
        count: int = self._real["pwrite"](handle, content, at)
        if below is not None:
            self._recording.wrote_through(below, at, content)
        return count

    def fsync(self, handle: int) -> None:
        self._flush("fsync", handle)

    def fdatasync(self, handle: int) -> None:
        self._flush("fdatasync", handle)

    def rename(self, path: Any, becomes: Any) -> None:  # noqa: ANN401 - as os.rename
        self._move("rename", path, becomes)

    def replace(self, path: Any, becomes: Any) -> None:  # noqa: ANN401 - as os.replace
        self._move("replace", path, becomes)

    def mkdir(self, path: Any, *rest: Any, **named: Any) -> None:  # noqa: ANN401 - as os.mkdir
        below = self._recording.below(path)
        self._real["mkdir"](path, *rest, **named)
        if below is not None:
            self._recording.made(below)

    def unlink(self, path: Any, **named: Any) -> None:  # noqa: ANN401 - as os.unlink
        below = self._recording.below(path)
        self._real["unlink"](path, **named)
        if below is not None:
            self._recording.unnamed(below)

    def _move(self, call: str, path: str, becomes: str) -> None:
        before, after = self._recording.below(path), self._recording.below(becomes)
        if before is not None:
            self._recording.look_at(before)
        self._real[call](path, becomes)
        if before is not None and after is not None:
            self._recording.renamed(before, after)

    def _flush(self, call: str, handle: int) -> None:
        below = self._path_of(handle)
        if below is None:
            self._real[call](handle)
            return
        is_folder = (self._recording.root / below).is_dir()
        # What the database's library writes is noted as it happens, and nothing of it is to be looked for.
        file = 0 if is_folder else self._file(below)
        fault = self._faults.at_flush(below)
        if fault and not is_folder:
            self._recording.failed_to_flush(file)
        _fail(fault)
        self._real[call](handle)
        if is_folder:
            self._recording.flushed_names(below)
        else:
            self._recording.flushed(below, file)

    def _file(self, below: PurePath) -> int:
        is_of_database = below.name.endswith((".db", "-wal", "-journal"))
        return self._recording.number(below) if is_of_database else self._recording.look_at(below)

    def _path_of(self, handle: int) -> PurePath | None:
        return self._recording.below(Path(f"/proc/self/fd/{handle}").readlink())


def _fail(number: int) -> None:
    if number:
        raise OSError(number, os.strerror(number))
