"""What must be true of a week, counted from what the journals said and by nothing that is tried here.

The entries are folded into small records of their own; the lists of the desk, its ledgers and the bureau are
then held against them. Each loss is told in words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from kiosk.actions.answer_pay import due_questions
from kiosk.actions.come_to_door import boarding_roll
from kiosk.actions.count_return import open_returns
from kiosk.actions.recognise import recognise, worker_id_of
from kiosk.bureau.databases import looked_into
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.tables import event
from kiosk.domain.clock import hall_day
from kiosk.domain.ids import TripId, WorkerId
from kiosk.messages import events
from kiosk.storage.auditing import check_audit
from tests.week.arrivals import card_of, other_card_of
from tests.week.hall import Post, Said, Week
from tests.week.ledgers import ledgers_off
from tests.week.loops import Loop

_FIRST_HASH = "0" * 64
_REFUSED = "bureau.refused."
"""How the tray says that a place does not stand; it also tells of one that stands and was taken twice."""
_FAR_BACK = timedelta(days=30)


def loops_of(week: Week) -> dict[str, Loop]:
    """Return every place by its id, as the journals tell of it."""
    of_type: dict[type[events.EventBody], list[events.EventBody]] = defaultdict(list)
    for item in week.said:
        of_type[type(item.body)].append(item.body)
    taken = [(item, item.body) for item in week.said if isinstance(item.body, events.PlaceTaken)]
    loops = {body.placement: Loop(body, item, trip=body.trip or "") for item, body in taken}
    by_slip = {loop.taken.slip: loop for loop in loops.values()}
    parts = {(loop.taken.slip, hall_day(loop.said.at)): loop for loop in loops.values()}
    for item in week.said:
        _fold(item, loops, by_slip)
        if isinstance(item.body, events.SlipReturned) and (item.body.slip, item.body.day) in parts:
            parts[item.body.slip, item.body.day].outcome = item.body.outcome
    one_person = _people(week)
    for loop in loops.values():
        why = week.tray.get((loop.said.stream, loop.said.seq), "")
        loop.is_refused = why.startswith(_REFUSED) and _overlaps(loop, loops, one_person)
    return loops


def _fold(item: Said, loops: dict[str, Loop], by_slip: dict[str, Loop]) -> None:
    body = item.body
    match body:
        case events.PlaceGivenBack() if body.placement in loops:
            loops[body.placement].is_given_back = True
        case events.SlipBoarded():
            by_slip[body.slip].is_aboard = True
        case events.ReturnNoted():
            for slip in body.slips:
                by_slip[slip].where, by_slip[slip].stays_until = body.where, body.until
        case events.ArrivalConfirmed():
            loops[body.placement].has_come = True
        case events.PayAnswered() if body.placement in loops:
            loops[body.placement].pay = body.answer
        case events.PassengersChanged():
            for left in body.left:
                loops[left].trip = ""
            for given in body.seated:
                loops[given.placement].trip = body.trip
        case _:
            pass


def _people(week: Week) -> dict[str, str]:
    """Return for each registration that was ever one with another who both are."""
    of: dict[str, str] = {}
    for body in (item.body for item in week.said if isinstance(item.body, events.WorkersMerged)):
        kept, joined = of.get(body.kept, body.kept), of.get(body.joined, body.joined)
        of |= {each: kept for each, who in of.items() if who == joined} | {body.kept: kept, body.joined: kept}
    return of


def _overlaps(loop: Loop, loops: dict[str, Loop], one_person: dict[str, str]) -> bool:
    """Return whether its worker has another place at the same time: for this alone a place is refused."""
    mine = loop.taken
    who = one_person.get(mine.worker, mine.worker)
    return any(
        one_person.get(other.taken.worker, other.taken.worker) == who
        and other is not loop
        and other.taken.starts < mine.ends
        and other.taken.ends > mine.starts
        for other in loops.values()
    )


def losses_of_day(week: Week) -> list[str]:
    """Return whom of the day no list of the hall shows whose loop is open, at its end."""
    week.listen()
    loops = loops_of(week)
    lists = {post.name: _lists(week, post) for post in week.posts}
    today = week.desk.hall.today()
    of_today = [loop for loop in loops.values() if hall_day(loop.taken.starts) == today]
    week.tally["loops looked at"] += len(of_today)
    return [
        f"{loop.taken.slip}, {loop.said.post}, coach {loop.trip or 'none'}: stands not in {wanted}"
        for loop in of_today
        if not loop.is_closed and (wanted := _wanted(loop, today))
        if not any(loop.taken.slip in lists[name].get(wanted, ()) for name in _where(week, loop, lists))
    ]


def _where(week: Week, loop: Loop, lists: dict[str, dict[str, set[str]]]) -> list[str]:
    """Return which devices may list somebody: the desk, and the one at which he took his place."""
    return [name for name in lists if name in {week.desk.name, loop.said.post}]


def _wanted(loop: Loop, today: date) -> str:
    """Return the list in which somebody has to stand at the end of his day; empty for whoever is home."""
    if loop.is_aboard:
        if loop.where == "back":
            return ""
        is_named = loop.where == "stayed" and (loop.stays_until is None or today <= loop.stays_until)
        return "stays" if is_named else "not back"
    if loop.has_come or loop.outcome == "hired":
        return ""
    return "not boarded" if loop.trip else "not come"


def _lists(week: Week, post: Post) -> dict[str, set[str]]:
    """Return the slips of the standing lists of one device."""
    hall = post.hall
    found: dict[str, set[str]] = defaultdict(set)
    with hall.store.reading() as records:
        now = hall.now()
        found["not come"] |= {
            str(item.slip) for item in records.outcomes.expected(now - _FAR_BACK, now, 10_000)
        }
        for home in open_returns(hall, records):
            found["not back"] |= {str(each.slip) for each in home.not_back}
            found["stays"] |= set(map(str, home.count.stayed))
        trips = [trip.id for trip in records.board.trips_of(hall.today())]
        for of in trips:
            found["not boarded"] |= {str(each.slip) for each in boarding_roll(records, of).missing}
            found["stays"] |= _staying(post, of)
    return found


def _staying(post: Post, of: TripId) -> set[str]:
    with post.hall.store.reading() as records:
        marks = records.outings.marks(of)
    return {str(slip) for slip, mark in marks.items() if mark.where.value == "stayed"}


def losses_of_week(week: Week) -> list[str]:
    """Return what the week has lost, by each of the five things that must be true."""
    week.listen()
    loops = loops_of(week)
    return [
        *_unasked(week, loops),
        *_sold_twice(week, loops),
        *_beyond_seats(week, loops),
        *ledgers_off(week, loops),
        *_chains_broken(week),
        *_untold(week),
        *check_invariants(week.home),
    ]


def _unasked(week: Week, loops: dict[str, Loop]) -> Iterator[str]:
    """Yield who worked, was not asked for his pay yet, and would not be asked at his next visit."""
    everybody = [card for n in range(week.people) for card in (card_of(n), other_card_of(n))]
    cards = {worker_id_of(recognise(week.desk.hall, card).number_hash): card for card in everybody}
    for loop in loops.values():
        taken = loop.taken
        has_worked = loop.is_aboard or loop.has_come or loop.outcome == "hired"
        due_at = taken.ends + timedelta(hours=taken.due_h or 0)
        if loop.is_closed or not has_worked or taken.due_h is None or loop.outcome == "not_hired":
            continue
        post = next(post for post in week.posts if post.name == loop.said.post)
        if due_at > post.hall.now():
            continue
        met = recognise(post.hall, cards[WorkerId(taken.worker)])
        week.tally["would be asked for pay"] += 1
        if taken.placement not in {asked.placement for asked in due_questions(post.hall, met)}:
            yield f"{taken.slip} worked, and nobody will ask whether he was paid"


def _sold_twice(week: Week, loops: dict[str, Loop]) -> Iterator[str]:
    """Yield the numbers of places and seats that two people hold at the end, and those beyond the last."""
    held: Counter[tuple[str, int]] = Counter()
    most = {f"places:{job.id}": job.headcount for job in week.jobs.values()}
    most |= {f"seats:{trip.id}": trip.seats for trip in week.trips.values()}
    for loop in loops.values():
        for spent in loop.taken.spent:
            if not (loop.is_given_back or loop.is_refused):
                held[spent.quota, spent.number] += 1
            if not 1 <= spent.number <= most[spent.quota]:
                yield f"{spent.quota} has no number {spent.number}"
    yield from (
        f"{quota} {number} is held by {count}" for (quota, number), count in held.items() if count > 1
    )


def _beyond_seats(week: Week, loops: dict[str, Loop]) -> Iterator[str]:
    """Yield the coaches in which more people are than seats, or two on one, or who belongs elsewhere."""
    aboard: dict[str, list[str]] = defaultdict(list)
    by_slip = {loop.taken.slip: loop for loop in loops.values()}
    for item in week.said:
        if isinstance(item.body, events.SlipBoarded):
            aboard[item.body.trip].append(item.body.slip)
    yield from _left_wrong(week, by_slip, aboard)
    yield from _sitting_twice(week)
    for trip, slips in aboard.items():
        if len(set(slips)) < len(slips):
            yield f"{trip}: a slip came in twice"
        if trip in week.trips and len(slips) > week.trips[trip].seats:
            yield f"{trip}: {len(slips)} are in {week.trips[trip].seats} seats"
        if strangers := [slip for slip in slips if by_slip[slip].trip != trip]:
            yield f"{trip}: {strangers} are in it who go with another coach, or none"


def _left_wrong(week: Week, by_slip: dict[str, Loop], aboard: dict[str, list[str]]) -> Iterator[str]:
    """Yield the coaches that left with more than approved, with others than came in, or a driver riding."""
    approved: dict[str, int] = {}
    drivers: dict[str, str] = {}
    for body in (item.body for item in week.said):
        if isinstance(body, events.VehicleRecorded):
            approved[body.plate] = body.approved - body.crew
        elif isinstance(body, events.TripCrewed):
            drivers[body.trip] = body.driver
        elif isinstance(body, events.TripDeparted):
            week.tally["riders who left"] += len(body.aboard)
            if len(body.aboard) > approved.get(body.plate, 0):
                yield f"{body.trip} left with {len(body.aboard)} of {approved.get(body.plate)} seats"
            if sorted(body.aboard) != sorted(aboard[body.trip]):
                yield f"{body.trip}: the manifest tells of others than came in"
            if drivers[body.trip] in {by_slip[slip].taken.worker for slip in body.aboard}:
                yield f"{body.trip}: its driver is a passenger"


def _sitting_twice(week: Week) -> Iterator[str]:
    """Yield the seats of formed trips that two people have at one time, and those no vehicle of it has."""
    held: dict[tuple[str, int], str] = {}
    seats: dict[str, int] = {}
    for body in (item.body for item in week.said):
        if isinstance(body, events.TripFormed | events.TripCrewed):
            seats[body.trip] = body.seats
        elif isinstance(body, events.PassengersChanged):
            held = {key: who for key, who in held.items() if who not in body.left}
            for given in body.seated:
                if (body.trip, given.seat) in held or given.seat > seats[body.trip]:
                    yield f"{body.trip}: seat {given.seat} of {seats[body.trip]} is given twice, or is none"
                held[body.trip, given.seat] = given.placement


def _chains_broken(week: Week) -> Iterator[str]:
    """Yield the audit logs that do not hang together, by the entries that travel and by what lies here."""
    lines: dict[str, list[events.StaffActed]] = defaultdict(list)
    for item in week.said:
        if isinstance(item.body, events.StaffActed):
            lines[item.post].append(item.body)
    for post in week.posts:
        before, due = _FIRST_HASH, 1
        for line in lines[post.name]:
            if (line.line, line.prev_hash) != (due, before):
                yield f"{post.name}: line {line.line} of the audit log does not hang on line {due - 1}"
                break
            before, due = line.hash, due + 1
        verdict = check_audit(post.opened.database)
        if verdict.broken_at is not None or verdict.lines != len(lines[post.name]):
            told = len(lines[post.name])
            yield f"{post.name}: {verdict.lines} lines of {told}, broken at {verdict.broken_at}"


def _untold(week: Week) -> Iterator[str]:
    """Yield what the bureau lacks, has twice or has of nobody."""
    said = Counter((item.stream, item.seq, item.hash) for item in week.said)
    kept = Counter(_kept(week.home))
    yield from (
        f"{stream[:6]} {seq} was said and is not at the bureau once" for stream, seq, _ in said - kept
    )
    yield from (f"{stream[:6]} {seq} is at the bureau and was not said so" for stream, seq, _ in kept - said)


def _kept(home: Path) -> Iterator[tuple[str, int, str]]:
    with looked_into(home) as connection:
        for row in connection.execute(select(event.c.stream, event.c.seq, event.c.hash)):
            yield row.stream, row.seq, row.hash
