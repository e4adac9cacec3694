"""Journeys in a process of their own, weighed on their way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tools.figures.growing import Reading
from tools.figures.starts import as_installed

_HEAVY = frozenset({"PIL", "PySide6", "cryptography", "pydantic", "sqlalchemy", "sqlcipher3"})


def played(folder: Path, count: int, every: int, *more: str) -> list[Reading]:
    """Play journeys in a process of their own; return its readings.

    RuntimeError when this one has loaded what a kiosk is made of.
    """
    if shared := sorted(_HEAVY & sys.modules.keys()):
        raise RuntimeError(
            f"a process that has {', '.join(shared)} loaded bears part of what the other weighs"
        )
    numbers = ["--data", str(folder), "--count", str(count), "--every", str(every)]
    command = [sys.executable, "-m", "tools.figures.journeys", *numbers, *more]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=as_installed()).stdout
    lines = [json.loads(line) for line in told.splitlines()]
    return [Reading(line["journeys"], line["pss_kb"], line["own_kb"]) for line in lines]
