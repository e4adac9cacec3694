"""Emulated devices on a table, and an attendant who does with them what each instruction says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.actions.commissioning import SKIP, DrillInterrupted, Finding, Instruction
from kiosk.catalogue import load
from kiosk.devices.commissioning.bench import Bench, DrillTimes
from kiosk.devices.commissioning.drill import Drill
from kiosk.devices.commissioning.ports import Port, PortKind, port_named
from kiosk.devices.emulators.reader import ReaderEmulator
from kiosk.devices.emulators.reader_faults import Misbehaviour, Mischief
from kiosk.devices.emulators.scanner import ScannerEmulator
from kiosk.devices.emulators.scanner_showings import Showing
from kiosk.devices.readers import Timing
from tests.unit.devices import reader_rig, scanner_rig
from tests.unit.devices.printer_stand import PATIENT, Stand, standing_printer
from tests.unit.devices.reader_cards import CITIZEN

QUICK_DRILL = DrillTimes(
    hold_s=0.2,
    look_s=0.01,
    answer_s=0.05,
    patience_s=20.0,
    reader=Timing(search_s=0.02, presence_s=0.02, retry_s=0.05, patience=0.3),
    printer=PATIENT,
)

Deed = Callable[[], object]


@dataclass
class Hands:
    """An attendant: `says` answers questions, `deeds` moves devices; anything else is skipped.

    `leaves_at` is the instruction at which the attendant walks away.
    """

    says: Mapping[str, str]
    deeds: Mapping[str, Deed]
    leaves_at: str = ""
    told: list[Finding] = field(default_factory=list)
    asked: list[Instruction] = field(default_factory=list)
    _meanwhile: str = ""

    def ask(self, instruction: Instruction) -> str:
        self._hear(instruction)
        return self.says.get(instruction.name, SKIP)

    def show(self, instruction: Instruction) -> None:
        self._hear(instruction)
        self._meanwhile = self.says.get(instruction.name, "" if instruction.name in self.deeds else SKIP)
        self.deeds.get(instruction.name, lambda: None)()

    def pressed(self) -> str:
        return self._meanwhile

    def tell(self, finding: Finding) -> None:
        self.told.append(finding)

    def _hear(self, instruction: Instruction) -> None:
        self.asked.append(instruction)
        if instruction.name == self.leaves_at:
            raise DrillInterrupted


@dataclass(frozen=True)
class Table:
    """The three devices and their ports."""

    reader: ReaderEmulator
    scanner: ScannerEmulator
    printer: Stand
    ports: tuple[Port, ...]

    @property
    def reader_url(self) -> str:
        return self.ports[0].url

    @property
    def scanner_url(self) -> str:
        return self.ports[1].url

    @property
    def printer_url(self) -> str:
        return self.ports[2].url

    def answers(self, *devices: str) -> dict[str, str]:
        """Return what an attendant says whose devices are all well; of some devices only, where named."""
        said = {
            "reader.port": self.reader_url,
            "reader.profile": "generic",
            "printer.port": self.printer_url,
            "printer.width": "80",
            "printer.profile": "generic-80-gsh",
            "printer.near_end.has": "yes",
            "printer.page": "go",
            "printer.cutter": "yes",
            "printer.ruler": "yes",
            "printer.seams": "yes",
            "printer.rare": "yes",
            "scanner.profile": "generic",
            "scanner.which": "each",
        }
        return {name: word for name, word in said.items() if not devices or name.startswith(devices)}

    def deeds(self) -> dict[str, Deed]:
        """Return what an attendant does whose devices are all well."""
        do = self.printer.control.do

        def lay() -> None:
            self.reader.lay(CITIZEN)

        def show(text: str) -> Deed:
            return lambda: self.scanner.show(Showing(text))

        return {
            "reader.card": lay,
            "reader.left": lay,
            "reader.kind.citizen": lay,
            "reader.lift": self.reader.lift,
            "reader.replug": lambda: self.reader.misbehave(Mischief(Misbehaviour.UNPLUG)),
            "reader.replug.back": lambda: self.reader.misbehave(Mischief()),
            "printer.paper_out": lambda: do("paper_out"),
            "printer.paper_in": lambda: do("reload"),
            "printer.cover": lambda: do("cover_open"),
            "printer.cover_closed": lambda: do("cover_close"),
            "printer.near_end": lambda: do("paper_low"),
            "printer.near_end.full": lambda: do("reload"),
            "scanner.port": show("LG-TEST-SCAN"),
            "codes.4": show("LG-TEST-4"),
            "codes.6": show("LG-TEST-6"),
            "codes.8": show("LG-TEST-8"),
        }


@contextmanager
def laid_table(folder: Path, wire: str = "tcp") -> Iterator[Table]:
    """Run all three emulators: reader and scanner on pseudo terminals, the printer on TCP or on a third."""
    with ExitStack() as stack:
        reader, reader_url = stack.enter_context(reader_rig.emulated(folder))
        scanner, scanner_url = stack.enter_context(scanner_rig.emulated(folder))
        printer = stack.enter_context(standing_printer(folder, wire))
        path = printer.url.removeprefix("serial://").partition("?")[0]
        port = Port(PortKind.SERIAL, path) if wire == "pty" else port_named(printer.url)
        yield Table(reader, scanner, printer, (port_named(reader_url), port_named(scanner_url), port))


def drilled(
    table: Table,
    hands: Hands,
    findings: dict[str, Finding] | None = None,
    ports: tuple[Port, ...] | None = None,
    times: DrillTimes = QUICK_DRILL,
    meanwhile: Deed = lambda: None,
) -> dict[str, Finding]:
    """Run the drill and return its findings; it also fills `findings`, which may hold earlier ones.

    `meanwhile` is done whenever the drill waits for a device.
    """
    found = {} if findings is None else findings
    tick = threading.Event()

    def pause(duration_s: float) -> None:
        meanwhile()
        tick.wait(duration_s)

    bench = Bench(
        lambda: table.ports if ports is None else ports,
        hands,
        load("zh_CN"),
        times=times,
        pause=pause,
        findings=dict(found),
    )
    Drill(bench, lambda finding: found.update({finding.step: finding})).run()
    return found
