"""Open and close a shift: the program counts, and a person adds what is to be handed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.clock import hall_day, hall_time
from kiosk.domain.duties import Act
from kiosk.domain.placements import PlacementState
from kiosk.domain.sentences import Sentence
from kiosk.domain.shift_sheets import ShiftSheet
from kiosk.domain.shifts import Shift, ShiftCounts
from kiosk.domain.slips import SlipState


def open_shift(hall: Hall, staff: Staff) -> Shift:
    """Begin a shift. Raises Refused while another one lasts: what it left is handed over first."""
    with hall.store.writing() as records:
        newest = records.shifts.newest()
        if newest is not None and newest.closed_at is None:
            raise Refused(Sentence("actions.shift.lasts"))
        shift = Shift(hall.fresh_id(), hall.now(), staff.id)
        records.shifts.keep(shift)
        record_act(hall, records, staff, Act.OPEN_SHIFT, "shift", shift.id)
    return shift


def close_shift(hall: Hall, note: str, faults: Sequence[str], staff: Staff) -> Shift:
    """End the shift that lasts, with what is handed over and what the program counted. Raises Refused.

    Whoever closes need not have opened it: somebody may have gone home.
    """
    with hall.store.writing() as records:
        lasting = records.shifts.newest()
        if lasting is None or lasting.closed_at is not None:
            raise Refused(Sentence("actions.shift.none"))
        closed = replace(
            lasting,
            closed_at=hall.now(),
            closed_by=staff.id,
            note=note,
            faults=tuple(faults),
            counts=_counted(hall, records, lasting.opened_at),
        )
        records.shifts.keep(closed)
        record_act(hall, records, staff, Act.CLOSE_SHIFT, "shift", closed.id, note)
    return closed


def shift_now(hall: Hall) -> tuple[Shift | None, ShiftCounts | None]:
    """Return the newest shift, and its counts: as they were at its end, or as they are while it lasts."""
    with hall.store.reading() as records:
        shift = records.shifts.newest()
        if shift is None:
            return None, None
        return shift, shift.counts or _counted(hall, records, shift.opened_at)


def last_sheet(hall: Hall, former: str) -> ShiftSheet | None:
    """Return the sheet of the shift that was handed over last; None before the first.

    Whoever is on no list any more is called `former`.
    """
    with hall.store.reading() as records:
        shift = records.shifts.last_closed()
        if shift is None or shift.closed_at is None or shift.closed_by is None or shift.counts is None:
            return None
        opener, closer = records.desk.member(shift.opened_by), records.desk.member(shift.closed_by)
    opened, closed = hall_time(shift.opened_at), hall_time(shift.closed_at)
    return ShiftSheet(
        number=f"JB-{hall.identity.station}-{closed:%m%d-%H%M}",
        hall=hall.identity.station,
        station=hall.identity.station_name,
        kiosk_letter=hall.identity.letter,
        opened_at=opened.replace(tzinfo=None),
        opened_by=opener.name if opener else former,
        closed_at=closed.replace(tzinfo=None),
        closed_by=closer.name if closer else former,
        counts=shift.counts,
        faults=shift.faults,
        note=shift.note,
    )


def _counted(hall: Hall, records: Records, since: datetime) -> ShiftCounts:
    days = _days(hall_day(since), hall.today())
    taken = [item for day in days for item in records.placements.on_day(day) if item.taken_at >= since]
    papers: Counter[SlipState] = Counter()
    for day in days:
        papers.update(records.slips.count_states(day, since))
    sync = records.settings.sync_health()
    return ShiftCounts(
        check_ins=sum(records.check_ins.count_since(day, since) for day in days),
        placements=len(taken),
        printed=papers[SlipState.PRINTED],
        waiting=papers[SlipState.QUEUED] + papers[SlipState.SENDING],
        uncertain=papers[SlipState.UNCERTAIN],
        void=papers[SlipState.VOID],
        returned=sum(item.state is PlacementState.CANCELLED for item in taken),
        unsynced=sync.pending,
        refused=sync.refused_open,
    )


def _days(first: date, last: date) -> Sequence[date]:
    """Return the hall days of a shift; one that nobody closed for weeks is counted for its last week."""
    begin = max(first, last - timedelta(days=7))
    return [begin + timedelta(days=at) for at in range((last - begin).days + 1)]
