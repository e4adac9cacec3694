"""Which rights a round tells: those over what is ahead or just over, and all of them to a restored bureau."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kiosk.storage.opening import OpenedStore
from kiosk.storage.rights import current_right_views
from tests.unit.storage.samples import NOW, PLACES, TurnedClock, feed, grant, job_body, trip_body

STEPS_A_JOB = 30
"""Of the database's machine: the job is read from an index, and two tables know nothing of its quota."""


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


def steps_of_telling(kept: OpenedStore) -> int:
    """Return how many steps the database's machine goes to tell what is current."""
    steps = 0

    def tick() -> int:
        nonlocal steps
        steps += 1
        return 0

    with kept.database.reading() as connection:
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(tick, 1)
        current_right_views(connection, NOW)
        driver.set_progress_handler(None, 1)
    return steps


def test_a_job_of_which_nothing_is_held_costs_a_round_two_looks(held: OpenedStore) -> None:
    """Breaks when jobs and coaches are sorted together to find doubles, or when a look reads a table."""
    before, others = steps_of_telling(held), 300
    feed(held, *(job_body(number) for number in range(2, 2 + others)))
    assert told(held) == [PLACES, "seats:T1"]
    assert steps_of_telling(held) - before <= STEPS_A_JOB * others
