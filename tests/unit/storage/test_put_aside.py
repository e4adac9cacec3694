"""What a newer bureau says and this version does not understand: put aside, and read by one that does."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.domain.ids import JobId
from kiosk.messages.feed import BlockBody, CapsuleBody, FeedRow
from kiosk.storage import feed_rows
from kiosk.storage.feed_tables import capsule, unread_row
from kiosk.storage.opening import OpenedStore
from tests import answers
from tests.unit.storage.samples import NOW, TurnedClock, job_body, opened, row
from tests.unit.storage.test_sign_ups import body as told_body


def sealed(name: str, pos: int) -> FeedRow:
    return row("capsule", CapsuleBody(sealed="00"), pos, name)


def positions(kept: OpenedStore) -> dict[str, tuple[str, int]]:
    return {item.scope: (item.feed_gen, item.pos) for item in kept.sync_book.outgoing(1).cursors}


def is_shown(kept: OpenedStore, job: str) -> bool:
    with kept.store.reading() as records:
        return records.board.line(JobId(job), NOW) is not None


def counted(kept: OpenedStore) -> tuple[int, int]:
    """Return how many capsules are kept, and how many rows are put aside."""
    with kept.database.reading() as connection:
        capsules, aside = (connection.execute(select(table)).all() for table in (capsule, unread_row))
        return len(capsules), len(aside)


def test_a_version_that_learned_a_topic_reads_it_from_the_beginning(
    tmp_path: Path, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [sealed("c1", 1), FeedRow(topic="weather", id="x", pos=2, body="{}"), sealed("c2", 3)]
    kept = opened(tmp_path / "data", clock)
    with monkeypatch.context() as an_older_version:
        an_older_version.delitem(feed_rows._READ, "capsule")
        answers.tell(kept, told, 3)
    assert (counted(kept), positions(kept)) == ((0, 3), {"city": ("g1", 3)})
    kept.close()

    for _ in range(2):  # until the bureau has told it, each start asks again
        kept = opened(tmp_path / "data", clock)
        assert positions(kept) == {"city": ("", 0)}
        kept.close()
    kept = opened(tmp_path / "data", clock)
    answers.tell(kept, told, 3, is_snapshot=True)
    assert counted(kept) == (2, 1)
    kept.close()
    kept = opened(tmp_path / "data", clock)
    assert positions(kept) == {"city": ("g1", 3)}, "what nobody understands yet is no reason to ask again"
    kept.close()


SIGNED_UP = FeedRow(topic="sign_up", id="s1", pos=2, body=told_body(1).model_dump_json())
BLOCKED = FeedRow(topic="block", id="PG-1", pos=2, body=BlockBody(slip="PG-1", trip="T1").model_dump_json())


@pytest.mark.parametrize(
    ("told", "is_read"),
    [
        (SIGNED_UP, True),
        (BLOCKED, True),
        (SIGNED_UP.model_copy(update={"body": "{}"}), False),
        (BLOCKED.model_copy(update={"body": "{}"}), False),
    ],
)
def test_lines_and_doors_are_learned_as_any_other_topic(
    tmp_path: Path, clock: TurnedClock, told: FeedRow, is_read: bool
) -> None:
    """Broken by asking only of what stands in tables of the feed: they are kept by modules of their own."""
    kept = opened(tmp_path / "data", clock)
    answers.tell(kept, [sealed("c1", 1)], 2, scope="hall:NZ")
    aside = {"scope": "hall:NZ", **told.model_dump(include={"topic", "id", "pos", "body"})}
    with kept.database.writing() as connection:
        connection.execute(unread_row.insert().values(aside))
    kept.close()
    kept = opened(tmp_path / "data", clock)
    assert (positions(kept)["hall:NZ"] == ("", 0)) is is_read
    kept.close()


def test_a_sign_up_that_is_not_understood_is_put_aside_until_it_leaves_the_line(kept: OpenedStore) -> None:
    later = SIGNED_UP.model_copy(update={"body": told_body(1, way="balloon").model_dump_json()})
    answers.tell(kept, [later], 2, scope="hall:NZ")
    assert counted(kept) == (0, 1)
    answers.tell(kept, [FeedRow(topic="sign_up", id="s1", pos=3, is_deleted=True)], 3, scope="hall:NZ")
    assert counted(kept) == (0, 0)


def test_a_job_is_not_shown_by_its_old_words_when_its_new_ones_are_not_understood(kept: OpenedStore) -> None:
    answers.tell(kept, [row("job", job_body(1), 1), row("job", job_body(2), 2)], 2)
    answers.tell(kept, [row("job", job_body(1, version=2, family="space"), 3)], 3)
    assert not is_shown(kept, "J1")
    assert is_shown(kept, "J2")
    answers.tell(kept, [row("job", job_body(1, version=3), 4)], 4)
    assert is_shown(kept, "J1")
