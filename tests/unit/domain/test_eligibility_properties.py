"""What holds for every person and every job, and that everything the rules say can be read."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue import LANGUAGES, Catalogue, load
from kiosk.domain.cards import Sex
from kiosk.domain.clock import instant_of
from kiosk.domain.eligibility import Judgement, Level, Rule, judge
from kiosk.domain.identity import age_on
from kiosk.domain.jobs import Certificate, Hazard, Job, Strain
from kiosk.domain.parameters import Parameters
from kiosk.domain.workers import Engagement, HeldCertificate, HeldEducation, Release, Standing
from tests.unit.domain.example_jobs import DAY, JOB, forecast, numbers, on

LINE = 12
"""The most characters of one line on a refusal."""

few = settings(max_examples=60)

near = st.dates(DAY - timedelta(days=3), DAY + timedelta(days=6))
births = st.one_of(
    st.none(),
    st.dates(date(1930, 1, 1), date(2020, 1, 1)),
    st.builds(
        lambda years, days: DAY.replace(year=DAY.year - years) + timedelta(days=days),
        st.sampled_from((16, 18, 60)),
        st.integers(-3, 3),
    ),
)
kinds = st.sampled_from((Certificate.WELDER, Certificate.HEALTH))
classes = st.sampled_from(("site", "toxic"))
held_certificates = st.builds(HeldCertificate, kinds, st.just("0012"), st.none() | near, st.none() | near)
held_classes = st.builds(HeldEducation, classes, near, near)


strains = st.builds(Strain, st.integers(0, 60), st.integers(0, 20), st.integers(0, 4), st.booleans())


@st.composite
def engagements(draw: st.DrawFn) -> Engagement:
    starts: datetime = instant_of(DAY, draw(st.times()))
    return Engagement("p", starts, starts + timedelta(minutes=draw(st.integers(1, 3000))), "装菜")


@st.composite
def jobs(draw: st.DrawFn) -> Job:
    job = on(JOB, DAY, DAY + timedelta(days=draw(st.integers(0, 4))))
    return replace(
        job,
        hazards=draw(st.frozensets(st.sampled_from(Hazard))),
        certificates=draw(st.frozensets(kinds, max_size=3)),
        needs_classes=draw(st.frozensets(classes, max_size=3)),
        strain=draw(strains),
        is_dangerous=draw(st.booleans()),
        age_min=draw(st.integers(0, 20)),
    )


standings = st.builds(
    Standing,
    births,
    st.lists(held_certificates, max_size=3).map(tuple),
    st.lists(held_classes, max_size=3).map(tuple),
    st.lists(engagements(), max_size=2).map(tuple),
    sex=st.sampled_from(Sex),
)
some_numbers = st.sampled_from(
    [
        numbers(),
        forecast(39),
        numbers(age__minimum_years="0"),
        numbers(education__is_required=None),
        Parameters({}),
    ]
)


@pytest.fixture(scope="module")
def catalogues() -> dict[str, Catalogue]:
    return {language: load(language) for language in LANGUAGES}


def gravity(judgement: Judgement) -> dict[tuple[Rule, object], int]:
    """Return how gravely each rule speaks of each thing: 2 a block, 1 a review, 0 a reminder."""
    weights = {Level.BLOCK: 2, Level.REVIEW: 1, Level.WARN: 0}
    return {(item.rule, item.missing): weights[item.level] for item in judgement.findings}


@settings(max_examples=120)
@given(
    jobs(),
    standings,
    some_numbers,
    st.lists(held_certificates, max_size=2),
    st.lists(held_classes, max_size=2),
)
def test_another_certificate_or_class_never_closes_a_job(
    job: Job,
    standing: Standing,
    parameters: Parameters,
    more: list[HeldCertificate],
    attended: list[HeldEducation],
) -> None:
    """Broken by `any` → `all` over the certificates held, in kiosk/domain/eligibility/papers.py."""
    richer = replace(
        standing, certificates=(*standing.certificates, *more), education=(*standing.education, *attended)
    )
    before, after = (gravity(judge(job, None, who, DAY, parameters)) for who in (standing, richer))
    assert all(before.get(about, 0) >= weight for about, weight in after.items())


@few
@given(jobs(), standings, st.integers(1, 16 * 365), st.integers(-1, 18))
def test_nothing_opens_a_job_to_someone_under_sixteen(
    job: Job, standing: Standing, days_old: int, minimum_years: int
) -> None:
    """Broken by taking the parameter alone, without its floor, in kiosk/domain/eligibility/ages.py."""
    child = replace(standing, birth_date=DAY - timedelta(days=days_old))
    judgement = judge(job, None, child, DAY, numbers(age__minimum_years=str(minimum_years)))
    assert judgement.findings[0].rule is Rule.AGE_01
    assert judgement.findings[0].level is Level.BLOCK


@few
@given(jobs(), births)
def test_dangerous_work_is_only_for_adults_under_sixty(job: Job, birth: date | None) -> None:
    """Broken by `<` → `<=` where AGE-03 compares the age on the last day."""
    dangerous = replace(
        job,
        is_dangerous=True,
        certificates=frozenset(),
        needs_classes=frozenset(),
        strain=Strain(),
        hazards=frozenset(),
        age_min=0,
    )
    judgement = judge(dangerous, None, Standing(birth), DAY, numbers())
    is_fit = birth is not None and age_on(birth, DAY) >= 18 and age_on(birth, job.shift.last_day) < 60
    assert judgement.is_allowed == is_fit


@few
@given(jobs(), standings, some_numbers)
def test_the_gravest_finding_comes_first_and_every_refusal_has_a_remedy(
    job: Job, standing: Standing, parameters: Parameters
) -> None:
    findings = judge(job, None, standing, DAY, parameters).findings
    levels = [list(Level).index(finding.level) for finding in findings]
    assert levels == sorted(levels)
    assert all(finding.remedy for finding in findings if finding.level is not Level.WARN)


@few
@given(job=jobs(), standing=standings, parameters=some_numbers)
def test_everything_a_rule_says_can_be_said_in_every_language(
    catalogues: dict[str, Catalogue], job: Job, standing: Standing, parameters: Parameters
) -> None:
    for finding in judge(job, None, standing, DAY, parameters).findings:
        sentences = [finding.sentence, finding.legal_basis, finding.detail, finding.remedy]
        sentences.append(finding.missing.title if finding.missing else None)
        for sentence in sentences:
            for words in catalogues.values():
                assert sentence is None or words(sentence.key, **sentence.args)


def test_what_a_refused_worker_reads_fits_its_line(catalogues: dict[str, Catalogue]) -> None:
    words = catalogues["zh_CN"]
    reasons = (
        "rules.age",
        "rules.job",
        "rules.cert",
        "rules.edu",
        "rules.time",
        "rules.sex",
        "rules.heat",
        "rules.unknown",
        "rules.ask",
    )
    sample = {
        "years": 16,
        "day": "2026-01",
        "title": "摘苹果",
        "starts": "11-23",
        "ends": "11-24",
        "key": "",
        "kg": 50,
        "celsius": 38,
    }
    for key, text in words.sentences.items():
        if key.startswith(reasons):
            asked = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            shown = words(key, **{name: sample[name] for name in asked})
            assert all(_width(line) <= LINE for line in shown.splitlines()), shown


def _width(line: str) -> float:
    """Return the width in full characters: digits and Latin signs take half of one."""
    return sum(0.5 if sign.isascii() else 1 for sign in line)


@few
@given(jobs(), standings, some_numbers)
def test_what_the_desk_settles_opens_nothing_but_what_was_left_to_it(
    job: Job, standing: Standing, parameters: Parameters
) -> None:
    """Broken by leaving out AGE-01 in `is_for_the_desk`, in kiosk/domain/eligibility/judging.py."""
    before = judge(job, None, standing, DAY, parameters)
    everything = frozenset(Release(job.id, job.version, each.value) for each in Rule)
    after = judge(job, None, replace(standing, released=everything), DAY, parameters)
    closed = [
        item
        for item in before.findings
        if item.level is Level.BLOCK or (item.level is Level.REVIEW and item.rule is Rule.AGE_01)
    ]
    assert after.is_allowed == (not closed)
    other = frozenset(Release(job.id, job.version + 1, each.value) for each in Rule)
    assert judge(job, None, replace(standing, released=other), DAY, parameters) == before
