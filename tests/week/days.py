"""The seven days: what happens when, and what goes wrong; one seed is one week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kiosk.actions.export_ledger import record_export
from kiosk.actions.keep_shift import close_shift, open_shift
from kiosk.actions.read_ledger import ledger_export
from kiosk.actions.settle_refused import settle_refused
from kiosk.bureau.doors import give_door
from kiosk.bureau.endings import forget_what_is_over
from kiosk.bureau.feeds import CITY, hall_scope
from kiosk.bureau.publishing import publish
from kiosk.catalogue import load
from kiosk.codes import load_trades
from kiosk.domain.clock import hall_day
from kiosk.domain.periods import Period
from kiosk.domain.service_ledgers import SERVICE_LEDGERS
from kiosk.domain.sights import MASKED
from kiosk.messages.feed import JobBody, StaffBody, TripBody
from kiosk.sample.loader import sample_rows
from tests.halls import CLERK
from tests.week import coaches, counter, people
from tests.week.arrivals import attempt
from tests.week.hall import MONDAY, STAFF, STATION, Post, Week
from tests.week.oracle import losses_of_day, losses_of_week

DAYS = 7
_BACKED_UP = 2
_DARK, _CUT, _HANDS = "a kiosk is dark", "the power is cut", "the clock is set back"


@dataclass(frozen=True, slots=True)
class Measure:
    """How busy a week is: visits a day, things done at the counter a day, and whether the bureau falls.

    `times` as many people as the sample asks for are wanted by those whose work is without a coach.
    """

    people: int
    visits: int
    counter: int
    restores: bool = False
    times: int = 1


SHORT = Measure(people=50, visits=12, counter=4)


def whole(workers: int) -> Measure:
    """Return how busy a week of so many workers is; each comes once or twice, and the bureau is restored."""
    busy = {"visits": workers // 5, "counter": max(9, workers // 33), "times": max(1, workers // 100)}
    return Measure(workers, **busy, restores=True)


def play(week: Week, measure: Measure) -> list[str]:
    """Play the week; return in words whatever is not as it must be."""
    losses: list[str] = []
    _employ(week)
    for day in range(DAYS):
        _morning(week, day, measure)
        losses += [f"day {day + 1}: {loss}" for loss in losses_of_day(week)]
        _evening(week)
    for post in week.posts:
        post.is_dark = False
    week.speak(3)
    return losses + losses_of_week(week)


def _employ(week: Week) -> None:
    bodies = [
        StaffBody(id=str(each.id), name=each.name, role=each.role, pin_hash="", is_active=True)
        for each in STAFF
    ]
    publish(week.bureau.database, hall_scope(STATION), bodies)
    week.speak()
    coaches.record_fleet(week)


def _morning(week: Week, day: int, measure: Measure) -> None:
    """Let one day pass, from the first work on the board until everybody is back."""
    week.clock.pass_time((MONDAY + timedelta(days=day) - week.clock.now()).total_seconds())
    _publish(week, measure.times)
    _break(week, day)
    attempt(week, "shift opened", open_shift, week.desk.hall, CLERK)
    for _ in range(2):
        _serve(week, measure, measure.visits // 2)
    _depart(week)
    coaches.arrive(week)
    for post in week.posts:
        counter.hand_cards_back(week, post)
    if measure.restores:
        _restore(week, day)
    week.until(19)
    for post in coaches.coach_posts(week):
        coaches.come_back(week, post)
    week.until(21)
    week.speak(2)


def _serve(week: Week, measure: Measure, visits: int) -> None:
    """Let people come for an hour, and attendants do what is asked of them."""
    for _ in range(visits):
        people.visit(week, week.dice.choice((*week.posts, *week.kiosks)))
    for post in week.posts:
        counter.lines(week, post)
        for _ in range(max(1, measure.counter // 6)):
            counter.serve(week, post)
        counter.settle_slips(week, post)
    _cut_power(week)
    week.speak()


def _depart(week: Week) -> None:
    """Form, crew, board and see off the coaches of the day, wherever their doors are."""
    coaches.form(week, week.kiosks[0])
    for post in coaches.coach_posts(week):
        coaches.crew(week, post)
    week.speak()
    coaches.board(week)
    for post in coaches.coach_posts(week):
        coaches.go(week, post)
    week.until(9)
    _cut_power(week)
    for post in coaches.coach_posts(week):
        coaches.on_the_way(week, post)


def _restore(week: Week, day: int) -> None:
    """Back the bureau up on the third day; on the fourth its machine burns, and the backup is put back."""
    if day == _BACKED_UP:
        week.speak()
        week.back_up()
    elif day == _BACKED_UP + 1:
        week.restore()
        _publish_again(week)
        week.tally["bureau restored"] += 1


def _publish(week: Week, times: int) -> None:
    """Let the bureau forget what is over and publish the day's work, with the desk as door of its coaches."""
    forget_what_is_over(week.bureau.database, week.clock.now())
    sample = sample_rows(week.clock.now())
    jobs = [_wanted(job, times) for job in sample.jobs if job.station == STATION]
    trips = [trip for trip in sample.trips if trip.station == STATION]
    week.jobs |= {job.id: job for job in jobs}
    week.trips |= {trip.id: trip for trip in trips}
    week.published = [*sample.parameters, *sample.courses, *sample.employers, *trips, *jobs]
    _publish_again(week)
    week.speak()


def _wanted(job: JobBody, times: int) -> JobBody:
    """Return a job that wants so many times as many people; a coach has no more seats than it has."""
    people = job.headcount * (times if job.trip is None else 1)
    return job.model_copy(update={"headcount": people, "open_places": people})


def _publish_again(week: Week) -> None:
    """Publish the day's work, as whoever feeds the bureau also does once it was put back from a backup."""
    publish(week.bureau.database, CITY, week.published)
    for body in week.published:
        if isinstance(body, TripBody):
            here, now = f"{STATION}-{week.desk.number:02d}", week.clock.now()
            # While a bureau that was put back waits for a dark kiosk, no coach gets a door.
            attempt(week, "door given", give_door, week.home, body.id, here, now)


def _break(week: Week, day: int) -> None:
    """Let one kiosk be dark for a day in the middle, and a hand set the clock of the other one back."""
    first, second = week.kiosks
    first.is_dark = day == 1 + week.seed % 4
    week.tally[_DARK] += first.is_dark
    if day == 2 + week.seed % 3:
        second.clock.hands_off = -timedelta(minutes=70)
        week.tally[_HANDS] += 1


def _cut_power(week: Week) -> None:
    post: Post = week.dice.choice(week.posts)
    if week.dice.random() < 0.2:
        week.listen()
        post.cut()
        week.tally[_CUT] += 1


def _evening(week: Week) -> None:
    """Hand the shift over, settle what was refused, and hand a ledger on."""
    hall = week.desk.hall
    for post in week.posts:
        with post.hall.store.reading() as records:
            tray = records.desk.refused()
        for entry in tray:
            if week.dice.random() < 0.5:
                settle_refused(post.hall, entry.seq, CLERK)
                week.tally["refusal settled"] += 1
    attempt(week, "shift closed", close_shift, hall, "都好", [], CLERK)
    period = Period(hall_day(MONDAY), hall.today())
    name = week.dice.choice(list(SERVICE_LEDGERS))
    attempt(week, "ledger handed on", _export, week, name, period)


def _export(week: Week, name: str, period: Period) -> None:
    export = ledger_export(week.desk.hall, name, period, load("zh_CN"), load_trades(), MASKED)
    record_export(week.desk.hall, export, "U 盘", "上报", counter.PAIR)
    assert export.table.rows
