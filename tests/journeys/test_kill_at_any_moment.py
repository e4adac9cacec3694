"""Killed at any moment between confirm and bureau: each place is there once or not at all, each slip honest.

Kiosk and sync are two real processes, each killed at a moment of its own; printer and bureau stay. What the
worker held in the hand is read from the printer's own bytes. `KIOSK_SOAK_ROUNDS` runs more rounds.
"""

from __future__ import annotations

import hashlib
import os
import random
import threading
from collections import Counter
from pathlib import Path

from kiosk.actions.ports import SlipRecord
from kiosk.actions.print_slip import recover_slips
from kiosk.app.settings import write_setting
from kiosk.domain.ids import JobId
from kiosk.domain.slips import SlipState
from tests.journeys.actors import beat, kiosk_actor, pulse_actor
from tests.journeys.town import Town, a_town, plain_job, the_hall_of
from tests.unit.devices.printer_stand import Stand, standing_printer

ROUNDS = int(os.environ.get("KIOSK_SOAK_ROUNDS", "30"))
JOB = JobId("many-places")
WORKERS_A_ROUND = 4
LONGEST_LIFE_S = 0.6


def play_round(kiosk: Path, first_worker: int) -> list[str]:
    """Let both processes live for a random while, kill both, and return the slips that were confirmed."""
    workers = range(first_worker, first_worker + WORKERS_A_ROUND)
    screen, pulse = kiosk_actor(kiosk, JOB, workers, prints=True), pulse_actor(kiosk)
    assert screen.hear() == ("ready", "")
    killings = [
        threading.Timer(random.uniform(0, LONGEST_LIFE_S), actor.kill)
        for actor in random.sample((screen, pulse), 2)
    ]
    for killing in killings:
        killing.start()
    for killing in killings:
        killing.join()
    return [which for what, which in screen.heard() if what == "took"]


def papers_by_token(printer: Stand) -> Counter[bytes]:
    """Count the papers of each slip by the question each job asks behind its cut."""
    question = b"\x1d(H\x06\x00\x30\x30"
    tokens = [job.partition(question)[2][:4] for job in printer.jobs()]
    return Counter(token for token in tokens if token)


def kept_slips(kiosk: Path) -> list[SlipRecord]:
    with the_hall_of(kiosk) as opened:
        recover_slips(opened.hall)
        with opened.hall.store.reading() as records:
            assert records.placements.count() == len(records.slips.all())
            return list(records.slips.all())


def heal(town: Town, kiosk: Path) -> None:
    beat(kiosk)
    with the_hall_of(kiosk) as opened, opened.hall.store.reading() as records:
        health = records.settings.sync_health()
        assert (health.pending, health.refused_open, health.last_problem) == (0, 0, "")
    town.assert_sound()


def test_killed_at_any_moment_a_place_is_there_once_or_not_at_all(tmp_path: Path) -> None:
    seed = random.getrandbits(32)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    random.seed(seed)
    with a_town(tmp_path) as town, standing_printer(tmp_path / "printer") as printer:
        kiosk = town.enrol("A", 1)
        town.publish([plain_job(town.sample, JOB, ROUNDS * WORKERS_A_ROUND)])
        beat(kiosk)
        write_setting(kiosk, "printer_url", printer.url)
        write_setting(kiosk, "printer_profile", "generic-80-gsh")
        write_setting(kiosk, "sync_interval_s", "0.05")
        confirmed: list[str] = []
        for number in range(ROUNDS):
            confirmed += play_round(kiosk, 1 + number * WORKERS_A_ROUND)

        slips = kept_slips(kiosk)
        numbers = [slip.number for slip in slips]
        assert set(confirmed) <= set(numbers)
        assert len(numbers) - len(set(confirmed)) <= ROUNDS  # at most one a kill was kept but not yet told
        assert {slip.state for slip in slips} <= {SlipState.QUEUED, SlipState.PRINTED, SlipState.UNCERTAIN}
        papers = papers_by_token(printer)
        for slip in slips:
            token = slip.token[:4].encode()
            assert token == hashlib.sha256(f"{slip.placement}:0".encode()).hexdigest()[:4].encode()
            count = papers.pop(token, 0)
            if slip.state is SlipState.PRINTED:
                assert count == 1
            elif slip.state is SlipState.QUEUED:
                assert count == 0
            else:
                assert count <= 1
        assert not papers, "paper came out for a place that is not there"

        heal(town, kiosk)
        assert set(town.placements()) == {slip.placement for slip in slips}
        assert town.slips() == {slip.number: slip.state.value for slip in slips}
        assert town.counts()["dead_letters"] == 0
        assert len(slips) >= ROUNDS / 3, "hardly anything happened between the kills"
