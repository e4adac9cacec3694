"""The sample hall as a bureau holds it: what is open can be had, and what is full is full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.bureau.counters import NoDesk, hold_at_desk
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish
from kiosk.bureau.tables import quota
from kiosk.domain.ids import JobId, QuotaId, places_of
from kiosk.messages.sync import Want
from kiosk.sample.loader import SampleHall, sample_rows
from tests.unit.bureau.rehearsal import HandClock, new_machine, pulse

NOW = datetime(2026, 11, 22, 21, 10, tzinfo=UTC)


@pytest.fixture
def hall() -> SampleHall:
    return sample_rows(NOW)


@pytest.fixture
def folder(bureau_dir: Path) -> Path:
    return bureau_dir


@pytest.fixture
def bureau(folder: Path, hall: SampleHall) -> Iterator[Office]:
    with office(folder, HandClock(NOW)) as opened:
        publish(
            opened.database,
            "city",
            [*hall.parameters, *hall.courses, *hall.employers, *hall.trips, *hall.jobs],
        )
        yield opened


def given_out(hall: SampleHall) -> dict[QuotaId, int]:
    return {places_of(JobId(job)): count for job, count in hall.handed_out.items()}


def free(bureau: Office) -> dict[str, int]:
    with bureau.database.reading() as connection:
        return {row.id: row.free_count for row in connection.execute(select(quota.c.id, quota.c.free_count))}


def test_a_job_that_is_full_has_no_number_left_for_any_kiosk(
    bureau: Office, folder: Path, hall: SampleHall
) -> None:
    """Broken by `max(0, 0)` in `hold_at_desk`: the board would say full and a kiosk could still take."""
    desk = new_machine(bureau, folder, no=9, profile="desk")
    pulse(bureau, desk)
    for _ in range(2):
        hold_at_desk(bureau.database, desk.reply.kiosk, given_out(hall))
    kiosk = new_machine(bureau, folder)
    wants = [Want(quota=places_of(JobId(job.id)), count=job.headcount) for job in hall.jobs]
    pulse(bureau, kiosk, wants)

    assert {job.open_places for job in hall.jobs if places_of(JobId(job.id)) in given_out(hall)} == {0}
    for job in hall.jobs:
        held = kiosk.granted.get(places_of(JobId(job.id)), ())
        assert len(held) == job.open_places, job.id
    assert free(bureau).items() >= dict.fromkeys(given_out(hall), 0).items()
    assert check_invariants(folder) == []


def test_only_a_desk_that_was_heard_of_can_hold_places(
    bureau: Office, folder: Path, hall: SampleHall
) -> None:
    new_machine(bureau, folder, no=1)
    new_machine(bureau, folder, no=9, profile="desk")
    for name in ("NZ-01", "NZ-09", "NZ-10"):
        with pytest.raises(NoDesk):
            hold_at_desk(bureau.database, name, given_out(hall))
    assert check_invariants(folder) == []
