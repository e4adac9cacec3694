"""A hall that lies in another district now: its kiosks forget the work of the one before."""

from __future__ import annotations

from kiosk.bureau.feeds import nothing_of
from kiosk.domain.ids import JobId
from kiosk.storage.opening import OpenedStore
from tests import answers
from tests.unit.storage.samples import job_body, row

LEFT = "district:520502"


def is_known(kept: OpenedStore) -> bool:
    with kept.store.reading() as records:
        return records.board.job(JobId("J1")) is not None


def test_the_work_of_a_district_that_was_left_is_forgotten(kept: OpenedStore) -> None:
    """Broken by a page that forgets nothing, or after which the kiosk asks for the district for ever."""
    answers.tell(kept, [row("job", job_body(1), 5)], 5, scope=LEFT, is_snapshot=True)
    assert is_known(kept)
    for _ in range(2):
        kept.sync_book.apply_page(nothing_of(LEFT))
        assert not is_known(kept)
        assert [cursor.pos for cursor in kept.sync_book.outgoing(0).cursors if cursor.scope == LEFT] == [0]
    answers.tell(kept, [row("job", job_body(1), 5)], 7, scope=LEFT, is_snapshot=True)
    assert is_known(kept)
