"""The commands of the bureau: make it, serve kiosks, hand out tickets and doors, and see what it holds."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Annotated

import typer

from kiosk.catalogue import SOURCE_LANGUAGE
from kiosk.cli.arguments import BureauDir, DatabaseUrl, KeysUrl, Language, Station, StickDir, hall_minute

commands = typer.Typer(no_args_is_help=True, help="The bureau's server, the other end of every kiosk.")
tickets = typer.Typer(no_args_is_help=True, help="One-time tickets by which machines become kiosks.")
commands.add_typer(tickets, name="tickets")


@commands.command()
def init(
    data: BureauDir,
    name: Annotated[str, typer.Option(help="The bureau's name, as it stands in its certificate.")],
    host: Annotated[list[str] | None, typer.Option(help="A name kiosks will use; may be repeated.")] = None,
    database: DatabaseUrl = None,
    keys: KeysUrl = None,
) -> None:
    """Make a bureau: private authority, keys, database. Doing it again changes nothing."""
    from kiosk.bureau.init import init_bureau

    folder = init_bureau(data, name, host or [], database, keys)
    print(folder.ca_certificate)


@tickets.command("make")
def make_ticket(
    data: BureauDir,
    url: Annotated[str, typer.Option(help="Where kiosks find the bureau, such as https://bureau:8443.")],
    station: Station,
    station_name: Annotated[str, typer.Option(help="The station's name as it is printed.")],
    number: Annotated[int, typer.Option(min=1, max=99, help="The kiosk's number within the station.")],
    letter: Annotated[str, typer.Option(help="The letter before queue numbers.")],
    profile: Annotated[str, typer.Option(help="worker, desk, door or board.")] = "worker",
    show: Annotated[bool, typer.Option("--qr", help="Show it as a code to scan, too.")] = False,
    out: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Draw it as a PNG to print; it is a secret.")
    ] = None,
) -> None:
    """Print a ticket that enrols one kiosk, once and within 24 hours; an unused one for its post ends."""
    from kiosk.bureau.enrol import Post
    from kiosk.bureau.folders import write_private
    from kiosk.bureau.ticket_pictures import ticket_on_terminal, ticket_picture
    from kiosk.bureau.ticketing import make_ticket as make
    from kiosk.system_clock import SystemClock

    if profile not in {"worker", "desk", "door", "board"}:
        raise typer.BadParameter("worker, desk, door or board", param_hint="--profile")
    if not re.fullmatch("[A-Z]", letter):
        raise typer.BadParameter("one capital letter", param_hint="--letter")
    post = Post(station, station_name, number, letter, profile)  # type: ignore[arg-type]  # checked above
    if out is not None and not os.access(out.parent, os.W_OK):  # a ticket that is made ends the one before
        raise typer.BadParameter("nothing can be written there", param_hint="--out")
    now = SystemClock().now()
    ticket = make(data, url, post, now)
    print(ticket.text())
    if show:
        print(ticket_on_terminal(ticket))
    if out is not None:
        drawn = io.BytesIO()
        ticket_picture(ticket, post, now).save(drawn, format="PNG")
        write_private(out, drawn.getvalue())


@tickets.command("list")
def list_tickets(data: BureauDir) -> None:
    """Print every ticket: kiosk, letter, profile, open or used or expired, until when, station."""
    from kiosk.bureau.ticketing import issued_tickets
    from kiosk.system_clock import SystemClock

    for item in issued_tickets(data, SystemClock().now()):
        until = hall_minute(item.expires_at)
        print(item.kiosk, item.letter, item.profile, item.state, until, item.station_name, sep="\t")


@commands.command()
def serve(
    data: BureauDir,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on; 0 takes a free one.")] = 8443,
    database: DatabaseUrl = None,
    watcher: Annotated[
        list[str] | None, typer.Option(help="An address that may read /metrics and /readyz; may be repeated.")
    ] = None,
    share_port: Annotated[
        bool, typer.Option("--share-port", help="Let other servers of this bureau serve the same port.")
    ] = False,
) -> None:
    """Serve kiosks over TLS until SIGTERM."""
    from kiosk.bureau.folders import BureauFolder
    from kiosk.bureau.init import keep_url
    from kiosk.bureau.server import serve as serve_bureau
    from kiosk.system_clock import SystemClock

    if database is not None:
        keep_url(BureauFolder(data), database)
    serve_bureau(data, host, port, SystemClock(), watcher or [], is_shared=share_port)


@commands.command("courier")
def bureau_courier(stick: StickDir, data: BureauDir) -> None:
    """Take in what kiosks without a network say on a stick, and put the answers on it."""
    from kiosk.app.courier import serve_stick_at_bureau, tell

    raise typer.Exit(tell(serve_stick_at_bureau(data, stick)))


@commands.command()
def counts(data: BureauDir) -> None:
    """Print how many rows of each kind the bureau's database holds."""
    from kiosk.bureau.counting import counts as count_all

    for name, count in count_all(data).items():
        print(f"{name}\t{count}")


@commands.command("devices")
def list_devices(data: BureauDir) -> None:
    """List the devices that stand at each kiosk, as the kiosks told them last."""
    from kiosk.bureau.counting import devices as standing

    for at in standing(data):
        print(at.kiosk, at.kind, at.device, at.profile, hall_minute(at.seen_at), sep="\t")


@commands.command()
def duties(
    data: BureauDir,
    days: Annotated[int, typer.Option(min=1, help="How many days back.")] = 30,
) -> None:
    """Print when nobody, or more than one, can be shown to answer on a trip: hall, trip, which, whom, span.

    Ends with exit code 1 where there is any such time.
    """
    from datetime import timedelta

    from kiosk.bureau.duties import duty_flaws
    from kiosk.system_clock import SystemClock

    now = SystemClock().now()
    found = duty_flaws(data, now - timedelta(days=days), now)
    for item in found:
        flaw = item.flaw
        parties = ",".join(party.value for party in flaw.parties)
        span = (hall_minute(flaw.begins), hall_minute(flaw.until))
        print(item.station, item.trip, flaw.fault.value, parties, *span, sep="\t")
    raise typer.Exit(1 if found else 0)


@commands.command()
def rebuild(data: BureauDir, language: Language = SOURCE_LANGUAGE) -> None:
    """Throw the projections away and make them again from the log."""
    from kiosk.bureau.rebuilding import rebuild as rebuild_all
    from kiosk.cli.bars import bars

    with bars(language) as tell:
        applied = rebuild_all(data, tell)
    print(applied)


@commands.command()
def partitions(
    data: BureauDir,
    ahead: Annotated[int, typer.Option(min=0, max=24, help="So many months after this one.")] = 3,
    language: Language = SOURCE_LANGUAGE,
) -> None:
    """Make the monthly parts of the log on PostgreSQL; print every part and its size in bytes."""
    from kiosk.bureau.partitions import make_parts
    from kiosk.cli.bars import bars
    from kiosk.system_clock import SystemClock

    with bars(language) as tell:
        parts = make_parts(data, SystemClock().now().date(), ahead, tell)
    for part in parts:
        print(part.name, part.bytes, sep="\t")


@commands.command()
def check(data: BureauDir) -> None:
    """Check every invariant of rights, streams and feeds; print what is broken."""
    from kiosk.bureau.invariants import check_invariants

    broken = check_invariants(data)
    for line in broken:
        print(line)
    raise typer.Exit(1 if broken else 0)


@commands.command()
def door(
    data: BureauDir,
    trip: Annotated[str, typer.Argument(help="The trip's id.")],
    kiosk: Annotated[str, typer.Argument(help="The kiosk that will let people in, such as NZ-05.")],
    boarded: Annotated[int | None, typer.Option(min=0, help="People aboard by a lost device.")] = None,
    reason: Annotated[str, typer.Option(help="Who counted them, and how.")] = "",
) -> None:
    """Make a kiosk the door of a trip, once the one before has closed it."""
    from kiosk.bureau.doors import give_door
    from kiosk.system_clock import SystemClock

    if boarded is not None and not reason:
        raise typer.BadParameter("who counted, and how", param_hint="--reason")
    give_door(data, trip, kiosk, SystemClock().now(), boarded, reason)


@commands.command()
def erase(
    data: BureauDir,
    what: Annotated[str, typer.Option(help="optional: what consent allowed; all: everything.")],
    worker: Annotated[str, typer.Option(help="The worker's id; else the card number is asked for.")] = "",
) -> None:
    """Erase what is known of a person who asks for it; print what is gone, and what law holds until when."""
    from kiosk.bureau.erasing import erase as erase_fields
    from kiosk.messages.personal import Kind
    from kiosk.system_clock import SystemClock

    if what not in {"optional", "all"}:
        raise typer.BadParameter("optional or all", param_hint="--what")
    whom = worker or typer.prompt("Card number", hide_input=True)
    kinds = [Kind.OPTIONAL] if what == "optional" else [Kind.OPTIONAL, Kind.STATUTORY]
    for item in erase_fields(data, whom, kinds, SystemClock().now()):
        state = "erased" if item.is_destroyed else "restricted"
        print(item.kind.value, state, item.held_until or "", item.law, sep="\t")


@commands.command("erasures")
def list_erasures(data: BureauDir) -> None:
    """List whose fields are only restricted: worker, kind, when it was asked, until when, and by which law.

    Where no law stands, nothing but your look is waited for; `erase` carries it out before.
    """
    from kiosk.bureau.erasing import restricted

    for item in restricted(data):
        asked = hall_minute(item.asked_at)
        print(item.worker, item.kind.value, asked, item.held_until or "", item.law, sep="\t")
