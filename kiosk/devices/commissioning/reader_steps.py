"""The reader's part of the drill: its port, its kind, a card, one left lying, all kinds at hand, its plug."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kiosk.actions.commissioning import Finding, Measured, Outcome
from kiosk.devices.commissioning.bench import Bench, answer, failed, instruction, port_answer, skipped
from kiosk.devices.commissioning.ports import PortKind
from kiosk.devices.commissioning.probing import first_reader
from kiosk.devices.commissioning.suggestions import likely_readers
from kiosk.devices.readers import (
    CardPresented,
    CardRemoved,
    CardUnreadable,
    ReaderEvent,
    ReaderLost,
    ReaderMinder,
    ReaderReady,
    Timing,
    attendant_sentence,
)
from kiosk.devices.sdt.profiles import GENERIC, load_reader_profile
from kiosk.devices.sdt.reader import ReaderOut
from kiosk.domain.cards import CardKind
from kiosk.domain.sentences import Sentence

EACH = "each"
RESUME_S = 3.0
"""So soon after the plug is back in a reader must work again."""


@dataclass(frozen=True, slots=True)
class CardRead:
    """All that the drill keeps of a card: which kind it is, and how long reading took."""

    kind: CardKind
    read_s: float


Heard = CardRead | CardRemoved | CardUnreadable | ReaderLost | ReaderReady
Kind = TypeVar("Kind", bound=Heard)


class HeardReader:
    """A minded reader and what it said; the minder speaks in its own thread."""

    def __init__(self, minder: Callable[[Callable[[ReaderEvent], None]], ReaderMinder]) -> None:
        """Make the minder and start it."""
        self._events: list[Heard] = []
        self._lock = threading.Lock()
        self._minder = minder(self._hear)
        self._minder.start()

    @property
    def heard(self) -> int:
        """How much was said so far: a mark to look from."""
        with self._lock:
            return len(self._events)

    def since(self, mark: int) -> list[Heard]:
        """Return what was said since a mark."""
        with self._lock:
            return self._events[mark:]

    def first(self, kind: type[Kind], mark: int) -> Kind | None:
        """Return the first event of a kind since a mark."""
        return next((event for event in self.since(mark) if isinstance(event, kind)), None)

    def cards(self, mark: int) -> list[CardRead | CardUnreadable]:
        """Return the cards that were read since a mark, or could not be."""
        return [event for event in self.since(mark) if isinstance(event, CardRead | CardUnreadable)]

    def mark_of(self, event: Heard, mark: int) -> int:
        """Return the mark right behind an event that was heard since a mark."""
        return mark + self.since(mark).index(event) + 1

    def close(self) -> None:
        """Give the reader back."""
        self._minder.stop()

    def _hear(self, event: ReaderEvent) -> None:
        with self._lock:
            if isinstance(event, CardPresented):
                self._events.append(CardRead(event.card.kind, event.read_s))
            elif isinstance(event, CardRemoved | CardUnreadable | ReaderLost | ReaderReady):
                self._events.append(event)


class Plug:
    """When the file of a port came back, for ports that have one and were seen without it."""

    def __init__(self, url: str, monotonic: Callable[[], float]) -> None:
        """Watch this port."""
        self._path = Path(url)
        self._monotonic = monotonic
        self._was_gone = False
        self.back_at: float | None = None

    def look(self) -> None:
        """Look whether the port is there now."""
        is_there = self._path.exists()
        self._was_gone |= not is_there
        if is_there and self._was_gone and self.back_at is None:
            self.back_at = self._monotonic()


@dataclass(slots=True)
class ReaderSteps:
    """The steps share one open reader: some modules switch off when their port is closed."""

    bench: Bench
    _reader: HeardReader | None = None

    def close(self) -> None:
        """Give the reader back."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def port(self) -> Finding:
        """Find the port: the attendant names it, or agrees that all silent ones are asked as a reader."""
        bench = self.bench
        serial = [port for port in bench.look_for_ports() if port.kind in {PortKind.SERIAL, PortKind.BRIDGE}]
        silent = [port for port in serial if bench.printer_at(port) is None]
        if not silent:
            raise skipped("commissioning.skipped.no_port")
        choices = [port_answer(port) for port in silent]
        said = bench.ask(instruction("reader.port", "badge", *choices, answer(EACH)))
        urls = [port.url for port in silent] if said == EACH else [said]
        try:
            url, traits = first_reader(urls, (bench.times.reader or Timing()).patience)
        except ReaderOut as out:
            reason = attendant_sentence(ReaderLost(out.fault, out.status))
            raise failed(reason, asked=", ".join(urls)) from out
        measured: Measured = {"url": url, "baud": traits.baud, "sam_id": traits.sam_id}
        return Finding("reader.port", Outcome.OK, measured)

    def profile(self) -> Finding:
        """Agree on what kind of reader it is: the one that its port names first, else any."""
        bench, url = self.bench, self._url()
        words = next((port.words for port in bench.look_for_ports() if port.url == url), "")
        names = likely_readers(words)
        choices = [answer(name, "profile", name=name) for name in names]
        name = bench.ask(instruction("reader.profile", "badge", *choices))
        return Finding("reader.profile", Outcome.OK, {"name": name, "suggested": names[0]})

    def card(self) -> Finding:
        """Read one card of any kind."""
        return self._read("reader.card", None)

    def kind(self, kind: CardKind) -> Finding:
        """Read a card of this kind, if one is at hand."""
        return self._read(f"reader.kind.{kind.value}", kind)

    def left(self) -> Finding:
        """A card left lying is one presentation, and its removal is seen."""
        bench, reader = self.bench, self._open()
        mark = reader.heard
        read = bench.wait_for(instruction("reader.left", "badge"), lambda: reader.first(CardRead, mark))
        after = reader.mark_of(read, mark)
        is_broken = bench.watch(bench.times.hold_s, lambda: True if reader.since(after) else None)
        presentations = sum(isinstance(event, CardRead) for event in reader.since(mark))
        if is_broken:
            raise failed(Sentence("commissioning.failed.card_not_steady"), presentations=presentations)
        bench.wait_for(instruction("reader.lift", "undo"), lambda: reader.first(CardRemoved, after))
        held = {"held_s": bench.times.hold_s, "presentations": presentations}
        return Finding("reader.left", Outcome.OK, held)

    def replug(self) -> Finding:
        """A reader whose plug was pulled works again soon after it is put back."""
        bench, reader = self.bench, self._open()
        plug = Plug(str(bench.measured("reader.port", "url")), bench.monotonic)
        mark = reader.heard
        lost = bench.wait_for(
            instruction("reader.replug", "power_settings_new"), lambda: reader.first(ReaderLost, mark)
        )
        after = reader.mark_of(lost, mark)

        def look() -> ReaderReady | None:
            plug.look()
            return reader.first(ReaderReady, after)

        bench.wait_for(instruction("reader.replug.back", "power_settings_new"), look)
        if plug.back_at is None:
            return Finding("reader.replug", Outcome.OK)
        resume_s = round(bench.monotonic() - plug.back_at, 1)
        if resume_s > RESUME_S:
            raise failed(Sentence("commissioning.failed.slow_resume"), resume_s=resume_s)
        return Finding("reader.replug", Outcome.OK, {"resume_s": resume_s})

    def _read(self, step: str, kind: CardKind | None) -> Finding:
        bench, reader = self.bench, self._open()
        mark = reader.heard
        event, *_ = bench.wait_for(instruction(step, "badge"), lambda: reader.cards(mark) or None)
        if isinstance(event, CardUnreadable):
            raise failed(attendant_sentence(event))
        measured = {"kind": event.kind.value, "read_s": round(event.read_s, 2)}
        if kind is not None and event.kind is not kind:
            raise failed(Sentence("commissioning.failed.other_kind"), **measured)
        after = reader.mark_of(event, mark)
        bench.wait_for(instruction("reader.lift", "undo"), lambda: reader.first(CardRemoved, after))
        return Finding(step, Outcome.OK, measured)

    def _url(self) -> str:
        """Return the port that was found; the step is skipped when none was."""
        url = self.bench.measured("reader.port", "url")
        if not self.bench.is_ok("reader.port") or not isinstance(url, str):
            raise skipped("commissioning.skipped.no_reader")
        return url

    def _open(self) -> HeardReader:
        """Return the reader that was found, minded as its profile says."""
        url, timing = self._url(), self.bench.times.reader
        if self._reader is None:
            profile = load_reader_profile(str(self.bench.measured("reader.profile", "name") or GENERIC.name))
            self._reader = HeardReader(
                lambda report: ReaderMinder(url, report, profile=profile, timing=timing)
            )
        return self._reader
