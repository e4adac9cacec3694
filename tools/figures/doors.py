"""How long somebody waits at the door of a coach: from the code that the scanner has read to the answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from functools import partial

from kiosk.actions.read_scan import read_scan
from kiosk.domain.ids import TripId
from kiosk.domain.jobs import PayUnit
from kiosk.domain.slips import SlipKind
from kiosk.messages import slip_codes
from kiosk.messages.feed import RiderBody
from kiosk.messages.slip_codes import SlipCode
from kiosk.storage.code_keys import SqlCodeKeys
from tests import answers
from tests.screens.admin_desk import Desk
from tests.screens.full_days import tell_coaches
from tests.unit.actions.coaches import tell
from tests.unit.actions.scans import THEIR_KEY, key_row
from tools.figures.glass import Glass

SCANS = 20
_COACH, _KEY_ID = "T1", 0x0000D9
_FIRST = 501
"""The counter of the first slip that another kiosk of the hall sold for this coach."""


def open_door(desk: Desk, glass: Glass, coaches: int) -> None:
    """Let this kiosk be the door of every coach, with seats sold elsewhere, and open one of them."""
    kiosk = desk.stage.kiosk
    row = key_row(_KEY_ID, "NZ-03", "NZ", THEIR_KEY).model_copy(update={"pos": 1})
    answers.tell(kiosk.opened, [row], 1, scope="hall:NZ", feed_gen="g")
    tell_coaches(kiosk, coaches, kiosk.opened.health().stream)
    for number in range(_FIRST, _FIRST + SCANS):
        slip = f"PG-NZ-0918-03-{number:04d}"
        facts = RiderBody(
            trip=_COACH, slip=slip, seat=number - _FIRST + 1, placement=slip, worker=slip, job="J1"
        )
        tell(kiosk, "rider", slip, facts.model_copy(update={"queue_number": f"C{number}"}))
    for name in ("page.today", f"row.roll:coach:{_COACH}", f"plate.door:trip:{_COACH}"):
        glass.settle()
        glass.tap(name)
    glass.settle()


def boardings(desk: Desk, glass: Glass) -> Iterator[float]:
    """Yield how many ms each took: to prove the code, to judge, to keep it on the disk, and to paint."""
    hall, keys = desk.hall, SqlCodeKeys(desk.stage.kiosk.opened.database)
    for number in range(_FIRST, _FIRST + SCANS):
        code = _code(hall.today(), number)
        glass.settle()
        painted, began = len(glass.frames), time.monotonic()
        desk.screen.ears.hear_scan(read_scan(hall, keys, code))
        glass.wait(partial(_has_painted, glass, painted), "the answer")
        yield (glass.frames[painted] - began) * 1000
    with hall.store.reading() as records:
        boarded = len(records.doors.aboard(TripId(_COACH)))
    if boarded != SCANS:
        raise RuntimeError(f"{boarded} of {SCANS} were let in")


def _has_painted(glass: Glass, before: int) -> bool:
    return len(glass.frames) > before


def _code(day: date, number: int) -> str:
    kind, unit = SlipKind.DISPATCH, PayUnit.DAY
    return slip_codes.encode(
        SlipCode(_KEY_ID, kind, day, number, 18_000, unit, day, 1, 3, b"12345"), THEIR_KEY
    )
