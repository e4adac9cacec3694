"""What workers do at a kiosk; each deed by the actions that pages call."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions.answer_pay import answer_pay, due_questions
from kiosk.actions.attend_class import begin_lesson, hold_own_class, published_courses
from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.check_in import check_in, register_and_check_in
from kiosk.actions.find_jobs import fitting_jobs
from kiosk.actions.give_back import Reason, give_back
from kiosk.actions.leave_line import leave_line
from kiosk.actions.recognise import Acquaintance, Recognition, recognise
from kiosk.actions.sign_up import sign_up
from kiosk.actions.sign_up_together import sign_up_together
from kiosk.actions.take_place import take_place
from kiosk.actions.take_together import room_together, take_together
from kiosk.domain.cards import IdentityCard
from kiosk.domain.ids import PlacementId
from kiosk.domain.paydays import PayAnswer
from tests.week.arrivals import SIGNATURE, attempt, card_of, met_at, other_card_of, passed, print_slips
from tests.week.hall import Post, Week


def visit(week: Week, post: Post) -> None:
    """Let somebody lay his card down and do what he came for."""
    week.clock.pass_time(week.dice.randint(5, 40))
    card = _card(week)
    met = met_at(week, post, card)
    if met is None:
        return
    for asked in due_questions(post.hall, met):
        answer = week.dice.choices(list(PayAnswer), (8, 1, 1))[0]
        answer_pay(post.hall, met, asked.placement, answer)
        week.tally["pay answered"] += 1
    what = week.dice.choices(list(_WISHES), [weight for weight, _ in _WISHES.values()])[0]
    _WISHES[what][1](week, post, met)
    dark = [other for other in week.posts if other.is_dark and other is not post]
    if dark and week.dice.random() < 0.4:
        again = recognise(dark[0].hall, card)
        if again.acquaintance is Acquaintance.KNOWN:
            check_in(dark[0].hall, again)
        else:
            register_and_check_in(dark[0].hall, again)
        week.tally["came to a dark kiosk, too"] += 1
        _take(week, dark[0], recognise(dark[0].hall, card))


def _card(week: Week) -> IdentityCard:
    """Return the card of somebody, now and then the other paper that he has."""
    number = week.dice.randrange(week.people)
    if week.dice.random() < 0.9:
        return card_of(number)
    week.twofold.add(number)
    return other_card_of(number)


def _take(week: Week, post: Post, met: Recognition) -> None:
    """Take a place that fits, now and then one without a coach; some give it back a minute later."""
    jobs = [item.line.job for item in fitting_jobs(post.hall, met, 12)]
    found = jobs[:5] if week.dice.random() < 0.6 else [job for job in jobs if job.trip is None]
    if not found:
        week.tally["found nothing"] += 1
        return
    job = week.dice.choice(found)
    if job.is_talked_over:
        attempt(week, "signed up", sign_up, post.hall, met, job.id, job.version)
    elif attempt(week, "place taken", take_place, post.hall, met, job.id, job.version):
        print_slips(week, post)
        if week.dice.random() < 0.1:
            _give_back(week, post, met)


def _sign_up(week: Week, post: Post, met: Recognition) -> None:
    """Join the line of a job that is talked over, or of one that is full; leave it again now and then."""
    with post.hall.store.reading() as records:
        lines = records.board.page(BoardQuery(), post.hall.now(), 0, 40)
        wanted = [line.job for line in lines if line.job.is_talked_over or line.open_here <= 0]
    if not wanted:
        return
    job = week.dice.choice(wanted)
    attempt(week, "signed up", sign_up, post.hall, met, job.id, job.version)
    with post.hall.store.reading() as records:
        own = records.sign_ups.open_of(met.worker, post.hall.today())
    if own and week.dice.random() < 0.15:
        attempt(week, "left the line", leave_line, post.hall, met, own[0].id)


def _learn(week: Week, post: Post, met: Recognition) -> None:
    courses = published_courses(post.hall)
    if not courses:
        return
    course = week.dice.choice(courses)
    lesson = passed(course, begin_lesson(post.hall, met.worker, course))
    hold_own_class(post.hall, met.worker, course, lesson, SIGNATURE)
    week.tally["class alone"] += 1
    _take(week, post, met)


def _give_back(week: Week, post: Post, met: Recognition) -> None:
    with post.hall.store.reading() as records:
        own = [item.placement for item in records.workers.engagements(met.worker, post.hall.now())]
    told = [item.placement for item in met.capsule.placements] if met.capsule else []
    for of in map(PlacementId, dict.fromkeys([*own, *told])):
        if attempt(week, "given back", give_back, post.hall, met, of, Reason.FAMILY):
            return


def _come_together(week: Week, post: Post, met: Recognition) -> None:
    """Take places for a team, each by his own card, or join a line together; fewer where not all fit."""
    others = [met_at(week, post, card_of(week.dice.randrange(week.people))) for _ in range(2)]
    members = [met, *(other for other in others if other is not None)]
    jobs = [item.line.job for item in fitting_jobs(post.hall, met, 12)]
    if not jobs:
        week.tally["found nothing"] += 1
        return
    job = week.dice.choice(jobs)
    if job.is_talked_over:
        attempt(week, "signed up together", sign_up_together, post.hall, members, job.id, job.version)
        return
    room = room_together(post.hall, members, job.id)
    if attempt(week, "taken together", take_together, post.hall, members[: room or 1], job.id, job.version):
        print_slips(week, post)


def _look(week: Week, post: Post, met: Recognition) -> None:
    fitting_jobs(post.hall, met, 3)
    week.tally["only looked"] += 1


_WISHES: dict[str, tuple[int, Callable[[Week, Post, Recognition], None]]] = {
    "take": (60, _take),
    "sign up": (14, _sign_up),
    "learn": (8, _learn),
    "give back": (8, _give_back),
    "come together": (10, _come_together),
    "look": (10, _look),
}
