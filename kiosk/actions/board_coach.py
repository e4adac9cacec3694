"""Let a slip into the coach, or say why not; whoever has come in is kept before the answer is shown."""

from __future__ import annotations

from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records
from kiosk.domain.ids import SlipNumber, TripId
from kiosk.messages.events import SlipBoarded
from kiosk.protocol.doors import Entry, come_aboard


def board_coach(hall: Hall, trip: TripId, slip: SlipNumber) -> Entry:
    """Return what the door says to a genuine slip of this trip; the same slip never comes in twice."""
    with hall.store.writing() as records:
        return let_in(hall, records, trip, slip)


def let_in(hall: Hall, records: Records, trip: TripId, slip: SlipNumber) -> Entry:
    """Do the same within the caller's transaction.

    The entry makes the marker follow: a copy of the database from before it, put back, holds no door.
    """
    _, verdict = come_aboard(records.doors.book(trip, slip), slip)
    if verdict is Entry.WELCOME:
        now = hall.now()
        records.doors.come_aboard(trip, slip, now)
        records.journal.append(SlipBoarded(trip=trip, slip=slip), now)
    return verdict
