"""How well work fits a person, with the two or three reasons that weighed most.

| what counts | the most points |
| --- | --- |
| the trade is one of those wished for | `wished` |
| a grade in the trade that covers the one hoped for, or every certificate the job asks for | `skilled` |
| the employer pledged to take people in such hardship first | `welcome` |
| it begins soon, for whoever waits long or is in hardship | `soon` |
| the money comes on the day | `paid` |
| day work or long work, as wished | `span` |
| the way is short: a point less for each minute from this station | `way` |

Age, health, sex and nation count for nothing (就业促进法 26 to 31). A verified hardship can only add
points, being older or disabled too: nothing is ever taken off. Points are parameters (`fit.<name>_points`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date

from kiosk.domain.hardships import Hardship
from kiosk.domain.ids import StationCode
from kiosk.domain.jobs import Certificate
from kiosk.domain.parameters import Parameters
from kiosk.domain.sentences import Sentence
from kiosk.domain.skills import HeldSkill, is_covered
from kiosk.domain.traits import Traits, read_traits
from kiosk.domain.workers import FirstAnswers, WorkSpan

RULE_VERSION = 2
"""Stands beside every score, so that an order can be worked out again by the rules of its day."""

MOST_REASONS = 3
_FEWEST_REASONS = 2
_SOON_DAYS = 1
"""Work of today or tomorrow is soon."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each thing counts; the usual numbers hold where the bureau has published none."""

    wished_points: int = 250
    skilled_points: int = 200
    welcome_points: int = 100
    soon_points: int = 100
    paid_points: int = 100
    span_points: int = 100
    way_points: int = 150
    long_wait_min: int = 120
    long_wait_days: int = 7
    other_station_min: int = 30


def weights_in(parameters: Parameters) -> Weights:
    """Return the weights in force; what is no whole number from 0 on counts as never published."""
    told = {item.name: parameters.values.get(f"fit.{item.name}") for item in fields(Weights)}
    return Weights(**{name: int(item.value) for name, item in told.items() if item and item.value.isdigit()})


@dataclass(frozen=True, slots=True)
class Seeker:
    """All that fitting may look at about one person, at one station on one hall day.

    `waited_min` counts from today's check-in, `idle_days` from the last day a place was held. `minutes_to`
    tells how far other stations are; `papers` are the certificates that hold today.
    """

    station: StationCode
    today: date
    answers: FirstAnswers
    skills: tuple[HeldSkill, ...] = ()
    papers: frozenset[Certificate] = frozenset()
    hardships: frozenset[Hardship] = frozenset()
    waited_min: int = 0
    idle_days: int = 0
    minutes_to: Mapping[StationCode, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fit:
    """A score from 0 on, and why, what weighed most first."""

    score: int
    reasons: tuple[Sentence, ...]
    rule_version: int = RULE_VERSION


_Merit = tuple[int, Sentence]
"""Points, and what they are for."""


class Scale:
    """Weighs any number of jobs for one person; what jobs share is weighed once."""

    def __init__(self, seeker: Seeker, weights: Weights) -> None:
        """Weigh for this person by these weights."""
        self._seeker = seeker
        self._weights = weights
        self._hardships = _hardships(seeker, weights)
        self._known: dict[str, tuple[int, int]] = {}
        self._of_starts: dict[date, int] = {}

    def score(self, text: str, travel_min: int, first_day: date) -> int:
        """Return the score of a job by its written traits, its minutes and its first day."""
        known = self._known.get(text)
        if known is None:
            traits = read_traits(text)
            known = sum(points for points, _ in self._of_traits(traits)), self._detour_min(traits)
            self._known[text] = known
        soon = self._of_starts.get(first_day)
        if soon is None:
            soon = self._of_starts[first_day] = self._soon(first_day)
        return known[0] + max(0, self._weights.way_points - travel_min - known[1]) + soon

    def fit(self, traits: Traits, travel_min: int, first_day: date) -> Fit:
        """Return the same score with its reasons; where little speaks for a job, facts fill up."""
        minutes, way = self.minutes_to(traits, travel_min), self._way(traits, travel_min)
        merits: list[_Merit] = [
            *self._of_traits(traits),
            (self._soon(first_day), Sentence("finding.fit.soon")),
            (max(0, self._weights.way_points - minutes), way),
        ]
        score = sum(points for points, _ in merits)
        weighed = sorted((item for item in merits if item[0] > 0), key=lambda item: -item[0])
        reasons = [sentence for _, sentence in weighed[:MOST_REASONS]]
        facts = (way, Sentence("finding.fit.wanted"))
        reasons += [fact for fact in facts if fact not in reasons][: max(0, _FEWEST_REASONS - len(reasons))]
        return Fit(score, tuple(reasons))

    def minutes_to(self, traits: Traits, travel_min: int) -> int:
        """Return how far a job is from this station, by way of its own station where that is another one."""
        return travel_min + self._detour_min(traits)

    def _way(self, traits: Traits, travel_min: int) -> Sentence:
        """Say how the way is; minutes are told only where somebody told how far the other station is."""
        if traits.station != self._seeker.station and traits.station not in self._seeker.minutes_to:
            return Sentence("finding.fit.elsewhere")
        minutes = self.minutes_to(traits, travel_min)
        return Sentence("finding.fit.coach" if traits.has_coach else "finding.fit.near", {"minutes": minutes})

    def _detour_min(self, traits: Traits) -> int:
        if traits.station == self._seeker.station:
            return 0
        return self._seeker.minutes_to.get(traits.station, self._weights.other_station_min)

    def _of_traits(self, traits: Traits) -> Sequence[_Merit]:
        seeker, weights = self._seeker, self._weights
        is_wished = traits.trade in seeker.answers.trades
        is_welcome = not self._hardships.isdisjoint(traits.welcomes)
        return (
            (weights.wished_points * is_wished, Sentence("finding.fit.wished")),
            (weights.skilled_points * _is_skilled(traits, seeker), Sentence("finding.fit.skilled")),
            (weights.welcome_points * is_welcome, Sentence("finding.fit.welcome")),
            (weights.paid_points * traits.is_paid_at_once, Sentence("finding.fit.paid")),
            (weights.span_points * _span_fits(traits, seeker.answers), _span(traits)),
        )

    def _soon(self, first_day: date) -> int:
        """Return what beginning soon is worth: the more, the longer somebody has waited."""
        seeker, weights = self._seeker, self._weights
        if (first_day - seeker.today).days > _SOON_DAYS:
            return 0
        if self._hardships:
            return weights.soon_points
        by_hours = weights.soon_points * seeker.waited_min // max(1, weights.long_wait_min)
        by_days = weights.soon_points * seeker.idle_days // max(1, weights.long_wait_days)
        return max(0, min(weights.soon_points, max(by_hours, by_days)))


def _hardships(seeker: Seeker, weights: Weights) -> frozenset[Hardship]:
    """Return what was verified; who found no place for long needs no paper for that."""
    is_long = seeker.idle_days >= weights.long_wait_days > 0
    return seeker.hardships | {Hardship.LONG_WAIT} if is_long else seeker.hardships


def _is_skilled(traits: Traits, seeker: Seeker) -> bool:
    asked = traits.demands.certificates
    has_papers = bool(asked) and asked <= seeker.papers
    return has_papers or is_covered(seeker.skills, traits.trade, traits.grade)


def _span_fits(traits: Traits, answers: FirstAnswers) -> bool:
    if answers.span in {None, WorkSpan.EITHER}:
        return False
    return (traits.days == 1) is (answers.span is WorkSpan.DAY)


def _span(traits: Traits) -> Sentence:
    return Sentence("finding.fit.day_work" if traits.days == 1 else "finding.fit.long_work")
