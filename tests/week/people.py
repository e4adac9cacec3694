"""What workers do at a kiosk, and what attendants do with them; each deed by the actions that pages call."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from kiosk.actions.act_for import give_back_for, jobs_for, sign_up_for, take_for
from kiosk.actions.answer_pay import answer_pay, due_questions
from kiosk.actions.attend_class import begin_lesson, hold_group_class, hold_own_class, published_courses
from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.call_next import call_next, call_waiting, not_come
from kiosk.actions.check_in import check_in, count_anonymously, give_first_answers, register_and_check_in
from kiosk.actions.check_in_by_hand import KeyedCard, check_in_keyed, recognise_keyed
from kiosk.actions.correct_person import correct_name
from kiosk.actions.faults import Refused
from kiosk.actions.find_jobs import fitting_jobs
from kiosk.actions.give_back import Reason, give_back
from kiosk.actions.keep_found_card import hand_back_card, keep_found_card
from kiosk.actions.leave_line import leave_line
from kiosk.actions.move_in_line import move_in_line
from kiosk.actions.override_review import doubts_about, override_review
from kiosk.actions.ports import Staff
from kiosk.actions.print_slip import begin_printing, record_not_sent, record_printed, record_uncertain
from kiosk.actions.recognise import Acquaintance, Recognition, recognise
from kiosk.actions.record_papers import hold_class
from kiosk.actions.settle_slip import confirm_paper, reprint_slip, void_slip
from kiosk.actions.sign_up import sign_up
from kiosk.actions.take_place import take_place
from kiosk.actions.talk_over import agree, begin_talk, part
from kiosk.actions.two_persons import Pair, Present
from kiosk.actions.verify_hardship import verify_hardship
from kiosk.domain.cards import CardKind, IdentityCard
from kiosk.domain.courses import Course
from kiosk.domain.found_cards import FoundKind, Lies
from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.ids import JobId, PlacementId, WorkerId
from kiosk.domain.lessons import Lesson
from kiosk.domain.paydays import PayAnswer
from kiosk.domain.signatures import Signature
from kiosk.domain.slips import SlipState
from kiosk.domain.workers import FirstAnswers, WorkSpan
from kiosk.messages.events import CheckedIn, EventBody, PlaceTaken
from tests.halls import CLERK
from tests.week.hall import MANAGER, Post, Week
from tools.figures.people import citizen_card, person_card

SIGNATURE = Signature((((1, 1), (20, 20), (40, 10)),))
PAIR = Pair(Present(CLERK, is_by_pin=True), Present(MANAGER, is_by_pin=True))
_CHILD = date(2012, 5, 1)
_OLD = date(1962, 1, 1)


def card_of(number: int) -> IdentityCard:
    """Return the card of one of the hall's people: one in forty is a child, one in nine grew old."""
    if number % 40 == 39:
        return citizen_card(_CHILD + timedelta(days=number), 1)
    if number % 9 == 8:
        return citizen_card(_OLD + timedelta(days=number), 3)
    return person_card(number)


def attempt(week: Week, what: str, deed: Callable[..., object], *about: object) -> bool:
    """Do something that a rule may refuse; count which of both it was."""
    try:
        deed(*about)
    except Refused as refused:
        week.refused[f"{what}: {refused.sentence.key}"] += 1
        return False
    week.tally[what] += 1
    return True


def visit(week: Week, post: Post) -> None:
    """Let somebody lay his card down and do what he came for."""
    week.clock.pass_time(week.dice.randint(5, 40))
    card = card_of(week.dice.randrange(week.people))
    met = _met(week, post, card)
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


def _met(week: Week, post: Post, card: IdentityCard) -> Recognition | None:
    """Return who came, checked in by card or by hand; None for a child, of whom a count is all that stays."""
    hall = post.hall
    if week.dice.random() < 0.08:
        keyed = recognise_keyed(hall, KeyedCard(CardKind.CITIZEN, card.number, card.name))
        if keyed is None:
            return None
        check_in_keyed(hall, keyed, CLERK)
        week.tally["checked in by hand"] += 1
        return recognise(hall, card)
    met = recognise(hall, card)
    if met.acquaintance is Acquaintance.TOO_YOUNG:
        count_anonymously(hall, "too_young")
        week.tally["turned away, too young"] += 1
        return None
    is_known = met.acquaintance is Acquaintance.KNOWN
    arrival = check_in(hall, met) if is_known else register_and_check_in(hall, met)
    week.tally["visits" if arrival.is_new else "second visits of a day"] += 1
    if not is_known and week.dice.random() < 0.4:
        phone = f"139{week.dice.randrange(10**8):08d}"
        give_first_answers(hall, met.worker, FirstAnswers(phone, ("masonry",), WorkSpan.DAY))
    return recognise(hall, card)


def _take(week: Week, post: Post, met: Recognition) -> None:
    """Take a place that fits, now and then one without a coach; some give it back a minute later."""
    jobs = [item.line.job for item in fitting_jobs(post.hall, met, 12)]
    found = jobs[:5] if week.dice.random() < 0.6 else [job for job in jobs if job.trip is None]
    if not found:
        week.tally["found nothing"] += 1
        return
    job = week.dice.choice(found)
    if attempt(week, "place taken", take_place, post.hall, met, job.id, job.version):
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
    lesson = _passed(course, begin_lesson(post.hall, met.worker, course))
    hold_own_class(post.hall, met.worker, course, lesson, SIGNATURE)
    week.tally["class alone"] += 1
    _take(week, post, met)


def _passed(course: Course, lesson: Lesson) -> Lesson:
    lesson = lesson.turned(len(course.pages)).longer_by(600)
    for _ in course.questions:
        lesson = lesson.answered(is_right=True)
    return lesson


def _give_back(week: Week, post: Post, met: Recognition) -> None:
    with post.hall.store.reading() as records:
        own = [item.placement for item in records.workers.engagements(met.worker, post.hall.now())]
    told = [item.placement for item in met.capsule.placements] if met.capsule else []
    for of in map(PlacementId, dict.fromkeys([*own, *told])):
        if attempt(week, "given back", give_back, post.hall, met, of, Reason.FAMILY):
            return


def _look(week: Week, post: Post, met: Recognition) -> None:
    fitting_jobs(post.hall, met, 3)
    week.tally["only looked"] += 1


_WISHES: dict[str, tuple[int, Callable[[Week, Post, Recognition], None]]] = {
    "take": (60, _take),
    "sign up": (14, _sign_up),
    "learn": (8, _learn),
    "give back": (8, _give_back),
    "look": (10, _look),
}


def print_slips(week: Week, post: Post) -> None:
    """Let the printer do what it does with slips that wait: most come out, for some nobody knows."""
    with post.hall.store.reading() as records:
        waiting = [slip.number for slip in records.slips.in_state(SlipState.QUEUED)]
    for number in waiting:
        if begin_printing(post.hall, number) is None:
            continue
        luck = week.dice.random()
        if luck < 0.86:
            record_printed(post.hall, number, "token")
            week.tally["slip printed"] += 1
        elif luck < 0.93:
            record_not_sent(post.hall, number)
            week.tally["printer out of paper"] += 1
            return
        else:
            record_uncertain(post.hall, number, "silence")
            week.tally["slip uncertain"] += 1


def settle_slips(week: Week, post: Post) -> None:
    """Let an attendant settle slips of which nobody knows: print again, see the paper, or void."""
    with post.hall.store.reading() as records:
        unsure = [slip.number for slip in records.slips.in_state(SlipState.UNCERTAIN)]
    for number in unsure:
        what = week.dice.choice(["again", "seen", "void", "later"])
        if what == "again":
            attempt(week, "slip again", reprint_slip, post.hall, number, "没出来", CLERK)
        elif what == "seen":
            attempt(week, "paper seen", confirm_paper, post.hall, number, CLERK)
        elif what == "void":
            attempt(week, "slip void", void_slip, post.hall, number, "撕坏了", CLERK)
    print_slips(week, post)


def lines(week: Week, post: Post) -> None:
    """Call who waits, talk at the table, move somebody by hand."""
    call_waiting(post.hall)
    with post.hall.store.reading() as records:
        standing = records.sign_ups.open_on(post.hall.today())
    for job in dict.fromkeys(item.job for item in standing):
        of = [item for item in standing if item.job == job]
        waiting = [item for item in of if item.is_waiting]
        if len(waiting) > 1 and week.dice.random() < 0.3:
            attempt(
                week,
                "moved in the line",
                move_in_line,
                post.hall,
                waiting[-1].id,
                waiting[0].id,
                "带着孩子",
                CLERK,
            )
        attempt(week, "called", call_next, post.hall, job, "2", CLERK)
    with post.hall.store.reading() as records:
        called = [item for item in records.sign_ups.open_on(post.hall.today()) if item.is_called]
    for item in called:
        luck = week.dice.random()
        if luck < 0.25:
            attempt(week, "called in vain", not_come, post.hall, item.id, CLERK)
        elif attempt(week, "talk begun", begin_talk, post.hall, item.id, CLERK):
            if luck < 0.8:
                attempt(week, "agreed", agree, post.hall, item.id, CLERK)
                _take_agreed(week, post, item.worker, item.job)
            else:
                attempt(week, "parted", part, post.hall, item.id, CLERK)


def _take_agreed(week: Week, post: Post, worker: WorkerId, job: JobId) -> None:
    with post.hall.store.reading() as records:
        shown = records.board.jobs([job])
    for found in shown.values():
        attempt(week, "taken after a talk", take_for, post.hall, worker, found, "忘带身份证", CLERK)
    print_slips(week, post)


def counter(week: Week, post: Post) -> None:
    """Do one thing of the counter with somebody whom this device knows."""
    known = _somebody(week, post)
    if known is None:
        return
    what = week.dice.choice(list(_COUNTER))
    attempt(week, what, _COUNTER[what], week, post, known, CLERK)
    print_slips(week, post)


def _somebody(week: Week, post: Post) -> WorkerId | None:
    week.listen()
    said = (item.body for item in reversed(week.said) if item.post == post.name)
    came = itertools.takewhile(lambda body: body.hall_day == post.hall.today(), checked_in(said))
    today = [body.worker for body in came]
    return WorkerId(week.dice.choice(today)) if today else None


def checked_in(said: Iterable[EventBody]) -> Iterator[CheckedIn]:
    """Yield the check-ins among entries."""
    return (body for body in said if isinstance(body, CheckedIn))


def _correct(_: Week, post: Post, worker: WorkerId, staff: Staff) -> None:
    correct_name(post.hall, worker, "测试改", "身份证上写的", staff)


def _take_for(week: Week, post: Post, worker: WorkerId, staff: Staff) -> None:
    jobs = jobs_for(post.hall, worker)
    if jobs:
        take_for(post.hall, worker, week.dice.choice(jobs), "不识字", staff)


def _sign_up_for(week: Week, post: Post, worker: WorkerId, staff: Staff) -> None:
    with post.hall.store.reading() as records:
        found = records.board.page(BoardQuery(), post.hall.now(), 0, 40)
    talked = [line.job for line in found if line.job.is_talked_over]
    if talked:
        sign_up_for(post.hall, worker, week.dice.choice(talked), "不识字", staff)


def _give_back_for(_: Week, post: Post, worker: WorkerId, staff: Staff) -> None:
    with post.hall.store.reading() as records:
        own = [item.placement for item in records.workers.engagements(worker, post.hall.now())]
    for of in map(PlacementId, own[:1]):
        give_back_for(post.hall, worker, of, Reason.ILL, "打电话来说", staff)


def _teach(week: Week, post: Post, worker: WorkerId, staff: Staff) -> None:
    courses = published_courses(post.hall)
    if not courses or week.dice.random() < 0.5:
        hold_class(post.hall, worker, "machine", staff)
        return
    course = week.dice.choice(courses)
    lesson = _passed(course, begin_lesson(post.hall, worker, course))
    hold_group_class(post.hall, worker, course, lesson, SIGNATURE, staff)


def _verify(_: Week, post: Post, worker: WorkerId, staff: Staff) -> None:
    until = post.hall.today() + timedelta(days=90)
    verify_hardship(post.hall, worker, HeldHardship(Hardship.LOW_INCOME, until), staff)


def _override(week: Week, post: Post, worker: WorkerId, _: Staff) -> None:
    doubts = doubts_about(post.hall, worker)
    if doubts:
        job = week.dice.choice(doubts).job
        override_review(post.hall, worker, job.id, job.version, "看过体检表", PAIR)


def _find_card(week: Week, post: Post, _: WorkerId, staff: Staff) -> None:
    number = card_of(week.dice.randrange(week.people)).number
    keep_found_card(post.hall, FoundKind.CITIZEN, Lies.DRAWER, number, staff)


_COUNTER: dict[str, Callable[[Week, Post, WorkerId, Staff], None]] = {
    "name corrected": _correct,
    "acted for: taken": _take_for,
    "acted for: signed up": _sign_up_for,
    "acted for: given back": _give_back_for,
    "taught at the desk": _teach,
    "hardship verified": _verify,
    "doubts settled": _override,
    "card found": _find_card,
}


def hand_cards_back(week: Week, post: Post) -> None:
    """Let owners of found cards come: most know their number."""
    with post.hall.store.reading() as records:
        waiting = list(records.found_cards.waiting())
    for card in waiting:
        number = card_of(week.dice.randrange(week.people)).number
        attempt(week, "card back", hand_back_card, post.hall, card.id, number, CLERK)


def papers_of(week: Week, trip: str) -> list[PlaceTaken]:
    """Return every place with a seat of a coach that was ever taken, whatever became of it."""
    taken = (item.body for item in week.said if isinstance(item.body, PlaceTaken))
    return [body for body in taken if body.trip == trip]
