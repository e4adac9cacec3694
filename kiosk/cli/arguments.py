"""What several commands are given, and how they write a time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kiosk.domain.clock import hall_time

BureauDir = Annotated[Path, typer.Option("--data", help="The folder that holds the bureau's data.")]
StickDir = Annotated[Path, typer.Argument(help="Where the USB stick is mounted.")]


def hall_minute(moment: datetime) -> str:
    """Return a time as people in the hall read it, to the minute."""
    return f"{hall_time(moment):%Y-%m-%d %H:%M}"
