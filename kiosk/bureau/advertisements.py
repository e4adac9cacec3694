"""The publish gate: an advertisement as it travelled, judged by the rules of the domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.clock import hall_day
from kiosk.domain.jobs import (
    JobState,
)
from kiosk.domain.parameters import Parameter, in_force
from kiosk.domain.posting import Decision, review
from kiosk.domain.sentences import Sentence
from kiosk.messages.feed import EmployerBody, JobBody, ParameterBody
from kiosk.messages.meanings import employer_of, job_of

_STATES = {
    Decision.PUBLISH: JobState.PUBLISHED,
    Decision.NEEDS_REVIEW: JobState.PENDING,
    Decision.RETURNED: JobState.RETURNED,
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What becomes of an advertisement, and the sentence that says why."""

    state: JobState
    sentence: Sentence


def rule_on(
    job: JobBody, employer: EmployerBody, parameters: Sequence[ParameterBody], now: datetime
) -> Ruling:
    """Ask every rule about an advertisement; the gravest finding is the reason.

    Raises ValueError for a word that is in no code list.
    """
    known = [
        Parameter(item.key, item.value, item.unit, item.source, item.effective_from) for item in parameters
    ]
    found = review(job_of(job), employer_of(employer), in_force(known, hall_day(now)))
    reason = found.hits[0].sentence if found.hits else Sentence("bureau.ruling.lawful")
    return Ruling(_STATES[found.decision], reason)
