"""Sessions beside one another on PostgreSQL: they wait for each other's rows, and nobody misses anything."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, func, select

from kiosk.actions.faults import Refused, StorageFault
from kiosk.bureau.databases import connect_to, migrate
from kiosk.bureau.desk_feed import any_page_of
from kiosk.bureau.feeds import CITY, Changes
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.key_stores import KeyStore
from kiosk.bureau.offices import Office, office
from kiosk.bureau.partitions import make_parts
from kiosk.bureau.postgres import checked_url, kept_url, shown
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.publishing import publish
from kiosk.bureau.rounds import Round
from kiosk.bureau.speakers import Speaker
from kiosk.bureau.tables import event, feed_row, placement
from kiosk.bureau.turns import TRIES_BESIDE
from kiosk.bureau.watching import readiness
from kiosk.domain.quotas import NumberSet
from kiosk.messages.feed import Cursor, KeyBody
from kiosk.messages.personal import Kind
from kiosk.messages.sync import SyncReply, SyncRequest, Want
from tests.clusters import Cluster
from tests.unit.bureau.rehearsal import (
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
    taken,
)
from tests.unit.bureau.storms import PATIENCE_S, gathered

_WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def engine() -> str:
    """Nobody writes beside others in a file."""
    return "postgresql"


def in_round(bureau: Office, connection: Connection, machine: Machine, request: SyncRequest) -> SyncReply:
    """Carry a round out within a session that stays open."""
    speaker = Speaker(machine.reply.kiosk, machine.reply.station, "worker")
    return Round(
        connection, bureau.registry, bureau.crowd, speaker, bureau.reader, bureau.clock.now()
    ).answer(request)


@contextmanager
def held_open(bureau: Office, folder: Path, act: Callable[[], object]) -> Iterator[Connection]:
    """Open a session in the block; what another one does meanwhile ends behind its commit, or before."""
    with other_session(folder, act) as begin, bureau.database.writing(beside_others=True) as connection:
        yield connection
        begin()


@contextmanager
def other_session(folder: Path, act: Callable[[], object]) -> Iterator[Callable[[], None]]:
    """Yield what begins the other session, and waits until it is done or waits itself."""
    thread = threading.Thread(target=act)

    def begin() -> None:
        thread.start()
        began_s = time.monotonic()
        with psycopg.connect(kept_url(BureauFolder(folder).database_url), autocommit=True) as connection:
            while thread.is_alive() and connection.execute(_WAITING).fetchone() == (0,):
                assert time.monotonic() - began_s < PATIENCE_S

    yield begin
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


def test_a_round_that_comes_twice_at_one_moment_is_taken_in_once(bureau: Office, folder: Path) -> None:
    """Broken by reading the watermark without locking it: both would append the same entries."""
    machine = new_machine(bureau, folder)
    machine.do(registered("w0"))
    pulse(bureau, machine)  # the hall's log is there: otherwise its first entry would stop the second round
    machine.do(registered("w1", number_of(2)))
    machine.do(checked_in("w1"))
    first, again = machine.request(), machine.request()
    answers: list[SyncReply] = []

    def repeat() -> None:
        answers.append(bureau.turns.take(lambda connection: in_round(bureau, connection, machine, again)))

    with held_open(bureau, folder, repeat) as connection:
        assert in_round(bureau, connection, machine, first).acked == 3
    assert [answer.acked for answer in answers] == [3]
    with bureau.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(event)).scalar_one() == 3
    assert check_invariants(folder) == []


def test_two_kiosks_that_ask_at_one_moment_get_different_numbers(bureau: Office, folder: Path) -> None:
    """Broken by reading a quota without locking it: both would be given the same numbers."""
    publish(bureau.database, "city", [employer(), job("j1", headcount=4)])
    one, two = new_machine(bureau, folder, no=1), new_machine(bureau, folder, no=2)
    pulse(bureau, one)
    pulse(bureau, two)
    wants = [Want(quota="places:j1", count=4)]
    with held_open(bureau, folder, lambda: pulse(bureau, two, wants)) as connection:
        one.hear(in_round(bureau, connection, one, one.request(wants=wants)))
    of_one, of_two = one.granted["places:j1"], two.granted.get("places:j1", NumberSet())
    assert (len(of_one & of_two), len(of_one | of_two)) == (0, 4)
    assert check_invariants(folder) == []


def test_two_kiosks_that_place_one_person_at_one_moment_see_the_overlap(bureau: Office, folder: Path) -> None:
    """Broken by projecting without locking the person: neither place would know of the other."""
    publish(bureau.database, "city", [employer(), job("j1"), job("j2")])
    machines = new_machine(bureau, folder, no=1), new_machine(bureau, folder, station="XB", no=2)
    for name, machine in zip("ab", machines, strict=True):
        machine.do(registered(name, number_of(1)))
        pulse(bureau, machine, [Want(quota=f"places:j{'ab'.index(name) + 1}", count=1)])
    one, two = machines
    one.do(taken("a", "p1", 1, "j1"))
    two.do(taken("b", "p2", 1, "j2"))
    with held_open(bureau, folder, lambda: pulse(bureau, two)) as connection:
        in_round(bureau, connection, one, one.request())
    with bureau.database.reading() as connection:
        found = {row.id: row.state for row in connection.execute(select(placement))}
    assert found == {"p1": "confirmed", "p2": "duplicate"}


def test_a_desk_misses_no_entry_that_is_committed_behind_a_later_one(bureau: Office, folder: Path) -> None:
    """Broken by reading the log behind the greatest position: one committed late would never be read."""
    here, there = new_machine(bureau, folder, no=1), new_machine(bureau, folder, station="XB", no=2)
    for name, machine in (("a", here), ("b", there)):
        pulse(bureau, machine)
        machine.do(registered(name, number_of(1 + "ab".index(name))))
    seen: list[Cursor | None] = [None]
    read: list[str] = []

    def look() -> None:
        with bureau.database.reading() as connection:
            page = any_page_of(connection, bureau.reader, "desk:NZ", seen[0])
        seen[0] = Cursor(scope=page.scope, feed_gen=page.feed_gen, pos=page.pos)
        read.extend(row.id for row in page.rows)

    def speak_there_and_look() -> None:
        pulse(bureau, there)
        look()

    with held_open(bureau, folder, speak_there_and_look) as connection:
        in_round(bureau, connection, here, here.request())
    assert read == []
    look()
    assert read == [f"{here.stream}/1"]


def test_a_position_is_never_seen_before_a_smaller_one(bureau: Office, folder: Path) -> None:
    """Broken by giving positions without the scope's row: a reader would go by one that is not there yet."""

    def say(connection: Connection, name: str) -> None:
        changes = Changes()
        changes.say(CITY, "key", name, KeyBody(key_id=name, kiosk="1", station="NZ", public_key=""))
        changes.stamp(connection)

    publish(bureau.database, "city", [employer()])
    with held_open(
        bureau, folder, lambda: bureau.turns.take(lambda connection: say(connection, "late"))
    ) as connection:
        say(connection, "early")
        with bureau.database.reading() as beside:
            assert "late" not in beside.scalars(select(feed_row.c.id)).all()
    with bureau.database.reading() as connection:
        rows = connection.execute(select(feed_row.c.id, feed_row.c.pos).order_by(feed_row.c.pos)).all()
    assert [row.id for row in rows[-2:]] == ["early", "late"]
    assert [row.pos for row in rows] == sorted({row.pos for row in rows})


def test_a_round_that_comes_to_nothing_takes_nobody_elses_keys_along(bureau: Office, folder: Path) -> None:
    """Broken by keeping what rounds told in one place: an entry would be acknowledged whose key is lost."""
    machine = new_machine(bureau, folder)
    pulse(bureau, machine)
    machine.do(registered("w1"))

    def come_to_nothing() -> None:
        with pytest.raises(RequestRefused):
            bureau.turns.take(_refused)

    with held_open(bureau, folder, come_to_nothing) as connection:
        in_round(bureau, connection, machine, machine.request())
    with closing(KeyStore(BureauFolder(folder).worker_keys)) as beside:
        assert beside.secrets("w1", Kind.STATUTORY)


def _refused(connection: Connection) -> None:
    raise RequestRefused(403, "bureau.problem.not_your_stream")


def test_whoever_watches_waits_for_no_round_and_no_round_for_him(bureau: Office, folder: Path) -> None:
    """One-line break: in `_probe`, write alone: a round that takes long makes the bureau look broken."""
    now = bureau.clock.now()
    assert readiness(bureau.database, folder, now).is_ready
    with bureau.database.writing(beside_others=True):
        assert readiness(bureau.database, folder, now).is_ready


def test_what_always_comes_between_others_is_done_alone_in_the_end(bureau: Office) -> None:
    """Broken by trying for ever beside others."""
    tries: list[bool] = []

    def act(connection: Connection) -> str:
        tries.append(bool(connection.info["is_alone"]))
        if not tries[-1]:
            connection.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$")
        return "done"

    assert bureau.turns.take(act) == "done"
    assert tries == [False] * TRIES_BESIDE + [True]


def test_a_storm_of_sessions_at_two_servers_ends_with_everything_whole(bureau: Office, folder: Path) -> None:
    """Broken by any lock left out: numbers given twice, entries lost or doubled, a reader left behind."""
    with office(folder, bureau.clock) as other:
        storm = gathered((bureau, other), folder, random.getrandbits(32), kiosks=8)
        storm.rage(rounds=6, kills=4)
    assert storm.wrong() == []
    assert sum(len(hand.machine.journal) for hand in storm.hands) > len(storm.hands)


def test_a_url_is_kept_by_its_owner_alone_and_its_password_is_never_shown(
    cluster: Cluster, tmp_path: Path
) -> None:
    """Broken by writing the file as others: everybody on the machine could read the province's password."""
    url = "postgresql://bureau:geheim@127.0.0.1:1/hall"
    assert "geheim" not in shown(url)
    with pytest.raises(StorageFault) as fault:
        init_bureau(tmp_path / "new", "测试", database=url)
    assert "geheim" not in repr(fault.value.sentence)
    kept = BureauFolder(tmp_path / "new").database_url
    assert (kept.stat().st_mode & 0o777, kept_url(kept)) == (0o600, url)
    for wrong in ("hall", "mysql://x/y", "postgresql://host"):
        with pytest.raises(Refused):
            checked_url(wrong)
    cluster.run("CREATE DATABASE narrow TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
    database = connect_to(cluster.url("narrow"))
    with pytest.raises(StorageFault) as told:
        migrate(database)
    database.close()
    assert str(told.value) == "bureau.fault.encoding"


def test_a_month_is_parted_from_the_rest_with_all_its_entries(bureau: Office, folder: Path) -> None:
    """Broken by joining an empty part: what lay in the rest would be lost, or nothing could be joined."""
    machine = new_machine(bureau, folder)
    machine.do(registered("w1"))
    pulse(bureau, machine)
    month = bureau.clock.now().date()
    parts = make_parts(folder, month, 2)
    assert [part.name for part in parts] == ["event_2026_09", "event_2026_10", "event_2026_11", "event_rest"]
    machine.do(checked_in("w1"))
    pulse(bureau, machine)
    assert [part.name for part in make_parts(folder, month, 2)] == [part.name for part in parts]
    with bureau.database.reading() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM event_2026_09").scalar_one()
    assert count == len(machine.journal) == 2
    assert check_invariants(folder) == []
