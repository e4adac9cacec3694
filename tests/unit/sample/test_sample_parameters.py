"""Every number the rules ask for comes with the sample hall."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from kiosk.domain.eligibility import judge
from kiosk.domain.jobs import Certificate, Hazard
from kiosk.domain.parameters import Parameter, Parameters, in_force
from kiosk.domain.posting import review
from kiosk.domain.workers import Standing
from kiosk.sample.loader import sample_rows
from tests.unit.domain.example_jobs import EMPLOYER, JOB

HALL = datetime(2026, 11, 23, tzinfo=UTC)


def sample_numbers() -> Parameters:
    rows = sample_rows(HALL)
    return in_force([Parameter(**body.model_dump()) for body in rows.parameters], rows.day)


def test_no_rule_of_eligibility_misses_a_number() -> None:
    everything = replace(
        JOB,
        hazards=frozenset(Hazard),
        certificates=frozenset(Certificate),
        needs_classes=frozenset({"site"}),
        is_dangerous=True,
    )
    seventeen_and_seventy = (JOB.shift.first_day.replace(year=2009), JOB.shift.first_day.replace(year=1956))
    for birth in seventeen_and_seventy:
        findings = judge(everything, None, Standing(birth), JOB.shift.first_day, sample_numbers()).findings
        assert findings
        assert all(finding.sentence.key != "rules.unknown_number" for finding in findings)


def test_no_rule_of_publishing_misses_a_number() -> None:
    assert review(JOB, EMPLOYER, sample_numbers()).hits == ()


def test_every_number_names_its_source() -> None:
    numbers = sample_numbers()
    assert all(number.source and number.value for number in numbers.values.values())
    for key in ("notice.version", "referral.valid_days", "education.valid_days", "eligibility.version"):
        assert numbers.whole(key) >= 1
