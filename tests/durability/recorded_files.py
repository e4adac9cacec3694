"""What the recorder knows of the files below one folder, and the list that everything seen is added to."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from tests.durability.platters import (
    Flushed,
    FlushFailed,
    FolderMade,
    Image,
    Named,
    NamesFlushed,
    Operation,
    Platter,
    Renamed,
    Shortened,
    Unnamed,
    Written,
)


@dataclass(slots=True)
class Recording:
    """All that happened below `root`, in order, and what was durable there before."""

    root: Path
    operations: list[Operation] = field(default_factory=list)
    before: Image = field(default_factory=dict)
    numbers_before: dict[PurePath, int] = field(default_factory=dict)
    failures: Counter[int] = field(default_factory=Counter)
    """How often a flush of each file failed: the system tells it once to everybody who has the file open."""
    _numbers: dict[PurePath, int] = field(default_factory=dict)
    _last_number: int = 0
    _seen: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take in what lies there; it counts as durable."""
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and not path.name.endswith("-shm"):
                below = path.relative_to(self.root)
                self.before[below] = path.read_bytes()
                self._numbers[below] = self._new_number()
                self._seen[self._numbers[below]] = self.before[below]
        self.numbers_before = dict(self._numbers)

    def platter(self) -> Platter:
        """Return the disk as it was before the recording began."""
        return Platter.holding(self.before, self.numbers_before)

    def below(self, path: str | os.PathLike[str]) -> PurePath | None:
        """Return a path as the recording names it, or None when it lies elsewhere."""
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - a link must not be followed
        return absolute.relative_to(self.root) if absolute.is_relative_to(self.root) else None

    def number(self, path: PurePath) -> int:
        """Return the number of the file that bears a path now; one not seen before is a new file."""
        if path not in self._numbers:
            self._numbers[path] = self._new_number()
            self.operations.append(Named(path, self._numbers[path]))
        return self._numbers[path]

    def wrote(self, file: int, at: int, content: bytes) -> None:
        """Note bytes given to a file."""
        self.operations.append(Written(file, at, content))

    def shortened(self, file: int, size: int) -> None:
        """Note a size that was set."""
        self.operations.append(Shortened(file, size))

    def flushed(self, path: PurePath, file: int) -> None:
        """Note that the flush of a file came back."""
        self.operations.append(Flushed(file, path.parent))

    def failed_to_flush(self, file: int) -> None:
        """Note that the flush of a file failed."""
        self.failures[file] += 1
        self.operations.append(FlushFailed(file))

    def flushed_names(self, folder: PurePath) -> None:
        """Note that a folder's flush came back."""
        self.operations.append(NamesFlushed(folder))

    def renamed(self, path: PurePath, becomes: PurePath) -> None:
        """Note a new path of a file."""
        self._numbers[becomes] = self._numbers.pop(path)
        self.operations.append(Renamed(path, becomes))

    def made(self, folder: PurePath) -> None:
        """Note a new folder."""
        self.operations.append(FolderMade(folder))

    def unnamed(self, path: PurePath) -> None:
        """Note that a path is gone."""
        if self._numbers.pop(path, None) is not None:
            self.operations.append(Unnamed(path))

    def wrote_through(self, path: PurePath, at: int, content: bytes) -> None:
        """Note all bytes that Python gave to a file in one call, those that change nothing among them."""
        file = self.number(path)
        self.wrote(file, at, content)
        self._seen[file] = (self.root / path).read_bytes()

    def look_at(self, path: PurePath) -> int:
        """Note what changed in a file since it was looked at last, and return its number."""
        file = self.number(path)
        known, content = self._seen.get(file, b""), (self.root / path).read_bytes()
        if len(content) < len(known):
            self.shortened(file, len(content))
        changed = [at for at, byte in enumerate(content) if known[at : at + 1] != bytes((byte,))]
        if changed:
            self.wrote(file, changed[0], content[changed[0] : changed[-1] + 1])
        self._seen[file] = content
        return file

    def _new_number(self) -> int:
        self._last_number += 1
        return self._last_number
