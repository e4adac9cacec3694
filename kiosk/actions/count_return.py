"""Count who came back with a coach against who went out with it; nobody stays out silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.outing_ports import Outing, Passenger
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.actions.trip_ports import Departed
from kiosk.domain.duties import Act
from kiosk.domain.ids import SlipNumber, TripId
from kiosk.domain.returns import ReturnCount, ReturnMark, Whereabouts, counted, due_at
from kiosk.domain.sentences import Sentence
from kiosk.messages.events import ReturnClosed, ReturnNoted

GRACE = "trip.return_grace_min"


@dataclass(frozen=True, slots=True)
class Homecoming:
    """An outing with everybody of it: what was said of each, how that counts today, and when it is asked."""

    outing: Outing
    people: Sequence[Passenger]
    marks: Mapping[SlipNumber, ReturnMark]
    count: ReturnCount
    due_at: datetime

    @property
    def not_back(self) -> Sequence[Passenger]:
        """Return who is out or missing, as they came aboard."""
        absent = {*self.count.out, *self.count.missing}
        return [each for each in self.people if each.slip in absent]


def homecoming_of(hall: Hall, records: Records, outing: Outing) -> Homecoming:
    """Return who of an outing is where, as of today."""
    people, marks = _went_out(records, outing.trip.id), records.outings.marks(outing.trip.id)
    count = counted([each.slip for each in people], marks, hall.today())
    return Homecoming(outing, people, marks, count, due_at(outing.trip, _grace_min(hall, records)))


def home_of(hall: Hall, records: Records, trip: TripId | None) -> Homecoming | None:
    """Return who of a trip is where; None for no trip, and for one that nobody went out with here."""
    outing = records.outings.of(trip) if trip else None
    return None if outing is None else homecoming_of(hall, records, outing)


def open_returns(hall: Hall, records: Records) -> Sequence[Homecoming]:
    """Return the outings whose return is due and from which somebody is out or missing, the oldest first."""
    found = [homecoming_of(hall, records, outing) for outing in records.outings.unsettled()]
    return [each for each in found if each.count.is_open and each.due_at <= hall.now()]


def note_whereabouts(
    hall: Hall,
    trip: TripId,
    slips: Sequence[SlipNumber],
    where: Whereabouts,
    staff: Staff,
    *,
    reason: str = "",
    until: date | None = None,
) -> ReturnCount:
    """Keep where some passengers are, as somebody saw or heard it; said anew, the newer word holds.

    Raises Refused for whoever did not go out with this trip, for a stay without a reason or with a last day
    that is past, and where nobody is named. Only the count itself calls somebody missing.
    """
    if where is Whereabouts.STAYED and not reason.strip():
        raise Refused(Sentence("actions.reason_missing"))
    if until is not None and until < hall.today():
        raise Refused(Sentence("actions.return.past_day"))
    with hall.store.writing() as records:
        outing = required_outing(records, trip)
        went_out = {each.slip for each in _went_out(records, trip)}
        if not slips or not went_out.issuperset(slips) or where is Whereabouts.MISSING:
            raise Refused(Sentence("actions.return.not_aboard"))
        _say(hall, records, trip, slips, where, staff, reason, until)
        record_act(hall, records, staff, Act.COUNT_RETURN, "trip", trip, reason)
        return _settled(hall, records, outing)


def close_return(hall: Hall, trip: TripId, staff: Staff) -> ReturnCount:
    """End the count of a trip: whoever is out is missing from now on, and stays listed until he is found."""
    with hall.store.writing() as records:
        outing = required_outing(records, trip)
        before = homecoming_of(hall, records, outing)
        if before.count.out:
            _say(hall, records, trip, before.count.out, Whereabouts.MISSING, staff, "", None)
        records.outings.close(trip, hall.now())
        count = _settled(hall, records, outing)
        closed = ReturnClosed(
            trip=trip,
            expected=count.expected,
            back=len(count.back),
            stayed=len(count.stayed),
            missing=len(count.missing),
            actor=staff.id,
        )
        records.journal.append(closed, hall.now())
        record_act(hall, records, staff, Act.COUNT_RETURN, "trip", trip)
    return count


def required_outing(records: Records, trip: TripId) -> Outing:
    """Return the outing of a trip. Raises Refused where nobody came aboard at this device."""
    outing = records.outings.of(trip)
    if outing is None:
        raise Refused(Sentence("actions.return.nobody_out"))
    return outing


def _went_out(records: Records, trip: TripId) -> Sequence[Passenger]:
    """Return who came aboard here, and who is on the manifest besides, let in by the door before this one."""
    people = records.outings.passengers(trip)
    departed, here = records.trips.departed(trip), {each.slip for each in people}
    if departed is None:
        return people
    return [
        *people,
        *(_told(records, departed, slip) for slip in departed.manifest.aboard if slip not in here),
    ]


def _told(records: Records, departed: Departed, slip: SlipNumber) -> Passenger:
    rider, at = records.riders.by_slip(slip), departed.manifest.departed_at
    if rider is None:
        return Passenger(slip, at)
    return Passenger(slip, at, rider.worker, rider.name, rider.number_tail, rider.queue_number, job=rider.job)


def _say(
    hall: Hall,
    records: Records,
    trip: TripId,
    slips: Sequence[SlipNumber],
    where: Whereabouts,
    staff: Staff,
    reason: str,
    until: date | None,
) -> None:
    now = hall.now()
    records.outings.mark(trip, [ReturnMark(slip, where, now, reason, until) for slip in slips])
    noted = ReturnNoted(
        trip=trip, slips=list(slips), where=where.value, reason=reason, until=until, actor=staff.id
    )
    records.journal.append(noted, now)


def _settled(hall: Hall, records: Records, outing: Outing) -> ReturnCount:
    """Return the count, and keep whether anybody need look at the outing again."""
    count = homecoming_of(hall, records, outing).count
    is_settled = len(count.back) == count.expected
    records.outings.settle(outing.trip.id, is_settled=is_settled)
    return count


def _grace_min(hall: Hall, records: Records) -> int:
    """Return how long a coach may be late; without the bureau's word not at all, and it is asked earlier."""
    told = records.settings.parameters(hall.today()).values.get(GRACE)
    return int(told.value) if told else 0
