"""Several server processes over one PostgreSQL: what one of them was told, every other knows."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from kiosk.actions.faults import Refused, StorageFault
from kiosk.bureau.backups import back_up
from kiosk.bureau.databases import opened
from kiosk.bureau.enrol import Post, issue_code
from kiosk.bureau.erasing import erase
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.kept_beside import keys_of, registry_of
from kiosk.bureau.offices import Office, office
from kiosk.bureau.postgres import kept_url
from kiosk.bureau.publishing import publish
from kiosk.bureau.restores import restore
from kiosk.bureau.tables import capsule_due, feed_row
from kiosk.bureau.trusting import revoke_kiosk
from kiosk.messages.capsules import content_key, number_hash
from kiosk.messages.personal import Kind
from kiosk.system_clock import SystemClock
from tests.clusters import Cluster
from tests.unit.bureau.rehearsal import (
    DAWN,
    HandClock,
    Machine,
    employer,
    enrol_request,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
)
from tests.unit.bureau.servers import Servers, folder_of_another_machine, serving
from tests.unit.bureau.storms import JOBS, PATIENCE_S, Hand

_ROUNDS = 8
_SEALING = 5_210_002


@pytest.fixture
def engine() -> str:
    """Several servers need PostgreSQL."""
    return "postgresql"


@pytest.fixture
def keys_name(folder: Path, cluster: Cluster) -> Iterator[str]:
    """A second database, empty, for what several servers share beside the first."""
    name = f"keys_{random.getrandbits(48):x}"
    cluster.run(f"CREATE DATABASE {name}")
    yield name
    cluster.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def shared(folder: Path, cluster: Cluster, keys_name: str) -> Path:
    """The folder of a bureau that several servers may serve."""
    init_bureau(folder, "测试人社局", keys=cluster.url(keys_name))
    return folder


def test_what_one_server_was_told_the_other_knows(shared: Path, tmp_path: Path) -> None:
    """Broken by keeping the registry or the keys of workers in one machine's files.

    A kiosk enrols at one and speaks at the other, a code is good once over both, a revocation is obeyed by
    both; then kiosks storm both while one is killed: every entry once,
    no number twice, and nobody who read from both by turns has missed a change.
    """
    there = folder_of_another_machine(shared, tmp_path / "there")
    with serving(shared, there, logs=tmp_path) as servers:
        one, two = servers.each
        machine = new_machine(one, shared)
        machine.do(registered("w1"))
        pulse(two, machine)
        assert machine.acked == 1
        _redeem_one_code_at_both(servers, shared)
        revoke_kiosk(there, "NZ-01", "stolen", DAWN)
        assert pulse(one, machine).is_revoked
        hands = _hands(servers, shared)
        half = threading.Barrier(len(hands) + 1)
        storm = [threading.Thread(target=_play, args=(hand, servers, half)) for hand in hands]
        for thread in storm:
            thread.start()
        half.wait(PATIENCE_S)
        one.process.kill()
        for thread in storm:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()
        left = replace(servers, each=(two,))
        for hand in hands:
            while any(page.rows for page in pulse(left, hand.machine).pages):
                pass
            assert servers.read[hand.machine.reply.kiosk] == _told(there, hand.machine)
    assert check_invariants(there) == []
    assert all(hand.machine.acked == len(hand.machine.journal) for hand in hands)
    assert registry_of(BureauFolder(there)).read().kiosks.keys() >= {"NZ-01", "NZ-02", "XB-03"}
    assert not BureauFolder(there).registry.exists()
    assert not BureauFolder(there).worker_keys.exists()


def test_files_move_whole_and_a_half_made_move_begins_anew(
    folder: Path, cluster: Cluster, keys_name: str, tmp_path: Path
) -> None:
    """Broken by leaving the file of keys behind: an erasure would not reach it."""
    files = BureauFolder(folder)
    with office(folder, HandClock()) as bureau:
        machine = new_machine(bureau, folder)
        for name in ("w1", "w2"):
            machine.do(registered(name, number_of(int(name[1]))))
        pulse(bureau, machine)
        with pytest.raises(Refused, match="in_use"):
            init_bureau(folder, "测试人社局", keys=cluster.url(keys_name))
    erase(folder, "w2", tuple(Kind), DAWN)
    known = registry_of(files).read()
    with closing(keys_of(files)) as keys:
        kept, asked = keys.secrets("w1", Kind.STATUTORY), keys.erasures()
    with pytest.raises(Refused, match="keys_same"):
        init_bureau(folder, "测试人社局", keys=kept_url(files.database_url))
    for _ in range(2):
        init_bureau(folder, "测试人社局", keys=cluster.url(keys_name))
    assert not list(folder.glob("worker-keys.sqlite*"))
    assert not files.registry.exists()
    with closing(keys_of(files)) as keys:
        assert (keys.secrets("w1", Kind.STATUTORY), keys.erasures()) == (kept, asked)
        assert kept
        assert len(asked) == 2
    assert registry_of(files).read() == known
    made = back_up(folder, tmp_path / "backups", DAWN)
    assert BureauFolder(made).registry_copy.exists()
    assert not [path for path in made.iterdir() if "worker-keys" in path.name or path.name == "keys.url"]
    files.keys_cover.write_bytes(bytes(64))
    with pytest.raises(StorageFault, match="other_keys"):
        registry_of(files).read()


def test_a_destroyed_key_is_in_no_table_of_the_shared_database(
    shared: Path, cluster: Cluster, keys_name: str, bureau: Office
) -> None:
    """Broken by only deleting the row: what was deleted stays in the file of its table."""
    machine = new_machine(bureau, shared)
    for name in ("w1", "w2"):
        machine.do(registered(name, number_of(int(name[1]))))
    pulse(bureau, machine)
    bureau.seal_due()
    found_by = number_hash(bureau.city_key, number_of(1))
    assert bureau.reader.keys.capsule_key("w1", found_by) == content_key(bureau.city_key, number_of(1))
    with psycopg.connect(cluster.url(keys_name), autocommit=True) as connection:
        rows = connection.execute("SELECT kind, secret FROM key WHERE worker = 'w1' ORDER BY kind").fetchall()
        assert [kind for kind, _ in rows] == ["capsule", Kind.STATUTORY]
        covered = [secret for _, secret in rows]
        assert not any(key.secret in covered for key in machine.keys.values())
        [(number,)] = connection.execute(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).fetchall()
        tables = cluster.folder / "data" / "base" / str(number)
        connection.execute("CHECKPOINT")
        assert all(_holds(tables, secret) for secret in covered)
        erase(shared, "w1", tuple(Kind), DAWN)
        connection.execute("CHECKPOINT")
        assert not any(_holds(tables, secret) for secret in covered)
        assert connection.execute("SELECT count(*) FROM key WHERE worker = 'w2'").fetchone() == (2,)
    bureau.reader.keys.tell([key for key in machine.keys.values() if key.worker == "w1"])
    bureau.reader.keys.keep_told()
    assert bureau.reader.keys.secrets("w1", Kind.STATUTORY) == []


def test_one_server_seals_at_a_time_and_the_other_goes_on_when_it_dies(
    shared: Path, cluster: Cluster, bureau: Office
) -> None:
    """Broken by a lock of one process alone, or by one that outlives whoever held it."""
    machine = new_machine(bureau, shared)
    machine.do(registered("w1"))
    pulse(bureau, machine)
    with psycopg.connect(kept_url(BureauFolder(shared).database_url)) as other:
        other.execute(f"SELECT pg_advisory_xact_lock({_SEALING})".encode())
        assert bureau.sealer.seal_due(bureau.clock.now()) == 0
        cluster.run(f"SELECT pg_terminate_backend({other.info.backend_pid})")
        other.close()
    assert bureau.sealer.seal_due(bureau.clock.now()) == 1
    with bureau.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(capsule_due)).scalar_one() == 0


def test_nobody_restores_under_a_server_of_another_machine(shared: Path, tmp_path: Path) -> None:
    """Broken by a lock that lies in one machine's folder: the other one would serve what is replaced."""
    there = folder_of_another_machine(shared, tmp_path / "there")
    made = back_up(shared, tmp_path / "backups", DAWN)
    with office(there, SystemClock()), pytest.raises(Refused, match="in_use"):
        restore(shared, made, DAWN)
    assert restore(shared, made, DAWN) == []


def _redeem_one_code_at_both(servers: Servers, folder: Path) -> None:
    """Two machines come with one code at the same moment, one to each server; one of them is a kiosk."""
    code = issue_code(folder, Post("NZ", "NZ站", 2, "B", "worker"), SystemClock().now())
    answers: list[int] = []

    def redeem(no: int) -> None:
        body = enrol_request(code, Ed25519PrivateKey.generate()).model_dump_json()
        answers.append(servers.each[no].post("/enrol", body.encode()).status_code)

    both = [threading.Thread(target=redeem, args=(no,)) for no in (0, 1)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(PATIENCE_S)
    assert sorted(answers) == [200, 403]


def _hands(servers: Servers, folder: Path) -> list[Hand]:
    with opened(folder) as database:
        publish(database, "city", [employer(), *(job(name, headcount=9, dawn_percent=20) for name in JOBS)])
    made = []
    for no in range(8):
        machine = new_machine(servers.each[no % 2], folder, ("NZ", "XB")[no % 2], no // 2 + 3)
        pulse(servers, machine)
        made.append(Hand(machine, random.Random(no), f"k{no}"))
    return made


def _play(hand: Hand, servers: Servers, half: threading.Barrier) -> None:
    for done in range(_ROUNDS):
        if done == _ROUNDS // 2:
            half.wait(PATIENCE_S)
        hand.act()
        hand.speak(servers)


def _told(folder: Path, machine: Machine) -> dict[tuple[str, str, str], str]:
    """Return what a kiosk has to know by now of the scopes that it reads."""
    is_there = feed_row.c.scope.in_(list(machine.cursors)) & feed_row.c.is_deleted.is_(False)
    is_there &= feed_row.c.topic != "capsule"  # those are still being sealed
    with opened(folder) as database, database.reading() as connection:
        rows = connection.execute(select(feed_row).where(is_there)).all()
    return {(row.scope, row.topic, row.id): row.body for row in rows}


def _holds(tables: Path, text: str) -> bool:
    return any(text.encode() in path.read_bytes() for path in tables.iterdir() if path.is_file())
