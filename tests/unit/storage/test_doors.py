"""The door keeps every block, answers each telling in the transaction that keeps it, lets nobody in twice."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.board_coach import board_coach
from kiosk.actions.hall import Hall
from kiosk.app.signing import SlipKey
from kiosk.domain.ids import SlipNumber, TripId
from kiosk.messages.events import BlockAcknowledged, SlipBoarded
from kiosk.messages.feed import BlockBody, FeedRow
from kiosk.protocol.doors import Entry
from kiosk.storage.marker import Marker
from kiosk.storage.opening import OpenedStore
from tests import answers
from tests.halls import identity
from tests.unit.storage.samples import NOW, TurnedClock, opened, row, trip_body

TRIP = TripId("T1")
POSITIONS = itertools.count(1)


def hall_of(kept: OpenedStore) -> Hall:
    clock = TurnedClock()
    return Hall(
        store=kept.store,
        clock=clock,
        identity=identity(),
        agreed_now=clock.now,
        fresh_id=lambda: "id",
        signer=SlipKey(Ed25519PrivateKey.from_private_bytes(bytes(32)), 1),
        picture_of=lambda _job: "",
    )


def tell(kept: OpenedStore, *rows: FeedRow, feed_gen: str = "g1", is_snapshot: bool = False) -> None:
    placed = [item.model_copy(update={"pos": next(POSITIONS)}) for item in rows]
    answers.tell(kept, placed, placed[-1].pos, scope="hall:NZ", feed_gen=feed_gen, is_snapshot=is_snapshot)


def door_at(stream: str, trip: int = 1) -> FeedRow:
    return row("trip", trip_body(trip).model_copy(update={"door": stream}), 1)


def block(slip: str, trip: str = TRIP) -> FeedRow:
    return row("block", BlockBody(trip=trip, slip=slip), 1, slip)


def answered(kept: OpenedStore) -> list[tuple[str, list[str], list[str]]]:
    """Return what the journal acknowledged: trip, slips, those aboard."""
    said = (event.parsed() for event in kept.sync_book.outgoing(100).events)
    return [(body.trip, body.slips, body.aboard) for body in said if isinstance(body, BlockAcknowledged)]


def come(kept: OpenedStore, slip: str, trip: str = TRIP) -> Entry:
    return board_coach(hall_of(kept), TripId(trip), SlipNumber(slip))


def test_a_slip_comes_in_once_and_a_blocked_one_stays_out(kept: OpenedStore) -> None:
    tell(kept, door_at(kept.health().stream), block("S2"))
    assert [come(kept, slip) for slip in ("S1", "S1", "S2")] == [
        Entry.WELCOME,
        Entry.ALREADY_ABOARD,
        Entry.BLOCKED,
    ]


def test_blocks_are_answered_with_who_was_aboard_before_them(kept: OpenedStore) -> None:
    """One-line break: in `answer_blocks`, believe that nobody is aboard."""
    tell(kept, door_at(kept.health().stream))
    assert come(kept, "S1") is Entry.WELCOME
    tell(kept, block("S1"), block("S2"))
    assert answered(kept) == [(TRIP, ["S1", "S2"], ["S1"])]
    assert come(kept, "S1") is Entry.ALREADY_ABOARD


def test_a_block_told_again_is_answered_again(kept: OpenedStore) -> None:
    """One-line break: in `keep_blocks`, keep the answer of a block that is told again."""
    tell(kept, door_at(kept.health().stream), block("S1"), block("S2"))
    tell(kept, block("S1"))
    tell(kept, row("trip", trip_body(2), 1))
    assert answered(kept) == [(TRIP, ["S1", "S2"], []), (TRIP, ["S1"], [])]
    tell(kept, block("S1"), door_at(kept.health().stream), feed_gen="g2", is_snapshot=True)
    assert answered(kept)[2:] == [(TRIP, ["S1", "S2"], [])]


def test_a_door_that_comes_back_answers_again_what_it_answered_when_it_was_anothers(
    kept: OpenedStore,
) -> None:
    """One-line break: in `keep_blocks`, let no trip ask for answers again."""
    tell(kept, door_at(kept.health().stream), block("S1"))
    tell(kept, door_at("another stream"))
    assert len(answered(kept)) == 1
    tell(kept, door_at(kept.health().stream))
    assert answered(kept) == [(TRIP, ["S1"], [])] * 2


def test_only_the_door_answers_and_a_new_door_answers_what_came_before_it(kept: OpenedStore) -> None:
    """One-line break: in `_UNANSWERED`, do not ask whose door it is."""
    tell(kept, door_at("another stream"), block("S1"), block("S9", trip="T2"))
    assert answered(kept) == []
    assert come(kept, "S5") is Entry.CLOSED
    tell(kept, door_at(kept.health().stream))
    assert answered(kept) == [(TRIP, ["S1"], [])]
    assert come(kept, "S5") is Entry.WELCOME


@pytest.mark.parametrize("taken_back_by", ["a tombstone", "a snapshot"])
def test_nothing_takes_a_block_back(kept: OpenedStore, taken_back_by: str) -> None:
    """Its numbers are somebody else's since it was answered."""
    tell(kept, door_at(kept.health().stream), block("S1"))
    if taken_back_by == "a tombstone":
        tell(kept, FeedRow(topic="block", id="S1", pos=1, is_deleted=True))
    else:
        tell(kept, door_at(kept.health().stream), feed_gen="g2", is_snapshot=True)
    assert come(kept, "S1") is Entry.BLOCKED


def test_a_block_that_is_not_understood_is_put_aside(kept: OpenedStore) -> None:
    tell(kept, door_at(kept.health().stream), FeedRow(topic="block", id="S1", pos=1, body='{"slip": 1}'))
    with kept.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT topic, id FROM unread_row").all() == [("block", "S1")]


def test_the_marker_follows_whoever_comes_in_and_every_answer(kept: OpenedStore) -> None:
    """An old copy of the door, put back, must be seen: else somebody aboard would be answered as kept out."""
    tell(kept, door_at(kept.health().stream))
    heads = []
    for act in (lambda: come(kept, "S1"), lambda: tell(kept, block("S1"))):
        act()
        mark = Marker(kept.database.path.parent).read()
        assert mark is not None
        heads.append(mark.head)
    assert heads == [1, 2]
    assert isinstance(kept.sync_book.outgoing(9).events[0].parsed(), SlipBoarded)


def test_a_door_that_went_back_in_time_lets_nobody_in_and_answers_nothing(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    tell(kept, door_at(kept.health().stream), block("S1"))
    kept.sync_book.begin_stream(answers.life(kept))
    assert come(kept, "S2") is Entry.CLOSED
    tell(kept, block("S3"))
    assert [said.events for said in (kept.sync_book.outgoing(9) for _ in range(2)) if not said.is_old] == [()]
    kept.close()


def test_who_never_came_back_is_not_forgotten_with_the_trip(kept: OpenedStore) -> None:
    """One-line break: in `_forget_doors`, spare nobody who is out."""
    tell(kept, door_at(kept.health().stream))
    come(kept, "S2")
    kept.forget_closed(NOW + timedelta(days=90))
    with kept.store.reading() as records:
        [out] = records.outings.unsettled()
        assert [each.slip for each in records.outings.passengers(out.trip.id)] == ["S2"]


def test_what_doors_knew_is_forgotten_thirty_days_after_the_trip(kept: OpenedStore) -> None:
    tell(kept, door_at(kept.health().stream), block("S1"))
    come(kept, "S2")
    with kept.store.writing() as records:
        records.outings.settle(TRIP, is_settled=True)
    for days, left in ((29, 1), (32, 0)):
        kept.forget_closed(NOW + timedelta(days=days))
        with kept.database.reading() as connection:
            for table in ("door_block", "boarded_slip", "outing"):
                assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == left  # noqa: S608
