"""What is different between reader models: a small table each, in `data/readers/`, found by name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kiosk.devices.sdt.commands import BAUDS
from kiosk.resources import data

RADIO_BYTES = range(24, 256)
"""How many bytes a module may be told to send its radio at once; 0 leaves it as it was delivered."""


@dataclass(frozen=True, slots=True)
class ReaderProfile:
    """One family of readers.

    `bauds` are tried in this order; `radio_bytes`, unless 0, is told to the module once after opening;
    `reads_fingers` reads cards by 30 10 in place of 30 01. `search_s` and `presence_s` are the pauses between
    two looks for a card and for its removal.
    """

    name: str
    bauds: tuple[int, ...]
    radio_bytes: int
    reads_fingers: bool
    search_s: float
    presence_s: float


GENERIC = ReaderProfile("generic", BAUDS, 0, reads_fingers=False, search_s=0.3, presence_s=0.2)
"""What every module understands, for those who were given no profile; the same as its file."""


def load_reader_profile(name: str, folder: Path | None = None) -> ReaderProfile:
    """Return the profile of a name.

    LookupError, naming the known ones, when there is none; ValueError for one that no module could follow.
    """
    folder = folder or data("readers")
    if name not in reader_profile_names(folder):
        raise LookupError(f"no reader profile {name!r}; known: {', '.join(reader_profile_names(folder))}")
    table = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    profile = ReaderProfile(
        name=name,
        bauds=tuple(table["bauds"]),
        radio_bytes=table["radio_bytes"],
        reads_fingers=table["reads_fingers"],
        search_s=table["search_s"],
        presence_s=table["presence_s"],
    )
    _require_sense(profile)
    return profile


def reader_profile_names(folder: Path | None = None) -> list[str]:
    """Return the names of all profiles, sorted."""
    return sorted(path.stem for path in (folder or data("readers")).glob("*.toml"))


def _require_sense(profile: ReaderProfile) -> None:
    if not profile.bauds or not set(profile.bauds) <= set(BAUDS):
        raise ValueError(f"{profile.name}: a module speaks at {BAUDS}")
    if profile.radio_bytes and profile.radio_bytes not in RADIO_BYTES:
        raise ValueError(f"{profile.name}: radio_bytes is 0 or within {RADIO_BYTES.start}..255")
    if not (0.1 <= profile.search_s <= 2.0 and 0.05 <= profile.presence_s <= 1.0):
        raise ValueError(f"{profile.name}: too hasty or too slow")
