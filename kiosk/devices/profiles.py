"""What is different between printer models: a small table each, in `data/printers/`, found by name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from kiosk.resources import data

DOTS_PER_MM = 8
"""203 dots per inch, the pitch of every slip printer this program knows."""


class Dialect(StrEnum):
    """How a printer tells its state: four DLE EOT bytes, Custom's full status, or not at all."""

    EPSON = "epson"
    CUSTOM = "custom"
    NONE = "none"


class Behind(StrEnum):
    """The question that is answered once all before it is done: GS r 1, GS I 67, or there is none."""

    PAPER = "paper"
    IDENTITY = "identity"
    NONE = "none"


class Charset(StrEnum):
    """The Hanzi that the printer's own type holds."""

    GB2312 = "gb2312"
    GBK = "gbk"
    GB18030 = "gb18030"
    NONE = "none"


class CodeForm(StrEnum):
    """Who draws a QR code: we, dot by dot, or the printer (GS ( k), which many clones get wrong."""

    RASTER = "raster"
    NATIVE = "native"


class Presenter(StrEnum):
    """What brings the slip out behind the knife: nothing, or the motor of a Custom kiosk printer."""

    NONE = "none"
    CUSTOM = "custom"


class Proven(StrEnum):
    """How far the table can be trusted."""

    EMULATOR = "emulator"
    MANUAL = "from manual, untested"


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """One model: its paper, its limits, what it can be asked, and how its paper is cut.

    `start` is sent once behind ESC @. `cut` is the cut command itself; `feed_dots` is what must be fed
    before it, 0 where the cut command feeds by itself. `has_token_reply` is support of GS ( H fn 48;
    without it the answer to the question `behind` the cut is the proof. `reply_margin_s` is how much longer
    than the paper itself the proof may take. `is_near_end_inverted` is for sensors whose bits are set while
    there is enough paper; `near_end_mm` is the paper left when the sensor speaks, 0 for a printer without.
    `columns` counts half-width characters. A presented slip that nobody takes is drawn back in after
    `retract_after_s`; 0 leaves it.
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
    columns: int = 48
    start: bytes = b""
    code_form: CodeForm = CodeForm.RASTER
    charset: Charset = Charset.NONE
    dialect: Dialect = Dialect.EPSON
    behind: Behind = Behind.PAPER
    has_automatic_status: bool = False
    is_near_end_inverted: bool = False
    near_end_mm: int = 0
    presenter: Presenter = Presenter.NONE
    retract_after_s: float = 0.0
    proven: Proven = Proven.MANUAL

    def __post_init__(self) -> None:
        """Refuse what no printer can be."""
        if self.width_dots % 8 or not 0 < self.width_dots <= 832:
            raise ValueError("width_dots is a multiple of 8, at most 832")
        if not 0 < self.band_rows <= self.kept_rows:
            raise ValueError("band_rows is more than 0 and not more than kept_rows")
        if min(self.columns, self.speed_mm_s) <= 0 or not self.cut:
            raise ValueError("columns, speed_mm_s and cut are more than nothing")
        if min(self.feed_dots, self.near_end_mm, self.reply_margin_s, self.retract_after_s) < 0:
            raise ValueError("feed_dots, near_end_mm, reply_margin_s and retract_after_s are not negative")
        if self.presenter is Presenter.CUSTOM and self.dialect is not Dialect.CUSTOM:
            raise ValueError("a presenter is seen by the custom dialect only")


_KINDS: dict[str, type[int | float]] = {"int": int, "float": float, "bool": bool}
_SPOKEN = {"int": "a whole number", "float": "a number", "bool": "true or false"}
_CHOICES: dict[str, type[StrEnum]] = {
    kind.__name__: kind for kind in (Dialect, Behind, Charset, CodeForm, Presenter, Proven)
}


def load_profile(name: str, folder: Path | None = None) -> PrinterProfile:
    """Return the profile of a name; LookupError, naming the known ones, when there is none.

    ValueError, naming file and key, for a table that is not whole.
    """
    folder = folder or data("printers")
    if name not in profile_names(folder):
        raise LookupError(f"no printer profile {name!r}; known: {', '.join(profile_names(folder))}")
    try:
        return profile_from(name, tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8")))
    except ValueError as error:
        raise ValueError(f"printer profile {name}.toml: {error}") from error


def profile_from(name: str, table: Mapping[str, object]) -> PrinterProfile:
    """Return the profile a table describes; ValueError for a missing, unknown or impossible key."""
    wanted = {field.name: str(field.type) for field in fields(PrinterProfile) if field.name != "name"}
    if missing := sorted(wanted.keys() - table.keys()):
        raise ValueError(f"{missing[0]} is missing")
    if unknown := sorted(table.keys() - wanted.keys()):
        raise ValueError(f"{unknown[0]} is not a key of a printer profile")
    return PrinterProfile(name, **{key: _value(key, kind, table[key]) for key, kind in wanted.items()})


def profile_names(folder: Path | None = None) -> list[str]:
    """Return the names of all profiles, sorted."""
    return sorted(path.stem for path in (folder or data("printers")).glob("*.toml"))


def _value(key: str, kind: str, value: object) -> Any:  # noqa: ANN401 - each key has its own type
    if kind in _CHOICES:
        known = [choice.value for choice in _CHOICES[kind]]
        if value not in known:
            raise ValueError(f"{key} is one of {', '.join(known)}, not {value!r}")
        return _CHOICES[kind](str(value))
    if kind == "bytes":
        try:
            return bytes.fromhex(value if isinstance(value, str) else "?")
        except ValueError:
            raise ValueError(f'{key} is bytes such as "1D 56 01", not {value!r}') from None
    wanted = _KINDS[kind]
    if type(value) is not wanted and not (wanted is float and type(value) is int):
        raise ValueError(f"{key} is {_SPOKEN[kind]}, not {value!r}")
    return float(value) if wanted is float else value
