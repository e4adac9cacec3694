"""What the rules of eligibility say: findings with reason, basis and number, and the judgement they make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.courses import class_key
from kiosk.domain.jobs import Hazard
from kiosk.domain.parameters import Parameter
from kiosk.domain.sentences import Sentence

RULES_VERSION = 3
"""Kept beside every decision, so that a morning can be judged again by the rules of its day."""


class Level(StrEnum):
    """How strongly a rule speaks: a hard stop, a decision for a person at the desk, or a reminder."""

    BLOCK = "block"
    REVIEW = "review"
    WARN = "warn"


class Rule(StrEnum):
    """The rules of eligibility by the names the desk and the law pages use."""

    AGE_01 = "AGE-01"
    AGE_02 = "AGE-02"
    AGE_03 = "AGE-03"
    AGE_04 = "AGE-04"
    AGE_05 = "AGE-05"
    SEX_01 = "SEX-01"
    SEX_02 = "SEX-02"
    HEAT_01 = "HEAT-01"
    JOB_AGE = "JOB-AGE"
    CERT_01 = "CERT-01"
    CERT_02 = "CERT-02"
    CERT_03 = "CERT-03"
    EDU_01 = "EDU-01"
    TIME_01 = "TIME-01"


class LackKind(StrEnum):
    """What a person would have to bring."""

    CERTIFICATE = "certificate"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Lack:
    """The thing that lacks, for the picture of a refusal: a certificate's kind or a hazard class."""

    kind: LackKind
    name: str

    @property
    def title(self) -> Sentence:
        """Return what the thing is called."""
        is_class = self.kind is LackKind.CLASS
        return Sentence(class_key(self.name) if is_class else f"rules.certificate.{self.name}")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found.

    `sentence` is the short reason, `detail` the facts behind it, `remedy` what would change the answer.
    `legal_basis` names the source; `parameter` is the number used, None where none was needed or delivered.
    """

    rule: Rule
    level: Level
    sentence: Sentence
    legal_basis: Sentence
    parameter: Parameter | None = None
    detail: Sentence | None = None
    remedy: Sentence | None = None
    missing: Lack | None = None
    hazards: tuple[Hazard, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything the rules found, the gravest first; no finding means that nothing stands in the way."""

    findings: tuple[Finding, ...]
    rules_version: int = RULES_VERSION

    @property
    def is_allowed(self) -> bool:
        """Return whether a person may take the place without a decision of the desk."""
        return all(finding.level is Level.WARN for finding in self.findings)

    @property
    def only_lacks_classes(self) -> tuple[str, ...]:
        """Return the hazard classes whose courses alone stand between a person and the place, () else."""
        grave = [finding for finding in self.findings if finding.level is not Level.WARN]
        lacking = [item.missing for item in grave if item.rule is Rule.EDU_01 and item.missing is not None]
        return tuple(lack.name for lack in lacking) if len(lacking) == len(grave) else ()

    def of(self, level: Level) -> tuple[Finding, ...]:
        """Return the findings of one level."""
        return tuple(finding for finding in self.findings if finding.level is level)
