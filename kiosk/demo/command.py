"""`kiosk demo`: bureau, devices and kiosk on one machine, in a window or played by itself."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from kiosk.actions.faults import WorldFault
from kiosk.app.building import slip_printer
from kiosk.app.settings import as_environment, read_settings
from kiosk.demo.bureau_side import (
    DemoBureau,
    enrol_demo_kiosk,
    prepare_bureau,
    record_at_desk,
    run_pulse_of,
)
from kiosk.demo.children import Child, ChildFailed
from kiosk.demo.devices import Devices, start_devices
from kiosk.demo.door import Door, DoorError
from kiosk.demo.guests import guests_of_the_morning
from kiosk.demo.morning import Morning
from kiosk.demo.papers import keep_papers
from kiosk.demo.report import Report
from kiosk.demo.sockets import socket_path
from kiosk.devices.emulators.control_sockets import ControlError
from kiosk.domain.sentences import Sentence

SYNC_INTERVAL_S = 3.0
_SOME_PRINTER = "tcp://127.0.0.1"
"""What stands for our own one while the rest of the options is looked at."""
EXIT_FAILED, EXIT_UNCERTAIN, EXIT_TOLD = 1, 3, 143


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What the command line said."""

    data: Path | None
    out: Path
    reader: str | None
    printer: str | None
    printer_profile: str | None
    full_screen: bool
    landscape: bool = False


def has_display() -> bool:
    """Return whether a window can be shown here."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_demo(options: DemoOptions) -> int:
    """Run the demo; return 0 when all is well, 3 when a slip stayed uncertain, 1 when a step failed.

    Raises WorldFault before anything starts when the printer is none or a folder cannot be made.
    """
    _look_ahead(options)
    # Unwinding the stack ends every child; a demo that is told to end leaves nobody behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(EXIT_TOLD))
    with ExitStack() as stack:
        home = options.data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hall-kiosk-")))
        report = Report()
        bureau = _start_bureau(stack, home, report)
        devices = start_devices(home, options.reader, options.printer)
        stack.callback(devices.stop)
        if has_display():
            from kiosk.demo.window import show_window

            return show_window(
                home,
                devices,
                as_environment(_settings(options, devices)),
                bureau=bureau,
                full_screen=options.full_screen,
                landscape=options.landscape,
            )
        try:
            _play(stack, home, bureau, devices, options, report)
        except (ChildFailed, DoorError, ControlError) as fault:
            report.add(f"the morning breaks off: {fault}", 0.0, ok=False)
        return conclude(report, options.out)


def _look_ahead(options: DemoOptions) -> None:
    """Try what somebody may have typed wrong, while nothing runs that would have to be ended again."""
    for folder in (options.data, options.out):
        try:
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
                tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            cause = {"folder": str(folder), "cause": str(error.strerror)}
            raise WorldFault(Sentence("cli.bad_folder", cause)) from error
    named = {"printer_url": options.printer or _SOME_PRINTER, "printer_profile": options.printer_profile}
    slip_printer(read_settings((options.data or options.out) / "kiosk", **named))


def _start_bureau(stack: ExitStack, home: Path, report: Report) -> DemoBureau:
    began = time.monotonic()
    bureau = prepare_bureau(home / "bureau")
    stack.callback(bureau.stop)
    bureau.start()
    record_at_desk(bureau, home / "desk")
    enrol_demo_kiosk(bureau, home / "kiosk", 1, "worker")
    run_pulse_of(home / "kiosk")  # so that the first screen anybody sees is full of work
    report.add("a bureau is made and a kiosk enrolled", time.monotonic() - began)
    return bureau


def _play(
    stack: ExitStack, home: Path, bureau: DemoBureau, devices: Devices, options: DemoOptions, report: Report
) -> None:
    pictures = options.out / "pictures"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    began = time.monotonic()
    door = socket_path(home / "door.sock")
    settings = _settings(options, devices)
    stage = Child(
        "screen",
        ["--data", str(home / "kiosk"), "--door", str(door)],
        home,
        module="kiosk.demo.stage",
        environment={**as_environment(settings), "QT_QPA_PLATFORM": "offscreen"},
    )
    stack.callback(stage.stop)
    stage.announcement()
    report.add("the kiosk's screen is up", time.monotonic() - began)
    Morning(Door(door), devices, bureau, report, options.out).play(guests_of_the_morning(home))
    Door(door).quit()
    stage.stop()
    keep_papers(devices, read_settings(home / "kiosk", **settings), options.out / "slips", report)


def _settings(options: DemoOptions, devices: Devices) -> dict[str, str]:
    """Return the kiosk's options for this demo."""
    chosen = {
        "reader_url": devices.reader_url,
        "scanner_url": devices.scanner_url,
        "printer_url": devices.printer_url,
        "sync_interval_s": str(SYNC_INTERVAL_S),
        "printer_profile": options.printer_profile or "generic-80",
    }
    if devices.printer is not None and options.printer_profile is None:
        chosen["printer_profile"] = "generic-80-gsh"
    if options.printer is not None:
        chosen["printer_patience_s"] = "30"
    return chosen


def conclude(report: Report, out: Path) -> int:
    """Write the report, say how it went, and return the exit code."""
    report.write(out)
    print(
        f"check-ins {report.check_ins}, placements {report.placements}, slips {len(report.slips)}; "
        f"bureau: {report.bureau}; report: {out / 'report.json'}"
    )
    if report.failed:
        print("failed: " + "; ".join(report.failed), file=sys.stderr)
        return EXIT_FAILED
    if report.uncertain:
        print("uncertain: " + ", ".join(report.uncertain), file=sys.stderr)
        return EXIT_UNCERTAIN
    return 0
