"""What is different between scanner models: a small table each, in `data/scanners/`, found by name.

Bytes are spelled as manuals spell them: signs of ASCII as they are, others in angle brackets by name or
number, `~<SOH>0000#SCNMOD2;<ETX>` or `<7E>`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from kiosk.resources import data

_NAMES = {
    "NUL": 0x00,
    "SOH": 0x01,
    "STX": 0x02,
    "ETX": 0x03,
    "ENQ": 0x05,
    "ACK": 0x06,
    "LF": 0x0A,
    "CR": 0x0D,
    "NAK": 0x15,
    "SYN": 0x16,
    "ESC": 0x1B,
}
_SIGN = re.compile(r"<([0-9A-F]{2})>|<([A-Z]{2,3})>|([ -;=?-~])")


@dataclass(frozen=True, slots=True)
class ScannerProfile:
    """One family of scanners: its line, how it is set up, and what it says that is no code.

    `set_up` is sent line by line each time the port was opened; `accepted` and `refused` are what its answer
    to such a line may hold, none where it never answers. A scanner that reads only when told has a `start`,
    sent again `retrigger_s` after the last one, and a `stop`; both are empty where it reads by itself.
    `answers` are what it may send before a code, `no_read` the words for having seen nothing.
    """

    name: str
    baud: int
    set_up: tuple[bytes, ...]
    accepted: tuple[bytes, ...]
    refused: tuple[bytes, ...]
    start: bytes
    stop: bytes
    retrigger_s: float
    answers: tuple[bytes, ...]
    no_read: tuple[str, ...]


def load_profile(name: str, folder: Path | None = None) -> ScannerProfile:
    """Return the profile of a name; LookupError, naming the known ones, when there is none."""
    folder = folder or data("scanners")
    if name not in profile_names(folder):
        raise LookupError(f"no scanner profile {name!r}; known: {', '.join(profile_names(folder))}")
    table = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    return ScannerProfile(
        name=name,
        baud=table["baud"],
        set_up=tuple(map(spelled, table["set_up"])),
        accepted=tuple(map(spelled, table["accepted"])),
        refused=tuple(map(spelled, table["refused"])),
        start=spelled(table["start"]),
        stop=spelled(table["stop"]),
        retrigger_s=table["retrigger_s"],
        answers=tuple(map(spelled, table["answers"])),
        no_read=tuple(table["no_read"]),
    )


def profile_names(folder: Path | None = None) -> list[str]:
    """Return the names of all profiles, sorted."""
    return sorted(path.stem for path in (folder or data("scanners")).glob("*.toml"))


def spelled(text: str) -> bytes:
    """Return the bytes that a text spells; ValueError names the place where it spells none."""
    raw = bytearray()
    at = 0
    while at < len(text):
        sign = _SIGN.match(text, at)
        if sign is None or (sign[2] and sign[2] not in _NAMES):
            raise ValueError(f"no byte is spelled at {text[at:]!r}")
        number, name, plain = sign.groups()
        raw.append(int(number, 16) if number else _NAMES[name] if name else ord(plain))
        at = sign.end()
    return bytes(raw)
