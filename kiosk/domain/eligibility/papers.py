"""The rules of papers: certificates (CERT-01 to CERT-03) and safety classes (EDU-01)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from kiosk.domain.eligibility.cases import Case
from kiosk.domain.eligibility.findings import Finding, Lack, LackKind, Level, Rule
from kiosk.domain.jobs import Certificate
from kiosk.domain.sentences import Sentence
from kiosk.domain.workers import HeldCertificate, HeldEducation

_CERTIFICATE_RULES = {
    Certificate.HEIGHT: Rule.CERT_01,
    Certificate.ELECTRICIAN: Rule.CERT_01,
    Certificate.WELDER: Rule.CERT_01,
    Certificate.SCAFFOLD: Rule.CERT_02,
    Certificate.CRANE: Rule.CERT_02,
    Certificate.FORKLIFT: Rule.CERT_02,
    Certificate.EXCAVATOR: Rule.CERT_03,
    Certificate.DRIVER: Rule.CERT_03,
    Certificate.HEALTH: Rule.CERT_03,
}
"""CERT-01 special operations; CERT-02 building sites and special equipment; CERT-03 all others."""


def certificates(rule: Rule) -> Callable[[Case], Iterator[Finding]]:
    """Return the question for the certificates that one rule covers."""

    def ask(case: Case) -> Iterator[Finding]:
        for kind in sorted(case.job.certificates):
            if _CERTIFICATE_RULES[kind] is rule:
                yield from _certificate(rule, kind, case)

    return ask


def certificate_numbers(rule: Rule) -> tuple[str, ...]:
    """Return the keys of the numbers that say which certificates of a rule are asked for."""
    return tuple(_key(kind) for kind, by in _CERTIFICATE_RULES.items() if by is rule)


def edu_01(case: Case) -> Iterator[Finding]:
    """Ask, for each of the job's hazard classes, for a class that counts on the first day (安全生产法 28).

    One that counts no more on the last day keeps nobody from going: he is told by when to take it again.
    """
    key = "education.is_required"
    if not case.job.needs_classes or not case.whole(key):
        return
    for needed in sorted(case.job.needs_classes):
        held = [item for item in case.standing.education if item.hazard_class == needed]
        if any(item.is_valid_on(case.starts_on) for item in held):
            last = max(item.valid_until for item in held)
            if last < case.ends_on:
                yield _class_again(key, last, case)
            continue
        yield Finding(
            Rule.EDU_01,
            Level.BLOCK,
            Sentence("rules.edu01.expired" if held else "rules.edu01.none"),
            case.law(key),
            case.parameters.of(key),
            detail=_class_ended(held),
            remedy=Sentence("rules.edu01.remedy"),
            missing=Lack(LackKind.CLASS, needed),
        )


def _class_again(key: str, last: date, case: Case) -> Finding:
    return Finding(
        Rule.EDU_01,
        Level.WARN,
        Sentence("rules.edu01.ends_early", {"day": last}),
        case.law(key),
        case.parameters.of(key),
        detail=Sentence("rules.edu01.again"),
    )


def _class_ended(held: list[HeldEducation]) -> Sentence | None:
    """Tell when the newest class ended; nothing where none was ever held."""
    if not held:
        return None
    return Sentence("rules.edu01.expired_detail", {"day": max(item.valid_until for item in held)})


def _certificate(rule: Rule, kind: Certificate, case: Case) -> Iterator[Finding]:
    """Find a certificate that lacks on the first day, or that ends before the last (for the desk)."""
    key = _key(kind)
    if not case.whole(key):
        return
    held = [item for item in case.standing.certificates if item.kind is kind]
    if any(item.is_valid_on(case.starts_on) and item.is_valid_on(case.ends_on) for item in held):
        return
    is_valid_at_first = any(item.is_valid_on(case.starts_on) for item in held)
    reason, detail = _certificate_reason(held, case.ends_on if is_valid_at_first else case.starts_on)
    yield Finding(
        rule,
        Level.REVIEW if is_valid_at_first else Level.BLOCK,
        Sentence("rules.cert.ends_early" if is_valid_at_first else f"rules.cert.{reason}"),
        case.law(key),
        case.parameters.of(key),
        detail=detail,
        remedy=Sentence(f"rules.cert.{reason}_remedy"),
        missing=Lack(LackKind.CERTIFICATE, kind.value),
    )


def _key(kind: Certificate) -> str:
    return f"certificate.{kind.value}.is_required"


def _certificate_reason(held: list[HeldCertificate], day: date) -> tuple[str, Sentence | None]:
    """Tell of the newest certificate whether it lacks, is past its date, or past its review."""
    if not held:
        return "none", None
    newest = max(held, key=lambda item: (item.valid_until or date.max, item.review_by or date.max))
    if newest.valid_until is not None and newest.valid_until < day:
        return "expired", Sentence("rules.cert.expired_detail", {"day": newest.valid_until})
    review_by = newest.review_by or newest.valid_until or day
    return "unreviewed", Sentence("rules.cert.unreviewed_detail", {"day": review_by})
