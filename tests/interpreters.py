"""An interpreter of its own that nobody watches: what it loads, the program in it loads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_WATCHED = "COVERAGE_"
"""Begins the names of what tells an interpreter to measure coverage; it would load a database for that."""


def said_alone(program: str) -> str:
    """Run a program from the project's root and return what it printed; CalledProcessError when it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_WATCHED)}
    ran = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    )
    return ran.stdout.strip()
