"""Which rights a round tells: those over what is ahead or just over, and all of them to a restored bureau."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.storage.opening import OpenedStore
from tests.unit.storage.samples import PLACES, TurnedClock, feed, grant, job_body, trip_body


def told(kept: OpenedStore) -> list[str]:
    return [view.quota for view in kept.sync_book.outgoing(1).rights]


@pytest.fixture
def held(kept: OpenedStore) -> OpenedStore:
    """A kiosk that holds places of a job and seats of its coach."""
    kept.sync_book.adopt_generation("1-first")
    feed(kept, trip_body(), job_body(1, trip="T1"))
    grant(kept, PLACES, 1, 3)
    grant(kept, "seats:T1", 1, 2)
    return kept


def test_rights_are_told_until_a_day_behind_the_start(held: OpenedStore, clock: TurnedClock) -> None:
    assert told(held) == [PLACES, "seats:T1"]
    clock.instant += timedelta(days=1)
    assert told(held) == [PLACES, "seats:T1"]
    clock.instant += timedelta(days=2)
    assert told(held) == []


def test_a_restored_bureau_is_told_all_that_was_ever_given(held: OpenedStore, clock: TurnedClock) -> None:
    """Breaks when `SqlSyncBook.outgoing` tells it what is current alone."""
    clock.instant += timedelta(days=30)
    held.sync_book.adopt_generation("2-restored")
    assert told(held) == [PLACES, "seats:T1"]
