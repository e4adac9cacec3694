"""Whoever comes: his card, how he is met, and the paper that comes out for him."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kiosk.actions.check_in import check_in, count_anonymously, give_first_answers, register_and_check_in
from kiosk.actions.check_in_by_hand import KeyedCard, check_in_keyed, recognise_keyed
from kiosk.actions.faults import Refused
from kiosk.actions.print_slip import begin_printing, record_not_sent, record_printed, record_uncertain
from kiosk.actions.recognise import Acquaintance, Recognition, recognise
from kiosk.domain.cards import CardKind, IdentityCard
from kiosk.domain.courses import Course
from kiosk.domain.lessons import Lesson
from kiosk.domain.signatures import Signature
from kiosk.domain.slips import SlipState
from kiosk.domain.workers import FirstAnswers, WorkSpan
from tests.halls import CLERK
from tests.week.hall import Post, Week
from tools.figures.people import citizen_card, person_card

SIGNATURE = Signature((((1, 1), (20, 20), (40, 10)),))
_CHILD = date(2012, 5, 1)
_OLD = date(1962, 1, 1)


def card_of(number: int) -> IdentityCard:
    """Return the card of one of the hall's people: one in forty is a child, one in nine grew old."""
    if number % 40 == 39:
        return citizen_card(_CHILD + timedelta(days=number), 1)
    if number % 9 == 8:
        return citizen_card(_OLD + timedelta(days=number), 3)
    return person_card(number)


def other_card_of(number: int) -> IdentityCard:
    """Return another paper of somebody: whoever lays it down is taken for another one."""
    born = card_of(number).birth_date
    assert born is not None
    return citizen_card(born, 5)


def attempt(week: Week, what: str, deed: Callable[..., object], *about: object) -> bool:
    """Do something that a rule may refuse; count which of both it was."""
    try:
        deed(*about)
    except Refused as refused:
        week.refused[f"{what}: {refused.sentence.key}"] += 1
        return False
    week.tally[what] += 1
    return True


def met_at(week: Week, post: Post, card: IdentityCard) -> Recognition | None:
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


def passed(course: Course, lesson: Lesson) -> Lesson:
    lesson = lesson.turned(len(course.pages)).longer_by(600)
    for _ in course.questions:
        lesson = lesson.answered(is_right=True)
    return lesson


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
