"""The forty people: nobody real, and each story comes out as it is told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from kiosk.actions.recognise import worker_id_of
from kiosk.catalogue import LANGUAGES, load
from kiosk.domain.cards import CardKind
from kiosk.domain.eligibility import Finding, Judgement, Rule, engagement_span, judge
from kiosk.domain.identity import check_number, mask_name
from kiosk.domain.ids import NumberHash
from kiosk.domain.jobs import Job
from kiosk.domain.parameters import Parameter, Parameters, in_force
from kiosk.domain.trips import Trip
from kiosk.domain.workers import Engagement, Standing
from kiosk.messages.capsules import number_hash
from kiosk.messages.events import (
    CertificateRecorded,
    ClassHeld,
    HardshipVerified,
    SkillRecorded,
    WorkerRegistered,
)
from kiosk.messages.meanings import job_of, trip_of
from kiosk.sample.loader import SampleHall, sample_rows
from kiosk.sample.people import SamplePerson, sample_people
from kiosk.sample.records import desk_records

DAYS = (date(2026, 1, 1), date(2026, 11, 23), date(2028, 2, 29), date(2030, 12, 31))


class Morning:
    """One sample morning as the rules see it."""

    def __init__(self, day: date) -> None:
        hall: SampleHall = sample_rows(datetime(day.year, day.month, day.day, tzinfo=UTC).replace(hour=0))
        self.day = hall.day
        self.people = {person.key: person for person in sample_people(hall.day)}
        self._jobs = {body.id: job_of(body) for body in hall.jobs}
        self._trips: dict[str, Trip] = {body.id: trip_of(body) for body in hall.trips}
        known = [Parameter(**body.model_dump()) for body in hall.parameters]
        self.parameters: Parameters = in_force(known, hall.day)

    def job(self, job: str) -> tuple[Job, Trip | None]:
        found = self._jobs[job]
        return found, self._trips[found.trip] if found.trip else None

    def judge(self, standing: Standing, job_id: str) -> Judgement:
        job, trip = self.job(job_id)
        return judge(job, trip, standing, job.shift.first_day, self.parameters)

    def standing_after(self, person: SamplePerson) -> Standing:
        if person.takes is None:
            return person.standing
        job, trip = self.job(person.takes)
        held = Engagement("p", *engagement_span(job, trip), job.title)
        return Standing(person.card.birth_date, person.certificates, person.classes, (held,))


@pytest.fixture(params=DAYS, ids=str)
def morning(request: pytest.FixtureRequest) -> Morning:
    return Morning(request.param)


def refusal(morning: Morning, person: SamplePerson) -> Finding | None:
    if person.tries is None:
        return None
    findings = morning.judge(morning.standing_after(person), person.tries).findings
    return findings[0] if findings else None


def test_whoever_takes_a_job_may_take_it(morning: Morning) -> None:
    takers = [person for person in morning.people.values() if person.takes]
    assert len(takers) >= 20
    for person in takers:
        assert person.takes
        assert morning.judge(person.standing, person.takes).is_allowed, person.key


def test_each_rule_refuses_whom_the_story_says_on_any_day_of_any_year(morning: Morning) -> None:
    for person in morning.people.values():
        if person.refused_by:
            found = refusal(morning, person)
            assert found is not None, person.key
            assert found.rule.value == person.refused_by, person.key


def test_every_rule_that_blocks_on_any_day_has_somebody_to_refuse() -> None:
    told = {person.refused_by for person in sample_people(DAYS[1])} - {None}
    assert told == {rule.value for rule in Rule} - {Rule.AGE_04, Rule.AGE_05, Rule.SEX_02, Rule.HEAT_01}


def test_there_are_forty_people_with_forty_numbers() -> None:
    people = sample_people(DAYS[1])
    assert len(people) == len({person.card.number for person in people}) == 40
    assert len({person.key for person in people}) == 40


def test_nobody_is_real() -> None:
    for person in sample_people(DAYS[1]):
        card = person.card
        assert check_number(card.number, card.kind) is None
        if card.kind is CardKind.CITIZEN:
            assert card.number.startswith("999999")
            assert card.number[6:14] == f"{card.birth_date:%Y%m%d}"
            assert int(card.number[16]) % 2 == int(card.sex.value) % 2
            assert card.address.startswith("示例市")
        else:
            assert card.name.startswith("测试")


def test_all_four_kinds_of_card_are_there_and_the_new_foreign_card_names_the_old_one() -> None:
    people = {person.key: person for person in sample_people(DAYS[1])}
    assert {person.card.kind for person in people.values()} == set(CardKind)
    assert people["new_foreign"].card.previous_number == people["old_foreign"].card.number


def test_names_go_to_the_edge_of_what_a_card_can_hold() -> None:
    names = [person.card.name for person in sample_people(DAYS[1])]
    longest = max(names, key=len)
    assert len(longest) == 15
    assert "·" in longest
    assert all(any(rare in name for name in names) for rare in "䶮㛃𬭎")
    assert all(mask_name(name) != name for name in names)


def test_a_number_stays_the_same_all_year() -> None:
    first, last = sample_people(date(2027, 1, 1)), sample_people(date(2027, 12, 31))
    assert [person.card.number for person in first] == [person.card.number for person in last]


def test_a_citizens_card_is_valid_on_the_day() -> None:
    for person in sample_people(DAYS[2]):
        card = person.card
        if card.kind is CardKind.CITIZEN:
            assert card.valid_from is not None
            assert card.is_long_term == (card.valid_to is None)
            assert card.valid_to is None or card.valid_from < DAYS[2] < card.valid_to


def test_every_story_is_told_in_every_language() -> None:
    for language in LANGUAGES:
        words = load(language)
        for person in sample_people(DAYS[1]):
            assert words(person.told.key)


PAPERS = (CertificateRecorded, ClassHeld, SkillRecorded, HardshipVerified)


def test_a_desk_recorded_exactly_the_papers_people_have() -> None:
    people = sample_people(DAYS[1])
    city_key = bytes(32)
    entries = list(desk_records(people, city_key, notice_version=1, actor="s-nz"))
    with_papers = [person for person in people if person.certificates or person.classes]
    registered = [entry for entry in entries if isinstance(entry, WorkerRegistered)]
    assert [entry.worker for entry in registered] == [
        worker_id_of(NumberHash(number_hash(city_key, person.card.number))) for person in with_papers
    ]
    recorded = [entry.kind for entry in entries if isinstance(entry, CertificateRecorded)]
    assert recorded == [held.kind.value for person in people for held in person.certificates]
    held = [entry.hazard_class for entry in entries if isinstance(entry, ClassHeld)]
    assert held == [attended.hazard_class for person in people for attended in person.classes]
    skills = [(entry.trade, entry.grade) for entry in entries if isinstance(entry, SkillRecorded)]
    assert skills == [(skill.trade, skill.grade) for person in people for skill in person.skills] != []
    hardships = [entry.kind for entry in entries if isinstance(entry, HardshipVerified)]
    assert hardships == [held.kind for person in people for held in person.hardships] != []


def test_a_paper_is_recorded_only_of_someone_registered_before() -> None:
    entries = list(desk_records(sample_people(DAYS[1]), bytes(32), notice_version=1, actor="s-nz"))
    assert isinstance(entries[0], WorkerRegistered)
    for before, entry in pairwise(entries):
        if not isinstance(entry, WorkerRegistered):
            assert isinstance(entry, PAPERS)
            assert isinstance(before, (WorkerRegistered, *PAPERS))
            assert entry.worker == before.worker


def test_no_child_is_recorded_anywhere() -> None:
    people = [person for person in sample_people(DAYS[1]) if person.story == "under_age"]
    assert len(people) == 2
    assert list(desk_records(people, bytes(32), notice_version=1, actor="s-nz")) == []
