"""What a kiosk makes of an answer: whether it believes it, and whether there is more to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from kiosk.messages.events import FIRST_HASH, Event
from kiosk.messages.feed import FeedPage, FeedRow
from kiosk.messages.sync import ClockView, Recall, RightGrant, SyncReply, SyncRequest
from kiosk.protocol.kiosk_side import Verdict, request_of, take_in
from kiosk.protocol.ports import Outgoing, SyncBook
from kiosk.system_clock import SystemClock
from tests.stores import open_new_store

NOW = datetime(2026, 9, 18, tzinfo=UTC)
ROWS = {
    "job": FeedRow(topic="job", id="j1", pos=7, body="{}"),
    "trip": FeedRow(topic="trip", id="t1", pos=8, body="{}"),
    "capsule": FeedRow(topic="capsule", id="c1", pos=6, body="{}"),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SyncBook]:
    """A kiosk that has heard of one life of its bureau."""
    opened = open_new_store(tmp_path_factory.mktemp("kiosk"), SystemClock())
    opened.sync_book.adopt_generation("1-g")
    yield opened.sync_book
    opened.close()


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


def said(count: int = 2, head: int = 5, first: int = 4, *, is_old: bool = False) -> SyncRequest:
    outgoing = Outgoing(
        stream="s",
        generation="1-g",
        head=head,
        first=first,
        prev_hash=FIRST_HASH,
        events=tuple(entry(first + at) for at in range(count)),
        rights=(),
        wants=(),
        cursors=(),
        backlog=head - first + 1,
        refused_open=3,
        is_old=is_old,
    )
    return request_of(outgoing, "k", ClockView(wall=NOW, boot="b", boottime_ms=1))


def reply(acked: int = 5, *rows: FeedRow, has_more: bool = False, **changed: object) -> SyncReply:
    page = FeedPage(scope="city", feed_gen="f", rows=list(rows), pos=9, has_more=has_more)
    plain = SyncReply(
        stream="s",
        generation="1-g",
        server_time=NOW,
        acked=acked,
        prune_ok=0,
        rights=[],
        refusals=[],
        pages=[page],
    )
    return plain.model_copy(update=changed)


def verdict(book: SyncBook, spoken: SyncRequest, answer: SyncReply) -> Verdict:
    return take_in(book, spoken, answer, NOW, lambda: None)


def test_a_request_says_all_that_is_outgoing() -> None:
    spoken = said()
    assert (spoken.first, spoken.head, len(spoken.events), spoken.refused_open) == (4, 5, 2, 3)


def test_when_everything_is_acknowledged_the_kiosk_is_quiet(book: SyncBook) -> None:
    assert verdict(book, said(), reply()) == Verdict(is_valid=True, speaks_again=False)


@pytest.mark.parametrize(
    "answer", [reply(stream="other"), reply(generation="1-h"), reply(2, need_from=3, generation="0-g")]
)
def test_an_answer_of_another_life_is_not_believed(book: SyncBook, answer: SyncReply) -> None:
    assert verdict(book, said(), answer) == Verdict(is_valid=False)


@pytest.mark.parametrize(
    "answer",
    [
        reply(4),
        reply(2, need_from=3),
        reply(5, ROWS["capsule"], has_more=True),
        reply(5, ROWS["job"]),
        reply(5, ROWS["trip"]),
        reply(5, asks_older=True),
        reply(5, hello="say this"),
    ],
)
def test_the_kiosk_speaks_again_at_once_while_there_is_more_to_say_or_to_ask(
    book: SyncBook, answer: SyncReply
) -> None:
    assert verdict(book, said(), answer).speaks_again
    assert not verdict(book, said(), answer.model_copy(update={"retry_after_s": 9.0})).speaks_again


def test_after_an_old_stream_the_present_one_speaks_at_once(book: SyncBook) -> None:
    assert verdict(book, said(is_old=True), reply()).speaks_again
    assert not verdict(book, said(is_old=True), reply(retry_after_s=9.0)).speaks_again


@pytest.mark.parametrize(
    "answer",
    [reply(3), reply(5, ROWS["capsule"]), reply(5, ROWS["job"].model_copy(update={"is_deleted": True}))],
)
def test_an_answer_that_moves_nothing_is_no_reason_to_speak_again(book: SyncBook, answer: SyncReply) -> None:
    assert not verdict(book, said(), answer).speaks_again


def test_numbers_that_went_back_are_told_at_once_and_a_kiosk_without_any_is_quiet(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    opened = open_new_store(tmp_path_factory.mktemp("kiosk"), SystemClock())
    try:
        spoken = said(0).model_copy(update={"stream": opened.health().stream, "head": 0, "first": 1})
        granted = [RightGrant(quota="places:J1", granted=[(1, 3)])]
        recalls = [Recall(quota="places:J1", keep=0)]
        asked = reply(0, rights=granted, recalls=recalls, stream=spoken.stream)
        assert [verdict(opened.sync_book, spoken, asked).speaks_again for _ in range(2)] == [True, False]
    finally:
        opened.close()


def test_a_restored_bureau_hears_again_at_once_but_a_first_one_is_not_a_restored_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    opened = open_new_store(tmp_path_factory.mktemp("kiosk"), SystemClock())
    try:
        assert not verdict(opened.sync_book, said(), reply()).speaks_again
        assert verdict(opened.sync_book, said(), reply(generation="2-restored")).speaks_again
    finally:
        opened.close()
