"""The printer's part of the drill: port, profile, paper, cover, near end, and the test page, judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from kiosk.actions.commissioning import GO, NO, YES, Finding, Measured, Outcome
from kiosk.devices.commissioning.bench import Bench, answer, failed, instruction, port_answer, skipped
from kiosk.devices.commissioning.ports import Port, PortKind
from kiosk.devices.commissioning.probing import printer_traits
from kiosk.devices.commissioning.suggestions import Width, likely_profiles, profile_of
from kiosk.devices.escpos.jobs import build_job
from kiosk.devices.escpos.status import PrinterStatus
from kiosk.devices.printer_links import LinkLostError, link_to
from kiosk.devices.printers import PrintResult, SlipPrinter
from kiosk.devices.profiles import DOTS_PER_MM, PrinterProfile
from kiosk.devices.sdt.commands import BAUDS
from kiosk.domain.sentences import Sentence
from kiosk.paper.commissioning import commissioning_page
from kiosk.paper.raster import render

TOKEN = b"TEST"
_NOT_REACHED = Sentence("devices.printer.not_reached")


@dataclass(frozen=True, slots=True)
class PrinterSteps:
    """Each step opens the printer anew, because what one finds changes how the next one speaks."""

    bench: Bench

    def port(self) -> Finding:
        """Find the port: it answered the real-time question, or the attendant names it as a printer's."""
        bench = self.bench
        ports = [port for port in bench.look_for_ports() if port.url != bench.measured("reader.port", "url")]
        likely = [port for port in ports if self._address(port) is not None]
        silent = [port for port in ports if port.kind is PortKind.SERIAL and port not in likely]
        if not likely and not silent:
            raise skipped("commissioning.skipped.no_printer_answers")
        choices = [port_answer(port) for port in likely] + [port_answer(port, "silent") for port in silent]
        said = bench.ask(instruction("printer.port", "print", *choices))
        url = next((self._address(port) for port in likely if port.url == said), None) or self._silent(said)
        try:
            traits = printer_traits(url, bench.times.answer_s)
        except LinkLostError as lost:
            raise failed(_NOT_REACHED, url=url) from lost
        measured: Measured = {
            "url": url,
            "maker": traits.maker,
            "model": traits.model,
            "answers_paper": traits.answers_paper,
            "answers_token": traits.answers_token,
            "counts_cuts": traits.counts_cuts,
            "has_presenter": traits.has_presenter,
        }
        return Finding("printer.port", Outcome.OK, measured)

    def profile(self) -> Finding:
        """Agree on what kind of printer it is: width first, then the profile, the likeliest on top."""
        bench = self.bench
        self._url()
        narrow, wide = answer(Width.NARROW), answer(Width.WIDE)
        width = Width(bench.ask(instruction("printer.width", "print", wide, narrow)))
        names = likely_profiles(bench.findings["printer.port"].measured, width)
        choices = [answer(name, "profile", name=name) for name in names]
        name = bench.ask(instruction("printer.profile", "print", *choices))
        return Finding("printer.profile", Outcome.OK, {"name": name, "suggested": names[0]})

    def paper_out(self) -> Finding:
        """The printer says when its paper is gone and when it is back."""
        self._seen("printer.paper_out", lambda status: status.has_paper is False)
        self._seen("printer.paper_in", lambda status: status.has_paper is True)
        return Finding("printer.paper_out", Outcome.OK)

    def cover(self) -> Finding:
        """The printer says when its cover is open and when it is closed."""
        self._seen("printer.cover", lambda status: status.cover_open is True)
        self._seen("printer.cover_closed", lambda status: status.cover_open is False)
        return Finding("printer.cover", Outcome.OK)

    def near_end(self) -> Finding:
        """The sensor for the end of the roll changes its mind; which word means the end is found out."""
        profile = self._profile()
        said = self.bench.ask(instruction("printer.near_end.has", "receipt_long", answer(YES), answer(NO)))
        if said == NO:
            return Finding("printer.near_end", Outcome.OK, {"has_sensor": False})
        plain = replace(profile, has_near_end_sensor=True, is_near_end_inverted=False)
        with self._printer(plain) as printer:
            full = printer.status().near_end
            if full is None:
                raise failed(_NOT_REACHED)
            self.bench.wait_for(
                instruction("printer.near_end", "receipt_long"),
                lambda: True if printer.status().near_end is (not full) else None,
            )
            self.bench.wait_for(
                instruction("printer.near_end.full", "receipt_long"),
                lambda: True if printer.status().near_end is full else None,
            )
        return Finding("printer.near_end", Outcome.OK, {"has_sensor": True, "is_inverted": full})

    def page(self) -> Finding:
        """Print the test page and cut it off; the printer's own word counts, and then the attendant's."""
        bench = self.bench
        profile = self._profile()
        bench.ask(instruction("printer.page", "print", answer(GO)))
        sheet = render(commissioning_page(profile.name, bench.tr), profile.width_dots)
        job = build_job(sheet.image, [range(*kept) for kept in sheet.keep_together], profile, TOKEN)
        with self._printer(profile) as printer:
            before = printer.cut_count()
            began = bench.monotonic()
            outcome = printer.print(job, TOKEN, lambda fraction, state: None, bench.times.slip_patience_s)
            took_s = round(bench.monotonic() - began, 1)
            after = printer.cut_count()
        measured: dict[str, str | int | float | bool] = {"took_s": took_s, "bytes": len(job)}
        if before is not None and after is not None:
            measured |= {"cuts_before": before, "cuts_after": after}
        if outcome.result is not PrintResult.PRINTED or outcome.evidence is None:
            raise failed(outcome.reason or Sentence("devices.printer.no_reply"), **measured)
        return Finding("printer.page", Outcome.OK, measured | {"evidence": outcome.evidence.value})

    def cutter(self) -> Finding:
        """The page lies cut off before the attendant."""
        return self._judged("printer.cutter", "content_cut", "commissioning.failed.not_cut")

    def ruler(self) -> Finding:
        """How wide the head prints: the last number on the paper's ruler, in millimetres."""
        self._need_page()
        profile = self._profile()
        wanted_mm = profile.width_dots // DOTS_PER_MM
        asked = instruction("printer.ruler", "receipt_long", answer(YES, "ruler_whole", mm=wanted_mm))
        said = self.bench.ask(replace(asked, takes_number=True))
        seen_mm = wanted_mm if said == YES else int(said)
        if not 0 < seen_mm <= wanted_mm:
            raise failed(Sentence("commissioning.failed.ruler"), seen_mm=seen_mm)
        return Finding("printer.ruler", Outcome.OK, {"seen_mm": seen_mm, "width_dots": seen_mm * DOTS_PER_MM})

    def seams(self) -> Finding:
        """No white line goes through the black block."""
        return self._judged("printer.seams", "receipt_long", "commissioning.failed.seams")

    def rare(self) -> Finding:
        """The rare characters are whole."""
        return self._judged("printer.rare", "translate", "commissioning.failed.rare")

    def _judged(self, step: str, picture: str, fault: str) -> Finding:
        """Return what the attendant says of the test page: yes, it is so, or no."""
        self._need_page()
        if self.bench.ask(instruction(step, picture, answer(YES), answer(NO))) == NO:
            raise failed(Sentence(fault))
        return Finding(step, Outcome.OK)

    def _seen(self, step: str, is_so: Callable[[PrinterStatus], bool]) -> None:
        with self._printer(self._profile()) as printer:
            self.bench.wait_for(instruction(step, "print"), lambda: True if is_so(printer.status()) else None)

    def _address(self, port: Port) -> str | None:
        """Return where a printer answers at this port; one that can be nothing else may be silent now."""
        found = self.bench.printer_at(port)
        return port.url if found is None and port.kind in {PortKind.USB, PortKind.TCP} else found

    def _silent(self, path: str) -> str:
        """Return the address of a printer that tells nothing; its speed stands on its own test page."""
        speeds = [answer(str(baud), "baud", baud=baud) for baud in BAUDS]
        baud = self.bench.ask(instruction("printer.speed", "print", *speeds))
        return f"serial://{path}?baud={baud}&flow=none"

    def _need_page(self) -> None:
        if not self.bench.is_ok("printer.page"):
            raise skipped("commissioning.skipped.no_page")

    def _url(self) -> str:
        url = self.bench.measured("printer.port", "url")
        if not self.bench.is_ok("printer.port") or not isinstance(url, str):
            raise skipped("commissioning.skipped.no_printer")
        return url

    def _profile(self) -> PrinterProfile:
        self._url()
        if not self.bench.is_ok("printer.profile"):
            raise skipped("commissioning.skipped.no_profile")
        return profile_of(self.bench.findings)

    @contextmanager
    def _printer(self, profile: PrinterProfile) -> Iterator[SlipPrinter]:
        printer = SlipPrinter(link_to(self._url()), profile, self.bench.times.printer)
        try:
            yield printer
        finally:
            printer.close()
