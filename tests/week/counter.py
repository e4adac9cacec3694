"""What attendants do for those who came; each deed by the actions that pages call."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from kiosk.actions.act_for import give_back_for, jobs_for, sign_up_for, take_for
from kiosk.actions.attend_class import begin_lesson, hold_group_class, published_courses
from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.call_help import answer_help, call_help
from kiosk.actions.call_next import call_next, call_waiting, not_come
from kiosk.actions.correct_person import correct_name
from kiosk.actions.give_back import Reason
from kiosk.actions.keep_found_card import hand_back_card, keep_found_card
from kiosk.actions.merge_people import merge_people, undo_merge
from kiosk.actions.move_in_line import move_in_line
from kiosk.actions.override_review import doubts_about, override_review
from kiosk.actions.ports import Staff
from kiosk.actions.recognise import Acquaintance, recognise
from kiosk.actions.record_papers import hold_class
from kiosk.actions.settle_slip import confirm_paper, reprint_slip, void_slip
from kiosk.actions.talk_over import agree, begin_talk, part
from kiosk.actions.two_persons import Pair, Present
from kiosk.actions.unmask_number import unmask_number
from kiosk.actions.verify_hardship import verify_hardship
from kiosk.domain.found_cards import FoundKind, Lies
from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.ids import JobId, PlacementId, WorkerId
from kiosk.domain.slips import SlipState
from kiosk.messages.events import CheckedIn, EventBody
from tests.halls import CLERK
from tests.week.arrivals import SIGNATURE, attempt, card_of, other_card_of, passed, print_slips
from tests.week.hall import MANAGER, Post, Week

PAIR = Pair(Present(CLERK, is_by_pin=True), Present(MANAGER, is_by_pin=True))


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


def serve(week: Week, post: Post) -> None:
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
    lesson = passed(course, begin_lesson(post.hall, worker, course))
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


def _merge(week: Week, post: Post, _: WorkerId, __: Staff) -> None:
    """Make one of two registrations of somebody who showed two papers; take it back now and then."""
    for number in sorted(week.twofold):
        sides = [recognise(post.hall, card) for card in (card_of(number), other_card_of(number))]
        if any(side.acquaintance is not Acquaintance.KNOWN for side in sides):
            continue
        week.twofold.discard(number)
        one, other = (side.worker for side in sides)
        week.merges.append(merge_people(post.hall, one, other, "两张证是一个人", PAIR))
        week.tally["doubles merged"] += 1
        return


def _undo_merge(week: Week, post: Post, _: WorkerId, staff: Staff) -> None:
    if len(week.merges) > 2:
        undo_merge(post.hall, week.merges.pop(), "是两个人", staff)
        week.tally["merges undone"] += 1


def _help(_: Week, post: Post, worker: WorkerId, staff: Staff) -> None:
    answer_help(post.hall, call_help(post.hall, "home", worker).id, staff)


def _unmask(_: Week, post: Post, worker: WorkerId, __: Staff) -> None:
    unmask_number(post.hall, worker, "公安来查", PAIR)


_COUNTER: dict[str, Callable[[Week, Post, WorkerId, Staff], None]] = {
    "name corrected": _correct,
    "acted for: taken": _take_for,
    "acted for: signed up": _sign_up_for,
    "acted for: given back": _give_back_for,
    "taught at the desk": _teach,
    "hardship verified": _verify,
    "doubts settled": _override,
    "card found": _find_card,
    "looked for doubles": _merge,
    "looked at merges": _undo_merge,
    "help came": _help,
    "number unmasked": _unmask,
}


def hand_cards_back(week: Week, post: Post) -> None:
    """Let owners of found cards come: most know their number."""
    with post.hall.store.reading() as records:
        waiting = list(records.found_cards.waiting())
    for card in waiting:
        number = card_of(week.dice.randrange(week.people)).number
        attempt(week, "card back", hand_back_card, post.hall, card.id, number, CLERK)
