"""Several registrations of one person: what says so, as whom he is shown, and what speaks against it.

A merge is a fact beside the registrations, and changes none of them. Who one person is follows from all
merges that stand, in any order and by any kiosks. Nobody follows a pointer, so there is no way round in a
circle, and a merge that is undone leaves everything as if it had never been.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.cards import Sex
from kiosk.domain.ids import MergeId, WorkerId
from kiosk.domain.workers import Engagement, Worker


@dataclass(frozen=True, slots=True)
class Merge:
    """Somebody said that two registrations are one person, who goes on as `kept`."""

    id: MergeId
    kept: WorkerId
    joined: WorkerId
    merged_at: datetime


def shown_as(worker: WorkerId, merges: Sequence[Merge]) -> WorkerId:
    """Return the registration that stands for a person, whose standing merges these are: the last one kept.

    Where two desks said it in the same moment their ids decide, so that all kiosks show the same one.
    """
    return max(merges, key=lambda item: (item.merged_at, item.id)).kept if merges else worker


def shown_people(merges: Sequence[Merge]) -> Mapping[WorkerId, WorkerId]:
    """Return by every registration that was merged the one that stands for its person, of all that stand."""
    same: dict[WorkerId, list[Merge]] = {}
    for merge in merges:
        both = [*same.get(merge.kept, []), *same.get(merge.joined, []), merge]
        for each in {of for item in both for of in (item.kept, item.joined)}:
            same[each] = both
    return {worker: shown_as(worker, of) for worker, of in same.items()}


def looks_unlike(one: Worker, other: Worker) -> bool:
    """Return whether day of birth or sex, as far as both are known, tell two people apart."""
    births = {each.birth_date for each in (one, other)} - {None}
    sexes = {each.sex for each in (one, other)} & {Sex.MALE, Sex.FEMALE}
    return len(births) > 1 or len(sexes) > 1


def clashes(one: Iterable[Engagement], other: Sequence[Engagement]) -> Iterator[Engagement]:
    """Yield the places of one that take the time of a place of the other."""
    for place in one:
        if any(place.overlaps(each.starts, each.ends) for each in other):
            yield place
