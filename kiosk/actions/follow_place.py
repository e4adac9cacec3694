"""Follow a place after its slip: the employer's part comes back, or somebody says that its worker came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.outcome_ports import Answer, ReturnedPart
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.clock import clock_text, hall_day, hall_time
from kiosk.domain.duties import Act
from kiosk.domain.ids import PlacementId, SlipNumber
from kiosk.domain.outcomes import Outcome, Witness, after_arrival, after_return
from kiosk.domain.sentences import Sentence
from kiosk.messages.events import ArrivalConfirmed, SlipReturned


@dataclass(frozen=True, slots=True)
class PartInHand:
    """Which slip a return part belongs to, as its code proved, or as somebody keyed its number."""

    slip: SlipNumber
    day: date
    is_keyed: bool


def read_before(hall: Hall, part: PartInHand) -> Sentence | None:
    """Return when a part was read here before, None for one that was not."""
    with hall.store.reading() as records:
        try:
            _refuse_second_reading(records, part)
        except Refused as refused:
            return refused.sentence
    return None


def take_return_part(hall: Hall, part: PartInHand, answer: Answer, staff: Staff) -> ReturnedPart:
    """Keep what the employer's part of a slip says, and move its place on where it was taken here.

    That of another kiosk's slip is kept and told: the bureau knows the place, or will. Its numbers stay
    spent: the day they were for is over, or the bureau posts the place anew. Raises Refused for a part that
    was read before, and for a day that is not over the slip's own.
    """
    if answer.arrived_on is not None and not part.day <= answer.arrived_on <= hall.today():
        raise Refused(Sentence("outcomes.no_such_day"))
    with hall.store.writing() as records:
        _refuse_second_reading(records, part)
        place = records.placements.by_slip(part.slip)
        is_ours = place is not None and hall_day(place.taken_at) == part.day
        own = place.id if place is not None and is_ours else None
        kept = ReturnedPart(part.slip, part.day, own, answer, part.is_keyed, hall.now())
        records.outcomes.keep(kept)
        if own is not None and place is not None:
            records.placements.set_state(own, after_return(place.state, answer.outcome))
            if answer.outcome is Outcome.NOT_HIRED:
                records.outcomes.owe_nothing(own)
        records.journal.append(_entry(kept, staff), hall.now())
        record_act(hall, records, staff, Act.RECORD_RETURN, "slip", part.slip, _told(answer))
    return kept


def confirm_arrival(hall: Hall, of: PlacementId, witness: Witness, staff: Staff) -> None:
    """Note that somebody has come to the place he took here. Raises Refused where he is not awaited."""
    with hall.store.writing() as records:
        place = records.placements.by_id(of)
        if place is None or (then := after_arrival(place.state)) is place.state:
            raise Refused(Sentence("outcomes.not_awaited"))
        records.placements.set_state(of, then)
        entry = ArrivalConfirmed(
            placement=of, slip=place.slip, witness=witness.value, arrived_at=hall.now(), actor=staff.id
        )
        records.journal.append(entry, hall.now())
        record_act(hall, records, staff, Act.CONFIRM_ARRIVAL, "slip", place.slip, witness.value)


def _refuse_second_reading(records: Records, part: PartInHand) -> None:
    known = records.outcomes.returned(part.slip, part.day)
    if known is not None:
        at = hall_time(known.read_at)
        told: dict[str, str | date] = {"number": part.slip, "day": at.date(), "time": clock_text(at.time())}
        raise Refused(Sentence("outcomes.read_before", told))


def _told(answer: Answer) -> str:
    return answer.outcome.value if answer.why is None else f"{answer.outcome.value}.{answer.why.value}"


def _entry(kept: ReturnedPart, staff: Staff) -> SlipReturned:
    answer = kept.answer
    return SlipReturned(
        slip=kept.slip,
        day=kept.day,
        placement=kept.placement or "",
        outcome=answer.outcome.value,
        why=answer.why.value if answer.why else "",
        arrived_on=answer.arrived_on,
        arrived_time=answer.arrived_time,
        pay_fen=answer.pay_fen,
        read="keyed" if kept.is_keyed else "scan",
        actor=staff.id,
    )
