"""The drill: every step in order, what is finished is kept, an interrupted one goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from kiosk.actions.commissioning import Finding
from kiosk.devices.commissioning.bench import Bench, StepOver
from kiosk.devices.commissioning.printer_steps import PrinterSteps
from kiosk.devices.commissioning.reader_steps import ReaderSteps
from kiosk.devices.commissioning.scanner_steps import ScannerSteps
from kiosk.domain.cards import CardKind
from kiosk.paper.commissioning import CODE_MODULES_DOTS


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name and what it does."""

    name: str
    run: Callable[[], Finding]


class Drill:
    """Runs the steps that are not finished yet; belongs to one thread, which it blocks."""

    def __init__(self, bench: Bench, keep: Callable[[Finding], None]) -> None:
        """Take a bench, which may hold findings of an earlier run; `keep` writes each new one down."""
        self._bench = bench
        self._keep = keep
        self._reader = ReaderSteps(bench)
        self.steps = _steps(self._reader, PrinterSteps(bench), ScannerSteps(bench))

    def run(self) -> None:
        """Go through all that is open; raises DrillInterrupted when the attendant leaves."""
        try:
            for step in self.steps:
                if step.name not in self._bench.findings:
                    self._finish(step)
        finally:
            self._reader.close()

    def _finish(self, step: Step) -> None:
        # Nobody but the reader's own steps has its port open: the scanner is looked for beside it.
        if not step.name.startswith("reader."):
            self._reader.close()
        try:
            finding = step.run()
        except StepOver as over:
            finding = Finding(step.name, over.outcome, over.measured, over.reason)
        self._keep(finding)
        self._bench.findings[step.name] = finding
        self._bench.attendant.tell(finding)


def step_names() -> tuple[str, ...]:
    """Return the names of all steps in order."""
    kinds = [f"reader.kind.{kind.value}" for kind in CardKind]
    codes = [f"codes.{dots}" for dots in CODE_MODULES_DOTS]
    reader = ("reader.port", "reader.profile", "reader.card", "reader.left", *kinds, "reader.replug")
    return (*reader, *_PRINTER, "scanner.port", *codes)


_PRINTER = (
    "printer.port",
    "printer.profile",
    "printer.paper_out",
    "printer.cover",
    "printer.near_end",
    "printer.page",
    "printer.cutter",
    "printer.ruler",
    "printer.seams",
    "printer.rare",
)


def _steps(reader: ReaderSteps, printer: PrinterSteps, scanner: ScannerSteps) -> list[Step]:
    runs: dict[str, Callable[[], Finding]] = {
        "reader.port": reader.port,
        "reader.profile": reader.profile,
        "reader.card": reader.card,
        "reader.left": reader.left,
        "reader.replug": reader.replug,
        "scanner.port": scanner.port,
    }
    runs |= {f"reader.kind.{kind.value}": partial(reader.kind, kind) for kind in CardKind}
    runs |= {name: getattr(printer, name.partition(".")[2]) for name in _PRINTER}
    runs |= {f"codes.{dots}": partial(scanner.code, dots) for dots in CODE_MODULES_DOTS}
    return [Step(name, runs[name]) for name in step_names()]
