"""What speaks against a vehicle or a driver on a day: a sentence, and whether it stops the coach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.domain.parameters import Parameters
from kiosk.domain.sentences import Sentence

WARN_DAYS = "trip.paper_warn_days"
"""So many days before its last one a paper is named."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is said of a vehicle, a driver or a crew; `is_stop` keeps the coach in the station."""

    sentence: Sentence
    is_stop: bool


@dataclass(frozen=True, slots=True)
class RoadPaper:
    """A paper that must be in force on the road; `valid_to` is its last day, None where nobody saw it."""

    name: str
    valid_to: date | None


def paper_remarks(papers: Iterable[RoadPaper], day: date, parameters: Parameters) -> Iterator[Remark]:
    """Yield what is to be said of papers on a day. Raises MissingParameter."""
    soon = day + timedelta(days=parameters.whole(WARN_DAYS))
    for paper in papers:
        key = f"trips.paper.{paper.name}"
        if paper.valid_to is None:
            yield Remark(Sentence(f"{key}.unseen"), is_stop=True)
        elif paper.valid_to < day:
            yield Remark(Sentence(f"{key}.over", {"day": paper.valid_to}), is_stop=True)
        elif paper.valid_to <= soon:
            yield Remark(Sentence(f"{key}.soon", {"day": paper.valid_to}), is_stop=False)


def is_stopped(remarks: Iterable[Remark]) -> bool:
    """Return whether anything of this keeps the coach in the station."""
    return any(remark.is_stop for remark in remarks)
