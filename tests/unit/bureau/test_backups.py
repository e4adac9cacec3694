"""Backup and restore with the real files: what was acknowledged comes back, and nothing is granted twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from kiosk.actions.faults import Refused
from kiosk.bureau.backups import back_up, backups_in
from kiosk.bureau.counting import counts
from kiosk.bureau.databases import opened
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import meta_value
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish
from kiosk.bureau.restores import rehearse, restore
from kiosk.bureau.tables import quota
from kiosk.bureau.ticketing import issued_tickets
from kiosk.bureau.write_offs import Count, awaited_machines, write_off_stream
from kiosk.cli import app
from kiosk.domain.ids import QuotaId
from kiosk.messages.sync import OldStream, SyncReply, Want
from tests.unit.bureau.older_databases import put_in_by_hand
from tests.unit.bureau.rehearsal import (
    DAWN,
    HandClock,
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
    say,
    taken,
)

pytestmark = pytest.mark.both_databases
PLACES = "places:j1"
ALL = [Want(quota=PLACES, count=5, waiting=9)]
_ONE = [Want(quota=PLACES, count=1)]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def dawn(folder: Path, clock: HandClock) -> tuple[Machine, Machine]:
    """Two kiosks of which the first holds one place and has placed one person when the backup is made."""
    with office(folder, clock) as bureau:
        publish(bureau.database, "city", [employer(), job()])
        machines = new_machine(bureau, folder, no=1), new_machine(bureau, folder, no=2)
        for machine, name, number in zip(machines, "ab", (1, 2), strict=True):
            machine.do(registered(name, number_of(number)))
            pulse(bureau, machine, _ONE)
    return machines


def tell_all(bureau: Office, machine: Machine, wants: list[Want] | None = None) -> SyncReply:
    """Speak as a kiosk that heard of a new generation: from the beginning, and of older streams too."""
    machine.acked = 0
    request = machine.request(wants=wants or [])
    reply = say(bureau, machine, request.model_copy(update={"generation": generation(bureau), "older": []}))
    machine.hear(reply)
    machine.reply = machine.reply.model_copy(update={"generation": reply.generation})
    return reply


def generation(bureau: Office) -> str:
    with bureau.database.reading() as connection:
        return meta_value(connection, "generation")


def in_office(folder: Path, clock: HandClock, act: Callable[[Office], SyncReply]) -> SyncReply:
    with office(folder, clock) as bureau:
        return act(bureau)


def test_kiosks_may_forget_only_what_a_verified_backup_holds(
    folder: Path, store: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    """Broken by raising the mark before the copy was read again."""
    first, _ = dawn
    with office(folder, clock) as bureau:
        assert pulse(bureau, first).prune_ok == 0
        back_up(folder, store, DAWN)
        first.do(checked_in("a"))
        assert pulse(bureau, first).prune_ok == 1
        back_up(folder, store, DAWN + timedelta(days=1))
        assert pulse(bureau, first).prune_ok == 2


def test_a_copy_that_breaks_a_rule_lets_nobody_forget(
    folder: Path, store: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    with opened(folder) as database, database.writing() as connection:
        connection.exec_driver_sql("UPDATE stream SET head_hash = 'x'")
    with pytest.raises(Refused) as refused:
        back_up(folder, store, DAWN)
    assert refused.value.sentence.key == "bureau.backup.damaged"
    assert backups_in(store) == []
    assert in_office(folder, clock, lambda bureau: pulse(bureau, dawn[0])).prune_ok == 0


def test_only_the_newest_backups_are_kept(folder: Path, store: Path) -> None:
    for day in range(4):
        back_up(folder, store, DAWN + timedelta(days=day), keep=2)
    assert [path.name for path in backups_in(store)] == ["20260919T211000Z", "20260920T211000Z"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in store.rglob("*"))


def test_a_byte_that_turned_over_is_found_before_anything_is_touched(
    folder: Path, store: Path, dawn: tuple[Machine, Machine]
) -> None:
    made = back_up(folder, store, DAWN)
    copy = BureauFolder(made).database
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)
    before = counts(folder)
    with pytest.raises(Refused):
        restore(folder, store, DAWN)
    assert counts(folder) == before


def test_nothing_is_put_back_under_a_running_server(folder: Path, store: Path, clock: HandClock) -> None:
    back_up(folder, store, DAWN)
    with office(folder, clock), pytest.raises(Refused) as refused:
        restore(folder, store, DAWN)
    assert refused.value.sentence.key == "bureau.fault.in_use"


def test_after_a_restore_nobody_gets_a_place_before_everybody_has_told_everything(
    folder: Path, store: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    """Broken by granting once the first has reported: the second holds what the backup does not know of."""
    first, second = dawn
    back_up(folder, store, DAWN)
    with office(folder, clock) as bureau:
        for machine in (second, second):
            pulse(bureau, machine, ALL)
        second.do(taken("b", "p1", 2))
        pulse(bureau, second)
    held = {number for machine in dawn for number in machine.granted[PLACES]}
    assert held == {1, 2, 3, 4, 5}
    waiting = restore(folder, store, DAWN)
    assert [item.kiosk for item in waiting] == ["NZ-01", "NZ-02"]
    with office(folder, clock) as bureau:
        reply = tell_all(bureau, first, ALL)
        assert (reply.rights, reply.asks_older, reply.prune_ok) == ([], True, 0)
        assert tell_all(bureau, second, ALL).asks_older is False
        pulse(bureau, first, ALL)
    assert list(first.granted[PLACES]) == [1]
    assert counts(folder)["placements"] == 1
    assert check_invariants(folder) == []
    assert awaited_machines(folder) == []


def test_a_report_that_does_not_tell_of_older_streams_is_none(
    folder: Path, store: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    back_up(folder, store, DAWN)
    restore(folder, store, DAWN)
    with office(folder, clock) as bureau:
        for machine in dawn:
            request = machine.request().model_copy(update={"generation": generation(bureau)})
            assert say(bureau, machine, request).asks_older
    assert len(awaited_machines(folder)) == 2


def test_a_kiosk_enrolled_after_the_backup_is_known_and_awaited(
    folder: Path, store: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    """Broken by a registry inside the backup: the kiosk would be a stranger, and its places given again."""
    back_up(folder, store, DAWN)
    with office(folder, clock) as bureau:
        third = new_machine(bureau, folder, no=3)
        pulse(bureau, third, ALL)
    restore(folder, store, DAWN)
    with office(folder, clock) as bureau:
        for machine in dawn:
            assert tell_all(bureau, machine, ALL).asks_older
        request = third.request().model_copy(update={"generation": generation(bureau), "older": []})
        assert not say(bureau, third, request).asks_older
        for machine in dawn:
            pulse(bureau, machine, ALL)
    held = [number for machine in (*dawn, third) for number in machine.granted[PLACES]]
    assert len(held) == len(set(held)) <= 5
    assert check_invariants(folder) == []


def test_a_kiosk_of_the_life_before_hears_only_of_the_new_one(
    folder: Path, store: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    back_up(folder, store, DAWN)
    restore(folder, store, DAWN)
    dawn[0].do(checked_in("a"))
    reply = in_office(folder, clock, lambda bureau: say(bureau, dawn[0], dawn[0].request(wants=ALL)))
    assert reply.generation.startswith("2-")
    assert (reply.acked, reply.rights, reply.pages, reply.asks_older) == (0, [], [], True)


def test_a_database_put_back_by_hand_is_found_out_by_the_first_kiosk_that_knows_more(
    folder: Path, store: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    made = back_up(folder, store, DAWN)
    beside = BureauFolder(folder).registry.read_bytes()
    restore(folder, store, DAWN)
    with office(folder, clock) as bureau:
        for machine in dawn:
            tell_all(bureau, machine)
        old = generation(bureau)
    put_in_by_hand(folder, BureauFolder(made).database)
    BureauFolder(folder).registry.write_bytes(beside)  # which else would tell that the database is older
    with office(folder, clock) as bureau:
        reply = pulse(bureau, dawn[0], ALL)
        assert (reply.generation != old, reply.generation[:2], reply.rights) == (True, "3-", [])
        assert len(awaited_machines(folder)) == 2


def test_two_restores_of_one_backup_are_two_lives(folder: Path, store: Path) -> None:
    back_up(folder, store, DAWN)
    lives = []
    for hour in range(2):
        restore(folder, store, DAWN + timedelta(hours=hour))
        with opened(folder) as database, database.reading() as connection:
            lives.append(meta_value(connection, "generation")[:2])
    assert lives == ["2-", "3-"]
    assert len(list(folder.glob("before-restore-*"))) == 2


def test_two_restores_of_one_backup_whose_database_is_gone_are_two_lives(folder: Path, store: Path) -> None:
    """Broken by not keeping the newest life outside the database: kiosks could not tell the two apart."""
    back_up(folder, store, DAWN)
    restore(folder, store, DAWN)
    for path in folder.glob("bureau.sqlite*"):
        path.unlink()
    restore(folder, store, DAWN + timedelta(hours=1))
    with opened(folder) as database, database.reading() as connection:
        assert meta_value(connection, "generation").startswith("3-")


def test_a_bureau_is_put_back_on_a_new_machine_with_its_keys(
    folder: Path, store: Path, tmp_path: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    back_up(folder, store, DAWN)
    new = tmp_path / "new machine"
    restore(new, store, DAWN)
    for name in ("city.key", "ca.pem", "ca.key", "server.pem", "server.key"):
        assert (new / name).read_bytes() == (folder / name).read_bytes()
    with office(new, clock) as bureau:
        assert [tell_all(bureau, machine).asks_older for machine in dawn] == [True, False]


def test_tickets_of_before_a_restore_are_void(folder: Path, store: Path, clock: HandClock) -> None:
    with office(folder, clock) as bureau:
        back_up(folder, store, DAWN)
        new_machine(bureau, folder)
    restore(folder, store, DAWN)
    assert issued_tickets(folder, DAWN) == []


def test_the_feed_begins_a_new_life_so_that_no_changed_row_is_missed(
    folder: Path, store: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    back_up(folder, store, DAWN)
    with office(folder, clock) as bureau:
        publish(bureau.database, "city", [job("j2")])
        pulse(bureau, dawn[0])
    restore(folder, store, DAWN)
    later = [f"j{number}" for number in range(3, 20)]
    with office(folder, clock) as bureau:
        # So many that the feed is ahead again of what was read of the one before.
        publish(bureau.database, "city", [job(name) for name in later])
        page = next(page for page in tell_all(bureau, dawn[0]).pages if page.scope == "city")
    assert page.is_snapshot
    assert {row.id for row in page.rows if row.topic == "job"} == {"j1", *later}


def test_a_kiosk_lost_together_with_the_backups_age_is_written_off_by_count(
    folder: Path, store: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    """Broken by counting only what the backup knows: what the lost kiosk got later would be given again."""
    first, lost = dawn
    back_up(folder, store, DAWN)
    with office(folder, clock) as bureau:
        for _ in range(2):
            pulse(bureau, lost, ALL)
    assert list(lost.granted[PLACES]) == [2, 3, 4, 5]
    restore(folder, store, DAWN)
    with office(folder, clock) as bureau:
        tell_all(bureau, first)
        write_off_stream(folder, lost.stream, Count(QuotaId(PLACES), 3), "counted slips", DAWN, is_gone=True)
        assert [item.kiosk for item in awaited_machines(folder)] == ["NZ-02"]
        write_off_stream(folder, lost.stream, None, "nothing else was open", DAWN)
        assert awaited_machines(folder) == []
        clock.forward(timedelta(hours=11))
        for _ in range(3):
            pulse(bureau, first, ALL)
    assert len(first.granted[PLACES]) == 2
    assert check_invariants(folder) == []


def test_no_number_that_a_lost_kiosk_ever_had_is_given_again_where_a_backup_knew_of_fewer(
    folder: Path, store: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    """Broken by believing the backup where fewer slips were counted than it knows numbers of."""
    first, lost = dawn
    known = list(lost.granted[PLACES])
    back_up(folder, store, DAWN)
    with office(folder, clock) as bureau:
        for _ in range(2):
            pulse(bureau, lost, ALL)
    assert len(lost.granted[PLACES]) > len(known) >= 1
    restore(folder, store, DAWN)
    with office(folder, clock) as bureau:
        tell_all(bureau, first)
        write_off_stream(folder, lost.stream, Count(QuotaId(PLACES), 1), "counted slips", DAWN, is_gone=True)
        write_off_stream(folder, lost.stream, None, "nothing else was open", DAWN)
        clock.forward(timedelta(hours=11))
        for _ in range(3):
            pulse(bureau, first, ALL)
    assert len(first.granted[PLACES]) == 4
    assert not len(first.granted[PLACES] & lost.granted[PLACES])
    assert check_invariants(folder) == []


def test_a_rehearsal_tells_what_would_be_lost_and_changes_nothing(
    folder: Path, store: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    back_up(folder, store, DAWN)
    with office(folder, clock) as bureau:
        dawn[1].do(checked_in("b"))
        pulse(bureau, dawn[1])
        before = {path.name: path.read_bytes() for path in store.rglob("*") if path.is_file()}
        tried = rehearse(folder, store, DAWN)
        assert (tried.problems, tried.forgotten) == ([], {dawn[1].stream: 1})
        assert [item.kiosk for item in tried.awaited] == ["NZ-01", "NZ-02"]
        assert generation(bureau).startswith("1-")
    assert {path.name: path.read_bytes() for path in store.rglob("*") if path.is_file()} == before


def test_a_backup_taken_while_rounds_run_is_one_moment(
    folder: Path, store: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    with office(folder, clock) as bureau:
        for number in range(20):
            dawn[0].do(checked_in("a", f"c{number}"))
            pulse(bureau, dawn[0])
            if number % 5 == 0:
                made = back_up(folder, store, DAWN + timedelta(minutes=number))
                with closing(sqlite3.connect(BureauFolder(made).database)) as copy:
                    assert copy.execute("SELECT count(*) FROM event").fetchone() == (number + 3,)


def test_the_commands_say_what_they_did(folder: Path, store: Path, dawn: tuple[Machine, Machine]) -> None:
    run, at = CliRunner(), ["--data", str(folder)]
    made = run.invoke(app, ["bureau", "backup", *at, str(store)])
    assert made.exit_code == 0
    assert Path(made.stdout.strip()).parent == store
    tried = run.invoke(app, ["bureau", "rehearse-restore", *at, str(store)])
    assert (tried.exit_code, tried.stdout.count("awaited")) == (0, 2)
    assert run.invoke(app, ["bureau", "awaited", *at]).stdout == ""
    assert run.invoke(app, ["bureau", "restore", *at, str(store)]).stdout.count("NZ-0") == 2
    settle = ["--reason", "counted", "--quota", PLACES, "--count", "1", "--gone"]
    assert run.invoke(app, ["bureau", "write-off", *at, dawn[0].stream, *settle]).exit_code == 0
    assert run.invoke(app, ["bureau", "write-off", *at, dawn[0].stream, "--reason", "x"]).exit_code == 2
    assert (
        run.invoke(app, ["bureau", "write-off", *at, dawn[0].stream, "--all", "--reason", "x"]).exit_code == 0
    )
    assert run.invoke(app, ["bureau", "awaited", *at]).stdout.startswith("NZ-02\tmachine-1\t")
    assert run.invoke(app, ["bureau", "check", *at]).exit_code == 0


def test_an_older_stream_that_reports_late_keeps_its_numbers(
    folder: Path, store: Path, clock: HandClock, dawn: tuple[Machine, Machine]
) -> None:
    first, second = dawn
    back_up(folder, store, DAWN)
    restore(folder, store, DAWN)
    with office(folder, clock) as bureau:
        tell_all(bureau, second)
        newer = Machine(first.reply, first.key)
        older = [OldStream(stream=first.stream, rights=first.request().rights)]
        request = newer.request().model_copy(update={"generation": generation(bureau), "older": older})
        assert not say(bureau, newer, request).asks_older
    with opened(folder) as database, database.reading() as connection:
        assert connection.execute(select(quota.c.committed_count)).scalar_one() == 2
    assert check_invariants(folder) == []
