"""Store and bureau together: a number whose paper is gone comes back, and is handed out again."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.bureau.backups import back_up, copy_private
from kiosk.bureau.doors import give_door
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import meta_value
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish
from kiosk.bureau.restores import restore
from kiosk.bureau.tables import quota
from kiosk.domain.ids import JobId, QuotaId, WorkerId
from kiosk.messages.events import PlaceGivenBack, SlipScannedIn, Spent
from kiosk.messages.signing import sign_request
from kiosk.messages.sync import SyncReply, SyncRequest, Want
from kiosk.protocol.kiosk_side import request_of, take_in
from kiosk.sync.rounds import clock_view
from tests import answers
from tests.unit.bureau.rehearsal import (
    DAWN,
    HandClock,
    Machine,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
    say,
    taken,
    trip,
)
from tests.unit.storage.samples import take
from tests.unit.sync.errands import Kiosk, enrolled

SEATS, PLACES = "seats:t1", "places:j1"


def answer(bureau: Office, kiosk: Kiosk, said: SyncRequest) -> SyncReply:
    body = said.model_dump_json().encode()
    signed = sign_request(kiosk.author.key, "POST", "/sync", kiosk.author.kiosk, secrets.token_hex(16), body)
    return bureau.sync({name.lower(): value for name, value in signed.items()}, body)


def speak(bureau: Office, kiosk: Kiosk, rounds: int = 6) -> None:
    """Let a kiosk speak so often that an old stream and a bureau's new life get their turns."""
    book = kiosk.opened.sync_book
    for _ in range(rounds):
        kiosk.start_again(kiosk.author.boot)
        clock = clock_view(kiosk.clock, kiosk.author.boot)
        said = request_of(book.outgoing(500), kiosk.author.kiosk, clock)
        take_in(book, said, answer(bureau, kiosk, said), kiosk.clock.now(), lambda: None)


def free(bureau: Office, name: str) -> list[int]:
    with bureau.database.reading() as connection:
        return list(connection.execute(select(quota.c.free).where(quota.c.id == name)).scalar_one())


def generation(bureau: Office) -> str:
    with bureau.database.reading() as connection:
        return meta_value(connection, "generation")


@pytest.fixture
def worker(bureau: Office, bureau_dir: Path) -> Machine:
    """Another kiosk, which holds every seat of a coach and took one for somebody who gave it back."""
    publish(bureau.database, "city", [trip(), job(headcount=3)])
    made = new_machine(bureau, bureau_dir, no=2)
    pulse(bureau, made, [Want(quota=name, count=3) for name in (PLACES, SEATS)])
    made.do(registered("w1", number_of(1)))
    spent = [Spent(quota=name, number=1) for name in (PLACES, SEATS)]
    made.do(taken("w1", "p1", 1).model_copy(update={"trip": "t1", "spent": spent}))
    pulse(bureau, made)
    return made


@pytest.fixture
def door(
    bureau: Office, worker: Machine, bureau_dir: Path, clock: HandClock, tmp_path: Path
) -> Iterator[Kiosk]:
    """A kiosk with a real store that holds the door of the coach."""
    made = enrolled(bureau, bureau_dir, clock, tmp_path / "door", 5)
    speak(bureau, made)
    give_door(bureau_dir, "t1", "NZ-05", DAWN)
    speak(bureau, made)
    yield made
    made.opened.close()


def give_back(bureau: Office, worker: Machine) -> None:
    worker.do(PlaceGivenBack(placement="p1", slip="PG-p1", spent=[], reason="sick"))
    assert pulse(bureau, worker).refusals == []


def put_back(bureau_dir: Path, backups: Path, again: Path) -> None:
    """Put a backup back on another machine, as the command does."""
    again.mkdir()
    copy_private(BureauFolder(bureau_dir).registry, BureauFolder(again).registry)
    restore(again, backups, DAWN)


def tell_everything_again(bureau: Office, worker: Machine) -> None:
    """Speak as a kiosk that hears of a new life and tells it from the beginning."""
    worker.acked = 0
    request = worker.request().model_copy(update={"generation": generation(bureau), "older": []})
    worker.hear(say(bureau, worker, request))


def test_a_restored_bureau_that_waits_for_a_door_is_answered_again(
    bureau: Office, worker: Machine, door: Kiosk, bureau_dir: Path, clock: HandClock, tmp_path: Path
) -> None:
    """The door's old word comes before the place is given back once more, so only a new one frees the number.

    One-line break: in `keep_blocks`, do not keep in which life a block was told.
    """
    back_up(bureau_dir, tmp_path / "backups", DAWN)
    give_back(bureau, worker)
    speak(bureau, door)
    assert free(bureau, SEATS) == [1]
    put_back(bureau_dir, tmp_path / "backups", tmp_path / "again")
    with office(tmp_path / "again", clock) as restored:
        speak(restored, door)
        tell_everything_again(restored, worker)
        assert free(restored, SEATS) == []
        speak(restored, door)
        assert free(restored, SEATS) == [1]


def test_a_door_that_went_to_another_device_and_back_answers_what_was_heard_too_late(
    bureau: Office, worker: Machine, door: Kiosk, bureau_dir: Path
) -> None:
    """Its first word came while the other device held the door, and freed nothing."""
    other = new_machine(bureau, bureau_dir, no=6, profile="door")
    pulse(bureau, other)
    give_back(bureau, worker)
    speak(bureau, door, rounds=1)
    give_door(bureau_dir, "t1", "NZ-06", DAWN, 0, "nobody was aboard")
    speak(bureau, door)
    assert free(bureau, SEATS) == []
    give_door(bureau_dir, "t1", "NZ-05", DAWN, 0, "nobody was aboard")
    speak(bureau, door)
    assert free(bureau, SEATS) == [1]


def test_a_number_that_a_door_freed_is_handed_out_by_the_next_stream_of_the_kiosk_that_spent_it(
    bureau: Office, bureau_dir: Path, clock: HandClock, tmp_path: Path
) -> None:
    """One-line break: in `holdings.told`, let what streams before spent stay spent."""
    publish(bureau.database, "city", [job(headcount=1)])
    kiosk = enrolled(bureau, bureau_dir, clock, tmp_path / "kiosk", 1)
    speak(bureau, kiosk)
    with kiosk.opened.store.writing() as records:
        records.journal.append(registered("w1", number_of(1)), DAWN)
        first = take(records, WorkerId("w1"), JobId("j1"), now=DAWN)
    with kiosk.opened.store.writing() as records:
        records.journal.append(PlaceGivenBack(placement="P1", slip=first.slip, spent=[], reason="sick"), DAWN)
        records.journal.append(SlipScannedIn(slip=first.slip, actor=""), DAWN)
    speak(bureau, kiosk)
    assert free(bureau, PLACES) == [1]
    kiosk.opened.sync_book.begin_stream(answers.life(kiosk.opened))
    speak(bureau, kiosk)
    with kiosk.opened.store.writing() as records:
        assert records.rights.lowest_free(QuotaId(PLACES)) == 1
        again = take(records, WorkerId("w1"), JobId("j1"), name="P2", now=DAWN)
    with kiosk.opened.store.reading() as records:
        assert [item.number for item in again.spent] == [1]
        kept = records.placements.by_id(first.id)
        assert kept is not None
        assert kept.spent == ()
    speak(bureau, kiosk)
    assert check_invariants(bureau_dir) == []
    kiosk.opened.close()
