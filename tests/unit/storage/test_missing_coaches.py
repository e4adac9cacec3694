"""A job with a coach is never shown as one that no coach goes to: without its coach it is not shown."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import pytest

from kiosk.actions.board_ports import BoardQuery
from kiosk.domain.ids import JobId
from kiosk.messages.feed import FeedRow
from kiosk.storage import feed_pages
from kiosk.storage.opening import OpenedStore
from tests import answers
from tests.unit.storage.samples import NOW, feed, grant, job_body, row, trip_body
from tools.figures.bare import noted_writes


def shown(kept: OpenedStore) -> list[tuple[str, bool]]:
    """Return every job on the board and whether it is shown with a coach; counts must agree."""
    with kept.store.reading() as records:
        lines = records.board.page(BoardQuery(), NOW, 0, 50)
        assert records.board.count(BoardQuery(), NOW) == len(lines)
        assert sum(item.jobs for item in records.board.families(NOW)) == len(lines)
        assert all(
            (records.board.line(JobId(f"J{number}"), NOW) is not None)
            == (f"J{number}" in {line.job.id for line in lines})
            for number in (1, 2)
        )
        return [(line.job.id, line.trip is not None) for line in lines]


def rows(*, first: int = 1) -> tuple[FeedRow, Sequence[FeedRow]]:
    """Return a coach's row, and one of a job that it goes to and one of a job that none goes to."""
    jobs = [row("job", job_body(1, trip="T1"), first), row("job", job_body(2), first + 1)]
    return row("trip", trip_body(), first + 2), jobs


def test_a_job_whose_coach_comes_with_a_later_page_waits_for_it(kept: OpenedStore) -> None:
    coach, jobs = rows()
    answers.tell(kept, jobs, 2)
    assert shown(kept) == [("J2", False)]
    answers.tell(kept, [coach], 3)
    assert sorted(shown(kept)) == [("J1", True), ("J2", False)]


def test_a_job_whose_coach_is_gone_is_not_shown_though_numbers_are_held(kept: OpenedStore) -> None:
    coach, jobs = rows()
    answers.tell(kept, [coach, *jobs], 3)
    grant(kept, "places:J1", 1, 3)
    grant(kept, "seats:T1", 1, 3)
    assert ("J1", True) in shown(kept)
    answers.tell(kept, [FeedRow(topic="trip", id="T1", pos=4, is_deleted=True)], 4)
    assert shown(kept) == [("J2", False)]
    kept.sync_book.set_open_places({"seats:T1": 5, "places:J1": 5})
    assert shown(kept) == [("J2", False)]
    feed(kept, trip_body(), from_pos=5)
    assert ("J1", True) in shown(kept)


def test_a_coach_told_again_costs_nothing_for_each_job_it_goes_to(kept: OpenedStore) -> None:
    """Broken by looking at the jobs of every coach that is told: a hall's board behind one row."""
    coach, jobs = rows()
    answers.tell(kept, [coach, *jobs], 3)
    with noted_writes(kept.database) as written:
        answers.tell(kept, [row("trip", trip_body(seats=40), 4)], 4)
    statements = [statement for statement, _, _ in written.statements]
    assert any(statement.startswith("INSERT INTO trip") for statement in statements)
    assert not any(statement.startswith("UPDATE job") for statement in statements)


@pytest.mark.parametrize("slices", range(5))
def test_a_snapshot_torn_anywhere_shows_no_job_without_its_coach(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch, slices: int
) -> None:
    """Jobs are forgotten before their coaches and told behind them, and hidden wherever a coach goes.

    So no single line breaks it: forgetting coaches first, without hiding their jobs, does.
    """

    class CutError(Exception):
        """The machine stopped."""

    coach, jobs = rows()
    more = [row("job", job_body(number, trip="T1"), number + 10) for number in range(3, 30)]
    answers.tell(kept, [coach, *jobs, *more], 40)
    left = [slices]

    def stop(*_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise CutError

    monkeypatch.setattr(feed_pages, "give_way", stop)
    with contextlib.suppress(CutError):
        answers.tell(kept, [coach, *jobs, *more], 40, feed_gen="g2", is_snapshot=True)
    assert left[0] < 0, "it was torn"
    assert all(with_coach or of == "J2" for of, with_coach in shown(kept))
