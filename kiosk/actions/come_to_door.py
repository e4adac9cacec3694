"""Come to the door of a coach with a slip, a boarding pass, a card, or nothing but one's number.

Everything is read, judged and kept in one transaction, so that what the screen says is on the disk. Nobody is
asked but this device: the network may have been down for days. A genuine slip that names the coach is let in
although no list tells of it: the kiosk that sold its seat may be the dark one, and the seat is its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kiosk.actions.board_coach import let_in
from kiosk.actions.compose_slip import read_document
from kiosk.actions.door_ports import Holding, Rider
from kiosk.actions.faults import IntegrityFault, Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.recognise import Recognition
from kiosk.actions.record_act import record_act
from kiosk.actions.scan_readings import BoardingReading, ShownReading, SlipReading, Standing
from kiosk.domain.boarding import Answer, Facts, answer, is_meant, is_of_this_time
from kiosk.domain.duties import Act
from kiosk.domain.ids import SlipNumber, TripId
from kiosk.domain.parameters import MissingParameter
from kiosk.domain.sentences import Sentence
from kiosk.domain.trips import Trip, TripState
from kiosk.domain.workers import EducationState
from kiosk.messages.code_envelopes import Verdict
from kiosk.messages.events import DoorClosed
from kiosk.protocol.doors import Entry, come_aboard


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose seat somebody claims. `slip_day` is None where no code says of which year the slip is.

    `trip_no`, 0 for none, and `day` are what a code says of the coach; `seat` what a boarding pass says.
    """

    slip: SlipNumber
    slip_day: date | None = None
    trip_no: int = 0
    day: date | None = None
    seat: int | None = None
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class DoorAnswer:
    """What the door says, and to whom.

    Name and tail are empty unless this device keeps the person. `coach` is the one he goes with instead, `at`
    when he came aboard, `hazard_class` the class he has not held.
    """

    word: Answer
    slip: SlipNumber | None = None
    seat: int | None = None
    queue_number: str = ""
    name: str = field(default="", repr=False)
    number_tail: str = field(default="", repr=False)
    coach: Trip | None = None
    at: datetime | None = None
    hazard_class: str = ""


def claim_of(reading: ShownReading) -> Claim | None:
    """Return what a scanned code claims; None for one that is no genuine slip or boarding pass of ours."""
    if isinstance(reading, SlipReading) and reading.slip is not None:
        shown = reading.slip
        is_void = reading.standing is Standing.VOID
        return Claim(shown.number, shown.day, shown.trip_no, shown.starts_on, is_void=is_void)
    if isinstance(reading, BoardingReading) and reading.verdict is Verdict.GENUINE and reading.boarding:
        seat_for = reading.boarding
        if seat_for.slip is not None:
            return Claim(seat_for.slip, None, seat_for.trip_no, seat_for.trip_day, seat_for.seat)
    return None


def come_with_paper(
    hall: Hall, trip: TripId, reading: ShownReading, card: Recognition | None = None
) -> DoorAnswer:
    """Return what the door of a trip says to a scanned paper; a card that lies on the reader must be his."""
    claim = claim_of(reading)
    if claim is None:
        return DoorAnswer(Answer.NOT_GENUINE)
    with hall.store.writing() as records:
        return _come(hall, records, trip, claim, card)


def come_with_card(hall: Hall, trip: TripId, card: Recognition) -> DoorAnswer:
    """Return what the door of a trip says to whoever laid his card down, by the seat that is his."""
    with hall.store.writing() as records:
        claim = Claim(_slip_of(records, trip, card))
        return _come(hall, records, trip, claim, card)


def come_by_hand(hall: Hall, trip: TripId, slip: SlipNumber, staff: Staff) -> DoorAnswer:
    """Return what the door says to somebody whom a member of staff has found on the list. Raises Refused."""
    with hall.store.writing() as records:
        said = _come(hall, records, trip, Claim(slip), None)
        if said.word is Answer.WELCOME:
            record_act(hall, records, staff, Act.BOARD_BY_HAND, "slip", slip)
    return said


def open_door(hall: Hall, trip: TripId, staff: Staff) -> None:
    """Let people into a coach from now on. Raises Refused where another device is its door, or it left."""
    with hall.store.writing() as records:
        holding = records.doors.holding(trip)
        if holding is not Holding.OPEN:
            raise Refused(Sentence(f"actions.door.{holding.value}"))
        record_act(hall, records, staff, Act.OPEN_DOOR, "trip", trip)


def close_door(hall: Hall, records: Records, trip: TripId) -> tuple[SlipNumber, ...]:
    """Let nobody into a coach any more, and return who is aboard; within the transaction of its departure.

    Raises Refused where another device is its door, or it was closed before.
    """
    holding = records.doors.holding(trip)
    if holding is not Holding.OPEN:
        raise Refused(Sentence(f"actions.door.{holding.value}"))
    now = hall.now()
    aboard = tuple(records.doors.aboard(trip))
    records.doors.close(trip, now)
    records.journal.append(DoorClosed(trip=trip, boarded=list(aboard)), now)
    return aboard


@dataclass(frozen=True, slots=True)
class BoardingRoll:
    """How far the boarding of a coach has come, as its door knows it.

    `aboard` are those that the door before this one let in, too; `listed` is everybody who goes, whoever is
    aboard without being on the list among them. `missing` are by seat.
    """

    aboard: int
    listed: int
    missing: tuple[Rider, ...]


def boarding_roll(records: Records, trip: TripId) -> BoardingRoll:
    """Return who is in a coach and who is not; it says something only where this device is its door."""
    riders = records.riders.of(trip)
    aboard = _aboard(records, trip, riders)
    missing = tuple(rider for rider in riders if rider.slip not in aboard)
    return BoardingRoll(len(aboard), len(aboard) + len(missing), missing)


def aboard_of(records: Records, trip: TripId) -> frozenset[SlipNumber]:
    """Return whose slips are in a coach, those that the door before this one let in among them."""
    return _aboard(records, trip, records.riders.of(trip))


def _aboard(records: Records, trip: TripId, riders: Sequence[Rider]) -> frozenset[SlipNumber]:
    before = (rider.slip for rider in riders if rider.came_before)
    return frozenset((*records.doors.aboard(trip), *before))


def _come(hall: Hall, records: Records, trip: TripId, claim: Claim, card: Recognition | None) -> DoorAnswer:
    coach, rider = records.board.trip(trip), records.riders.by_slip(claim.slip)
    if coach is None:
        return DoorAnswer(Answer.ELSEWHERE, claim.slip)
    goes_with = _coach_of(records, claim, rider)
    holding, came = records.doors.holding(trip), records.doors.came_aboard(claim.slip)
    is_taught, lacks = _education(hall, records, rider, coach)
    is_here = came is not None and came.trip == trip
    word = answer(
        Facts(
            is_here=holding is not Holding.ELSEWHERE,
            is_closed=holding is Holding.CLOSED or coach.state is not TripState.PLANNED,
            is_aboard=is_here or (rider is not None and rider.came_before),
            is_void=_is_void(records, trip, claim),
            goes_here=None if goes_with is None else goes_with.id == trip,
            is_his_card=card is None or rider is None or _is_his(records, card, rider),
            is_taught=is_taught,
            aboard=boarding_roll(records, trip).aboard,
            seats=coach.seats,
        )
    )
    if word is Answer.WELCOME and let_in(hall, records, trip, claim.slip) is not Entry.WELCOME:
        raise IntegrityFault(f"{claim.slip} was welcome and did not come in")
    return DoorAnswer(
        word=word,
        slip=claim.slip or None,
        seat=rider.seat if rider else claim.seat,
        queue_number=rider.queue_number if rider else "",
        name=rider.name if rider else "",
        number_tail=rider.number_tail if rider else "",
        coach=goes_with if word is Answer.WRONG_COACH else None,
        at=came.at if came and word is Answer.ALREADY_ABOARD else None,
        hazard_class=lacks if word is Answer.NOT_TAUGHT else "",
    )


def _is_void(records: Records, trip: TripId, claim: Claim) -> bool:
    """Return whether a place is nobody's any more, by any word that has come here."""
    _, said = come_aboard(records.doors.book(trip, claim.slip), claim.slip)
    return claim.is_void or said is Entry.BLOCKED or records.riders.is_given_back(claim.slip)


def _coach_of(records: Records, claim: Claim, rider: Rider | None) -> Trip | None:
    """Return the coach somebody goes with; None for none, or where several could be meant."""
    if rider is not None:
        coach = records.board.trip(rider.trip)
        is_old = (
            coach is not None and claim.slip_day is not None and not is_of_this_time(coach, claim.slip_day)
        )
        return None if is_old else coach
    if claim.day is None or not claim.trip_no:
        return None
    station = claim.slip.split("-")[1]
    days = (claim.day, claim.day - timedelta(days=1))
    coaches = [coach for day in days for coach in records.board.trips_of(day)]
    # Who rides with a formed trip its list says alone: a pass of before a change of people is nobody's.
    sold = (coach for coach in coaches if not coach.is_formed)
    meant = [coach for coach in sold if is_meant(coach, claim.trip_no, claim.day, station)]
    return meant[0] if len(meant) == 1 else None


def _education(hall: Hall, records: Records, rider: Rider | None, coach: Trip) -> tuple[bool, str]:
    """Return whether somebody has held the classes that his work asks for, and else which one not (EDU-01).

    Here, at another kiosk as the bureau told, or as his slip says that was taken here. Of a slip that no list
    tells of nothing is known; its own kiosk has asked for the classes before it was taken.
    """
    if rider is None:
        return True, ""
    job = records.board.job(rider.job)
    if job is None:
        is_known = rider.education is not EducationState.MISSING
        return is_known or not _is_class_asked_for(hall, records), ""
    if rider.education in {EducationState.HELD, EducationState.NOT_NEEDED}:
        return True, ""
    held = records.workers.education(rider.worker)
    lacks = job.needs_classes - {item.hazard_class for item in held if item.is_valid_on(coach.day)}
    if not lacks:
        return True, ""
    if rider.education is None and _is_taught_by_slip(records, rider.slip):
        return True, ""
    return not _is_class_asked_for(hall, records), min(lacks)


def _is_class_asked_for(hall: Hall, records: Records) -> bool:
    """Return whether the parameter asks for classes; where nobody has delivered it, the law does."""
    try:
        return bool(records.settings.parameters(hall.today()).whole("education.is_required"))
    except MissingParameter:
        return True


def _is_taught_by_slip(records: Records, slip: SlipNumber) -> bool:
    record = records.slips.by_number(slip)
    if record is None or not record.document:
        return False
    return read_document(record.document).education is EducationState.HELD


def _is_his(records: Records, card: Recognition, rider: Rider) -> bool:
    return rider.worker in records.merges.ids_of(card.worker) or rider.slip in _slips_in(card)


def _slips_in(card: Recognition) -> frozenset[str]:
    """Return the slips that the capsule of a card tells of."""
    return frozenset(item.slip for item in card.capsule.placements) if card.capsule else frozenset()


def _slip_of(records: Records, trip: TripId, card: Recognition) -> SlipNumber:
    """Return the slip somebody goes with: of this coach, else of any; empty where he goes with none."""
    if not card.worker:
        return SlipNumber("")
    told = (records.riders.by_slip(SlipNumber(slip)) for slip in sorted(_slips_in(card)))
    seats = [*records.riders.seats_of(card.worker), *(rider for rider in told if rider is not None)]
    seats.sort(key=lambda rider: rider.trip != trip)
    return seats[0].slip if seats else SlipNumber("")
