"""The options of one kiosk: defaults of data/settings.toml, kiosk.toml, the environment, the command line."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf, isfinite
from pathlib import Path
from typing import Any

from kiosk.actions.faults import WorldFault
from kiosk.domain.sentences import Sentence
from kiosk.resources import data

FILE_NAME = "kiosk.toml"
_PREFIX = "KIOSK_"
_YES, _NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}


def _text(value: object, pattern: str = ".*") -> str:
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise ValueError(value)
    return value


def _number(value: object, least: float = 0.0, below: float = inf) -> float:
    """Return a number, which the environment gives as text."""
    is_number = isinstance(value, int | float | str) and not isinstance(value, bool)
    number = float(str(value)) if is_number else inf
    if not isfinite(number) or not least <= number < below:
        raise ValueError(value)
    return number


def _count(value: object) -> int:
    """Return a whole number from one on."""
    number = _number(value, least=1)
    if not number.is_integer():
        raise ValueError(value)
    return int(number)


def _more_than_none(value: object) -> float:
    number = _number(value)
    if number == 0:
        raise ValueError(value)
    return number


def _yes_or_no(value: object) -> bool:
    word = str(value).lower()
    if word not in _YES | _NO:
        raise ValueError(value)
    return word in _YES


# Plain functions: a library that builds validators would take longer to load than the first screen to paint.
_CHECKS: dict[str, Callable[[object], object]] = {
    "reader_url": _text,
    "reader_profile": _text,
    "scanner_url": _text,
    "scanner_profile": _text,
    "printer_url": _text,
    "printer_profile": _text,
    "printer_form": lambda value: _text(value, "auto|picture|text"),
    "printer_patience_s": _more_than_none,
    "latch_uncertain_slips": _count,
    "latch_jams": _count,
    "latch_faults": _count,
    "bureau_url": _text,
    "sync_interval_s": _more_than_none,
    "sync_jitter": lambda value: _number(value, below=1),
    "sync_encoding": lambda value: _text(value, "packed|json"),
    "storage_ballast_mb": _number,
    "screen_size": lambda value: _text(value, r"\d{3,5}x\d{3,5}"),
    "screen_width_mm": _number,
    "screen_foot_mm": _number,
    "full_screen": _yes_or_no,
    "language": lambda value: _text(value, "zh_CN|en"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The options in force. Each is described in data/settings.toml, and a test holds the two together."""

    data_dir: Path
    reader_url: str
    reader_profile: str
    scanner_url: str
    scanner_profile: str
    printer_url: str
    printer_profile: str
    printer_form: str
    printer_patience_s: float
    latch_uncertain_slips: int
    latch_jams: int
    latch_faults: int
    bureau_url: str
    sync_interval_s: float
    sync_jitter: float
    sync_encoding: str
    storage_ballast_mb: float
    screen_size: str
    screen_width_mm: float
    screen_foot_mm: float
    full_screen: bool
    language: str

    @property
    def size_px(self) -> tuple[int, int]:
        """Return the window's width and height."""
        width, height = self.screen_size.split("x")
        return int(width), int(height)


@dataclass(frozen=True, slots=True)
class Option:
    """One option as a person reads about it."""

    name: str
    type: str
    unit: str
    default: object
    sentence: str


def options() -> list[Option]:
    """Return every option with its sentence."""
    table = tomllib.loads(data("settings.toml").read_text(encoding="utf-8"))
    return [Option(name=name, **described) for name, described in table.items()]


def read_settings(data_dir: Path, **given: object) -> Settings:
    """Return the options for a data folder; `given` holds what the command line said, None for silence.

    Raises WorldFault naming the option that has an impossible value.
    """
    values: dict[str, Any] = {option.name: option.default for option in options()}
    values |= _from_file(data_dir / FILE_NAME)
    values |= {name: os.environ[_key(name)] for name in list(values) if _key(name) in os.environ}
    values |= {name: value for name, value in given.items() if value is not None}
    return Settings(data_dir=data_dir, **{name: _checked(name, value) for name, value in values.items()})


def write_setting(data_dir: Path, name: str, value: str) -> None:
    """Keep one text option in kiosk.toml beside what stands there."""
    write_settings(data_dir, {name: value})


def write_settings(data_dir: Path, changes: Mapping[str, object], *, keep_before: bool = False) -> None:
    """Keep options in kiosk.toml beside what stands there, all of them or none.

    With `keep_before` the file as it was stays beside it as kiosk.toml.bak.
    """
    kept = _from_file(data_dir / FILE_NAME) | dict(changes)
    replace_file(data_dir / FILE_NAME, toml_text(kept), keep_before=keep_before)


def toml_text(table: Mapping[str, object]) -> str:
    """Return a flat table as a TOML file, its keys sorted."""
    return "".join(f"{key} = {_toml(item)}\n" for key, item in sorted(table.items()))


def replace_file(path: Path, text: str, *, keep_before: bool = False) -> None:
    """Put a text in a file's place in one step, on the disk before anybody sees it."""
    if keep_before and path.exists():
        replace_file(path.with_name(f"{path.name}.bak"), path.read_text(encoding="utf-8"))
    aside = path.with_name(f"{path.name}.new")
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.rename(path)


def as_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return options as environment variables, which a child process hands on to its own children."""
    return {_key(name): value for name, value in settings.items()}


def _checked(name: str, value: object) -> Any:  # noqa: ANN401 - each option has its own type
    """Return the value of an option as its type; a name that is no option is a wrong value too."""
    try:
        return _CHECKS[name](value)
    except (KeyError, ValueError) as error:
        raise WorldFault(Sentence("cli.bad_option", {"name": name})) from error


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise WorldFault(Sentence("cli.bad_file", {"name": path.name, "cause": str(error)})) from error


def _key(name: str) -> str:
    return _PREFIX + name.upper()


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # A JSON string is a TOML string too, quotes and backslashes included.
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
