"""The courier's folder on a USB stick: files are whole or absent, whenever somebody pulls the stick out."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from kiosk.app.whole_files import OF_A_STICK, UNFINISHED, flush_folder, put_whole, require_plain, telling
from kiosk.messages.bundles import MAX_BUNDLE_BYTES

FOLDER = "courier"
_MOST_FILES = 1000


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
        with telling(str(self._root), OF_A_STICK):
            require_plain(self._root, self._folder)
            if not self._folder.exists():
                return []
            with os.scandir(self._folder) as found:
                names = sorted(item.name for item in found if item.is_file(follow_symlinks=False))
        return [name for name in names if not name.endswith(UNFINISHED)][:_MOST_FILES]

    def read(self, name: str) -> bytes:
        """Return a file's content, cut one byte above the longest that a bundle may be."""
        with telling(str(self._root), OF_A_STICK):
            handle = os.open(self._folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            with os.fdopen(handle, "rb") as file:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise OSError(errno.EINVAL, "not a plain file")
                return file.read(MAX_BUNDLE_BYTES + 1)

    def put(self, name: str, content: bytes) -> None:
        """Write a file aside, bring it to the stick, and only then give it its name."""
        with telling(str(self._root), OF_A_STICK):
            put_whole(self._root, self._folder, {name: content})

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already does no harm."""
        with telling(str(self._root), OF_A_STICK):
            (self._folder / name).unlink(missing_ok=True)
            flush_folder(self._folder)
