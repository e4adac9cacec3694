"""What a kiosk makes of an answer, and when it speaks next."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.actions.sync_ports import Outgoing
from kiosk.messages.events import FIRST_HASH, Event
from kiosk.messages.feed import Cursor, FeedPage, FeedRow
from kiosk.messages.sync import ClockView, Refusal, SyncReply, SyncRequest
from kiosk.sync.rounds import Schedule, in_order, judge_reply, request_of

NOW = datetime(2026, 9, 18, tzinfo=UTC)
ROWS = {
    "job": FeedRow(topic="job", id="j1", pos=7, body="{}"),
    "trip": FeedRow(topic="trip", id="t1", pos=8, body="{}"),
    "capsule": FeedRow(topic="capsule", id="c1", pos=6, body="{}"),
}


def entry(seq: int) -> Event:
    return Event(
        seq=seq,
        type="t",
        v=1,
        at=NOW,
        boot="b",
        boottime_ms=1,
        prev_hash=FIRST_HASH,
        hash=FIRST_HASH,
        body="{}",
    )


def said(count: int = 2, head: int = 5, first: int = 4, generation: str = "g") -> SyncRequest:
    outgoing = Outgoing(
        stream="s",
        generation=generation,
        head=head,
        first=first,
        prev_hash=FIRST_HASH,
        events=tuple(entry(first + at) for at in range(count)),
        rights=(),
        wants=(),
        cursors=(),
        backlog=head - first + 1,
        refused_open=3,
    )
    return request_of(outgoing, "k", ClockView(wall=NOW, boot="b", boottime_ms=1))


def reply(acked: int = 5, *rows: FeedRow, has_more: bool = False, **changed: object) -> SyncReply:
    page = FeedPage(scope="city", feed_gen="f", rows=list(rows), pos=9, has_more=has_more)
    plain = SyncReply(
        stream="s",
        generation="g",
        server_time=NOW,
        acked=acked,
        prune_ok=0,
        rights=[],
        refusals=[],
        pages=[page],
    )
    return plain.model_copy(update=changed)


def test_a_request_says_all_that_is_outgoing() -> None:
    spoken = said()
    assert (spoken.first, spoken.head, len(spoken.events), spoken.refused_open) == (4, 5, 2, 3)


def test_when_everything_is_acknowledged_the_kiosk_is_quiet() -> None:
    verdict = judge_reply(said(), reply())
    assert verdict.is_valid
    assert not verdict.speaks_again


def test_an_answer_for_another_stream_is_not_believed() -> None:
    verdict = judge_reply(said(), reply(stream="other"))
    assert (verdict.is_valid, verdict.speaks_again) == (False, False)


def test_a_stream_that_told_two_stories_is_closed_but_an_old_one_is_over_anyway() -> None:
    forked = reply(5, refusals=[Refusal(seq=4, reason="bureau.refused.fork")])
    reads = said().model_copy(update={"cursors": [Cursor(scope="city", feed_gen="f", pos=1)]})
    assert judge_reply(reads, forked).is_closed
    assert not judge_reply(said(), forked).is_closed
    assert not judge_reply(reads, reply(5, refusals=[Refusal(seq=4, reason="other")])).is_closed


@pytest.mark.parametrize(
    "answer",
    [
        reply(4),
        reply(2, need_from=3),
        reply(5, ROWS["capsule"], has_more=True),
        reply(5, ROWS["job"]),
        reply(5, ROWS["trip"]),
        reply(5, generation="restored"),
    ],
)
def test_the_kiosk_speaks_again_at_once_while_there_is_more_to_say_or_to_ask(answer: SyncReply) -> None:
    assert judge_reply(said(), answer).speaks_again
    assert not judge_reply(said(), answer.model_copy(update={"retry_after_s": 9.0})).speaks_again


@pytest.mark.parametrize(
    "answer",
    [reply(3), reply(5, ROWS["capsule"]), reply(5, ROWS["job"].model_copy(update={"is_deleted": True}))],
)
def test_an_answer_that_moves_nothing_is_no_reason_to_speak_again(answer: SyncReply) -> None:
    assert not judge_reply(said(), answer).speaks_again


def test_a_first_generation_is_not_a_restored_one() -> None:
    assert not judge_reply(said(generation=""), reply()).speaks_again


def test_a_trip_is_applied_before_the_job_that_needs_it() -> None:
    page = FeedPage(scope="city", feed_gen="f", rows=list(ROWS.values()), pos=9, has_more=False)
    assert [row.topic for row in in_order(page)] == ["trip", "job", "capsule"]


@given(draw=st.floats(0, 1, exclude_max=True))
def test_a_kiosk_speaks_every_sixty_seconds_give_or_take_a_fifth(draw: float) -> None:
    """Breaks when `Schedule.next_after` adds the jitter instead of spreading it around the interval."""
    assert 48 <= Schedule(60, 0.2).next_after(0, draw, None) <= 72


@given(draw=st.floats(0, 1, exclude_max=True), failures=st.integers(1, 2000))
def test_a_failing_kiosk_tries_soon_then_less_often_and_never_less_than_usual(
    draw: float, failures: int
) -> None:
    """Breaks when `Schedule.next_after` forgets to bound the doubled wait by the interval."""
    wait_s = Schedule(60, 0.2).next_after(failures, draw, None)
    assert 1.6 <= wait_s <= 72
    if failures == 1:
        assert wait_s <= 2.4


def test_a_bureau_that_asks_for_patience_gets_it() -> None:
    assert Schedule(60, 0.2).next_after(0, 0.5, 600.0) == 600.0
