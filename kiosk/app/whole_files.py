"""Files on media that somebody may pull out: each is whole or absent, and what goes wrong is a sentence."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.actions.faults import WorldFault
from kiosk.domain.sentences import Sentence

Note = Callable[[int], None]
"""Hear how many bytes a medium has."""
_PIECE = 1 << 20
UNFINISHED = ".unfinished"
"""How the name of a file ends that is still being written."""


@dataclass(frozen=True, slots=True)
class MediumWords:
    """The keys of what is said when a medium is not there, is full, or cannot be used."""

    gone: str
    full: str
    unusable: str


OF_A_STICK = MediumWords("courier.stick.gone", "courier.stick.full", "courier.stick.unusable")
OF_AN_EXPORT = MediumWords("ledger.stick.gone", "ledger.stick.full", "ledger.stick.unusable")
OF_A_FOLDER = MediumWords("ledger.folder.gone", "ledger.folder.full", "ledger.folder.unusable")


class ExportFolder:
    """A folder that files are handed on in: `inside` one that must be there, or that one itself."""

    def __init__(self, root: Path, inside: str, words: MediumWords, called: str) -> None:
        """Write to `root`, or to a folder of this name in it that is made where it is missing.

        `called` is what a person calls the medium.
        """
        self._root = root
        self._folder = root / inside
        self._words = words
        self._called = called

    def require(self) -> None:
        """Raise WorldFault where there is no such folder."""
        with telling(self._called, self._words):
            require_plain(self._root, self._folder)

    def put(self, files: Mapping[str, bytes], note: Note = lambda done: None) -> None:
        """Write files in place of those of their names: all of them, or none. Raises WorldFault.

        `note` hears how many bytes are there, about once a megabyte; what it raises ends the writing.
        """
        with telling(self._called, self._words):
            put_whole(self._root, self._folder, files, note)


def put_whole(root: Path, folder: Path, files: Mapping[str, bytes], note: Note = lambda done: None) -> None:
    """Write files aside, bring them to the medium, and only then give them their names."""
    require_plain(root, folder)
    folder.mkdir(exist_ok=True)
    asides = {folder / f"{name}{UNFINISHED}": folder / name for name in files}
    done = 0
    try:
        for aside, content in zip(asides, files.values(), strict=True):
            for piece in _brought(aside, content):
                done += piece
                note(done)
        for aside, name in asides.items():
            aside.replace(name)
    except BaseException:  # whoever stops it, by a key of the desk or of a terminal, leaves nothing either
        for aside in asides:
            with suppress(OSError):  # a stick that was pulled out takes the rest of the file along
                aside.unlink(missing_ok=True)
        raise
    flush_folder(folder)
    flush_folder(root)


def _brought(aside: Path, content: bytes) -> Iterator[int]:
    """Write a file piece by piece, and yield how long each is once the medium has it."""
    aside.unlink(missing_ok=True)
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    with os.fdopen(handle, "wb") as file:
        for begin in range(0, max(len(content), 1), _PIECE):
            yield file.write(content[begin : begin + _PIECE])
            file.flush()
            os.fsync(handle)


def require_plain(root: Path, folder: Path) -> None:
    """Raise OSError where the medium is gone or would lead elsewhere by a link."""
    if not root.is_dir():
        raise FileNotFoundError(errno.ENOENT, "nothing there")
    if folder != root and folder.is_symlink():
        raise OSError(errno.ELOOP, "the folder is a link")


@contextmanager
def telling(called: str, words: MediumWords) -> Iterator[None]:
    """Turn a medium's troubles into a sentence of these."""
    try:
        yield
    except FileNotFoundError as fault:
        raise WorldFault(Sentence(words.gone, {"path": called})) from fault
    except OSError as fault:
        is_full = fault.errno in {errno.ENOSPC, errno.EDQUOT}
        args = {"path": called, "cause": os.strerror(fault.errno or errno.EIO)}
        raise WorldFault(Sentence(words.full if is_full else words.unusable, args)) from fault


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable; file systems of sticks that cannot be asked do it by themselves."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)
