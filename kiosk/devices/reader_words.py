"""What is said about a card that was not read or a reader that is out: to the worker and to the attendant.

| fault         | SW3        | code | the worker is told          |
| ------------- | ---------- | ---- | --------------------------- |
| wrong card    | 40         | R40  | lay an ID card              |
| unknown kind  |            | R50  | the desk registers it       |
| unreadable    | any other  | R41  | wipe it, lay it flat        |
| moved         | 31, 41, 47 | R42  | hold it still               |
| counterfeit   | 32, 33     | R32  | ask the staff, no suspicion |
| self-test     | 60         | R60  | the reader is broken        |
| unauthorised  | 23, 66     | R66  | the reader may not be used  |
| any other     |            | R01… | the reader is not ready     |
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.devices.fault_words import FaultWords
from kiosk.devices.reader_events import CardUnreadable, ReaderLost
from kiosk.devices.sdt.commands import ReaderFault
from kiosk.domain.sentences import Sentence

_OUT = "devices.reader.out_of_order"
_STAFF = "devices.reader.ask_staff"
_AGAIN = "devices.reader.lay_again"

_WORDS: Mapping[ReaderFault, FaultWords] = {
    ReaderFault.WRONG_CARD: FaultWords("devices.reader.lay_id_card", "devices.reader.wrong_card", "R40"),
    ReaderFault.UNKNOWN_KIND: FaultWords("devices.reader.at_the_desk", "devices.reader.unknown_kind", "R50"),
    ReaderFault.UNREADABLE: FaultWords(_AGAIN, "devices.reader.unreadable", "R41"),
    ReaderFault.MOVED: FaultWords("devices.reader.hold_still", "devices.reader.moved", "R42"),
    ReaderFault.COUNTERFEIT: FaultWords(_STAFF, "devices.reader.not_accepted", "R32"),
    ReaderFault.SELF_TEST: FaultWords("devices.reader.broken", "devices.reader.self_test", "R60"),
    ReaderFault.UNAUTHORISED: FaultWords("devices.reader.locked", "devices.reader.unauthorised", "R66"),
    ReaderFault.SILENT: FaultWords(_OUT, "devices.reader.silent", "R01"),
    ReaderFault.GARBLED: FaultWords(_OUT, "devices.reader.garbled", "R02"),
    ReaderFault.MISSING: FaultWords(_OUT, "devices.reader.missing", "R03"),
    ReaderFault.NOT_PERMITTED: FaultWords(_OUT, "devices.reader.not_permitted", "R04"),
    ReaderFault.BUSY: FaultWords(_OUT, "devices.reader.busy", "R05"),
    ReaderFault.UNPLUGGED: FaultWords(_OUT, "devices.reader.unplugged", "R06"),
}
_OF_THE_LINE = {ReaderFault.SILENT, ReaderFault.GARBLED}
"""Faults that may hit one card, on its way over the line, or the reader as a whole."""


def worker_sentence(event: CardUnreadable | ReaderLost) -> Sentence:
    """Return what the worker is told: what to do now, and never a suspicion."""
    if isinstance(event, CardUnreadable) and event.cause in _OF_THE_LINE:
        return Sentence(_AGAIN)
    return _WORDS[event.cause].to_worker()


def attendant_sentence(event: CardUnreadable | ReaderLost) -> Sentence:
    """Return what the attendant is told; `code` is fit to be read out on the phone (R41, R41/47)."""
    return _WORDS[event.cause].to_attendant("" if event.status is None else f"{event.status:02X}")
