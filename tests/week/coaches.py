"""What happens to coaches in a week: formed, crewed, swapped, boarded, seen off, handed over, counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from kiosk.actions.come_to_door import come_by_hand, come_with_card, come_with_paper, open_door
from kiosk.actions.count_return import close_return, note_whereabouts
from kiosk.actions.crew_trip import crew_trip
from kiosk.actions.depart_coach import depart, say_check
from kiosk.actions.follow_place import PartInHand, confirm_arrival, take_return_part
from kiosk.actions.form_trip import Route, add_passengers, form_trip, swap_passenger, take_off
from kiosk.actions.hand_duty import Told, expected_at, hand_duty
from kiosk.actions.keep_fleet import DriverPapers, record_driver, record_vehicle
from kiosk.actions.note_incident import Happened, close_incident, note_incident
from kiosk.actions.outcome_ports import Answer as PartAnswer
from kiosk.actions.recognise import recognise
from kiosk.actions.scan_readings import SlipReading, SlipShown
from kiosk.domain.clock import hall_day
from kiosk.domain.departures import TICKED, Check
from kiosk.domain.drivers import LicenceClass
from kiosk.domain.ids import SlipNumber, TripId
from kiosk.domain.incidents import IncidentKind, Severity
from kiosk.domain.jobs import PayUnit
from kiosk.domain.outcomes import Outcome, WhyNot, Witness
from kiosk.domain.returns import Whereabouts
from kiosk.domain.segments import Boundary, Proof
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipKind
from kiosk.domain.trips import small_number
from kiosk.domain.vehicles import Vehicle, VehicleKind
from kiosk.messages.code_envelopes import Verdict
from kiosk.messages.events import PassengersChanged, PlaceTaken, TripFormed
from tests.halls import CLERK
from tests.week.arrivals import SIGNATURE, attempt, card_of
from tests.week.hall import Post, Week

_FAR = date(2027, 9, 1)
VEHICLES = (
    Vehicle("示A·00007", VehicleKind.MINIBUS, 7, 1, "测试客运", "示运000001", _FAR, _FAR, _FAR),
    *(
        Vehicle(f"示A·0004{at}", VehicleKind.COACH, 46, 1, "测试客运", f"示运00001{at}", _FAR, _FAR, _FAR)
        for at in range(4)
    ),
)
_PAPERS = DriverPapers(
    "测试庚", "13900000001", LicenceClass.A1, _FAR, "000000000001", _FAR, had_grave_accident=False
)
DRIVERS = 5
"""The first of the hall's people drive, and come for a place like everybody."""


def record_fleet(week: Week) -> None:
    """Write vehicles and drivers down at the desk."""
    for vehicle in VEHICLES:
        attempt(week, "vehicle recorded", record_vehicle, week.desk.hall, vehicle, CLERK)
    for number in range(DRIVERS):
        papers = replace(_PAPERS, name=f"测试{'甲乙丙丁戊'[number]}")
        attempt(week, "driver recorded", record_driver, week.desk.hall, card_of(number).number, papers, CLERK)


def coach_posts(week: Week) -> list[Post]:
    """Return who sees to coaches: the desk to those whose seats are sold, a kiosk to those it forms."""
    return [week.desk, week.kiosks[0]]


def form(week: Week, post: Post) -> None:
    """Form a trip of those who have work and no coach, and change who rides with it."""
    hall = post.hall
    with hall.store.reading() as records:
        waiting = [item.placement for item in records.trips.waiting(hall.today())]
    if not waiting:
        return
    route = Route(hall.today(), time(7, 20), "6", "白杨镇", time(18, 0))
    vehicle = week.dice.choice(VEHICLES[:2])
    some = waiting[: week.dice.randint(1, len(waiting))]
    if not attempt(week, "trip formed", form_trip, hall, route, vehicle.plate, some, CLERK):
        return
    of = _formed_today(week, post)[-1]
    rest = waiting[len(some) :]
    if rest and week.dice.random() < 0.6:
        attempt(week, "passenger added", add_passengers, hall, of, rest[:1], CLERK)
    if rest[1:] and week.dice.random() < 0.6:
        attempt(week, "passenger swapped", swap_passenger, hall, of, some[0], rest[1], "家里有事", CLERK)
    if len(some) > 1 and week.dice.random() < 0.4:
        attempt(week, "passenger taken off", take_off, hall, of, some[-1], "自己去", CLERK)


def trips_today(week: Week, post: Post) -> list[TripId]:
    """Return the coaches of the day of which a device is the door: sold ones, and those that it formed."""
    today = post.hall.today()
    sold = [TripId(trip.id) for trip in week.trips.values() if trip.day == today and post is week.desk]
    return [*sold, *_formed_today(week, post)]


def _formed_today(week: Week, post: Post) -> list[TripId]:
    week.listen()
    today = post.hall.today()
    own = (item.body for item in week.said if item.post == post.name)
    formed = (body for body in own if isinstance(body, TripFormed))
    return [TripId(body.trip) for body in formed if body.day == today]


def crew(week: Week, post: Post) -> None:
    """Give each coach vehicle and driver; some are changed once more."""
    hall = post.hall
    for of in trips_today(week, post):
        for _ in range(4 if week.dice.random() < 0.3 else 1):
            _crew_once(week, post, of)
        for check in TICKED:
            is_good = week.dice.random() < 0.97
            attempt(week, "check said", _say_check, post, of, check, "good" if is_good else "bad")
            if not is_good:
                attempt(week, "check said", _say_check, post, of, check, "good")
    with hall.store.reading() as records:
        week.tally["coaches with a crew"] += len(records.trips.crewed(hall.today(), hall.today()))


def _crew_once(week: Week, post: Post, of: TripId) -> None:
    """Try vehicles and drivers until one of each may go."""
    hall = post.hall
    with hall.store.reading() as records:
        drivers = [driver.worker for driver in records.fleet.drivers()]
        plates = [vehicle.plate for vehicle in records.fleet.vehicles()]
    pairs = [(plate, driver) for plate in plates for driver in drivers]
    week.dice.shuffle(pairs)
    for plate, driver in pairs:
        if attempt(week, "trip crewed", crew_trip, hall, of, plate, driver, CLERK):
            return


def _say_check(post: Post, of: TripId, check: Check, word: str) -> None:
    say_check(post.hall, of, check, CLERK, is_good=word == "good")


def board(week: Week) -> None:
    """Let people come to the doors with any paper or card: theirs, another coach's, void, twice."""
    week.listen()
    doors = [(post, of) for post in coach_posts(week) for of in trips_today(week, post)]
    today = week.desk.hall.today()
    taken = [item.body for item in week.said if isinstance(item.body, PlaceTaken)]
    seats = {given.placement: body.trip for body in _changes(week) for given in body.seated}
    people = [body for body in taken if hall_day(body.starts) == today]
    week.dice.shuffle(people)
    for post, of in doors:
        attempt(week, "door opened", open_door, post.hall, of, CLERK)
    for body in people:
        own = seats.get(body.placement, body.trip or "")
        right = [door for door in doors if door[1] == own]
        luck = week.dice.random()
        if luck < 0.07 or not doors:
            continue
        if luck < 0.25:
            _come(week, body, *week.dice.choice(doors))
        _come(week, body, *(right[0] if right else week.dice.choice(doors)))
        if luck > 0.9:
            _come(week, body, *(right[0] if right else week.dice.choice(doors)))


def _changes(week: Week) -> list[PassengersChanged]:
    return [item.body for item in week.said if isinstance(item.body, PassengersChanged)]


def _come(week: Week, body: PlaceTaken, post: Post, door: TripId) -> None:
    """Come to a door with a slip, with the card, or to be found on the list."""
    hall, way = post.hall, week.dice.random()
    if way < 0.7:
        said = come_with_paper(hall, door, _scanned(week, body))
    elif way < 0.85:
        number = next((n for n in range(week.people) if _is(week, n, body.worker)), 0)
        said = come_with_card(hall, door, recognise(hall, card_of(number)))
    else:
        said = come_by_hand(hall, door, SlipNumber(body.slip), CLERK)
    week.tally[f"at the door: {said.word.value}"] += 1


def _is(week: Week, number: int, worker: str) -> bool:
    return recognise(week.desk.hall, card_of(number)).worker == worker


def _scanned(week: Week, body: PlaceTaken) -> SlipReading:
    """Return what a scan of a genuine slip reads at a device that has not made it."""
    coach = week.trips.get(body.trip or "")
    no = small_number(coach.label) if coach else 0
    day, unit, kind = hall_day(body.starts), PayUnit.DAY, SlipKind(body.kind)
    shown = SlipShown(SlipNumber(body.slip), kind, day, 18_000, unit, day, no, 3, "", "", None)
    return SlipReading(Verdict.GENUINE, Sentence("actions.scan.slip_never_checked"), shown)


def go(week: Week, post: Post) -> None:
    """See the coaches off and hand the people over; some incidents befall them."""
    hall = post.hall
    for of in trips_today(week, post):
        if not attempt(week, "coach left", depart, hall, of, CLERK):
            continue
        _hand(week, post, of, Boundary.DEPARTURE)


def on_the_way(week: Week, post: Post) -> None:
    """Let coaches arrive, and something befall one of them now and then."""
    hall = post.hall
    for of in trips_today(week, post):
        if week.dice.random() < 0.9:
            _hand(week, post, of, Boundary.ARRIVAL)
        if week.dice.random() < 0.2:
            happened = Happened(IncidentKind.HEALTH, Severity.COMMON, hall.now(), 1, "送医")
            attempt(week, "incident noted", note_incident, hall, of, happened, CLERK)
    with hall.store.reading() as records:
        open_ones = records.outings.open_incidents()
    for incident in open_ones:
        if week.dice.random() < 0.6:
            about = hall, incident.trip, incident.id, "好了", CLERK
            attempt(week, "incident closed", close_incident, *about)


def _hand(week: Week, post: Post, of: TripId, boundary: Boundary) -> None:
    hall = post.hall
    attempt(week, f"handed over: {boundary.value}", _hand_counted, post, of, boundary)
    with hall.store.reading() as records:
        week.tally["hand-overs kept"] = sum(
            len(records.outings.hand_overs(of)) for of in trips_today(week, post)
        )


def _hand_counted(post: Post, of: TripId, boundary: Boundary) -> None:
    hall = post.hall
    with hall.store.reading() as records:
        count = expected_at(hall, records, of, boundary)
    told = Told(boundary, count, "测试辛", Proof.SIGNED, signature=SIGNATURE)
    hand_duty(hall, of, told, CLERK)


def arrive(week: Week) -> None:
    """Confirm who came to his work by himself, and take in parts of slips that employers sent back."""
    for post in week.posts:
        with post.hall.store.reading() as records:
            since = post.hall.now() - timedelta(days=2)
            expected = records.outcomes.expected(since, post.hall.now(), 1000)
            first, last = (since - timedelta(days=5)).date(), post.hall.today()
            due = records.outcomes.parts_due(first, last, 1000)
        for item in expected:
            if week.dice.random() < 0.75:
                witness = week.dice.choice(list(Witness))
                about = post.hall, item.placement, witness, CLERK
                attempt(week, "arrival confirmed", confirm_arrival, *about)
        for item in due:
            if week.dice.random() < 0.5:
                _take_part(week, post, item.slip, item.taken_on)


def _take_part(week: Week, post: Post, slip: SlipNumber, day: date) -> None:
    """Take a part in where its slip was made, or at the desk, by its code or by its number."""
    where = week.dice.choice([post, week.desk])
    is_hired = week.dice.random() < 0.8
    answer = PartAnswer(Outcome.HIRED) if is_hired else PartAnswer(Outcome.NOT_HIRED, WhyNot.FULL)
    part = PartInHand(slip, day, is_keyed=week.dice.random() < 0.4)
    attempt(week, "part of a slip", take_return_part, where.hall, part, answer, CLERK)


def come_back(week: Week, post: Post) -> None:
    """Bring people back: most are there, some stay over, some nobody has seen; then the count is closed."""
    hall = post.hall
    for of in trips_today(week, post):
        if week.dice.random() < 0.9:
            _hand(week, post, of, Boundary.PICK_UP)
            _hand(week, post, of, Boundary.RETURN)
        with hall.store.reading() as records:
            slips = [each.slip for each in records.outings.passengers(of)]
        for slip in slips:
            luck = week.dice.random()
            if luck < 0.9:
                attempt(week, "back", note_whereabouts, hall, of, [slip], Whereabouts.BACK, CLERK)
            elif luck < 0.95:
                attempt(week, "stays over", _stay, week, post, of, slip)
        if slips and week.dice.random() < 0.8:
            attempt(week, "count closed", close_return, hall, of, CLERK)


def _stay(week: Week, post: Post, of: TripId, slip: SlipNumber) -> None:
    hall = post.hall
    until = hall.today() + timedelta(days=week.dice.randint(0, 3))
    note_whereabouts(hall, of, [slip], Whereabouts.STAYED, CLERK, reason="住工地", until=until)
