"""Ask for a small paper: ticket, receipt, boarding pass, list of a team, the answer to “why not me?”.

Nothing depends on these papers, so they are told apart from slips: whoever asks again gets the same paper,
marked 补打 n, a few times; the printer's refusal leaves nothing waiting; and the bureau is told nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.actions.compose_paper import (
    Asked,
    boarding_pass,
    number_ticket,
    queued,
    registration_receipt,
    why_paper,
)
from kiosk.actions.compose_slip import read_document
from kiosk.actions.compose_team_list import led_by, list_number, team_list
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.paper_ports import PaperRecord
from kiosk.actions.ports import Records
from kiosk.actions.why_not import explained
from kiosk.domain.clock import instant_of
from kiosk.domain.ids import PaperNumber, SignUpId, TripId, WorkerId
from kiosk.domain.papers import MOST_COPIES, PaperKind, paper_number
from kiosk.domain.placements import Placement
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp
from kiosk.domain.slips import SlipState
from kiosk.domain.teams import LEAST_MEMBERS
from kiosk.domain.trips import Trip, TripState
from kiosk.domain.workers import Worker
from kiosk.messages import slip_codes
from kiosk.paper.papers import Paper
from kiosk.paper.slips import Ride, SecondLanguage

MOST_OFFERS = 3
"""As many as one page shows: ticket, receipt, and the list or the pass for the next coach."""
_NEVER_LEFT = frozenset({SlipState.QUEUED, SlipState.VOID})


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that this person may have here now, and whether it has come out before."""

    number: PaperNumber
    kind: PaperKind
    is_again: bool


@dataclass(frozen=True, slots=True)
class _Available:
    """A paper that is somebody's here today, and what composes it."""

    number: PaperNumber
    kind: PaperKind
    compose: Callable[[Asked], Paper]


def papers_for(hall: Hall, worker: WorkerId) -> Sequence[Offer]:
    """Return what a person may have: ticket and receipt of today's visit here, a pass for a slip on paper."""
    with hall.store.reading() as records:
        holder = records.workers.by_id(worker)
        found = [] if holder is None else _to_choose(hall, records, holder, str)
        return _offers(records, found)[:MOST_OFFERS]


def answer_for(hall: Hall, sign_up: SignUpId) -> Offer | None:
    """Return the paper that answers “why not me?” of one line; None before anybody was called out of it."""
    with hall.store.reading() as records:
        item = records.sign_ups.by_id(sign_up)
        answer = None if item is None else _answer(hall, records, item)
        return None if answer is None else next(iter(_offers(records, [answer])), None)


def ask_paper(
    hall: Hall,
    worker: WorkerId,
    number: PaperNumber,
    trade_name: Callable[[str], str],
    second_language: SecondLanguage | None = None,
) -> PaperRecord:
    """Queue a paper that was offered; one that is being printed is returned as it is.

    `trade_name` gives the Chinese name of a trade. Raises Refused when it is not to be had any more.
    """
    with hall.store.writing() as records:
        kept = records.papers.by_number(number)
        if kept is not None and kept.worker == worker and kept.state is SlipState.SENDING:
            return kept
        copy_no = _next_copy(kept)
        all_of_them = _available(hall, records, worker, trade_name)
        item = next((item for item in all_of_them if item.number == number), None)
        if item is None or copy_no > MOST_COPIES:
            raise Refused(Sentence("actions.paper.not_here"))
        record = queued(hall, worker, item.compose(Asked(number, copy_no, second_language)))
        records.papers.put(record)
    return record


def passes_of(hall: Hall, trip: TripId) -> Sequence[PaperNumber]:
    """Queue a pass for each passenger of a formed trip whose slip is on paper and who has none yet."""
    with hall.store.writing() as records:
        queued_now = []
        for passenger in records.trips.passengers(trip):
            placement = records.placements.by_id(passenger.placement)
            item = None if placement is None else _pass(hall, records, placement)
            if item is None or records.papers.by_number(item.number) is not None:
                continue
            records.papers.put(queued(hall, passenger.worker, item.compose(Asked(item.number, 0, None))))
            queued_now.append(item.number)
    return queued_now


def _offers(records: Records, found: Sequence[_Available]) -> list[Offer]:
    """Return what may still be had of these, and whether it came out before."""
    known = [(item, records.papers.by_number(item.number)) for item in found]
    return [
        Offer(item.number, item.kind, is_again=kept is not None and kept.state not in _NEVER_LEFT)
        for item, kept in known
        if _next_copy(kept) <= MOST_COPIES
    ]


def _next_copy(kept: PaperRecord | None) -> int:
    """Return which copy comes next; one that never left was none."""
    if kept is None:
        return 0
    return kept.copy_no if kept.state in _NEVER_LEFT else kept.copy_no + 1


def _available(
    hall: Hall, records: Records, of: WorkerId, trade_name: Callable[[str], str]
) -> list[_Available]:
    worker = records.workers.by_id(of)
    if worker is None:
        return []
    answers = (_answer(hall, records, item) for item in records.sign_ups.open_of(of, hall.today()))
    return [*_to_choose(hall, records, worker, trade_name), *(item for item in answers if item is not None)]


def _to_choose(
    hall: Hall, records: Records, worker: Worker, trade_name: Callable[[str], str]
) -> list[_Available]:
    """Return what is offered side by side; the answer of a line is offered where it is read."""
    places = records.placements.open_of(worker.id)
    of_places = (make(hall, records, place) for make in (_list, _pass) for place in places)
    return [*_of_visit(hall, records, worker, trade_name), *(item for item in of_places if item is not None)]


def _of_visit(
    hall: Hall, records: Records, worker: Worker, trade_name: Callable[[str], str]
) -> Iterator[_Available]:
    """Yield the papers of a visit that began at this kiosk; another kiosk's number is printed there."""
    visit = records.check_ins.of(worker.id, hall.today())
    if visit is None:
        return
    trades = tuple(trade_name(trade) for trade in worker.answers.trades)
    makers: dict[PaperKind, Callable[[Asked], Paper]] = {
        PaperKind.NUMBER_TICKET: lambda asked: number_ticket(hall, records, asked, worker, visit),
        PaperKind.REGISTRATION: lambda asked: registration_receipt(hall, records, asked, worker, trades),
    }
    for kind, compose in makers.items():
        number = paper_number(kind, hall.identity.station, visit.key.day, visit.queue_number)
        yield _Available(number, kind, compose)


def _list(hall: Hall, records: Records, placement: Placement) -> _Available | None:
    """Return the list of the team that somebody leads, as long as anybody goes along."""
    places = led_by(records, placement)
    if len(places) < LEAST_MEMBERS or places[0].ends <= hall.now():
        return None
    number = list_number(hall, places[0])
    return _Available(number, PaperKind.TEAM_LIST, lambda asked: team_list(hall, records, places, asked))


def _pass(hall: Hall, records: Records, placement: Placement) -> _Available | None:
    """Return the pass for a seat whose slip is on paper here, while its coach has not left."""
    formed = records.trips.ride_of(placement.id)
    of = formed.trip if formed else placement.trip
    trip = records.board.trip(of) if of else None
    slip = records.slips.by_number(placement.slip)
    if trip is None or slip is None or slip.state is not SlipState.PRINTED or not slip.document:
        return None
    if trip.state is not TripState.PLANNED or hall.now() >= instant_of(trip.day, trip.departs_at):
        return None
    document = read_document(slip.document)
    ride = document.ride if formed is None else ride_in(trip, formed.seat)
    if ride is None or not (formed or slip_codes.decode(document.code).code.trip_no):
        return None  # a code for the door needs a trip with a number
    # Whoever comes in the place of another has that very seat, and a paper of his own.
    seat = f"{trip.label}-{ride.seat}" if formed is None else f"{trip.label}-{ride.seat}-{slip.number[-4:]}"
    number = paper_number(PaperKind.BOARDING, hall.identity.station, trip.day, seat)
    return _Available(
        number, PaperKind.BOARDING, lambda asked: boarding_pass(hall, records, asked, document, trip, ride)
    )


def ride_in(trip: Trip, seat: int) -> Ride:
    """Return a seat of a coach as papers tell it."""
    return Ride(trip.label, trip.departs_at, trip.bay, seat, trip.returns_at)


def _answer(hall: Hall, records: Records, item: SignUp) -> _Available | None:
    """Return the answer to who stands in a line, while its job is on the board and somebody was called."""
    line, worker = records.board.job(item.job), records.workers.by_id(item.worker)
    told = explained(records, item)
    if line is None or worker is None or not told:
        return None
    which = hashlib.sha256(item.id.encode()).hexdigest()[:4].upper()
    of = f"{item.queue_number}-{which}"
    number = paper_number(PaperKind.WHY_NOT, hall.identity.station, item.turn.own.day, of)
    return _Available(
        number, PaperKind.WHY_NOT, lambda asked: why_paper(hall, records, asked, worker, item, line, told)
    )
