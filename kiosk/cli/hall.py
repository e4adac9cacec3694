"""The commands of a kiosk: its screen, its sync, its devices, and a sample morning."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.arguments import StickDir
from kiosk.domain.clock import HALL_ZONE
from kiosk.domain.periods import Period

commands = typer.Typer()
devices = typer.Typer(no_args_is_help=True, help="Reader, scanner and printer of this kiosk.")
commands.add_typer(devices, name="devices")
audit = typer.Typer(no_args_is_help=True, help="The log of what was done at the desk.")
commands.add_typer(audit, name="audit")

DataDir = Annotated[Path, typer.Option("--data", help="The folder that holds this kiosk's data.")]
_DAY = ["%Y-%m-%d"]
_SCAN_PATIENCE_S = 120.0
Errand = Annotated[str, typer.Argument(help="write, read or carry")]


@commands.command()
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


@commands.command()
def pulse(
    data: DataDir,
    once: Annotated[bool, typer.Option("--once", help="Do one beat and end.")] = False,
    parent: Annotated[int | None, typer.Option(help="End when this process is gone.")] = None,
) -> None:
    """Run the sync process alone; `kiosk run` starts it by itself."""
    from kiosk.app.pulse import start_pulse

    start_pulse(data, parent, is_once=once)


@commands.command()
def courier(errand: Errand, stick: StickDir, data: DataDir) -> None:
    """With no network: write what this kiosk says on a stick, read answers from it, carry it for others."""
    from kiosk.app.courier import ERRANDS, tell
    from kiosk.app.settings import read_settings
    from kiosk.app.sticks import UsbStick

    if errand not in ERRANDS:
        raise typer.BadParameter("write, read or carry", param_hint="errand")
    raise typer.Exit(tell(ERRANDS[errand](read_settings(data), UsbStick(stick))))


@commands.command()
def export(
    ledger: Annotated[
        str,
        typer.Argument(help="shift, or at a desk: seekers, visits, placements, classes, prints."),
    ],
    folder: Annotated[Path, typer.Argument(help="The folder to write to; it must be there.")],
    data: DataDir,
    language: Annotated[str, typer.Option(help="zh_CN or en.")] = "zh_CN",
    reason: Annotated[str, typer.Option(prompt="为啥导出 why", help="Why; it stands in the audit log.")] = "",
    first: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="First day.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="Last day; today.")] = None,
    is_whole: Annotated[
        bool, typer.Option("--whole/--masked", help="Names and numbers in full: an act of its own.")
    ] = False,
) -> None:
    """Write a ledger as XLSX and CSV, by the PINs of two people; both stand in the audit log."""
    from kiosk.app.exporting import LEDGERS, SHIFT, Wanted
    from kiosk.app.exporting import export as export_ledger
    from kiosk.app.settings import read_settings
    from kiosk.catalogue import LANGUAGES, load

    if ledger not in LEDGERS:
        raise typer.BadParameter(", ".join(LEDGERS), param_hint="ledger")
    if language not in LANGUAGES:
        raise typer.BadParameter(", ".join(LANGUAGES), param_hint="--language")
    if is_whole and ledger == SHIFT:
        raise typer.BadParameter("a ledger of people", param_hint="--whole")

    def ask_pin(key: str) -> str:
        words = " ".join(load(each)(key) for each in LANGUAGES)
        return str(typer.prompt(words, hide_input=True))

    wanted = Wanted(ledger, language, _days(first, last), is_whole)
    export_ledger(read_settings(data), wanted, folder, reason, ask_pin, sys.stdout)


def _days(first: datetime | None, last: datetime | None) -> Period | None:
    """Return the days that were named, None where none was. Raises BadParameter."""
    if first is None and last is None:
        return None
    named = first or last
    assert named is not None
    try:
        return Period(named.date(), (last or datetime.now(HALL_ZONE)).date())
    except ValueError:
        raise typer.BadParameter("before --from", param_hint="--to") from None


@commands.command()
def enrol(
    data: DataDir,
    ticket: Annotated[
        str | None,
        typer.Argument(
            help="What `kiosk bureau tickets make` printed, or a file of it; asked for if absent."
        ),
    ] = None,
    scanner: Annotated[
        str | None, typer.Option(help="Read it with this scanner: /dev/… or a pyserial URL.")
    ] = None,
    scanner_profile: Annotated[str, typer.Option(help="What kind of scanner it is.")] = "generic",
) -> None:
    """Make this machine a kiosk of the bureau that made the ticket."""
    from kiosk.app.enrolling import enrol_by_ticket, first_administrator, ticket_in
    from kiosk.app.scanned_ticket import scan_ticket

    if scanner is not None:
        print("请把登记票对准扫码器 hold the ticket before the scanner", flush=True)
        held = scan_ticket(scanner, scanner_profile, _SCAN_PATIENCE_S)
    else:
        held = ticket_in(ticket or typer.prompt("登记票 ticket"))
    identity = enrol_by_ticket(data, held)
    print(f"{identity.station_name} {identity.letter} ({identity.kiosk}, {identity.profile})")
    pin = first_administrator(data)
    if pin is not None:
        print(f"管理员密码 administrator's PIN: {pin}")


@commands.command()
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


@audit.command("check")
def check_audit(data: DataDir) -> None:
    """Read the whole audit log and say whether a line was changed, taken out or cut off; ends with 1 then."""
    from kiosk.app.audit_check import check

    raise typer.Exit(check(data, sys.stdout))


@commands.command(
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


def _reader_emulator(arguments: list[str]) -> int:
    from kiosk.devices.emulators.reader import main as run_reader

    return run_reader(arguments)


def _printer_emulator(arguments: list[str]) -> int:
    from kiosk.devices.emulators.printer import main as run_printer

    return run_printer(arguments)


def _scanner_emulator(arguments: list[str]) -> int:
    from kiosk.devices.emulators.scanner import main as run_scanner

    return run_scanner(arguments)
