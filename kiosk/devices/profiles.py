"""What is different between printer models: a small table each, in `data/printers/`, found by name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kiosk.resources import data

DOTS_PER_MM = 8
"""203 dots per inch, the pitch of every slip printer this program knows."""


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """One model: its paper, its limits, what it can be asked, and how its paper is cut.

    `cut` is the cut command itself; `feed_dots` is what must be fed before it, 0 where the cut command
    feeds by itself. `has_token_reply` is support of GS ( H fn 48; without it the answer to GS r 1 is the
    proof. `reply_margin_s` is how much longer than the paper itself the proof may take.
    """

    name: str
    width_dots: int
    band_rows: int
    kept_rows: int
    feed_dots: int
    cut: bytes
    speed_mm_s: int
    reply_margin_s: float
    has_token_reply: bool
    has_near_end_sensor: bool
    has_cut_count: bool


def load_profile(name: str, folder: Path | None = None) -> PrinterProfile:
    """Return the profile of a name; LookupError, naming the known ones, when there is none."""
    folder = folder or data("printers")
    path = folder / f"{name}.toml"
    if name not in profile_names(folder):
        raise LookupError(f"no printer profile {name!r}; known: {', '.join(profile_names(folder))}")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return PrinterProfile(name=name, **{**table, "cut": bytes.fromhex(table["cut"])})


def profile_names(folder: Path | None = None) -> list[str]:
    """Return the names of all profiles, sorted."""
    return sorted(path.stem for path in (folder or data("printers")).glob("*.toml"))
