"""What was published after a backup is said again after a restore, and no number goes out twice by it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.bureau.backups import back_up
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import meta_value
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish, retract
from kiosk.bureau.republishing import publish_again, still_lost, unpublished
from kiosk.bureau.restores import rehearse, restore
from kiosk.cli import app
from kiosk.messages.sync import Want
from tests.unit.bureau.rehearsal import DAWN, HandClock, Machine, employer, job, new_machine, pulse, say

LATER = "places:j2"
WANTS = [Want(quota=LATER, count=2, waiting=2)]


def board(bureau: Office, machine: Machine) -> dict[str, str]:
    """Return the jobs that a kiosk is told of when it reads everything anew."""
    request = machine.request().model_copy(update={"cursors": []})
    pages = say(bureau, machine, request).pages
    return {row.id: row.body for page in pages for row in page.rows if row.topic == "job" and row.body}


def tell_all(bureau: Office, machine: Machine) -> None:
    """Speak as a kiosk that heard of a new life: from the beginning, and of older streams too."""
    machine.acked = 0
    with bureau.database.reading() as connection:
        present = meta_value(connection, "generation")
    request = machine.request().model_copy(update={"generation": present, "older": []})
    machine.hear(say(bureau, machine, request))
    machine.reply = machine.reply.model_copy(update={"generation": present})


@pytest.fixture
def two(folder: Path, clock: HandClock, tmp_path: Path) -> tuple[Machine, Machine]:
    """Two kiosks of which the first holds numbers of a job that the backup does not know."""
    with office(folder, clock) as bureau:
        publish(bureau.database, "city", [employer(), job(), job("j0")])
        machines = new_machine(bureau, folder, no=1), new_machine(bureau, folder, no=2)
        for machine in machines:
            pulse(bureau, machine)
        back_up(folder, tmp_path / "backups", DAWN)
        publish(bureau.database, "city", [job("j2", headcount=4), job(headcount=3, version=2)])
        retract(bureau.database, "city", "job", "j0")
        pulse(bureau, machines[0], WANTS)
    assert len(machines[0].granted[LATER]) == 2
    return machines


def test_what_was_published_since_the_backup_is_on_every_board_again(
    folder: Path, clock: HandClock, two: tuple[Machine, Machine], tmp_path: Path
) -> None:
    """One-line break: keep nothing beside the database in `_put_back`."""
    changed = [("new", "j2"), ("changed", "j1"), ("taken_back", "j0")]
    rehearsed = rehearse(folder, tmp_path / "backups", DAWN).published
    assert {(item.what, item.id) for item in rehearsed} == set(changed)
    with office(folder, clock) as bureau:
        before = board(bureau, two[1])
    restore(folder, tmp_path / "backups", DAWN)
    assert {(item.what, item.id) for item in still_lost(folder)} == set(changed)
    assert len(publish_again(folder)) == 3
    assert (still_lost(folder), publish_again(folder)) == ([], [])
    with office(folder, clock) as bureau:
        for machine in two:
            tell_all(bureau, machine)
        assert board(bureau, two[1]) == before
        clock.forward(timedelta(minutes=5))
        for _ in range(2):
            pulse(bureau, two[1], [Want(quota=LATER, count=4, waiting=4)])
    assert list(two[0].granted[LATER]) == [1, 2]
    assert list(two[1].granted[LATER]) == [3, 4]
    assert check_invariants(folder) == []


def test_what_somebody_has_published_since_the_restore_stays_as_he_said_it(
    folder: Path, clock: HandClock, two: tuple[Machine, Machine], tmp_path: Path
) -> None:
    """One-line break: say everything that is kept in `publish_again`, whatever stands there by now."""
    restore(folder, tmp_path / "backups", DAWN)
    with office(folder, clock) as bureau:
        publish(bureau.database, "city", [job(headcount=5, version=3)])
    assert {item.id for item in publish_again(folder)} == {"j0", "j2"}
    with office(folder, clock) as bureau:
        tell_all(bureau, two[1])
        assert '"version":3' in board(bureau, two[1])["j1"]


def test_where_nothing_can_be_read_any_more_the_numbers_in_hands_name_what_is_missing(
    folder: Path, clock: HandClock, two: tuple[Machine, Machine], tmp_path: Path
) -> None:
    BureauFolder(folder).database.write_bytes(b"no database")
    restore(folder, tmp_path / "backups", DAWN)
    with office(folder, clock) as bureau:
        for machine in two:
            tell_all(bureau, machine)
    assert still_lost(folder) == []
    assert [(item.quota, item.committed) for item in unpublished(folder)] == [(LATER, 2)]
    told = CliRunner().invoke(app, ["bureau", "published-since", "--data", str(folder), "--again"])
    assert (told.exit_code, told.stdout) == (0, f"held\t{LATER}\t2\n")
