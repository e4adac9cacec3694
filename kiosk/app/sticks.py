"""The courier's folder on a USB stick: files are whole or absent, whenever somebody pulls the stick out."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.actions.faults import WorldFault
from kiosk.domain.sentences import Sentence
from kiosk.messages.bundles import MAX_BUNDLE_BYTES

FOLDER = "courier"
_MOST_FILES = 1000
_UNFINISHED = ".unfinished"


class UsbStick:
    """The folder `courier` under the place where a stick is mounted.

    A stick comes from outside: links are not followed, and what is no plain file is not opened.
    """

    def __init__(self, mounted_at: Path) -> None:
        """Use the stick at `mounted_at`, which must be there."""
        self._root = mounted_at
        self._folder = mounted_at / FOLDER

    def names(self) -> list[str]:
        """Return the names of the plain files, sorted; none of a stick that was never used."""
        with self._telling():
            self._require_stick()
            if not self._folder.exists():
                return []
            with os.scandir(self._folder) as found:
                names = sorted(item.name for item in found if item.is_file(follow_symlinks=False))
        return [name for name in names if not name.endswith(_UNFINISHED)][:_MOST_FILES]

    def read(self, name: str) -> bytes:
        """Return a file's content, cut one byte above the longest that a bundle may be."""
        with self._telling():
            handle = os.open(self._folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            with os.fdopen(handle, "rb") as file:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise OSError(errno.EINVAL, "not a plain file")
                return file.read(MAX_BUNDLE_BYTES + 1)

    def put(self, name: str, content: bytes) -> None:
        """Write a file aside, bring it to the stick, and only then give it its name."""
        with self._telling():
            self._require_stick()
            self._folder.mkdir(exist_ok=True)
            aside = self._folder / f"{name}{_UNFINISHED}"
            aside.unlink(missing_ok=True)
            handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(handle)
            aside.replace(self._folder / name)
            _flush_folder(self._folder)
            _flush_folder(self._root)

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already does no harm."""
        with self._telling():
            (self._folder / name).unlink(missing_ok=True)
            _flush_folder(self._folder)

    def _require_stick(self) -> None:
        if not self._root.is_dir():
            raise FileNotFoundError(errno.ENOENT, "no stick")
        if self._folder.is_symlink():
            raise OSError(errno.ELOOP, "the folder is a link")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Turn the stick's troubles into a sentence."""
        try:
            yield
        except FileNotFoundError as fault:
            raise WorldFault(Sentence("courier.stick.gone", {"path": str(self._root)})) from fault
        except OSError as fault:
            is_full = fault.errno in {errno.ENOSPC, errno.EDQUOT}
            key = "courier.stick.full" if is_full else "courier.stick.unusable"
            args = {"path": str(self._root), "cause": os.strerror(fault.errno or errno.EIO)}
            raise WorldFault(Sentence(key, args)) from fault


def _flush_folder(folder: Path) -> None:
    """Make the names in a folder durable; file systems of sticks that cannot be asked do it by themselves."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)
