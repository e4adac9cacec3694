"""What several commands are given, and how they write a time."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kiosk.catalogue import LANGUAGES
from kiosk.domain.clock import hall_time
from kiosk.domain.ids import STATION_SHAPE


def _station(text: str) -> str:
    if not re.fullmatch(STATION_SHAPE, text):
        raise typer.BadParameter("two to four capital letters")
    return text


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise typer.BadParameter(", ".join(LANGUAGES))
    return text


BureauDir = Annotated[Path, typer.Option("--data", help="The folder that holds the bureau's data.")]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(help="PostgreSQL instead of a file: postgresql://user@host/name; kept in the folder."),
]
KeysUrl = Annotated[
    str | None,
    typer.Option(help="A second PostgreSQL database, for keys and registry that several servers share."),
]
Language = Annotated[str, typer.Option(parser=_language, help="zh_CN or en.")]
StickDir = Annotated[Path, typer.Argument(help="Where the USB stick is mounted.")]
Station = Annotated[str, typer.Option(parser=_station, help="The station: two to four letters, such as NZ.")]


def hall_minute(moment: datetime) -> str:
    """Return a time as people in the hall read it, to the minute."""
    return f"{hall_time(moment):%Y-%m-%d %H:%M}"
