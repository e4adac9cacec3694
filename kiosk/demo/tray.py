"""The demo's tray in a process of its own: it moves the emulated devices and asks for the bureau."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.catalogue import SOURCE_LANGUAGE, load
from kiosk.demo.door import Door, DoorError
from kiosk.devices.emulators.printer_control import PrinterControl
from kiosk.devices.emulators.reader_control import ReaderControl, ReaderControlError
from kiosk.devices.emulators.scanner_control import ScannerControl
from kiosk.domain.identity import age_on
from kiosk.domain.sentences import Sentence
from kiosk.messages.practice_codes import TRAINING_CARD
from kiosk.sample.loader import sample_rows
from kiosk.sample.people import SamplePerson, sample_people
from kiosk.system_clock import SystemClock
from kiosk.ui.tray.bench import BenchState, BureauState, TrayPerson
from kiosk.ui.tray.window import Tray

TRAINING = "training"
"""The key of the training card, which is nobody's."""


class DemoBench:
    """The bench of one demo; a control that is None belongs to a foreign device."""

    def __init__(
        self,
        people: Mapping[str, SamplePerson],
        reader: ReaderControl | None,
        scanner: ScannerControl,
        printer: PrinterControl | None,
        paper_dir: Path,
        door: Door,
    ) -> None:
        """Use these controls; `door` leads to the process that owns kiosk and bureau."""
        self._people = people
        self._reader = reader
        self._scanner = scanner
        self._printer = printer
        self._paper_dir = paper_dir
        self._door = door
        self._seen = BenchState()

    def look(self) -> BenchState:
        """Return how things stand; where an answer is late, as they stood before.

        An owner or a device that is not there to be asked any more has ended, and so does the tray.
        """
        try:
            self._seen = self._look()
        except (DoorError, ReaderControlError, OSError, ValueError) as error:
            if not isinstance(error.__cause__ or error, TimeoutError):
                return BenchState(is_over=True)
        return self._seen

    def _look(self) -> BenchState:
        owner = self._door.ask({"do": "look"})
        is_card_laid = bool(self._reader.status()["card"]) if self._reader else None
        printer = self._printer_status()
        cuts = int(printer["cuts"]) if printer else 0
        return BenchState(
            is_card_laid=is_card_laid,
            is_paper_out=bool(printer["condition"]["is_paper_out"]) if printer else None,
            is_printer_silent=bool(printer["condition"]["is_mute"]) if printer else None,
            bureau=BureauState(owner["bureau"]),
            paper=self._paper_dir / f"slip-{cuts:04d}.png" if cuts else None,
            papers=cuts,
        )

    def lay(self, key: str) -> None:
        """Lay the card of this person on the reader, or hold the training card before the scanner."""
        if key == TRAINING:
            self._scanner.show(TRAINING_CARD)
            return
        assert self._reader is not None, "a foreign reader has no plates in the tray"
        self._reader.lay(self._people[key].card)

    def lift(self) -> None:
        """Take the card away."""
        assert self._reader is not None, "a foreign reader has no plates in the tray"
        self._reader.lift()

    def set_paper_out(self, is_out: bool) -> None:
        """Take the roll out of the printer, or put a new one in."""
        self._change_printer("paper_out" if is_out else "reload")

    def set_printer_silent(self, is_silent: bool) -> None:
        """Let the printer swallow its answers, or speak again."""
        self._change_printer("mute" if is_silent else "unmute")

    def set_bureau_away(self, is_away: bool) -> None:
        """Ask the owner of the bureau to stop it or to start it again."""
        self._door.ask({"do": "bureau", "is_away": is_away})

    def _change_printer(self, condition: str) -> None:
        assert self._printer is not None, "a foreign printer has no plates in the tray"
        self._printer.do(condition)

    def _printer_status(self) -> dict[str, Any] | None:
        """Ask the printer: its answer comes after the picture of the slip it counts has been written."""
        return self._printer.status() if self._printer else None


def tray_people() -> dict[str, SamplePerson]:
    """Return the forty sample people as they are today, by key, in the order of the tray."""
    return {person.key: person for person in sample_people(sample_rows(SystemClock().now()).day)}


def tray_faces(people: Mapping[str, SamplePerson]) -> list[TrayPerson]:
    """Return what the tray tells of each; the training card lies behind the first."""
    day = sample_rows(SystemClock().now()).day
    faces = [
        TrayPerson(
            person.key,
            person.card.display_name,
            age_on(person.card.birth_date, day) if person.card.birth_date else None,
            person.told,
        )
        for person in people.values()
    ]
    written_on_it = load(SOURCE_LANGUAGE)("paper.practice.card.title")
    training = TrayPerson(TRAINING, written_on_it, None, Sentence("tray.training"))
    return [*faces[:1], training, *faces[1:]]


def main(arguments: list[str] | None = None) -> int:
    """Show the tray until the demo is over or the tray is closed; return the exit code."""
    options = _options(arguments)
    people = tray_people()
    bench = DemoBench(
        people,
        ReaderControl(options.reader) if options.reader else None,
        ScannerControl(options.scanner),
        PrinterControl(options.printer) if options.printer else None,
        options.paper,
        Door(options.door),
    )
    tray = Tray(tray_faces(people), bench, is_over_kiosk=options.over_kiosk)
    signal.signal(signal.SIGTERM, lambda *_: tray.leave())
    tray.show()
    print(json.dumps({"room": tray.room}), flush=True)
    try:
        return tray.exec()
    finally:
        tray.close()


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kiosk.demo.tray", description=__doc__)
    parser.add_argument("--reader", type=Path, help="control socket of the emulated reader")
    parser.add_argument("--scanner", type=Path, required=True, help="control socket of the emulated scanner")
    parser.add_argument("--printer", type=Path, help="control socket of the emulated printer")
    parser.add_argument("--paper", type=Path, required=True, help="where slips fall")
    parser.add_argument("--door", type=Path, required=True, help="socket of the demo itself")
    parser.add_argument("--over-kiosk", action="store_true", help="the kiosk fills the screen")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
