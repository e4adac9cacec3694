"""The scanner's part of the drill: it is found by a shown code, and then reads the test page."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from kiosk.actions.commissioning import NO, YES, Finding, Instruction, Outcome
from kiosk.devices.commissioning.bench import Bench, answer, failed, instruction, port_answer, skipped
from kiosk.devices.commissioning.ports import Port, PortKind
from kiosk.devices.commissioning.reader_steps import EACH
from kiosk.devices.scanners import CodeScanned, ScannerEvent, ScannerLost, ScannerMinder, ScannerReady
from kiosk.devices.scans.profiles import ScannerProfile, load_profile, profile_names
from kiosk.domain.sentences import Sentence
from kiosk.paper.commissioning import code_text

SHOWN_CODE = "LG-TEST-SCAN"
"""What is shown to find the scanner; any code of the test page does as well."""
TEST_PREFIX = "LG-TEST-"
OPENS_S = 3.0
"""A line opens within milliseconds; setting a scanner up may take its answers' time."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """Which port said which text."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class ScannerSteps:
    """A scanner is never asked anything at a port that nobody named: there it is only listened to."""

    bench: Bench

    def port(self) -> Finding:
        """Find the port at which a shown code comes in."""
        bench = self.bench
        ports = self._candidates()
        if not ports:
            raise skipped("commissioning.skipped.no_port")
        names = sorted(profile_names(), key=lambda name: (name != "generic", name))
        makers = [answer(name, "profile", name=name) for name in names]
        profile = load_profile(bench.ask(instruction("scanner.profile", "qr_code_scanner", *makers)))
        # Nobody need name a port: at one that nobody named, the only one left too, is but listened.
        choices = [answer(EACH, "each_scanner"), *(port_answer(port) for port in ports)]
        said = bench.ask(instruction("scanner.which", "qr_code_scanner", *choices))
        urls = [port.url for port in ports] if said == EACH else [said]
        shown = replace(instruction("scanner.port", "qr_code_scanner"), code=SHOWN_CODE)
        heard = self._scanned(shown, urls, _silent(profile) if said == EACH else profile, TEST_PREFIX)
        return Finding("scanner.port", Outcome.OK, {"url": heard.url, "profile": profile.name})

    def code(self, dots: int) -> Finding:
        """Read the code of the test page whose modules have so many dots."""
        bench, step = self.bench, f"codes.{dots}"
        if not bench.is_ok("printer.page"):
            raise skipped("commissioning.skipped.no_page")
        if not bench.is_ok("scanner.port"):
            if bench.ask(instruction(f"{step}.by_eye", "qr_code_scanner", answer(YES), answer(NO))) == NO:
                raise failed(Sentence("commissioning.failed.code"), read_by="person")
            return Finding(step, Outcome.OK, {"read_by": "person"})
        profile = load_profile(str(bench.measured("scanner.port", "profile")))
        url = str(bench.measured("scanner.port", "url"))
        self._scanned(instruction(step, "qr_code_scanner"), [url], profile, code_text(dots))
        return Finding(step, Outcome.OK, {"read_by": "scanner"})

    def _scanned(
        self, shown: Instruction, urls: Sequence[str], profile: ScannerProfile, wanted: str
    ) -> _Heard:
        """Return the first code that begins as wanted, from any of the ports."""
        with _listening(urls, profile) as heard:

            def look() -> _Heard | None:
                while not heard.empty():
                    scan = heard.get_nowait()
                    if scan.text.startswith(wanted):
                        return scan
                return None

            return self.bench.wait_for(shown, look)

    def _candidates(self) -> list[Port]:
        bench = self.bench
        taken = {bench.measured("reader.port", "url")}
        serial = [port for port in bench.look_for_ports() if port.kind in {PortKind.SERIAL, PortKind.BRIDGE}]
        free = [port for port in serial if port.url not in taken]
        return [port for port in free if bench.printer_at(port) is None]


def _silent(profile: ScannerProfile) -> ScannerProfile:
    """Return a profile that only listens."""
    return replace(profile, set_up=(), start=b"", stop=b"")


@contextmanager
def _listening(urls: Sequence[str], profile: ScannerProfile) -> Iterator[queue.SimpleQueue[_Heard]]:
    """Listen at all these ports; only our own test codes are kept, nobody else's.

    Nobody is told to scan before each line is open, or known to be lost: what came before would be dropped.
    """
    heard: queue.SimpleQueue[_Heard] = queue.SimpleQueue()
    begun = threading.Semaphore(0)

    def ear(url: str) -> ScannerMinder:
        def hear(event: ScannerEvent) -> None:
            if isinstance(event, ScannerReady | ScannerLost):
                begun.release()
            elif isinstance(event, CodeScanned) and event.text.startswith(TEST_PREFIX):
                heard.put(_Heard(url, event.text))

        return ScannerMinder(url, hear, profile)

    minders = [ear(url) for url in urls]
    for minder in minders:
        minder.start()
    try:
        for _ in minders:
            begun.acquire(timeout=OPENS_S)
        yield heard
    finally:
        for minder in minders:
            minder.stop()
