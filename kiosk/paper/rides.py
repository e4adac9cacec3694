"""A ride on paper: the coach's departure board, the same on a slip and on a boarding pass."""

from __future__ import annotations

from kiosk.domain.clock import clock_text
from kiosk.paper.blocks import Departure, Weight, Words
from kiosk.paper.phrases import Sentences
from kiosk.paper.slips import Ride


def departure(ride: Ride, tr: Sentences, second: Sentences | None, seats: str = "") -> Departure:
    """Return time, bay, seat, way back and trip; time, bay and seat once more in the second language.

    `seats` stands in the place of the one seat where several people ride.
    """
    seat = seats or str(ride.seat)
    notes = [Words(tr("paper.ride.seat", seat=seat), 44, Weight.BLACK)]
    if ride.returns_at is not None:
        notes.append(Words(tr("paper.ride.return", time=clock_text(ride.returns_at)), 30))
    notes.append(Words(tr("paper.ride.trip", trip=ride.trip)))
    if second is not None:
        notes += [
            Words(second("paper.ride.departs", time=clock_text(ride.departs_at))),
            Words(second("paper.ride.bay_no", bay=ride.bay)),
            Words(second("paper.ride.seat", seat=seat)),
        ]
    time = Words(clock_text(ride.departs_at), 104, Weight.BLACK, 72)
    plate = Words(ride.bay, 108, Weight.BLACK, 44)
    return Departure("bus", time, plate, Words(tr("paper.ride.bay")), tuple(notes))
