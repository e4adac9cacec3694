"""A full morning, written straight into the store: coaches, people with numbers, places and slips."""

from __future__ import annotations

import itertools
from datetime import time, timedelta

from kiosk.actions.ports import Records
from kiosk.domain.ids import JobId, TripId, WorkerId, places_of, seats_of
from kiosk.domain.placements import PlacementState
from kiosk.domain.slips import SlipState
from kiosk.messages.sync import Ranges
from tests import answers
from tests.halls import SampleKiosk
from tests.unit.storage.samples import check_in, job_body, person, row, take, trip_body, turn_slip

SEATS = 30
FIRST_POS = itertools.count(10_000, 1_000)


def fill(kiosk: SampleKiosk, people: range, coaches: int, state: SlipState = SlipState.PRINTED) -> None:
    """Let people of these numbers come and take seats, spread over so many coaches; all have slips."""
    with kiosk.hall.store.writing() as records:
        for number in people:
            _take(kiosk, records, number, (number - 1) % coaches + 1, state)


def tell_coaches(kiosk: SampleKiosk, coaches: int, door: str = "") -> None:
    """Let so many coaches come down, every ten minutes one, each with a job; every seat is open here.

    `door` is the stream of the device that lets people into all of them.
    """
    day, now, pos = kiosk.hall.today(), kiosk.hall.now(), next(FIRST_POS)
    rows = []
    for number in range(1, coaches + 1):
        at = time(6 + number // 6, number % 6 * 10)
        trip = trip_body(number, SEATS).model_copy(update={"day": day, "departs_at": at, "door": door})
        job = job_body(number, trip=f"T{number}", headcount=SEATS, valid_until=now + timedelta(hours=20))
        shift = job.shift.model_copy(update={"first_day": day, "last_day": day})
        job = job.model_copy(update={"shift": shift, "open_places": SEATS})
        rows += [row("trip", trip, pos + number), row("job", job, pos + 100 + number)]
    answers.tell(kiosk.opened, rows, pos + 200, feed_gen="g")
    seats = [seats_of(TripId(f"T{number}")) for number in range(1, coaches + 1)]
    places = [places_of(JobId(f"J{number}")) for number in range(1, coaches + 1)]
    granted: dict[str, Ranges] = {quota: [(1, SEATS)] for quota in (*seats, *places)}
    answers.grant(kiosk.opened, granted)
    kiosk.opened.sync_book.set_open_places(dict.fromkeys(seats, SEATS))


def _take(kiosk: SampleKiosk, records: Records, number: int, coach: int, state: SlipState) -> None:
    now, of = kiosk.hall.now(), WorkerId(f"W{number}")
    records.workers.add(person(number))
    check_in(records, of, now, kiosk.hall.today())
    taken = take(records, of, JobId(f"J{coach}"), TripId(f"T{coach}"), f"P{number}", now=now)
    records.placements.set_state(taken.id, PlacementState.SLIP_ISSUED)
    turn_slip(records, taken, state)
