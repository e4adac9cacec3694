"""The whole tour: every page of the worker's way, in one order."""

from __future__ import annotations

from collections.abc import Iterator

from tests.screens.stretches import finding, hiring, lessons, own, papers, practice, teams, visits
from tests.screens.tour import Tour

STRETCHES = (
    finding.browsing,
    finding.places_and_trades,
    finding.full_jobs,
    finding.scans,
    visits.first_visit,
    papers.small_papers,
    visits.coming_back,
    practice.practice,
    lessons.pages,
    lessons.group_pages,
    visits.refusals,
    papers.without_paper,
    visits.spared,
    visits.of_age,
    visits.endings,
    visits.nothing_else,
    teams.teams,
    hiring.hiring,
    hiring.places_elsewhere,
    own.payday,
    own.own_data,
    own.newer_notice,
)


def every_page(tour: Tour) -> Iterator[str]:
    """Walk past every page; at each name the page stands still."""
    for stretch in STRETCHES:
        yield from stretch(tour)
