"""The review of one advertisement: every rule asked, every field read, the gravest hit first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kiosk.domain.eligibility import Level
from kiosk.domain.identity import normalise_phone
from kiosk.domain.jobs import Certificate, Employer, EmployerType, Hazard, Job, PayUnit
from kiosk.domain.parameters import MissingParameter, Parameters
from kiosk.domain.posting.contents import contents, employer_papers, lowest_age, told_dangers
from kiosk.domain.posting.hits import Field, Hit, PostingReview
from kiosk.domain.posting.plain_text import plain_text
from kiosk.domain.posting.wages import hours, minimum_wage, pay_cycle, payday
from kiosk.domain.posting.wording import CLASSES, Wording, without_harmless

_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}\d{7,8})(?!\d)")


def review(job: Job, employer: Employer, parameters: Parameters, notes: Sequence[str] = ()) -> PostingReview:
    """Review an advertisement with its employer; `notes` are further texts that will be shown with it.

    Sources: 人力资源市场暂行条例 24 and 26, 就业促进法, 妇女权益保障法 43, 劳动合同法 9, 70, 72,
    劳动法 36, 50. A number that nobody delivered keeps the advertisement for a person (REVIEW).
    """
    hits = [*contents(job, employer), *employer_papers(employer), *told_dangers(job)]
    for rule in (lowest_age, minimum_wage, pay_cycle, payday, hours):
        hits += _answers(rule, job, parameters)
    for field, text in _texts(job, notes):
        hits += _lint(field, text, job, employer)
    gravity = list(Level)
    return PostingReview(tuple(sorted(hits, key=lambda hit: gravity.index(hit.level))))


def _answers(rule: Callable[[Job, Parameters], Iterator[Hit]], job: Job, parameters: Parameters) -> list[Hit]:
    try:
        return list(rule(job, parameters))
    except (MissingParameter, ValueError):
        return [Hit("unknown_number", Level.REVIEW, Field.PAY)]


def _texts(job: Job, notes: Sequence[str]) -> Iterator[tuple[Field, str]]:
    yield Field.TITLE, job.title
    yield Field.CONTENT, job.content
    yield Field.TITLE_EN, job.title_en
    yield Field.CONTENT_EN, job.content_en
    yield Field.PLACE, f"{job.place.town} {job.place.spot}"
    yield Field.MEETING_POINT, job.meeting_point
    yield from ((Field.NOTE, note) for note in notes)


def _lint(field: Field, text: str, job: Job, employer: Employer) -> Iterator[Hit]:
    """Find the first words of each class in one text, and a phone number the desk does not know."""
    plain = plain_text(text)
    cleared = without_harmless(plain.text)
    for wording in CLASSES:
        level = _level(wording, job, employer)
        found = wording.pattern.search(cleared) if level else None
        if level and found:
            words = plain.written(found.start(), found.end())
            yield Hit(wording.rule, level, field, words, plain.origins[found.start()])
    registered = normalise_phone(employer.contact_phone).replace("-", "")
    for found in _PHONE.finditer(cleared):
        if found.group() != registered:
            words = plain.written(found.start(), found.end())
            yield Hit("other_phone", Level.REVIEW, field, words, plain.origins[found.start()])


def _level(wording: Wording, job: Job, employer: Employer) -> Level | None:
    """Return how strongly a class speaks of this job; None where it does not apply.

    Three classes become a person's decision where the law itself allows a condition: heavy lifting that
    women may not do (女职工劳动保护特别规定), bodily fitness for dangerous work, and food handlers' health.
    """
    if wording.rule == "sex" and Hazard.LIFTING in job.hazards:
        return Level.REVIEW
    if wording.rule == "disability" and job.is_dangerous:
        return Level.REVIEW
    if wording.rule == "disease" and Certificate.HEALTH in job.certificates:
        return Level.REVIEW
    applies = {
        "vague_pay": job.is_instant,
        "probation": job.pay.unit is PayUnit.HOUR,
        "household_benefits": employer.type is EmployerType.HOUSEHOLD,
    }
    return wording.level if applies.get(wording.rule, True) else None
