"""What a scanner may have read: codes of ours of every kind, and other people's."""

from __future__ import annotations

from datetime import date

from kiosk.actions.scan_readings import (
    BadgeReading,
    BoardingReading,
    ForeignReading,
    PracticeReading,
    ReturnReading,
    ReturnShown,
    ShownReading,
    SlipReading,
    SlipShown,
    Standing,
)
from kiosk.domain.ids import SlipNumber
from kiosk.domain.jobs import PayUnit
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipKind, SlipState
from kiosk.messages.code_envelopes import Verdict
from kiosk.messages.scanned import Foreign


def scanned_codes(day: date) -> dict[str, ShownReading]:
    """Return what is read of each code on a day, by a name for its page."""
    shown = SlipShown(
        number=SlipNumber("PG-NZ-0918-02-0037"),
        kind=SlipKind.DISPATCH,
        day=day,
        pay_fen=18_000,
        pay_unit=PayUnit.DAY,
        starts_on=day,
        trip_no=3,
        bay_no=12,
        check_code="7F3A",
        trade_title="大棚采摘",
        state=SlipState.PRINTED,
    )
    checked = Sentence("actions.scan.slip_checked_on", {"day": day, "time": "05:21"})
    forged = Sentence("actions.scan.forged")
    void = Sentence("actions.scan.slip_void")
    boarding = Sentence("actions.scan.boarding", {"trip": 3, "seat": 17})
    return {
        "slip": SlipReading(Verdict.GENUINE, checked, shown, Standing.OPEN),
        "slip_void": SlipReading(Verdict.GENUINE, void, shown, Standing.VOID),
        "slip_forged": SlipReading(Verdict.FORGED, forged),
        "badge": BadgeReading(Verdict.UNKNOWN_KEY, Sentence("actions.scan.badge_unknown")),
        "boarding": BoardingReading(Verdict.GENUINE, boarding),
        "return_part": ReturnReading(
            Verdict.GENUINE,
            Sentence("actions.scan.return_part"),
            ReturnShown(shown.number, shown.kind, day, None),
        ),
        "practice": PracticeReading(),
        "foreign": ForeignReading(Foreign.OTHER, Sentence("actions.scan.other")),
    }
