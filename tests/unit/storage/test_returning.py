"""Numbers go back to the bureau unspent, once, and nobody can spend them here any more."""

from __future__ import annotations

import pytest

from kiosk.actions.faults import IntegrityFault
from kiosk.domain.ids import JobId, PlacementId
from kiosk.domain.placements import SpentNumber
from kiosk.domain.quotas import NumberRange, NumberSet
from kiosk.messages.events import RightsReturned
from kiosk.messages.sync import Recall
from kiosk.storage.marker import Marker
from kiosk.storage.opening import OpenedStore
from tests import answers
from tests.unit.storage.samples import NOW, PLACES, feed, grant, job_body, person, take


def recall(kept: OpenedStore, keep: int) -> None:
    kept.sync_book.return_surplus(answers.life(kept), [Recall(quota=PLACES, keep=keep)])


def a_job_with_one_taken(kept: OpenedStore) -> None:
    feed(kept, job_body())
    grant(kept, PLACES, 1, 5)
    with kept.store.writing() as records:
        take(records, person().id, JobId("J1"))


def free(kept: OpenedStore) -> list[int]:
    with kept.store.reading() as records:
        return list(records.rights.free(PLACES))


def test_the_highest_free_numbers_go_back_with_their_entry(kept: OpenedStore) -> None:
    a_job_with_one_taken(kept)
    recall(kept, keep=2)
    assert free(kept) == [2, 3]
    said = kept.sync_book.outgoing(10)
    body = said.events[-1].parsed()
    assert isinstance(body, RightsReturned)
    assert (body.quota, body.ranges) == (PLACES, [(4, 5)])
    (view,) = said.rights
    assert (view.granted, view.returned, view.spent) == ([(1, 5)], [(4, 5)], 1)
    with kept.store.reading() as records:
        line = records.board.line(JobId("J1"), NOW)
    assert line is not None
    assert line.open_here == 2


def test_the_marker_follows_a_return(kept: OpenedStore) -> None:
    """One-line break: in `SqlSyncBook._drafting`, return the transaction alone."""
    a_job_with_one_taken(kept)
    recall(kept, keep=0)
    mark = Marker(kept.database.path.parent).read()
    assert mark is not None
    assert mark.head == kept.sync_book.outgoing(1).head == 2


def test_asked_twice_a_kiosk_returns_once(kept: OpenedStore) -> None:
    a_job_with_one_taken(kept)
    for _ in range(2):
        recall(kept, keep=2)
    recall(kept, keep=9)
    assert kept.sync_book.outgoing(10).head == 2
    assert free(kept) == [2, 3]


def test_a_returned_number_is_not_free_again_when_the_grant_is_told_again(kept: OpenedStore) -> None:
    """One-line break: in `_keep`, keep all that was granted as in hand."""
    a_job_with_one_taken(kept)
    recall(kept, keep=1)
    grant(kept, PLACES, 1, 7)
    assert free(kept) == [2, 6, 7]
    with kept.store.reading() as records:
        assert records.rights.lowest_free(PLACES) == 2


def test_a_returned_number_cannot_be_spent(kept: OpenedStore) -> None:
    a_job_with_one_taken(kept)
    recall(kept, keep=0)
    with kept.store.writing() as records:
        assert records.rights.lowest_free(PLACES) is None
    with pytest.raises(IntegrityFault, match="was never granted"), kept.store.writing() as records:
        records.rights.spend(SpentNumber(PLACES, 5), PlacementId("P1"))


def test_an_old_stream_tells_what_it_returned(kept: OpenedStore) -> None:
    a_job_with_one_taken(kept)
    recall(kept, keep=1)
    old = kept.health().stream
    kept.sync_book.begin_stream(answers.life(kept))
    told = next(said for said in (kept.sync_book.outgoing(10) for _ in range(2)) if said.stream == old)
    (view,) = told.rights
    assert (view.granted, view.returned, view.spent) == ([(1, 5)], [(3, 5)], 1)


def test_numbers_in_the_middle_go_back_too(kept: OpenedStore) -> None:
    feed(kept, job_body(headcount=9))
    for first, last in ((1, 2), (5, 6), (8, 9)):
        grant(kept, PLACES, first, last)
    recall(kept, keep=3)
    assert free(kept) == [1, 2, 5]
    (view,) = kept.sync_book.outgoing(10).rights
    assert view.returned == [(6, 6), (8, 9)]
    assert NumberSet.of(NumberRange(*item) for item in view.granted) == NumberSet.of(
        [NumberRange(1, 2), NumberRange(5, 6), NumberRange(8, 9)]
    )
