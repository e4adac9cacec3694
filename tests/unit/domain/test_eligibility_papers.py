"""The rules of certificates and safety classes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.domain.eligibility import Finding, Lack, LackKind, Level, Rule, judge
from kiosk.domain.jobs import Certificate, Job
from kiosk.domain.workers import HeldCertificate, HeldEducation, Standing
from tests.unit.domain.example_jobs import DAY, JOB, numbers, on

BORN = date(1985, 5, 5)
WELDING = replace(JOB, certificates=frozenset({Certificate.WELDER}))
SITE = replace(JOB, needs_classes=frozenset({"site"}))
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


def certificate(valid_until: date | None, review_by: date | None = None) -> HeldCertificate:
    return HeldCertificate(Certificate.WELDER, "0012", valid_until, review_by)


def findings(
    job: Job, *held: HeldCertificate, classes: tuple[HeldEducation, ...] = ()
) -> tuple[Finding, ...]:
    return judge(job, None, Standing(BORN, held, classes), job.shift.first_day, numbers()).findings


@pytest.mark.parametrize("kind", list(Certificate))
def test_every_kind_of_certificate_is_asked_for(kind: Certificate) -> None:
    (finding,) = findings(replace(JOB, certificates=frozenset({kind})))
    assert finding.level is Level.BLOCK
    assert finding.missing == Lack(LackKind.CERTIFICATE, kind.value)
    assert finding.sentence.key == "rules.cert.none"


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (Certificate.HEIGHT, Rule.CERT_01),
        (Certificate.SCAFFOLD, Rule.CERT_02),
        (Certificate.FORKLIFT, Rule.CERT_02),
        (Certificate.HEALTH, Rule.CERT_03),
    ],
)
def test_special_operations_sites_and_the_rest_have_their_own_rules(kind: Certificate, rule: Rule) -> None:
    (finding,) = findings(replace(JOB, certificates=frozenset({kind})))
    assert finding.rule is rule


def test_a_certificate_holds_on_its_last_day_and_not_on_the_next() -> None:
    assert findings(WELDING, certificate(DAY)) == ()
    (finding,) = findings(WELDING, certificate(YESTERDAY))
    assert finding.sentence.key == "rules.cert.expired"
    assert finding.detail is not None
    assert finding.detail.args == {"day": YESTERDAY}


def test_a_certificate_whose_review_is_overdue_does_not_count() -> None:
    assert findings(WELDING, certificate(None, DAY)) == ()
    (finding,) = findings(WELDING, certificate(TOMORROW, YESTERDAY))
    assert (finding.level, finding.sentence.key) == (Level.BLOCK, "rules.cert.unreviewed")


def test_a_new_certificate_beside_an_expired_one_counts() -> None:
    assert findings(WELDING, certificate(YESTERDAY), certificate(TOMORROW)) == ()


def test_a_certificate_that_ends_before_the_work_is_the_desks_to_decide() -> None:
    (finding,) = findings(on(WELDING, DAY, TOMORROW), certificate(DAY))
    assert (finding.level, finding.sentence.key) == (Level.REVIEW, "rules.cert.ends_early")


def test_another_certificate_does_not_help() -> None:
    (finding,) = findings(WELDING, HeldCertificate(Certificate.ELECTRICIAN, "0012", None, None))
    assert finding.rule is Rule.CERT_01


def test_a_certificate_the_bureau_does_not_require_is_not_asked_for() -> None:
    judgement = judge(WELDING, None, Standing(BORN), DAY, numbers(certificate__welder__is_required="0"))
    assert judgement.findings == ()


def test_a_class_counts_from_the_day_it_was_held_to_its_last_day() -> None:
    assert findings(SITE, classes=(HeldEducation("site", DAY, DAY),)) == ()
    (too_old,) = findings(SITE, classes=(HeldEducation("site", date(2025, 1, 1), YESTERDAY),))
    assert (too_old.rule, too_old.sentence.key) == (Rule.EDU_01, "rules.edu01.expired")
    (too_new,) = findings(SITE, classes=(HeldEducation("site", TOMORROW, TOMORROW),))
    assert too_new.rule is Rule.EDU_01


def test_a_class_that_ends_before_the_work_reminds_and_keeps_nobody_from_it() -> None:
    """One-line break: in `edu_01`, ask of the first day alone."""
    weeks = replace(SITE, shift=replace(SITE.shift, last_day=TOMORROW))
    (again,) = findings(weeks, classes=(HeldEducation("site", YESTERDAY, DAY),))
    assert (again.rule, again.level, again.sentence.args) == (Rule.EDU_01, Level.WARN, {"day": DAY})
    newer = HeldEducation("site", DAY, TOMORROW)
    assert findings(weeks, classes=(HeldEducation("site", YESTERDAY, DAY), newer)) == ()


def test_a_class_of_another_hazard_does_not_count() -> None:
    (finding,) = findings(SITE, classes=(HeldEducation("toxic", YESTERDAY, TOMORROW),))
    assert finding.sentence.key == "rules.edu01.none"
    assert finding.missing == Lack(LackKind.CLASS, "site")


def test_every_class_that_a_job_needs_is_asked_for_by_itself() -> None:
    """Broken by asking for the first of them alone: somebody would climb in the heat without the second."""
    job = replace(JOB, needs_classes=frozenset({"height", "heat", "travel"}))
    held = (HeldEducation("heat", DAY, DAY), HeldEducation("height", date(2025, 1, 1), YESTERDAY))
    expired, none = findings(job, classes=held)
    assert (expired.missing, expired.sentence.key) == (Lack(LackKind.CLASS, "height"), "rules.edu01.expired")
    assert (none.missing, none.sentence.key) == (Lack(LackKind.CLASS, "travel"), "rules.edu01.none")
    judged = judge(job, None, Standing(BORN, (), held), DAY, numbers())
    assert judged.only_lacks_classes == ("height", "travel")


def test_classes_alone_lead_nowhere_where_something_else_lacks_too() -> None:
    job = replace(WELDING, needs_classes=frozenset({"height", "heat"}))
    assert judge(job, None, Standing(BORN), DAY, numbers()).only_lacks_classes == ()
    assert judge(JOB, None, Standing(BORN), DAY, numbers()).only_lacks_classes == ()


def test_a_refusal_names_every_missing_paper() -> None:
    job = replace(SITE, certificates=frozenset({Certificate.CRANE, Certificate.HEALTH}))
    assert [finding.rule for finding in findings(job)] == [Rule.CERT_02, Rule.CERT_03, Rule.EDU_01]
