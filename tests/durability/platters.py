"""A disk as a power cut leaves it: what was flushed is there, of everything since anything may be.

    Written, Shortened ──▶ pending ──Flushed──▶ durable bytes of a file
    Named, Renamed, Unnamed, FolderMade ──▶ pending ──NamesFlushed──▶ durable names of a folder

Bytes and names are durable apart from each other: a file's own flush does not cover its name, and the flush
of a folder covers no bytes. A sector of 512 bytes is written whole or not at all, and a write that is cut
leaves the bytes beside it alone, which is what the database's library counts on (power-safe overwrite).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from pathlib import PurePath

SECTOR_BYTES = 512

Image = dict[PurePath, bytes]
"""Every file by its path below the recorded folder."""


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes given to a file."""

    file: int
    at: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Shortened:
    """A file's size set, mostly to less than it was."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Flushed:
    """A file's bytes and size brought to the disk."""

    file: int
    folder: PurePath


@dataclass(frozen=True, slots=True)
class FlushFailed:
    """A flush that failed: the system holds those bytes for clean and never tries again."""

    file: int


@dataclass(frozen=True, slots=True)
class Named:
    """A new file under a path."""

    path: PurePath
    file: int


@dataclass(frozen=True, slots=True)
class Renamed:
    """A file moved to another path of its folder, over whatever stood there."""

    path: PurePath
    becomes: PurePath


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A path taken away."""

    path: PurePath


@dataclass(frozen=True, slots=True)
class FolderMade:
    """A new folder: what lies in it is gone with it."""

    path: PurePath


@dataclass(frozen=True, slots=True)
class NamesFlushed:
    """A folder's names brought to the disk."""

    folder: PurePath


@dataclass(frozen=True, slots=True)
class Committing:
    """The database is about to commit its state number `state`."""

    state: int


@dataclass(frozen=True, slots=True)
class Told:
    """All up to state number `state` was told to be durable."""

    state: int


Bytes = Written | Shortened
Names = Named | Renamed | Unnamed | FolderMade
Operation = Bytes | Names | Flushed | FlushFailed | NamesFlushed | Committing | Told


class Loss(Enum):
    """What becomes of that which was not flushed when the power goes."""

    ALL = "all of it is gone"
    NOTHING = "all of it is there"
    TAIL = "the last of it is gone"
    SOME = "any of it is gone"
    SECTORS = "any sectors of it are gone"
    ONE_FOLDER = "one folder's is gone"
    SPOILED = "any sectors of it are gone, and one is spoiled whole"


PROMISED = tuple(loss for loss in Loss if loss is not Loss.SPOILED)
"""All but the one that no power-safe disk does."""


@dataclass(slots=True)
class Platter:
    """The disk under a recording, one operation after the other."""

    bytes_of: dict[int, bytearray]
    file_at: dict[PurePath, int]
    pending: list[Bytes | Names] = field(default_factory=list)
    new_folders: set[PurePath] = field(default_factory=set)
    """Those whose names are not durable."""
    _folder_of: dict[int, PurePath] = field(default_factory=dict)

    @classmethod
    def holding(cls, image: Mapping[PurePath, bytes], numbers: Mapping[PurePath, int]) -> Platter:
        """Return a disk on which an image is durable; `numbers` are the files' in the recording."""
        platter = cls({numbers[path]: bytearray(content) for path, content in image.items()}, dict(numbers))
        platter._folder_of = {file: path.parent for path, file in numbers.items()}
        return platter

    def take(self, operation: Operation, *, is_ignored: bool = False) -> None:
        """Let one operation happen; a flush that is ignored leaves pending what it covers."""
        match operation:
            case Flushed(file, _) if not is_ignored:
                self._keep([item for item in self.pending if _file_of(item) == file])
            case FlushFailed(file) if not is_ignored:
                self.pending = [item for item in self.pending if _file_of(item) != file]
            case NamesFlushed(folder) if not is_ignored:
                self._keep([item for item in self.pending if _folder(item) == folder])
            case FolderMade(path):
                self.new_folders.add(path)
                self.pending.append(operation)
            case Written() | Shortened() | Renamed() | Unnamed():
                self.pending.append(operation)
            case Named(path, file):
                self._folder_of[file] = path.parent
                self.pending.append(operation)
            case _:
                pass

    def image(self, loss: Loss, dice: random.Random) -> Image:
        """Return what lies on the disk when the power goes now."""
        contents = {file: bytearray(content) for file, content in self.bytes_of.items()}
        names, gone = dict(self.file_at), set(self.new_folders)
        for item in self._spared(loss, dice):
            _apply(item, contents, names, gone)
        return {
            path: bytes(contents.get(file, b""))
            for path, file in names.items()
            if gone.isdisjoint(path.parents)
        }

    def _keep(self, flushed: Sequence[Bytes | Names]) -> None:
        for item in flushed:
            _apply(item, self.bytes_of, self.file_at, self.new_folders)
        gone = {id(item) for item in flushed}
        self.pending = [item for item in self.pending if id(item) not in gone]

    def _spared(self, loss: Loss, dice: random.Random) -> Iterable[Bytes | Names]:
        kept = self.pending
        match loss:
            case Loss.ALL:
                kept = []
            case Loss.TAIL:
                kept = kept[: dice.randint(0, len(kept))]
            case Loss.SOME:
                kept = [item for item in kept if dice.random() < 0.5]
            case Loss.SECTORS:
                share = dice.choice((0.1, 0.5, 0.9))
                kept = [part for item in kept for part in _sectors(item) if dice.random() < share]
            case Loss.SPOILED:
                kept = _with_spoiled([part for item in kept for part in _sectors(item)], dice)
            case Loss.ONE_FOLDER:
                gone = dice.choice(sorted({self._folder(item) for item in kept}) or [None])
                kept = [item for item in kept if self._folder(item) != gone]
        return kept

    def _folder(self, item: Bytes | Names) -> PurePath:
        folder = _folder(item)
        return self._folder_of[_file_of(item)] if folder is None else folder


def _file_of(item: Bytes | Names) -> int:
    """Return the file whose flush covers an operation, and for names none."""
    return item.file if isinstance(item, Written | Shortened) else -1


def _folder(item: Bytes | Names) -> PurePath | None:
    """Return the folder whose flush covers an operation, and for bytes none."""
    return None if isinstance(item, Written | Shortened) else item.path.parent


def _sectors(item: Bytes | Names) -> list[Bytes | Names]:
    """Return a write as its sectors, each for itself; anything else is one piece."""
    if not isinstance(item, Written):
        return [item]
    end = item.at + len(item.content)
    borders = [item.at, *range((item.at // SECTOR_BYTES + 1) * SECTOR_BYTES, end, SECTOR_BYTES), end]
    return [
        Written(item.file, first, item.content[first - item.at : last - item.at])
        for first, last in pairwise(borders)
    ]


def _with_spoiled(parts: Sequence[Bytes | Names], dice: random.Random) -> list[Bytes | Names]:
    """Return half of the sectors, and one of them spoiled, with its neighbours' bytes in it."""
    spared = [part for part in parts if dice.random() < 0.5]
    written = [part for part in parts if isinstance(part, Written)]
    if written:
        part = dice.choice(written)
        at = part.at // SECTOR_BYTES * SECTOR_BYTES
        spared.append(Written(part.file, at, dice.randbytes(SECTOR_BYTES)))
    return spared


def _apply(
    item: Bytes | Names,
    contents: dict[int, bytearray],
    names: dict[PurePath, int],
    new_folders: set[PurePath],
) -> None:
    match item:
        case Written(file, at, content):
            held = contents.setdefault(file, bytearray())
            held.extend(bytes(max(0, at - len(held))))
            held[at : at + len(content)] = content
        case Shortened(file, size):
            held = contents.setdefault(file, bytearray())
            held.extend(bytes(max(0, size - len(held))))
            del held[size:]
        case Named(path, file):
            contents.setdefault(file, bytearray())
            names[path] = file
        case Renamed(path, becomes):
            if path in names:
                names[becomes] = names.pop(path)
        case Unnamed(path):
            names.pop(path, None)
        case FolderMade(path):
            new_folders.discard(path)
