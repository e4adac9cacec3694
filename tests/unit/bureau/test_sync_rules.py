"""The real bureau follows the rules of sync: strangers say hello, claims are believed, cuts are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish
from kiosk.bureau.tables import quota, rights, stream
from kiosk.domain.quotas import NumberRange, NumberSet
from kiosk.messages.events import RightsReturned
from kiosk.messages.sync import OldStream, Recall, RightView, Want
from tests.unit.bureau.rehearsal import (
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    pulse,
    registered,
    say,
    say_once,
)

pytestmark = pytest.mark.both_databases

PLACES = "places:j1"


@pytest.fixture
def machine(bureau: Office, folder: Path) -> Machine:
    publish(bureau.database, "city", [employer(), job()])
    return new_machine(bureau, folder)


def states(bureau: Office) -> dict[str, str]:
    with bureau.database.reading() as connection:
        return {row.id: row.state for row in connection.execute(select(stream))}


def view(quota_id: str, *numbers: int) -> RightView:
    return RightView(quota=quota_id, granted=[(n, n) for n in numbers], returned=[], spent=0)


def test_a_stream_never_heard_of_must_repeat_what_the_bureau_says(bureau: Office, machine: Machine) -> None:
    """Broken by letting a first request through: one that lay about on the way would take a present place."""
    machine.do(registered("w1"))
    stranger = say_once(bureau, machine, machine.request())
    assert stranger.hello
    assert (stranger.acked, stranger.pages, states(bureau)) == (0, [], {})
    machine.hello = stranger.hello
    assert say_once(bureau, machine, machine.request()).acked == 1


def test_a_newer_hello_makes_the_one_before_void(bureau: Office, machine: Machine) -> None:
    machine.hello = say_once(bureau, machine, machine.request()).hello
    late = machine.request()
    newer = Machine(machine.reply, machine.key)
    pulse(bureau, newer)
    assert say_once(bureau, machine, late).hello
    assert states(bureau) == {newer.stream: "live"}


def test_a_copy_on_another_machine_does_not_void_its_originals_hello(
    bureau: Office, machine: Machine
) -> None:
    machine.hello = say_once(bureau, machine, machine.request()).hello
    copy = Machine(machine.reply, machine.key, machine="machine-2")
    assert say_once(bureau, copy, copy.request()).hello
    assert not say_once(bureau, machine, machine.request()).hello


def test_a_stream_that_was_given_up_takes_nobodys_place_and_reads_no_pages(
    bureau: Office, machine: Machine
) -> None:
    pulse(bureau, machine)
    old = Machine(machine.reply, machine.key)
    old.do(registered("w1"))
    reply = say_once(bureau, old, old.request().model_copy(update={"is_old": True}))
    assert (reply.acked, reply.pages, reply.rights, reply.is_superseded) == (1, [], [], False)
    assert states(bureau) == {machine.stream: "live", old.stream: "superseded"}


def test_the_one_before_hears_that_another_speaks_for_its_kiosk(bureau: Office, machine: Machine) -> None:
    pulse(bureau, machine)
    pulse(bureau, Machine(machine.reply, machine.key))
    assert pulse(bureau, machine, [Want(quota=PLACES, count=1)]).is_superseded
    assert machine.granted == {}


def test_every_machine_that_ever_spoke_is_remembered_outside_the_database(
    bureau: Office, machine: Machine
) -> None:
    """Broken by noting a machine after its first numbers: a restore would not await who holds them."""
    pulse(bureau, machine)
    copy = Machine(machine.reply, machine.key, machine="machine-2")
    pulse(bureau, copy)
    known = bureau.registry.read().kiosks["NZ-01"]
    assert known.machines == {"machine-1": [machine.stream], "machine-2": [copy.stream]}
    assert known.public_key


def test_numbers_a_kiosk_says_it_was_given_are_free_no_more(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    machine.granted[PLACES] = NumberSet((NumberRange(2, 4),))
    pulse(bureau, machine)
    other = new_machine(bureau, folder, no=2)
    for _ in range(3):
        pulse(bureau, other, [Want(quota=PLACES, count=5)])
    assert list(other.granted[PLACES]) == [1, 5]
    assert check_invariants(folder) == []


def test_a_claim_on_a_quota_nobody_published_waits_closed_until_somebody_does(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    machine.granted["places:j2"] = NumberSet.up_to(2)
    pulse(bureau, machine)
    with bureau.database.reading() as connection:
        row = connection.execute(select(quota).where(quota.c.id == "places:j2")).one()
    assert (row.capacity, row.over_count, row.is_closed) == (0, 2, True)
    assert check_invariants(folder) == []
    publish(bureau.database, "city", [job("j2", headcount=3)])
    other = new_machine(bureau, folder, no=2)
    for _ in range(3):
        pulse(bureau, other, [Want(quota="places:j2", count=5)])
    assert list(other.granted["places:j2"]) == [3]
    assert check_invariants(folder) == []


def test_what_older_streams_of_a_machine_were_given_is_believed_too(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    told = [OldStream(stream="before", rights=[view(PLACES, 5)])]
    say(bureau, machine, machine.request().model_copy(update={"older": told}))
    assert states(bureau) == {machine.stream: "live", "before": "superseded"}
    with bureau.database.reading() as connection:
        granted = connection.execute(select(rights.c.granted).where(rights.c.stream == "before")).scalar_one()
    assert list(granted) == [5]
    assert check_invariants(folder) == []


@pytest.mark.parametrize("machine_id", ["machine-1", "machine-2"])
def test_a_stream_ends_by_the_word_of_its_own_machine_and_not_of_a_copy(
    bureau: Office, machine: Machine, machine_id: str
) -> None:
    """Broken by believing a copy: its original, which lives on, would get no numbers any more."""
    pulse(bureau, machine)
    late = Machine(machine.reply, machine.key, machine=machine_id)
    told = late.request().model_copy(
        update={"is_old": True, "older": [OldStream(stream=machine.stream, rights=[])]}
    )
    say_once(bureau, late, told)
    assert states(bureau)[machine.stream] == ("superseded" if machine_id == "machine-1" else "live")


def test_nobody_claims_numbers_for_another_kiosks_stream(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    """Where it was believed, one kiosk could take every number from the city."""
    pulse(bureau, machine)
    other = new_machine(bureau, folder, no=2)
    told = [OldStream(stream=machine.stream, rights=[view(PLACES, 1, 2, 3, 4, 5)])]
    say(bureau, other, other.request().model_copy(update={"older": told}))
    with bureau.database.reading() as connection:
        assert connection.execute(select(rights).where(rights.c.stream == machine.stream)).all() == []
    assert states(bureau)[machine.stream] == "live"


def test_a_cut_takes_free_numbers_and_asks_for_the_rest(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    for _ in range(2):
        pulse(bureau, machine, [Want(quota=PLACES, count=5)])
    assert list(machine.granted[PLACES]) == [1, 2, 3, 4, 5]
    publish(bureau.database, "city", [job(headcount=3, version=2)])
    assert pulse(bureau, machine).recalls == [Recall(quota=PLACES, keep=3)]
    machine.do(RightsReturned(quota=PLACES, ranges=[(4, 5)]))
    request = machine.request()
    returned = request.rights[0].model_copy(update={"returned": [(4, 5)]})
    reply = say(bureau, machine, request.model_copy(update={"rights": [returned]}))
    assert (reply.recalls, reply.refusals) == ([], [])
    assert check_invariants(folder) == []


def test_a_kiosk_that_has_spent_everything_is_asked_for_nothing(bureau: Office, machine: Machine) -> None:
    pulse(bureau, machine, [Want(quota=PLACES, count=5)])
    publish(bureau.database, "city", [job(headcount=1, version=2)])
    request = machine.request()
    spent = [request.rights[0].model_copy(update={"spent": 5})]
    assert say(bureau, machine, request.model_copy(update={"rights": spent})).recalls == []


def test_what_was_pruned_and_forgotten_is_noted_and_the_stream_goes_on(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    """Broken by not keeping the hash at the loss: the resend of the entry behind it would count as a fork."""
    for number in range(4):
        machine.do(checked_in("w1", f"c{number}"))
    lost = machine.request(first=3).model_copy(update={"floor": 2})
    assert say(bureau, machine, lost).acked == 4
    assert say(bureau, machine, machine.request(first=3).model_copy(update={"floor": 2})).acked == 4
    assert states(bureau) == {machine.stream: "live"}
    assert check_invariants(folder) == []


def test_the_registry_is_completed_for_a_bureau_that_had_none(
    bureau: Office, folder: Path, machine: Machine
) -> None:
    pulse(bureau, machine)
    (folder / "kiosks.sqlite").unlink()
    with bureau.database.reading() as connection:
        bureau.registry.complete(connection)
    assert bureau.registry.read().kiosks["NZ-01"].machines == {"": [machine.stream]}
