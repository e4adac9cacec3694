"""Hand people over from one party to the next: who signs, how many were counted, and what is not in order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.actions.count_return import homecoming_of, required_outing
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.identity import mask_name
from kiosk.domain.ids import TripId
from kiosk.domain.segments import Boundary, HandOver, Proof
from kiosk.domain.sentences import Sentence
from kiosk.domain.signatures import Signature
from kiosk.messages.events import DutyHanded


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """What is told of one hand-over. `at` counts only of what was not signed here; that is signed now."""

    boundary: Boundary
    headcount: int
    signer: str
    proof: Proof
    at: datetime | None = None
    place: str = ""
    signature: Signature | None = None
    exceptions: str = ""


def expected_at(hall: Hall, records: Records, trip: TripId, boundary: Boundary) -> int:
    """Return how many the list says: on the way out all who came aboard, on the way home less who stays."""
    count = homecoming_of(hall, records, required_outing(records, trip)).count
    is_homeward = boundary in {Boundary.PICK_UP, Boundary.RETURN}
    return count.expected - (len(count.stayed) if is_homeward else 0)


def hand_duty(hall: Hall, trip: TripId, told: Told, staff: Staff) -> HandOver:
    """Keep one hand-over, its strokes here and their digest in the journal. Raises Refused.

    It is not kept without a signer, signed here without a mark, of a time to come or before the one it
    follows, a second time, or with another count than the list's that nobody explains.
    """
    now = hall.now()
    is_signed = told.proof is Proof.SIGNED
    at = now if is_signed or told.at is None else told.at
    if not told.signer.strip() or (is_signed and told.signature is None):
        raise Refused(Sentence("actions.duty_handed.unsigned"))
    with hall.store.writing() as records:
        outing = required_outing(records, trip)
        _refuse_time(records.outings.hand_overs(trip), told.boundary, outing.opened_at, at, now)
        expected = expected_at(hall, records, trip, told.boundary)
        if told.headcount != expected and not told.exceptions.strip():
            raise Refused(Sentence("actions.duty_handed.say_why", {"count": expected}))
        handed = HandOver(
            id=hall.fresh_id(),
            trip=trip,
            boundary=told.boundary,
            at=at,
            noted_at=now,
            place=told.place,
            headcount=told.headcount,
            expected=expected,
            signer=told.signer,
            proof=told.proof,
            signature=told.signature.text if told.signature else "",
            exceptions=told.exceptions,
        )
        records.outings.hand_over(handed)
        records.journal.append(_entry(handed, staff), now)
        record_act(hall, records, staff, Act.HAND_DUTY, "trip", trip, told.boundary.value)
    return handed


def _refuse_time(
    handed: Sequence[HandOver], boundary: Boundary, opened_at: datetime, at: datetime, now: datetime
) -> None:
    if any(each.boundary is boundary for each in handed):
        raise Refused(Sentence("actions.duty_handed.twice"))
    order = list(Boundary)
    before = [each.at for each in handed if order.index(each.boundary) < order.index(boundary)]
    behind = [each.at for each in handed if order.index(each.boundary) > order.index(boundary)]
    if at > min([now, *behind]) or at < max([opened_at, *before]):
        raise Refused(Sentence("actions.duty_handed.time"))


def _entry(handed: HandOver, staff: Staff) -> DutyHanded:
    strokes = handed.signature.encode()
    return DutyHanded(
        hand_over=handed.id,
        trip=handed.trip,
        giver=handed.boundary.giver.value,
        taker=handed.boundary.taker.value,
        at=handed.at,
        place=handed.place,
        headcount=handed.headcount,
        expected=handed.expected,
        signer=mask_name(handed.signer),
        proof=handed.proof.value,
        signature=hashlib.sha256(strokes).hexdigest() if strokes else "",
        exceptions=handed.exceptions,
        actor=staff.id,
    )
