"""The bureau's commands for who works at the desks: employ, change, end, a new PIN, a badge, and the list."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.arguments import BureauDir
from kiosk.domain.duties import Role

commands = typer.Typer(no_args_is_help=True, help="Who works at the desk of which hall.")
StaffArgument = Annotated[str, typer.Argument(help="The id, as `list` prints it.")]
Until = Annotated[str, typer.Option(help="The last day, such as 2027-12-31; without it there is none.")]


@commands.command()
def add(
    data: BureauDir,
    station: Annotated[str, typer.Option(help="Two letters of the station, such as NZ.")],
    name: Annotated[str, typer.Option(help="The name; screens show it masked.")],
    role: Annotated[Role, typer.Option(help="What this person may do.")],
    until: Until = "",
) -> None:
    """Put somebody on a hall's list; print the id and, this once, the PIN."""
    from kiosk.bureau.staffing import employ

    made = employ(data, station, name, role, _day(until))
    print(made.body.id, made.pin, sep="\t")


@commands.command()
def change(
    data: BureauDir,
    staff: StaffArgument,
    role: Annotated[Role | None, typer.Option(help="What this person may do from now on.")] = None,
    until: Until = "",
) -> None:
    """Change what somebody may do, or until when."""
    from kiosk.bureau.staffing import change as change_staff

    change_staff(data, staff, role=role, valid_until=_day(until))


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
    until: Annotated[str, typer.Option(help="The badge's last day, such as 2027-12-31.")],
    out: Annotated[Path, typer.Option(help="The picture to write (PNG), for the card printer.")],
) -> None:
    """Draw a badge; the one before lets nobody in any more. Administrators get none: they give their PIN."""
    from kiosk.bureau.badge_pictures import badge_picture
    from kiosk.bureau.staffing import give_badge

    badge_picture(give_badge(data, staff, date.fromisoformat(until))).save(out)


@commands.command("list")
def list_all(data: BureauDir) -> None:
    """Print everybody who is or was on a list: hall, id, role, here or ended, last day, badge, name."""
    from kiosk.bureau.staffing import list_staff

    for item in list_staff(data):
        body = item.body
        state = "here" if body.is_active else "ended"
        badge = "" if body.badge_serial is None else "badge"
        print(item.station, body.id, body.role, state, body.valid_until or "", badge, body.name, sep="\t")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
