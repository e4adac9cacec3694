"""The number a take spends is the lowest free one, whatever was granted and spent before, in any order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.actions.ports import Records
from kiosk.domain.ids import JobId, PlacementId, SlipNumber
from kiosk.domain.placements import Placement, PlacementState, SpentNumber
from kiosk.domain.slips import SlipKind
from kiosk.storage.opening import OpenedStore
from tests.unit.storage.samples import NOW, PLACES, feed, grant, job_body, person


def spend(records: Records, number: int) -> None:
    placement = Placement(
        id=PlacementId(f"P{number}"),
        worker=person().id,
        job=JobId("J1"),
        job_version=1,
        trip=None,
        kind=SlipKind.DISPATCH,
        slip=SlipNumber(f"PG-NZ-0918-02-{number:04d}"),
        spent=(SpentNumber(PLACES, number),),
        starts=NOW + timedelta(hours=1),
        ends=NOW + timedelta(hours=9),
        taken_at=NOW,
        state=PlacementState.CONFIRMED,
    )
    records.placements.add(placement)
    records.rights.spend(placement.spent[0], placement.id)


@pytest.mark.parametrize(
    ("granted", "spent", "lowest"),
    [
        ([], [], None),
        ([(1, 3)], [], 1),
        ([(1, 3)], [1, 2], 3),
        ([(1, 3)], [1, 3], 2),
        ([(1, 3)], [2, 3], 1),
        ([(1, 3)], [3, 2, 1], None),
        ([(2, 3), (7, 9)], [2, 3], 7),
        ([(2, 3), (7, 9)], [2, 3, 7, 9], 8),
        ([(2, 3), (7, 9)], [2, 3, 7, 8, 9], None),
    ],
)
def test_the_lowest_number_is_the_first_of_the_free_ones(
    kept: OpenedStore, granted: list[tuple[int, int]], spent: list[int], lowest: int | None
) -> None:
    """One-line break: in `lowest_free`, believe that nothing `has_gap`."""
    feed(kept, job_body(headcount=9))
    for first, last in granted:
        grant(kept, PLACES, first, last)
    with kept.store.writing() as records:
        for number in spent:
            spend(records, number)
        assert records.rights.lowest_free(PLACES) == lowest
        assert next(iter(records.rights.free(PLACES)), None) == lowest
