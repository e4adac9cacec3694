"""One question put to every rule: a job, a person's standing, the days it touches, the numbers in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.domain.jobs import Hazard, Job
from kiosk.domain.parameters import MissingParameter, Parameters
from kiosk.domain.sentences import Sentence
from kiosk.domain.trips import Trip
from kiosk.domain.workers import Standing


@dataclass(frozen=True, slots=True)
class Case:
    """`starts_on` is the earliest day the question touches, `ends_on` the last day of work."""

    job: Job
    trip: Trip | None
    standing: Standing
    starts_on: date
    ends_on: date
    parameters: Parameters

    def whole(self, key: str) -> int:
        """Return a number of the law; one that cannot be read counts as never delivered."""
        try:
            return self.parameters.whole(key)
        except ValueError:
            raise MissingParameter(key) from None

    def hazards_in(self, key: str) -> tuple[Hazard, ...]:
        """Return which of the job's hazards a comma-separated parameter names."""
        named = {word.strip() for word in self.parameters.text(key).split(",")}
        return tuple(sorted(hazard for hazard in self.job.hazards if hazard.value in named))

    def law(self, key: str) -> Sentence:
        """Return the source of a number, as it is shown beside a decision."""
        return Sentence("rules.basis", {"source": self.parameters.of(key).source})
