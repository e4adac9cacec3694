"""A ticket held before the scanner of a machine that is no kiosk yet."""

from __future__ import annotations

import queue
import time

from kiosk.actions.faults import WorldFault
from kiosk.app.building import scanner_of_kind
from kiosk.devices.scanners import (
    CodeScanned,
    CodeUnreadable,
    ScannerEvent,
    ScannerLost,
    ScannerMinder,
    attendant_sentence,
)
from kiosk.domain.sentences import Sentence
from kiosk.messages.tickets import BadTicket, Ticket, parse_ticket


def scan_ticket(url: str, profile: str, patience_s: float) -> Ticket:
    """Return the first ticket that the scanner at `url` reads within so many seconds.

    Raises WorldFault for a scanner nobody knows or that is not there, for a code that is no ticket, and when
    nothing comes.
    """
    heard: queue.Queue[ScannerEvent] = queue.Queue()
    minder = ScannerMinder(url, heard.put, profile=scanner_of_kind(profile))
    minder.start()
    try:
        return _first_ticket(heard, time.monotonic() + patience_s)
    finally:
        minder.stop()


def _first_ticket(heard: queue.Queue[ScannerEvent], until_s: float) -> Ticket:
    while True:
        try:
            event = heard.get(timeout=max(0.0, until_s - time.monotonic()))
        except queue.Empty:
            raise WorldFault(Sentence("cli.enrol.nothing_scanned")) from None
        match event:
            case CodeScanned(text=text):
                try:
                    return parse_ticket(text)
                except BadTicket:
                    raise WorldFault(Sentence("cli.enrol.not_a_ticket")) from None
            case CodeUnreadable() | ScannerLost():
                raise WorldFault(attendant_sentence(event))
            case _:
                continue
