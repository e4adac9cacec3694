"""The options of one kiosk: defaults of data/settings.toml, kiosk.toml, the environment, the command line."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.actions.faults import WorldFault
from kiosk.domain.sentences import Sentence
from kiosk.resources import data

FILE_NAME = "kiosk.toml"
_PREFIX = "KIOSK_"


class Settings(BaseModel):
    """The options in force. Each is described in data/settings.toml, and a test holds the two together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path
    reader_url: str
    printer_url: str
    printer_profile: str
    printer_patience_s: float = Field(gt=0)
    bureau_url: str
    sync_interval_s: float = Field(gt=0)
    sync_jitter: float = Field(ge=0, lt=1)
    screen_size: str = Field(pattern=r"^\d{3,5}x\d{3,5}$")
    screen_width_mm: float = Field(ge=0)
    full_screen: bool
    language: str = Field(pattern="^(zh_CN|en)$")

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
    try:
        return Settings(data_dir=data_dir, **values)
    except ValidationError as error:
        name = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise WorldFault(Sentence("cli.bad_option", {"name": name})) from error


def write_setting(data_dir: Path, name: str, value: str) -> None:
    """Keep one text option in kiosk.toml beside what stands there."""
    kept = _from_file(data_dir / FILE_NAME) | {name: value}
    lines = [f"{key} = {_toml(item)}\n" for key, item in sorted(kept.items())]
    aside = data_dir / f"{FILE_NAME}.new"
    aside.write_text("".join(lines), encoding="utf-8")
    aside.rename(data_dir / FILE_NAME)


def as_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return options as environment variables, which a child process hands on to its own children."""
    return {_key(name): value for name, value in settings.items()}


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
