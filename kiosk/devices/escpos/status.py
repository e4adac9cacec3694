"""What a printer says about itself, in three values: yes, no, and never answered.

| answer to | bits |
|---|---|
| DLE EOT 1 | 3 offline |
| DLE EOT 2 | 2 cover open, 5 stopped by paper end, 6 error |
| DLE EOT 3 | 2 mechanical error, 3 cutter, 5 beyond recovery, 6 hot head |
| DLE EOT 4 | 2 and 3 paper near its end, 5 and 6 paper end |
| GS a, first byte | 3 offline, 5 cover open |
| GS a, second byte | 2 mechanical error, 3 cutter, 5 beyond recovery, 6 hot head |
| GS a, third byte | 0 and 1 paper near its end, 2 and 3 paper end |
| Custom's DLE EOT 20, paper | 0 no paper, 2 near its end, 5 slip held out |
| Custom's DLE EOT 20, user | 0 head up, 1 cover open |
| Custom's DLE EOT 20, recoverable | 0 hot head, 3 voltage |
| Custom's DLE EOT 20, unrecoverable | any: beyond recovery |

A few models set the near-end bits while there is enough paper; their profiles say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.devices.profiles import PrinterProfile
from kiosk.domain.sentences import Sentence

STATUS_NUMBERS = (1, 2, 3, 4)


class Health(StrEnum):
    """Whether slips can come out. `unknown` is not `ok`."""

    OK = "ok"
    FAULT = "fault"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """One look at a printer; None means that it did not say."""

    online: bool | None = None
    has_paper: bool | None = None
    near_end: bool | None = None
    cover_open: bool | None = None
    cutter_fault: bool | None = None
    error: bool | None = None
    is_held_out: bool | None = None
    """Whether a slip waits in the mouth of a presenter for a hand to take it."""
    is_beyond_recovery: bool | None = None
    is_reached: bool = True

    @property
    def summary(self) -> Health:
        """Return `fault` for any known trouble, `ok` only when all that matters was said to be well."""
        good = (self.online, self.has_paper)
        bad = (self.cover_open, self.cutter_fault, self.error)
        if False in good or True in bad:
            return Health.FAULT
        return Health.UNKNOWN if None in (*good, *bad) else Health.OK

    @property
    def trouble(self) -> Sentence | None:
        """Return what is wrong and what to do, the most useful reason first; None when all is well."""
        known = (
            (not self.is_reached, "devices.printer.not_reached"),
            (self.cover_open, "devices.printer.cover_open"),
            (self.has_paper is False, "devices.printer.paper_out"),
            (self.cutter_fault, "devices.printer.cutter_jammed"),
            (self.error, "devices.printer.error"),
            (self.online is False, "devices.printer.offline"),
            (self.summary is Health.UNKNOWN, "devices.printer.unknown"),
        )
        return next((Sentence(key) for is_so, key in known if is_so), None)


NOT_REACHED = PrinterStatus(is_reached=False)


def read_status(answers: Mapping[int, int], profile: PrinterProfile) -> PrinterStatus:
    """Return the status told by the DLE EOT answers that came, keyed by the number asked (1 to 4)."""
    paper_end = _any(_bit(answers, 2, 0x20), _bit(answers, 4, 0x60))
    return PrinterStatus(
        online=_not(_bit(answers, 1, 0x08)),
        has_paper=_not(paper_end),
        near_end=_near_end(_bit(answers, 4, 0x0C), profile),
        cover_open=_bit(answers, 2, 0x04),
        cutter_fault=_bit(answers, 3, 0x08),
        error=_any(_bit(answers, 2, 0x40), _bit(answers, 3, 0x64)),
        is_beyond_recovery=_bit(answers, 3, 0x20),
    )


def read_automatic(block: bytes, profile: PrinterProfile) -> PrinterStatus:
    """Return the status told by the four bytes a printer sends unasked."""
    said = dict(enumerate(block))
    return PrinterStatus(
        online=_not(_bit(said, 0, 0x08)),
        has_paper=_not(_bit(said, 2, 0x0C)),
        near_end=_near_end(_bit(said, 2, 0x03), profile),
        cover_open=_bit(said, 0, 0x20),
        cutter_fault=_bit(said, 1, 0x08),
        error=_bit(said, 1, 0x64),
        is_beyond_recovery=_bit(said, 1, 0x20),
    )


def read_full(block: bytes, profile: PrinterProfile) -> PrinterStatus:
    """Return the status told by the four bytes behind `10 0F`: paper, user, recoverable, unrecoverable.

    Such a printer has no byte for being off-line; it is on-line when nothing of what stops it is so.
    """
    said = dict(enumerate(block))
    is_lost = _bit(said, 3, 0xFF)
    stops = (_bit(said, 0, 0x01), _bit(said, 1, 0x03), _bit(said, 2, 0x09), is_lost)
    return PrinterStatus(
        online=_not(_any(*stops)),
        has_paper=_not(_bit(said, 0, 0x01)),
        near_end=_near_end(_bit(said, 0, 0x04), profile),
        cover_open=_bit(said, 1, 0x03),
        cutter_fault=is_lost if is_lost is None else False,
        error=_any(_bit(said, 2, 0x09), is_lost),
        is_held_out=_bit(said, 0, 0x20),
        is_beyond_recovery=is_lost,
    )


def _near_end(is_set: bool | None, profile: PrinterProfile) -> bool | None:
    """Return what the sensor means; without one the bits mean nothing, and silence stays silence."""
    if is_set is None or not profile.has_near_end_sensor:
        return None
    return is_set is not profile.is_near_end_inverted


def _bit(answers: Mapping[int, int], number: int, mask: int) -> bool | None:
    return bool(answers[number] & mask) if number in answers else None


def _any(*said: bool | None) -> bool | None:
    """Return True if anything says so, False if all deny it, and None while one is silent."""
    if True in said:
        return True
    return None if None in said else False


def _not(said: bool | None) -> bool | None:
    return None if said is None else not said
