"""Several servers of one bureau on PostgreSQL: what one was told, all of them hold to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.faults import Refused
from kiosk.bureau.databases import opened
from kiosk.bureau.enrol import Post, issue_code
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish
from kiosk.bureau.server import serve
from kiosk.bureau.trusting import revoke_kiosk
from kiosk.messages.sync import Recall, Want
from tests.unit.bureau.rehearsal import (
    HandClock,
    Machine,
    checked_in,
    employer,
    enrol_request,
    job,
    new_machine,
    parameters,
    pulse,
    registered,
)
from tests.unit.bureau.servers import serving

PLACES = "places:j1"
CALLERS = 8


@pytest.fixture
def engine() -> str:
    """A file has one server."""
    return "postgresql"


def test_what_one_server_was_told_all_of_them_hold_to(folder: Path, tmp_path: Path) -> None:
    """One-line break: in `Office._admit`, believe whom this server remembers."""
    with opened(folder) as database:
        publish(database, "city", [*parameters(), employer(), job(headcount=9)])
    with serving(folder, folder, logs=tmp_path, at_one_port=True) as servers:
        first, second = (new_machine(servers, folder, no=number) for number in (1, 2))
        code = issue_code(folder, Post("NZ", "NZ站", 3, "C", "worker"), servers.clock.now())
        bodies = [enrol_request(code, Ed25519PrivateKey.generate()).model_dump_json() for _ in range(CALLERS)]
        with ThreadPoolExecutor(CALLERS) as callers:
            answers = callers.map(lambda body: servers.post("/enrol", body.encode()).status_code, bodies)
        assert sorted(answers) == [200] + [403] * (CALLERS - 1)

        def speak(machine: Machine, name: str) -> None:
            machine.do(registered(name))
            for number in range(CALLERS):
                machine.do(checked_in(name, f"{name}-{number}"))
                pulse(servers, machine)

        with ThreadPoolExecutor(2) as callers:
            list(callers.map(speak, (first, second), "ab"))
        # Which server hears a connection is the system's choice.
        while any(each.heard() == 0 for each in servers.each):
            pulse(servers, first)
        killed = servers.each[0].process
        killed.kill()
        killed.wait()
        speak(first, "c")
        revoke_kiosk(folder, first.reply.kiosk, "lost", servers.clock.now())
        first.do(checked_in("c", "late"))
        assert [pulse(servers, machine).is_revoked for machine in (first, second)] == [True, False]
    assert [machine.acked for machine in (first, second)] == [len(first.journal), len(second.journal)]
    assert check_invariants(folder) == []


def test_numbers_follow_people_who_wait_at_another_server(
    bureau: Office, folder: Path, clock: HandClock
) -> None:
    """One-line break: in `Crowd.hear`, never look what was said at the others."""
    publish(bureau.database, "city", [employer(), job(headcount=8)])
    here, there = new_machine(bureau, folder, no=1), new_machine(bureau, folder, no=2)
    with office(folder, clock) as other:
        pulse(bureau, here, [Want(quota=PLACES, count=4)])
        pulse(other, there, [Want(quota=PLACES, count=4)])
        assert pulse(bureau, here).recalls == []
        pulse(other, there, [Want(quota=PLACES, count=4, waiting=7)])
        clock.forward(timedelta(seconds=3))
        assert pulse(bureau, here).recalls == [Recall(quota=PLACES, keep=1)]
        clock.forward(timedelta(minutes=4))
        assert pulse(bureau, here).recalls == []


def test_a_file_has_one_server_and_that_is_said(bureau_dir: Path, clock: HandClock) -> None:
    with pytest.raises(Refused) as told:
        serve(bureau_dir, "127.0.0.1", 0, clock, is_shared=True)
    assert told.value.sentence.key == "bureau.fault.one_server"
