"""Personal fields leave a kiosk sealed, their keys beside them, and are forgotten when the bureau says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kiosk.actions.check_in import check_in, give_first_answers, register_and_check_in
from kiosk.actions.hall import Hall
from kiosk.actions.own_data import withdraw
from kiosk.actions.print_slip import begin_printing, record_printed
from kiosk.actions.recognise import Recognition, recognise
from kiosk.actions.take_place import take_place
from kiosk.domain.ids import SlipNumber, WorkerId
from kiosk.domain.workers import FirstAnswers, WorkSpan
from kiosk.messages.events import Event
from kiosk.messages.feed import ErasureBody, FeedRow, KeyBody
from kiosk.messages.personal import Kind
from kiosk.messages.sealing import WorkerKey, needed_by, opened, worker_in
from kiosk.storage.feed_tables import slip_key
from kiosk.storage.tables import journal, worker_key
from tests import answers
from tests.capsules import tell_capsule
from tests.halls import SampleKiosk, open_sample_kiosk
from tests.unit.storage.samples import ticket

PHONE = "13900000001"
SAID = FirstAnswers(PHONE, ("weeding",), WorkSpan.DAY)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[SampleKiosk]:
    made = open_sample_kiosk(tmp_path)
    yield made
    made.opened.close()


def come_in(kiosk: SampleKiosk) -> Recognition:
    card = next(person.card for person in kiosk.people.values() if person.story == "rare_character")
    met = recognise(kiosk.hall, card)
    register_and_check_in(kiosk.hall, met)
    give_first_answers(kiosk.hall, met.worker, SAID)
    return met


def entries(kiosk: SampleKiosk) -> tuple[str, tuple[Event, ...], tuple[WorkerKey, ...]]:
    said = kiosk.opened.sync_book.outgoing(500)
    return said.stream, said.events, said.keys


def read(kiosk: SampleKiosk) -> list[Any]:
    """Return what a bureau that has the keys of one request reads of its sealed entries."""
    stream, events, keys = entries(kiosk)
    read = []
    for event in events:
        body = event.parsed()
        if worker_in(event) is not None and body is not None:
            found = [key.secret for key in needed_by([event], keys)]
            read.append(opened(body, found, stream, event.seq))
    return read


def erase(kiosk: SampleKiosk, person: str, kind: Kind, pos: int, epoch: int = 1, void: int = 1) -> None:
    body = ErasureBody(worker=person, kind=kind.value, epoch=epoch, void=void)
    row = FeedRow(topic="erasure", id=f"{person}/{kind.value}", pos=pos, body=body.model_dump_json())
    answers.tell(kiosk.opened, [row], pos, feed_gen="g", is_snapshot=False)


def kept_keys(kiosk: SampleKiosk) -> set[tuple[str, int]]:
    with kiosk.opened.database.reading() as connection:
        return {(row.kind, row.epoch) for row in connection.execute(select(worker_key))}


def known(hall: Hall, person: str) -> FirstAnswers | None:
    with hall.store.reading() as records:
        found = records.workers.by_id(WorkerId(person))
        return None if found is None else found.answers


def test_the_journal_names_nobody_and_its_keys_read_everything(kiosk: SampleKiosk) -> None:
    met = come_in(kiosk)
    with kiosk.opened.database.reading() as connection:
        bodies = "".join(connection.scalars(select(journal.c.body)))
    assert not any(word in bodies for word in (met.card.number, met.card.display_name, PHONE, "weeding"))
    registered, answered = read(kiosk)
    assert registered.person.number == met.card.number
    assert (answered.phone, answered.trades) == (PHONE, ["weeding"])


def test_keys_are_told_only_beside_entries_that_need_them(kiosk: SampleKiosk) -> None:
    come_in(kiosk)
    _, events, keys = entries(kiosk)
    assert {key.kind for key in keys} == {"statutory", "optional"}
    answers.acknowledge(kiosk.opened, events[-1].seq)
    assert entries(kiosk)[2] == ()


def test_a_worker_has_one_key_of_each_kind(kiosk: SampleKiosk) -> None:
    met = come_in(kiosk)
    give_first_answers(kiosk.hall, met.worker, FirstAnswers())
    give_first_answers(kiosk.hall, met.worker, SAID)
    assert kept_keys(kiosk) == {("statutory", 0), ("optional", 0)}


def test_erasing_answers_spares_who_it_is(kiosk: SampleKiosk) -> None:
    """Broken by forgetting the person where the answers were asked for."""
    met = come_in(kiosk)
    erase(kiosk, met.worker, Kind.OPTIONAL, 900)
    assert known(kiosk.hall, met.worker) == FirstAnswers()
    assert kept_keys(kiosk) == {("statutory", 0)}
    registered, answered = read(kiosk)
    assert registered is not None
    assert answered is None


def test_erasing_who_it_is_forgets_the_person_and_keeps_the_chain(kiosk: SampleKiosk) -> None:
    met = come_in(kiosk)
    before = entries(kiosk)[1]
    with kiosk.hall.store.writing() as records:
        records.papers.put(ticket(met.worker))
    erase(kiosk, met.worker, Kind.STATUTORY, 900)
    assert known(kiosk.hall, met.worker) is None
    with kiosk.hall.store.reading() as records:
        assert records.papers.by_number(ticket(met.worker).number) is None
    assert kept_keys(kiosk) == {("optional", 0)}
    assert entries(kiosk)[1] == before


def test_what_law_holds_is_forgotten_here_and_its_key_kept_until_it_goes(kiosk: SampleKiosk) -> None:
    met = come_in(kiosk)
    erase(kiosk, met.worker, Kind.STATUTORY, 900, void=0)
    assert known(kiosk.hall, met.worker) is None
    assert ("statutory", 0) in kept_keys(kiosk)
    erase(kiosk, met.worker, Kind.STATUTORY, 901, void=1)
    assert ("statutory", 0) not in kept_keys(kiosk)


def test_whoever_came_again_elsewhere_is_not_forgotten_once_more_when_law_lets_go(
    kiosk: SampleKiosk,
) -> None:
    """Broken by forgetting whenever the row changes: the yes came by capsule from another kiosk."""
    met = come_in(kiosk)
    erase(kiosk, met.worker, Kind.STATUTORY, 900, void=0)
    tell_capsule(kiosk, met.card, 901)
    check_in(kiosk.hall, recognise(kiosk.hall, met.card))
    erase(kiosk, met.worker, Kind.STATUTORY, 902)
    assert known(kiosk.hall, met.worker) == FirstAnswers()
    assert ("statutory", 0) not in kept_keys(kiosk)
    erase(kiosk, met.worker, Kind.STATUTORY, 903, epoch=2)
    assert known(kiosk.hall, met.worker) is None


def test_a_snapshot_of_many_pages_keeps_what_the_pages_before_told(kiosk: SampleKiosk) -> None:
    """Broken by looking for where a page goes on only in rows that are kept with others."""
    key = KeyBody(key_id="0a1b2c", kiosk="NZ-02", station="NZ", public_key="A" * 43 + "=")
    row = FeedRow(topic="key", id=key.key_id, pos=950, body=key.model_dump_json())
    answers.tell(kiosk.opened, [row], 950, feed_gen="h", is_snapshot=True)
    gone = ErasureBody(worker="w-1", kind="optional", epoch=1, void=1)
    row = FeedRow(topic="erasure", id="w-1/optional", pos=951, body=gone.model_dump_json())
    answers.tell(kiosk.opened, [row], 951, feed_gen="h", is_snapshot=True)
    with kiosk.opened.database.reading() as connection:
        assert connection.scalars(select(slip_key.c.id)).all() == ["0a1b2c"]


def test_what_is_said_after_an_erasure_is_under_another_key_and_stays(kiosk: SampleKiosk) -> None:
    """Broken by making keys of the first epoch for ever, or by erasing again whenever it is told again."""
    met = come_in(kiosk)
    erase(kiosk, met.worker, Kind.OPTIONAL, 900)
    give_first_answers(kiosk.hall, met.worker, FirstAnswers("13900000002", (), None))
    assert kept_keys(kiosk) == {("statutory", 0), ("optional", 1)}
    erase(kiosk, met.worker, Kind.OPTIONAL, 901)
    answered = known(kiosk.hall, met.worker)
    assert answered is not None
    assert answered.phone == "13900000002"
    assert read(kiosk)[-1].phone == "13900000002"


def test_what_was_given_since_a_wish_made_here_stays_when_the_bureau_answers(kiosk: SampleKiosk) -> None:
    """Broken by forgetting whenever an erasure is first heard of: it may answer a wish of before."""
    met = come_in(kiosk)
    withdraw(kiosk.hall, met)
    give_first_answers(kiosk.hall, met.worker, SAID)
    erase(kiosk, met.worker, Kind.OPTIONAL, 900)
    assert known(kiosk.hall, met.worker) == SAID


def test_a_scope_that_is_told_anew_takes_no_erasure_back(kiosk: SampleKiosk) -> None:
    """Broken by forgetting erasures with the scope: a key made in between would be refused by the bureau."""
    met = come_in(kiosk)
    erase(kiosk, met.worker, Kind.OPTIONAL, 900)
    answers.tell(kiosk.opened, [], 1, feed_gen="another life", is_snapshot=True)
    give_first_answers(kiosk.hall, met.worker, SAID)
    assert ("optional", 1) in kept_keys(kiosk)


def test_a_slip_on_its_way_is_blanked_when_it_has_come(kiosk: SampleKiosk) -> None:
    """Broken by blanking only what is printed when the erasure comes: nobody would ever look again."""
    met = come_in(kiosk)
    job = kiosk.job("j01-0918")
    with kiosk.hall.store.reading() as records:
        line = records.board.line(job, kiosk.hall.now())
    assert line is not None
    taken = take_place(kiosk.hall, met, job, line.job.version)
    erase(kiosk, met.worker, Kind.STATUTORY, 900)
    assert document_of(kiosk, taken.slip) != ""
    begin_printing(kiosk.hall, taken.slip)
    record_printed(kiosk.hall, taken.slip, "reply_behind_cut")
    kiosk.opened.forget_closed(kiosk.hall.now())
    assert document_of(kiosk, taken.slip) == ""


def document_of(kiosk: SampleKiosk, number: SlipNumber) -> str:
    with kiosk.hall.store.reading() as records:
        found = records.slips.by_number(number)
    assert found is not None
    return found.document
