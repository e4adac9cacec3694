"""What a printer says about itself, in three values: yes, no, and never answered.

| answer to | bits |
|---|---|
| DLE EOT 1 | 3 offline |
| DLE EOT 2 | 2 cover open, 5 stopped by paper end, 6 error |
| DLE EOT 3 | 2 mechanical error, 3 cutter, 5 beyond recovery, 6 hot head |
| DLE EOT 4 | 2 and 3 paper near its end, 5 and 6 paper end |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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


def read_status(answers: Mapping[int, int], has_near_end_sensor: bool) -> PrinterStatus:
    """Return the status told by the DLE EOT answers that came, keyed by the number asked (1 to 4)."""
    paper_end = _any(_bit(answers, 2, 0x20), _bit(answers, 4, 0x60))
    online = _bit(answers, 1, 0x08)
    return PrinterStatus(
        online=None if online is None else not online,
        has_paper=None if paper_end is None else not paper_end,
        near_end=_bit(answers, 4, 0x0C) if has_near_end_sensor else None,
        cover_open=_bit(answers, 2, 0x04),
        cutter_fault=_bit(answers, 3, 0x08),
        error=_any(_bit(answers, 2, 0x40), _bit(answers, 3, 0x64)),
    )


def _bit(answers: Mapping[int, int], number: int, mask: int) -> bool | None:
    return bool(answers[number] & mask) if number in answers else None


def _any(*said: bool | None) -> bool | None:
    """Return True if anything says so, False if all deny it, and None while one is silent."""
    if True in said:
        return True
    return None if None in said else False
