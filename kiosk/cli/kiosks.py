"""The bureau's commands for its kiosks: list, rename, give a new key, revoke."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.arguments import BureauDir, hall_minute

commands = typer.Typer(help="The enrolled kiosks: listed without a word more; renamed, rolled, revoked.")
KioskId = Annotated[str, typer.Argument(help="The kiosk's id, such as NZ-01.")]


@commands.callback(invoke_without_command=True)
def list_kiosks(
    context: typer.Context,
    data: Annotated[Path | None, typer.Option(help="The folder that holds the bureau's data.")] = None,
) -> None:
    """Print every enrolled kiosk: id, letter, profile, last heard of, key, state, machine, station."""
    from kiosk.bureau.trusting import enrolled_kiosks

    if context.invoked_subcommand is not None:
        return
    if data is None:
        raise typer.BadParameter("where the bureau's data is", param_hint="--data")
    for item in enrolled_kiosks(data):
        seen = hall_minute(item.seen_at)
        told = (item.profile, seen, item.key_id, item.state, item.device, item.station_name)
        print(item.kiosk, item.letter, *told, sep="\t")


@commands.command()
def rename(
    kiosk: KioskId,
    data: BureauDir,
    letter: Annotated[str | None, typer.Option(help="The letter before queue numbers.")] = None,
    station_name: Annotated[str | None, typer.Option(help="The hall's name, at all of its kiosks.")] = None,
) -> None:
    """Give a kiosk another letter, or its hall another name; kiosks hear of it with their next round."""
    from kiosk.bureau.trusting import rename_kiosk
    from kiosk.system_clock import SystemClock

    if letter is None and station_name is None:
        raise typer.BadParameter("--letter, --station-name or both", param_hint="--letter")
    if letter is not None and not re.fullmatch("[A-Z]", letter):
        raise typer.BadParameter("one capital letter", param_hint="--letter")
    if station_name is not None and not station_name.strip():
        raise typer.BadParameter("a name", param_hint="--station-name")
    rename_kiosk(data, kiosk, letter, station_name, SystemClock().now())


@commands.command()
def roll(kiosk: KioskId, data: BureauDir) -> None:
    """Have a kiosk make itself a new key; the old one is refused as soon as the kiosk has offered it.

    A kiosk whose old key is lost is enrolled again by a new ticket.
    """
    from kiosk.bureau.trusting import ask_for_key
    from kiosk.system_clock import SystemClock

    ask_for_key(data, kiosk, SystemClock().now())


@commands.command()
def revoke(
    kiosk: KioskId,
    data: BureauDir,
    reason: Annotated[str, typer.Option(help="Why, and who decided it.")],
) -> None:
    """Let a machine be a kiosk no more: it locks itself, and may only hand in what it had written down.

    Prints its streams that hold numbers: once it has told everything, `write-off` settles each by count.
    """
    from kiosk.bureau.trusting import revoke_kiosk
    from kiosk.system_clock import SystemClock

    if not reason.strip():
        raise typer.BadParameter("why, and who decided it", param_hint="--reason")
    for stream in revoke_kiosk(data, kiosk, reason, SystemClock().now()):
        print(stream)
