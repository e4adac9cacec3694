"""The file calls of the encrypted database's own library, watched below one folder.

SQLite asks a *VFS* to open files and calls each open file through a table of functions. A copy of the
system's VFS, registered as the default, opens files as the system's does and then hangs a copy of the file's
table before it, in which write, truncate, flush and close come by here first. All else, locks and shared
memory among it, stays what it was.

A flush that fails is told as Linux does: to each open file once, at its next flush, which may itself succeed.

Where SQLite flushes a folder it first opens it, by a call that the system's VFS lets one replace.
"""

from __future__ import annotations

import ctypes
import errno
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any

import sqlcipher3._sqlite3 as library_module

from tests.durability.faults import Faults
from tests.durability.recorded_files import Recording

_OK = 0
_IOERR_WRITE = 10 | 3 << 8
_IOERR_FSYNC = 10 | 4 << 8
_FULL = 13
_VFS_NAME = b"recorded"
_LATEST_METHODS = 3
_FILE = ctypes.c_void_p
_INT = ctypes.c_int

_CLOSE = ctypes.CFUNCTYPE(_INT, _FILE)
_WRITE = ctypes.CFUNCTYPE(_INT, _FILE, ctypes.c_void_p, _INT, ctypes.c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(_INT, _FILE, ctypes.c_int64)
_FLUSH = ctypes.CFUNCTYPE(_INT, _FILE, _INT)
_OPEN = ctypes.CFUNCTYPE(_INT, ctypes.c_void_p, ctypes.c_void_p, _FILE, _INT, ctypes.POINTER(_INT))
_DELETE = ctypes.CFUNCTYPE(_INT, ctypes.c_void_p, ctypes.c_char_p, _INT)
_OPEN_FOLDER = ctypes.CFUNCTYPE(_INT, ctypes.c_char_p, ctypes.POINTER(_INT))


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods`, third version."""

    _fields_ = (
        ("version", _INT),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", ctypes.c_void_p),
        ("truncate", ctypes.c_void_p),
        ("flush", ctypes.c_void_p),
        *((f"other_{nth}", ctypes.c_void_p) for nth in range(13)),
    )


class _OpenFile(ctypes.Structure):
    """`sqlite3_file`: whatever follows belongs to the VFS that opened it."""

    _fields_ = (("methods", ctypes.POINTER(_Methods)),)


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs`, third version."""

    _fields_ = (
        ("version", _INT),
        ("file_bytes", _INT),
        ("longest_path", _INT),
        ("following", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("own", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("delete", ctypes.c_void_p),
        *((f"other_{nth}", ctypes.c_void_p) for nth in range(11)),
        ("set_call", ctypes.CFUNCTYPE(_INT, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)),
        ("get_call", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)),
        ("next_call", ctypes.c_void_p),
    )


@contextmanager
def watching_database(recording: Recording, faults: Faults) -> Iterator[None]:
    """Note what the library does to files below the recording's folder while the block runs.

    Every connection opened inside must be closed inside.
    """
    watched = _Watched(recording, faults)
    watched.register()
    try:
        yield
    finally:
        watched.unregister()
    assert not watched.open_files, "a connection outlives its recording"


class _Watched:
    """The copy of the system's VFS, and what is known of each file it opened."""

    def __init__(self, recording: Recording, faults: Faults) -> None:
        self._recording = recording
        self._faults = faults
        self._library = _library()
        self._system = ctypes.cast(self._library.sqlite3_vfs_find(None), ctypes.POINTER(_Vfs))
        self._copy = _Vfs.from_buffer_copy(self._system.contents)
        self._real_open = _OPEN(self._system.contents.open)
        self._real_delete = _DELETE(self._system.contents.delete)
        self._real_open_folder = self._system.contents.get_call(self._system, b"openDirectory")
        self._calls = [_OPEN(self._open), _DELETE(self._delete), _OPEN_FOLDER(self._open_folder)]
        self._tables: dict[int, tuple[_Methods, _Methods, list[object]]] = {}
        self._folders = threading.local()
        self.open_files: dict[int, tuple[PurePath, int, _Methods]] = {}
        self._known_failures: dict[int, int] = {}

    def register(self) -> None:
        """Become the VFS that everything is opened by."""
        self._copy.name = _VFS_NAME
        self._copy.open, self._copy.delete = (_address(call) for call in self._calls[:2])
        self._system.contents.set_call(self._system, b"openDirectory", _address(self._calls[2]))
        self._library.sqlite3_vfs_register(ctypes.byref(self._copy), 1)

    def unregister(self) -> None:
        """Give the library its own VFS back."""
        self._library.sqlite3_vfs_unregister(ctypes.byref(self._copy))
        self._library.sqlite3_vfs_register(self._system, 1)
        self._system.contents.set_call(self._system, b"openDirectory", None)

    def _open(self, _vfs: int, name: int | None, file: int, flags: int, told: Any) -> int:  # noqa: ANN401
        code = int(self._real_open(ctypes.addressof(self._system.contents), name, file, flags, told))
        path = self._recording.below(ctypes.string_at(name).decode()) if name is not None else None
        if code == _OK and path is not None:
            opened = ctypes.cast(file, ctypes.POINTER(_OpenFile)).contents
            real, watched, _calls = self._table(opened.methods)
            opened.methods = ctypes.pointer(watched)
            number = self._recording.number(path)
            self.open_files[file] = (path, number, real)
            self._known_failures[file] = self._recording.failures[number]
        return code

    def _delete(self, _vfs: int, name: bytes, flushes_folder: int) -> int:
        path = self._recording.below(name.decode())
        with self._opened_folders() as folders:
            code = int(self._real_delete(ctypes.addressof(self._system.contents), name, flushes_folder))
        if code == _OK and path is not None:
            self._recording.unnamed(path)
            self._note(folders)
        return code

    def _open_folder(self, name: bytes, told: Any) -> int:  # noqa: ANN401
        getattr(self._folders, "opened", []).append(name.decode())
        return int(_OPEN_FOLDER(self._real_open_folder)(name, told))

    def _write(self, file: int, content: int, count: int, at: int) -> int:
        path, number, real = self.open_files[file]
        fault = self._faults.at_write(path)
        if fault:
            return _FULL if fault == errno.ENOSPC else _IOERR_WRITE
        code = int(_WRITE(real.write)(file, content, count, at))
        if code == _OK:
            self._recording.wrote(number, at, ctypes.string_at(content, count))
        return code

    def _truncate(self, file: int, size: int) -> int:
        _path, number, real = self.open_files[file]
        code = int(_TRUNCATE(real.truncate)(file, size))
        if code == _OK:
            self._recording.shortened(number, size)
        return code

    def _flush(self, file: int, flags: int) -> int:
        path, number, real = self.open_files[file]
        if self._faults.at_flush(path):
            self._recording.failed_to_flush(number)
            self._known_failures[file] = self._recording.failures[number]
            return _IOERR_FSYNC
        with self._opened_folders() as folders:
            code = int(_FLUSH(real.flush)(file, flags))
        if code == _OK:
            self._recording.flushed(path, number)
            self._note(folders)
        known, self._known_failures[file] = self._known_failures[file], self._recording.failures[number]
        return _IOERR_FSYNC if known < self._recording.failures[number] else code

    def _close(self, file: int) -> int:
        _path, _number, real = self.open_files.pop(file)
        return int(_CLOSE(real.close)(file))

    @contextmanager
    def _opened_folders(self) -> Iterator[list[str]]:
        """Collect the folders that the library opens, which it does to flush them."""
        self._folders.opened = folders = list[str]()
        yield folders
        self._folders.opened = []

    def _note(self, folders: list[str]) -> None:
        for name in folders:
            below = self._recording.below(Path(name).parent)
            if below is not None:
                self._recording.flushed_names(below)

    def _table(self, methods: Any) -> tuple[_Methods, _Methods, list[object]]:  # noqa: ANN401
        """Return a table as it is, a copy of it whose calls come by here, and what keeps these alive."""
        address = ctypes.addressof(methods.contents)
        if address not in self._tables:
            real, watched = methods.contents, _Methods.from_buffer_copy(methods.contents)
            assert real.version == _LATEST_METHODS, "another table of functions than this one knows"
            calls = [
                _CLOSE(self._close), _WRITE(self._write), _TRUNCATE(self._truncate), _FLUSH(self._flush)
            ]  # fmt: skip
            watched.close, watched.write, watched.truncate, watched.flush = map(_address, calls)
            self._tables[address] = (real, watched, list(calls))
        return self._tables[address]


def _address(call: Callable[..., int]) -> int | None:
    return ctypes.cast(call, ctypes.c_void_p).value  # type: ignore[arg-type]


def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(library_module.__file__)
    library.sqlite3_vfs_find.restype = ctypes.c_void_p
    library.sqlite3_vfs_find.argtypes = (ctypes.c_char_p,)
    library.sqlite3_vfs_register.argtypes = (ctypes.c_void_p, _INT)
    library.sqlite3_vfs_unregister.argtypes = (ctypes.c_void_p,)
    return library
