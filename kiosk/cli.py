"""The one command: `kiosk run`, `kiosk demo`, `kiosk bureau …`; heavy parts are imported only when used."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kiosk.app.telling import told
from kiosk.domain.clock import hall_time

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The kiosk of a labour hall: check in by ID card, take a place, leave with a slip.",
)
bureau = typer.Typer(no_args_is_help=True, help="The bureau's server, the other end of every kiosk.")
app.add_typer(bureau, name="bureau")
tickets = typer.Typer(no_args_is_help=True, help="One-time tickets by which machines become kiosks.")
bureau.add_typer(tickets, name="tickets")

devices = typer.Typer(no_args_is_help=True, help="Reader, scanner and printer of this kiosk.")
app.add_typer(devices, name="devices")

DataDir = Annotated[Path, typer.Option("--data", help="The folder that holds this kiosk's data.")]
BureauDir = Annotated[Path, typer.Option("--data", help="The folder that holds the bureau's data.")]

Errand = Annotated[str, typer.Argument(help="write, read or carry")]
StickDir = Annotated[Path, typer.Argument(help="Where the USB stick is mounted.")]
BackupDir = Annotated[Path, typer.Argument(help="A backup, or a folder of them: then its newest.")]


@app.command()
def run(
    data: DataDir,
    reader: Annotated[str | None, typer.Option(help="ID-card reader: /dev/… or a pyserial URL.")] = None,
    scanner: Annotated[str | None, typer.Option(help="Code scanner: /dev/… or a pyserial URL.")] = None,
    printer: Annotated[str | None, typer.Option(help="Printer: tcp://, serial:// or usb:// URL.")] = None,
    full_screen: Annotated[bool | None, typer.Option("--full-screen", help="Take the whole screen.")] = None,
) -> None:
    """Run the kiosk's screen and its sync, until it is left from admin mode."""
    from kiosk.app.screen import run_screen
    from kiosk.app.settings import read_settings

    settings = read_settings(
        data, reader_url=reader, scanner_url=scanner, printer_url=printer, full_screen=full_screen
    )
    raise typer.Exit(run_screen(settings))


@app.command()
def pulse(
    data: DataDir,
    once: Annotated[bool, typer.Option("--once", help="Do one beat and end.")] = False,
    parent: Annotated[int | None, typer.Option(help="End when this process is gone.")] = None,
) -> None:
    """Run the sync process alone; `kiosk run` starts it by itself."""
    from kiosk.app.pulse import die_with_parent, run_pulse
    from kiosk.app.settings import read_settings

    if parent is not None:
        die_with_parent(parent)
    run_pulse(read_settings(data), is_once=once)


@app.command()
def courier(errand: Errand, stick: StickDir, data: DataDir) -> None:
    """With no network: write what this kiosk says on a stick, read answers from it, carry it for others."""
    from kiosk.app.courier import ERRANDS, tell
    from kiosk.app.settings import read_settings
    from kiosk.app.sticks import UsbStick

    if errand not in ERRANDS:
        raise typer.BadParameter("write, read or carry", param_hint="errand")
    raise typer.Exit(tell(ERRANDS[errand](read_settings(data), UsbStick(stick))))


@app.command()
def enrol(
    data: DataDir,
    ticket: Annotated[
        str | None,
        typer.Argument(
            help="What `kiosk bureau tickets make` printed, or a file of it; asked for if absent."
        ),
    ] = None,
) -> None:
    """Make this machine a kiosk of the bureau that made the ticket."""
    from kiosk.app.enrolling import enrol_by_ticket, first_administrator, ticket_in

    identity = enrol_by_ticket(data, ticket_in(ticket or typer.prompt("登记票 ticket")))
    print(f"{identity.station_name} {identity.letter} ({identity.kiosk}, {identity.profile})")
    pin = first_administrator(data)
    if pin is not None:
        print(f"管理员密码 administrator's PIN: {pin}")


@app.command()
def demo(
    data: Annotated[Path | None, typer.Option(help="Keep kiosk and bureau data here and carry on.")] = None,
    out: Annotated[Path, typer.Option(help="Where pictures, slips and report.json go.")] = Path("build/demo"),
    reader: Annotated[str | None, typer.Option(help="Use this reader instead of the emulated one.")] = None,
    printer: Annotated[str | None, typer.Option(help="Use this printer instead of the emulated one.")] = None,
    printer_profile: Annotated[str | None, typer.Option(help="What kind of printer it is.")] = None,
    full_screen: Annotated[bool, typer.Option("--full-screen", help="Take the whole screen.")] = False,
    landscape: Annotated[bool, typer.Option("--landscape", help="Show the window lying.")] = False,
) -> None:
    """Play a morning in a sample hall: in a window, or by itself where there is no display."""
    from kiosk.demo.command import DemoOptions, run_demo

    options = DemoOptions(data, out, reader, printer, printer_profile, full_screen, landscape)
    raise typer.Exit(run_demo(options))


@devices.command("check")
def check_devices(
    data: DataDir,
    port: Annotated[list[str] | None, typer.Option(help="Look here too: /dev/…, tcp://…, usb://….")] = None,
    step: Annotated[list[str] | None, typer.Option(help="Do this step again; may be repeated.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Begin anew, not where it stopped.")] = False,
    answers: Annotated[Path | None, typer.Option(help="Take answers from this JSON file.")] = None,
    language: Annotated[str | None, typer.Option(help="zh_CN or en; the kiosk's own without it.")] = None,
) -> None:
    """Find the devices and try them with a person; write the settings that follow, and a report.

    Stop the kiosk first: a port belongs to one program. Ends with 1 when a step failed, 2 when nothing could
    be tried, 130 when it was interrupted; then the next call goes on where it stopped.
    """
    from kiosk.app.commissioning_terminal import CheckOptions, check

    options = CheckOptions(data, tuple(port or ()), tuple(step or ()), again, answers, language)
    raise typer.Exit(check(options, sys.stdin, sys.stdout))


@bureau.command()
def init(
    data: BureauDir,
    name: Annotated[str, typer.Option(help="The bureau's name, as it stands in its certificate.")],
    host: Annotated[list[str] | None, typer.Option(help="A name kiosks will use; may be repeated.")] = None,
) -> None:
    """Make a bureau: private authority, keys, database. Doing it again changes nothing."""
    from kiosk.bureau.init import init_bureau

    folder = init_bureau(data, name, host or [])
    print(folder.ca_certificate)


@tickets.command("make")
def make_ticket(
    data: BureauDir,
    url: Annotated[str, typer.Option(help="Where kiosks find the bureau, such as https://bureau:8443.")],
    station: Annotated[str, typer.Option(help="Two letters of the station, such as NZ.")],
    station_name: Annotated[str, typer.Option(help="The station's name as it is printed.")],
    number: Annotated[int, typer.Option(min=1, max=99, help="The kiosk's number within the station.")],
    letter: Annotated[str, typer.Option(help="The letter before queue numbers.")],
    profile: Annotated[str, typer.Option(help="worker, desk, door or board.")] = "worker",
) -> None:
    """Print a ticket that enrols one kiosk, once and within 24 hours; an unused one for its post ends."""
    from kiosk.bureau.enrol import Post
    from kiosk.bureau.ticketing import make_ticket as make
    from kiosk.system_clock import SystemClock

    if profile not in {"worker", "desk", "door", "board"}:
        raise typer.BadParameter("worker, desk, door or board", param_hint="--profile")
    if not re.fullmatch("[A-Z]{2}", station):
        raise typer.BadParameter("two capital letters", param_hint="--station")
    if not re.fullmatch("[A-Z]", letter):
        raise typer.BadParameter("one capital letter", param_hint="--letter")
    post = Post(station, station_name, number, letter, profile)  # type: ignore[arg-type]  # checked above
    print(make(data, url, post, SystemClock().now()).text())


@tickets.command("list")
def list_tickets(data: BureauDir) -> None:
    """Print every ticket: kiosk, letter, profile, open or used or expired, until when, station."""
    from kiosk.bureau.ticketing import issued_tickets
    from kiosk.system_clock import SystemClock

    for item in issued_tickets(data, SystemClock().now()):
        until = _hall_minute(item.expires_at)
        print(item.kiosk, item.letter, item.profile, item.state, until, item.station_name, sep="\t")


@bureau.command()
def kiosks(data: BureauDir) -> None:
    """Print every enrolled kiosk: id, letter, profile, last heard of, key, machine, station."""
    from kiosk.bureau.ticketing import enrolled_kiosks

    for item in enrolled_kiosks(data):
        seen = _hall_minute(item.seen_at)
        print(
            item.kiosk, item.letter, item.profile, seen, item.key_id, item.device, item.station_name, sep="\t"
        )


@bureau.command()
def serve(
    data: BureauDir,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on; 0 takes a free one.")] = 8443,
) -> None:
    """Serve kiosks over TLS until SIGTERM."""
    from kiosk.bureau.server import serve as serve_bureau
    from kiosk.system_clock import SystemClock

    serve_bureau(data, host, port, SystemClock())


@bureau.command("courier")
def bureau_courier(stick: StickDir, data: BureauDir) -> None:
    """Take in what kiosks without a network say on a stick, and put the answers on it."""
    from kiosk.app.courier import serve_stick_at_bureau, tell

    raise typer.Exit(tell(serve_stick_at_bureau(data, stick)))


@bureau.command()
def counts(data: BureauDir) -> None:
    """Print how many rows of each kind the bureau's database holds."""
    from kiosk.bureau.counting import counts as count_all

    for name, count in count_all(data).items():
        print(f"{name}\t{count}")


@bureau.command("devices")
def list_devices(data: BureauDir) -> None:
    """List the devices that stand at each kiosk, as the kiosks told them last."""
    from kiosk.bureau.counting import devices as standing

    for at in standing(data):
        seen = f"{at.seen_at:%Y-%m-%d %H:%M}"
        print("\t".join((f"{at.station}-{at.kiosk_no:02d}", at.kind, at.device, at.profile, seen)))


@bureau.command()
def rebuild(data: BureauDir) -> None:
    """Throw the projections away and make them again from the log."""
    from kiosk.bureau.rebuilding import rebuild as rebuild_all

    print(rebuild_all(data))


@bureau.command()
def check(data: BureauDir) -> None:
    """Check every invariant of rights, streams and feeds; print what is broken."""
    from kiosk.bureau.invariants import check_invariants

    broken = check_invariants(data)
    for line in broken:
        print(line)
    raise typer.Exit(1 if broken else 0)


@bureau.command()
def backup(
    data: BureauDir,
    into: Annotated[Path, typer.Argument(help="The folder of backups, best on another disk.")],
    keep: Annotated[int, typer.Option(min=1, help="How many of the newest to keep.")] = 14,
) -> None:
    """Copy the bureau, running or not, into a new folder, and read it again. It holds the bureau's keys.

    Kiosks forget what they told only when such a copy holds it.
    """
    from kiosk.bureau.backups import back_up
    from kiosk.system_clock import SystemClock

    print(back_up(data, into, SystemClock().now(), keep))


@bureau.command()
def restore(data: BureauDir, folder: BackupDir) -> None:
    """Put a backup back while no server runs; what was there is kept beside it.

    Every kiosk then tells everything again, and nobody gets a place before all have. Prints who is awaited.
    """
    from kiosk.bureau.restores import restore as put_back
    from kiosk.system_clock import SystemClock

    for item in put_back(data, folder, SystemClock().now()):
        print(item.kiosk, item.machine, *item.streams, sep="\t")


@bureau.command("rehearse-restore")
def rehearse_restore(data: BureauDir, folder: BackupDir) -> None:
    """Try a backup aside: what is wrong with it, what only kiosks could tell again, whom it would await."""
    from kiosk.bureau.restores import rehearse
    from kiosk.system_clock import SystemClock

    tried = rehearse(data, folder, SystemClock().now())
    print("backup", tried.backup, _hall_minute(tried.made_at), sep="\t")
    for name, count in tried.forgotten.items():
        print("forgotten", name, count, sep="\t")
    for item in tried.awaited:
        print("awaited", item.kiosk, item.machine, *item.streams, sep="\t")
    for line in tried.problems:
        print("wrong", line, sep="\t")
    raise typer.Exit(1 if tried.problems else 0)


@bureau.command()
def awaited(data: BureauDir) -> None:
    """Print the machines a restored bureau still waits for: kiosk, machine, streams. Nothing: it grants."""
    from kiosk.bureau.write_offs import awaited_machines

    for item in awaited_machines(data):
        print(item.kiosk, item.machine, *item.streams, sep="\t")


@bureau.command("write-off")
def write_off(
    data: BureauDir,
    stream: Annotated[str, typer.Argument(help="The stream, as `awaited` or `check` names it.")],
    reason: Annotated[str, typer.Option(help="Who counted, and how.")],
    quota: Annotated[str | None, typer.Option(help="Such as places:JOB or seats:TRIP.")] = None,
    count: Annotated[int | None, typer.Option(min=0, help="How many of its numbers are used up.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All not yet counted, as if used up.")] = False,
    gone: Annotated[bool, typer.Option("--gone", help="It is in use, but will never come back.")] = False,
) -> None:
    """Settle by count a stream that nobody will hear of again. First quota by quota, then --all."""
    from kiosk.bureau.write_offs import Count, write_off_stream
    from kiosk.domain.ids import QuotaId
    from kiosk.system_clock import SystemClock

    if everything == (quota is not None) or (quota is None) != (count is None):
        raise typer.BadParameter("--quota with --count, or --all", param_hint="--quota")
    counted = None if quota is None or count is None else Count(QuotaId(quota), count)
    write_off_stream(data, stream, counted, reason, SystemClock().now(), is_gone=gone)


@bureau.command()
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


@app.command(
    # What stands behind the device's name is the emulator's, its --help too.
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
)
def emulate(
    context: typer.Context, device: Annotated[str, typer.Argument(help="reader, printer or scanner")]
) -> None:
    """Run an emulated reader, printer or scanner; options after its name are its own (try --help there)."""
    emulators = {"reader": _reader_emulator, "printer": _printer_emulator, "scanner": _scanner_emulator}
    if device == "--help":
        print(context.get_help())
        raise typer.Exit
    if device not in emulators:
        raise typer.BadParameter("reader, printer or scanner", param_hint="device")
    raise typer.Exit(emulators[device](context.args))


def _hall_minute(moment: datetime) -> str:
    return f"{hall_time(moment):%Y-%m-%d %H:%M}"


def _reader_emulator(arguments: list[str]) -> int:
    from kiosk.devices.emulators.reader import main as run_reader

    return run_reader(arguments)


def _printer_emulator(arguments: list[str]) -> int:
    from kiosk.devices.emulators.printer import main as run_printer

    return run_printer(arguments)


def _scanner_emulator(arguments: list[str]) -> int:
    from kiosk.devices.emulators.scanner import main as run_scanner

    return run_scanner(arguments)


def main() -> None:
    """Run the command line; a failing world ends with one sentence instead of a traceback."""
    sys.exit(told(app))


if __name__ == "__main__":
    main()
