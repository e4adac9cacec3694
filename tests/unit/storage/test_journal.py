"""The journal is dense and chained, and lives or dies with the state it goes with."""

from __future__ import annotations

import pytest

from kiosk.domain.ids import JobId
from kiosk.messages.events import FIRST_HASH, CheckedIn, chain_hash
from kiosk.storage.opening import OpenedStore
from tests.unit.storage.samples import NOW, PLACES, check_in, feed, grant, job_body, person, take


def test_entries_are_chained_to_the_one_before(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        for number in range(1, 4):
            check_in(records, person(number).id)
    said = kept.sync_book.outgoing(10)
    previous = FIRST_HASH
    for seq, event in enumerate(said.events, 1):
        assert event.seq == seq
        assert event.prev_hash == previous
        assert event.hash == chain_hash(said.stream, seq, event.type, event.v, previous, event.body)
        previous = event.hash
    assert said.head == 3


def test_an_entry_comes_back_as_it_was_said(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        visit = check_in(records, person().id)
    (event,) = kept.sync_book.outgoing(10).events
    body = event.parsed()
    assert isinstance(body, CheckedIn)
    assert (body.check_in, body.arrived_at, event.at) == (visit.id, NOW, NOW)
    assert (event.boot, event.boottime_ms) == ("boot-1", 100_000)


def check_in_and_fail(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        check_in(records, person(1).id)
        raise LookupError


def test_what_is_rolled_back_leaves_no_gap(kept: OpenedStore) -> None:
    with pytest.raises(LookupError):
        check_in_and_fail(kept)
    with kept.store.writing() as records:
        check_in(records, person(2).id)
    assert [event.seq for event in kept.sync_book.outgoing(10).events] == [1]


def test_a_take_keeps_placement_numbers_slip_and_entry_together(kept: OpenedStore) -> None:
    feed(kept, job_body())
    grant(kept, PLACES, 1, 2)
    with kept.store.writing() as records:
        taken = take(records, person().id, JobId("J1"))
    with kept.store.reading() as records:
        assert records.placements.by_slip(taken.slip) == taken
        assert records.placements.by_id(taken.id) == taken
        assert [item.placement for item in records.slips.all()] == [taken.id]
        assert list(records.rights.free(PLACES)) == [2]
        assert [item.title for item in records.workers.engagements(person().id, NOW)] == ["摘苹果"]
