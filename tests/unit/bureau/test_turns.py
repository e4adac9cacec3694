"""Requests that wait together share one commit, and each is carried out whole or not at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, event, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from kiosk.actions.faults import StorageFault
from kiosk.bureau.counting import counts
from kiosk.bureau.databases import savepoint
from kiosk.bureau.offices import Office
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.tables import kiosk, meta
from kiosk.bureau.turns import MOST_AT_ONCE
from tests.unit.bureau.rehearsal import Machine, enrol_request, new_machine, pulse, registered, say_once

Act = Callable[[Connection], str]


def noting(name: str) -> Act:
    def act(connection: Connection) -> str:
        connection.execute(insert(meta).values(key=name, value=""))
        return name

    return act


def refused(connection: Connection) -> str:
    noting("half done")(connection)
    raise RequestRefused(403, "bureau.problem.not_your_stream")


def noted(bureau: Office) -> set[str]:
    with bureau.database.reading() as connection:
        return set(connection.scalars(select(meta.c.key).where(meta.c.value == "")))


def together(bureau: Office, acts: Sequence[Act]) -> list[str | BaseException]:
    """Let requests queue up while another one writes, and return what each is told."""
    told: list[str | BaseException] = ["never answered"] * len(acts)

    def ask(at: int) -> None:
        try:
            told[at] = bureau.turns.take(acts[at])
        except (RequestRefused, IntegrityError, StorageFault) as fault:
            told[at] = fault

    threads = [threading.Thread(target=ask, args=(at,)) for at in range(len(acts))]
    with bureau.database.lock:
        for thread in threads:
            thread.start()
        await_queue(bureau, len(acts))
    for thread in threads:
        thread.join(20)
    return told


def await_queue(bureau: Office, length: int) -> None:
    began_s = time.monotonic()
    while bureau.turns.queued < length:
        assert time.monotonic() - began_s < 20


def asking(bureau: Office, machine: Machine) -> tuple[threading.Thread, list[tuple[int, str]]]:
    """Begin a round in another thread; how it was refused stands in the list afterwards."""
    told: list[tuple[int, str]] = []

    def ask() -> None:
        try:
            say_once(bureau, machine, machine.request())
        except RequestRefused as fault:
            told.append((fault.status, fault.key))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    return thread, told


def test_requests_that_wait_together_share_one_commit(bureau: Office) -> None:
    commits: list[int] = []
    event.listen(bureau.database.writer, "commit", lambda _: commits.append(1))
    names = [f"n{number}" for number in range(9)]
    assert together(bureau, [noting(name) for name in names]) == names
    assert (len(commits), set(names) <= noted(bureau)) == (1, True)


def test_a_request_that_is_refused_leaves_nothing_and_takes_nobody_along(bureau: Office) -> None:
    """Broken by leaving the savepoint out: what a refused request began would be committed by the others."""
    before, refusal, after = together(bureau, [noting("before"), refused, noting("after")])
    assert (before, after) == ("before", "after")
    assert isinstance(refusal, RequestRefused)
    assert {"before", "after"} <= noted(bureau)
    assert "half done" not in noted(bureau)


def test_nobody_is_answered_whose_commit_failed(bureau: Office) -> None:
    """Broken by answering before the commit: a kiosk would forget what nobody has."""

    def breaking(connection: Connection) -> str:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text("INSERT INTO request_token (kiosk, token) VALUES ('nobody', 't')"))
        return "told too early"

    told = together(bureau, [noting("a"), breaking, noting("b")])
    assert [type(answer) for answer in told] == [IntegrityError] * 3
    assert noted(bureau) & {"a", "b"} == set()
    assert bureau.turns.take(noting("a")) == "a"


def test_a_disk_in_trouble_is_told_to_everybody_who_waited(bureau: Office) -> None:
    def failing(connection: Connection) -> str:
        connection.execute(text("SELECT * FROM no_such_table"))
        return ""

    told = together(bureau, [noting("a"), failing, noting("b")])
    assert [type(answer) for answer in told] == [StorageFault] * 3
    assert noted(bureau) & {"a", "b"} == set()


def test_a_full_disk_is_told_as_what_it_is(bureau: Office) -> None:
    """Broken by going back to a savepoint that the database gave up itself: it would be told as missing."""

    def filling(connection: Connection) -> str:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        connection.execute(insert(meta).values(key="large", value="x" * 1_000_000))
        return "told too early"

    with pytest.raises(StorageFault) as fault:
        bureau.turns.take(filling)
    assert "full" in str(fault.value.sentence.args["detail"])
    assert noted(bureau) & {"large"} == set()


def test_nobody_waits_for_more_than_a_few(bureau: Office) -> None:
    commits: list[int] = []
    event.listen(bureau.database.writer, "commit", lambda _: commits.append(1))
    names = [f"n{number}" for number in range(MOST_AT_ONCE + 1)]
    assert together(bureau, [noting(name) for name in names]) == names
    assert len(commits) == 2


def test_a_database_that_cannot_be_opened_is_told_and_not_waited_for(bureau: Office) -> None:
    with bureau.database.writer.connect() as connection:
        connection.execute(text("SELECT 1"))
        with pytest.raises(StorageFault):
            bureau.turns.take(noting("a"))
    assert bureau.turns.take(noting("a")) == "a"


def test_whoever_proves_nothing_or_says_nothing_sensible_waits_for_no_turn(
    bureau: Office, folder: Path
) -> None:
    """Broken by proving inside the turn: strangers would hold up the kiosks of every hall."""
    stranger, confused = new_machine(bureau, folder, no=1), new_machine(bureau, folder, no=2)
    stranger.key = Ed25519PrivateKey.generate()
    confused.acked = -1
    with bureau.database.lock:
        asked = [asking(bureau, machine) for machine in (stranger, confused)]
        for thread, _ in asked:
            thread.join(20)
    assert [told for _, told in asked] == [
        [(401, "bureau.problem.bad_signature")],
        [(400, "bureau.problem.malformed")],
    ]


def test_a_machine_that_is_replaced_while_it_waits_is_not_heard_any_more(
    bureau: Office, folder: Path
) -> None:
    """Broken by believing in the turn what was proven before it."""
    machine = new_machine(bureau, folder)
    pulse(bureau, machine)
    machine.do(registered("w1"))
    fresh = enrol_request("", Ed25519PrivateKey.generate()).public_key
    with bureau.database.writing() as connection:
        thread, told = asking(bureau, machine)
        await_queue(bureau, 1)
        connection.execute(update(kiosk).values(public_key=fresh))
    thread.join(20)
    assert told == [(401, "bureau.problem.bad_signature")]
    assert counts(folder)["events"] == 0


def test_whoever_took_a_kiosks_place_is_heard_at_once_and_the_one_before_no_more(
    bureau: Office, folder: Path
) -> None:
    """Broken by believing what is remembered of a kiosk: two machines would speak as one."""
    before = new_machine(bureau, folder)
    pulse(bureau, before)
    after = new_machine(bureau, folder)
    with pytest.raises(RequestRefused) as refusal:
        pulse(bureau, before)
    assert (refusal.value.status, refusal.value.key) == (401, "bureau.problem.bad_signature")
    after.do(registered("w1"))
    assert pulse(bureau, after).acked == 1
    with pytest.raises(RequestRefused):
        pulse(bureau, before)


def test_rounds_within_rounds_keep_what_was_whole(bureau: Office) -> None:
    """Broken by releasing what failed: half of it would be committed with the rest."""

    def nested(connection: Connection) -> str:
        noting("outer")(connection)
        with savepoint(connection):
            noting("inner")(connection)
        with pytest.raises(RequestRefused), savepoint(connection):
            refused(connection)
        return "kept"

    assert bureau.turns.take(nested) == "kept"
    assert noted(bureau) & {"outer", "inner", "half done"} == {"outer", "inner"}
