"""Journeys in a process of their own, weighed on their way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tools.figures.growing import Reading
from tools.figures.starts import as_installed


def played(folder: Path, count: int, every: int, *more: str) -> list[Reading]:
    """Play journeys in a process of their own; return its readings. RuntimeError when this one has Qt."""
    if "PySide6" in sys.modules:
        raise RuntimeError("a process that has Qt loaded bears half of what the other's Qt weighs")
    numbers = ["--data", str(folder), "--count", str(count), "--every", str(every)]
    command = [sys.executable, "-m", "tools.figures.journeys", *numbers, *more]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=as_installed()).stdout
    lines = [json.loads(line) for line in told.splitlines()]
    return [Reading(line["journeys"], line["pss_kb"], line["own_kb"]) for line in lines]
