"""Coaches of the sample morning whose door is some device, and riders that other kiosks sold seats to."""

from __future__ import annotations

import itertools

from kiosk.actions.take_place import TakenPlace
from kiosk.domain.ids import TripId
from kiosk.messages.feed import BlockBody, FeedRow, RiderBody
from kiosk.messages.wire import Wire
from tests import answers
from tests.halls import SampleKiosk

_POSITIONS = itertools.count(20_000)


def door_at(kiosk: SampleKiosk, trip: str, stream: str, at: str = "", **facts: object) -> TripId:
    """Let a coach of the sample come down with its door at a stream."""
    body = next(item for item in kiosk.sample.trips if item.id == trip)
    tell(kiosk, "trip", trip, body.model_copy(update={"door": stream, "door_at": at, **facts}))
    return TripId(trip)


def door_here(kiosk: SampleKiosk, place: TakenPlace) -> TripId:
    """Let this kiosk be the door of the coach that a place goes with."""
    trip = place.placement.trip
    assert trip is not None
    return door_at(kiosk, trip, kiosk.opened.health().stream, "NZ-01")


def rider(trip: str, slip: str, seat: int, **facts: object) -> RiderBody:
    """Return somebody who bought his seat at another kiosk."""
    body = RiderBody(
        trip=trip, slip=slip, seat=seat, placement=f"p-{slip}", worker="w-9", job="j-9", queue_number="B007"
    )
    return RiderBody.model_validate(body.model_dump() | facts)


def tell_riders(kiosk: SampleKiosk, *riders: RiderBody) -> None:
    """Let riders of other kiosks come down."""
    for item in riders:
        tell(kiosk, "rider", item.slip, item)


def keep_out(kiosk: SampleKiosk, trip: str, slip: str) -> None:
    """Let the bureau block a slip whose place was given back."""
    tell(kiosk, "block", slip, BlockBody(trip=trip, slip=slip))


def take_back(kiosk: SampleKiosk, topic: str, row_id: str) -> None:
    """Let the bureau take back what it told."""
    pos = next(_POSITIONS)
    answers.tell(kiosk.opened, [FeedRow(topic=topic, id=row_id, pos=pos, is_deleted=True)], pos, feed_gen="g")


def tell(kiosk: SampleKiosk, topic: str, row_id: str, body: Wire) -> None:
    """Let one row of the city come down."""
    pos = next(_POSITIONS)
    row = FeedRow(topic=topic, id=row_id, pos=pos, body=body.model_dump_json())
    answers.tell(kiosk.opened, [row], pos, feed_gen="g")
