"""The bureau's commands for who works at the desks: employ, change, end, a new PIN, a badge, and the list."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.arguments import BureauDir, Station
from kiosk.domain.duties import Role

commands = typer.Typer(no_args_is_help=True, help="Who works at the desk of which hall.")
StaffArgument = Annotated[str, typer.Argument(help="The id, as `list` prints it.")]


@commands.command()
def add(
    data: BureauDir,
    station: Station,
    name: Annotated[str, typer.Option(help="The name; screens show it masked.")],
    role: Annotated[Role, typer.Option(help="What this person may do.")],
    until: Annotated[date | None, typer.Option(help="The last day, such as 2027-12-31; else none.")] = None,
) -> None:
    """Put somebody on a hall's list; print the id and, this once, the PIN."""
    from kiosk.bureau.staffing import employ

    made = employ(data, station, name, role, until)
    print(made.body.id, made.pin, sep="\t")


@commands.command()
def change(
    data: BureauDir,
    staff: StaffArgument,
    role: Annotated[Role | None, typer.Option(help="What this person may do from now on.")] = None,
    until: Annotated[date | None, typer.Option(help="The last day; without it the one of before.")] = None,
) -> None:
    """Change what somebody may do, or until when."""
    from kiosk.bureau.staffing import change as change_staff

    change_staff(data, staff, role=role, valid_until=until)


@commands.command()
def end(data: BureauDir, staff: StaffArgument) -> None:
    """Take somebody off the list: PIN and badge let nobody in from each kiosk's next round on."""
    from kiosk.bureau.staffing import end as end_staff

    end_staff(data, staff)


@commands.command()
def pin(data: BureauDir, staff: StaffArgument) -> None:
    """Draw a new PIN and print it, this once; the one before ends."""
    from kiosk.bureau.staffing import draw_new_pin

    print(draw_new_pin(data, staff).pin)


@commands.command()
def badge(
    data: BureauDir,
    staff: StaffArgument,
    until: Annotated[date, typer.Option(help="The badge's last day, such as 2027-12-31.")],
    out: Annotated[Path, typer.Option(help="The picture to write (PNG), for the card printer.")],
) -> None:
    """Draw a badge; the one before lets nobody in any more. Administrators get none: they give their PIN."""
    from kiosk.bureau.badge_pictures import badge_picture
    from kiosk.bureau.staffing import give_badge

    if not os.access(out.parent, os.W_OK):  # the badge of before ends when the new one is drawn
        raise typer.BadParameter("nothing can be written there", param_hint="--out")
    badge_picture(give_badge(data, staff, until)).save(out, format="PNG")


@commands.command("list")
def list_all(data: BureauDir) -> None:
    """Print everybody who is or was on a list: hall, id, role, here or ended, last day, badge, name."""
    from kiosk.bureau.staffing import list_staff

    for item in list_staff(data):
        body = item.body
        state = "here" if body.is_active else "ended"
        badge = "" if body.badge_serial is None else "badge"
        print(item.station, body.id, body.role, state, body.valid_until or "", badge, body.name, sep="\t")
