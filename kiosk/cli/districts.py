"""The bureau's command for districts: which hall lies in which, for a bureau of many."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.arguments import BureauDir

commands = typer.Typer(
    help="Halls by district: whoever was seen in one is known at its kiosks. A bureau of one city needs none."
)


@commands.callback(invoke_without_command=True)
def list_halls(
    context: typer.Context,
    data: Annotated[Path | None, typer.Option(help="The folder that holds the bureau's data.")] = None,
) -> None:
    """Print every hall: district ("-" for none), station, name."""
    from kiosk.bureau.halls import halls

    if context.invoked_subcommand is not None:
        return
    if data is None:
        raise typer.BadParameter("where the bureau's data is", param_hint="--data")
    for station, name, district in halls(data):
        print(district or "-", station, name, sep="\t")


@commands.command("set")
def set_district(
    data: BureauDir,
    station: Annotated[str, typer.Argument(help="The hall's station, such as NZ.")],
    district: Annotated[str, typer.Argument(help='Its district, such as 520502; "" for none.')],
) -> None:
    """Lay a hall into a district, and print how many people its kiosks are told of anew."""
    from kiosk.bureau.halls import set_district as lay
    from kiosk.system_clock import SystemClock

    if not re.fullmatch("[0-9A-Za-z-]{0,12}", district):
        raise typer.BadParameter("up to twelve letters and digits", param_hint="DISTRICT")
    print(lay(data, station, district, SystemClock().now()))
