"""What is carried by hand comes late, twice and out of order, and does no more than it would on a wire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from kiosk.messages.events import FIRST_HASH, Event, chain_hash
from kiosk.messages.feed import Cursor, FeedPage, FeedRow
from kiosk.messages.sync import ClockView, SyncRequest, Want
from kiosk.protocol.carrying import is_late, news, requests_of
from kiosk.protocol.ports import Outgoing, StreamRecord

NOW = datetime(2026, 9, 18, tzinfo=UTC)
CLOCK = ClockView(wall=NOW, boot="b", boottime_ms=1)


def journal(count: int, word: str = "") -> tuple[Event, ...]:
    """Return a chain of entries; another word makes another story."""
    entries: list[Event] = []
    before = FIRST_HASH
    for seq in range(1, count + 1):
        body = f'{{"word":"{word}"}}'
        said = chain_hash("s", seq, "t", 1, before, body)
        entries.append(
            Event(
                seq=seq,
                type="t",
                v=1,
                at=NOW,
                boot="b",
                boottime_ms=seq,
                prev_hash=before,
                hash=said,
                body=body,
            )
        )
        before = said
    return tuple(entries)


ENTRIES = journal(1203)


def outgoing(first: int = 1, head: int = 1203, entries: Sequence[Event] = ENTRIES) -> Outgoing:
    return Outgoing(
        stream="s",
        generation="1-g",
        head=head,
        first=first,
        prev_hash=entries[first - 2].hash if first > 1 else FIRST_HASH,
        events=tuple(entries[first - 1 : head]),
        rights=(),
        wants=(Want(quota="places:j1", count=2),),
        cursors=(),
        backlog=head,
        refused_open=0,
    )


def test_many_entries_are_said_as_rounds_that_follow_on_each_other() -> None:
    """Broken by `outgoing.prev_hash` for every round: the second one would look like a fork."""
    rounds = requests_of(outgoing(), "k", CLOCK)
    assert [(item.first, len(item.events)) for item in rounds] == [(1, 500), (501, 500), (1001, 203)]
    assert [item.prev_hash for item in rounds] == [FIRST_HASH, ENTRIES[499].hash, ENTRIES[999].hash]
    assert [len(item.wants) for item in rounds] == [0, 0, 1], "the same people are not counted three times"
    assert {item.head for item in rounds} == {1203}


def test_rounds_of_fewer_entries_tell_each_entry_once() -> None:
    """Broken by rounds that take as many entries as a wire does: all but the first would tell some twice."""
    rounds = requests_of(outgoing(first=4, head=10), "k", CLOCK, most=3)
    assert [[entry.seq for entry in item.events] for item in rounds] == [[4, 5, 6], [7, 8, 9], [10]]


def test_who_has_nothing_to_tell_still_asks() -> None:
    [only] = requests_of(replace(outgoing(), events=()), "k", CLOCK)
    assert (only.events, len(only.wants)) == ([], 1)


def known(acked: int) -> StreamRecord:
    return StreamRecord("s", "k", "m", "live", acked, ENTRIES[acked - 1].hash, "a later boot", 9)


def late(request: SyncRequest, acked: int) -> bool:
    hashes = {entry.seq: entry.hash for entry in ENTRIES[:acked]}
    return is_late(known(acked), request, hashes)


def test_a_request_of_an_earlier_boot_that_agrees_with_all_we_know_is_late() -> None:
    """Broken by `return False`: the bundle of a machine that was started anew would fork its stream."""
    [request] = requests_of(outgoing(first=5, head=20), "k", CLOCK)
    assert late(request, acked=40)
    assert not late(request, acked=20), "it may still ask for something"
    assert not late(request, acked=10), "it tells something"


def test_a_request_that_tells_another_story_is_not_late() -> None:
    """Broken by not comparing hashes: a fork would go unseen."""
    [other] = requests_of(outgoing(head=20, entries=journal(20, "other")), "k", CLOCK)
    assert not late(other, acked=40)
    [silent] = requests_of(replace(outgoing(first=21, entries=journal(20, "other")), head=20), "k", CLOCK)
    assert not late(silent.model_copy(update={"events": []}), acked=40)


def test_entries_that_were_lost_before_a_restore_do_not_make_a_late_request_strange() -> None:
    [request] = requests_of(outgoing(head=20), "k", CLOCK)
    assert is_late(known(40), request, {20: ENTRIES[19].hash})


SCOPE, LIFE = "city", "f"


def page(changes: Sequence[int], begin: int, end: int, *, is_snapshot: bool) -> FeedPage:
    """Return what a feed says at `end` to somebody who read up to `begin`; changes[i] changed at i + 1."""
    newest = {row: pos for pos, row in enumerate(changes[:end], 1)}
    rows = [
        FeedRow(topic="job", id=str(row), pos=pos, body=str(pos))
        for row, pos in sorted(newest.items(), key=lambda item: item[1])
        if pos > (0 if is_snapshot else begin)
    ]
    return FeedPage(scope=SCOPE, feed_gen=LIFE, rows=rows, pos=end, has_more=False, is_snapshot=is_snapshot)


def board(changes: Sequence[int], upto: int) -> dict[str, str]:
    return {str(row): str(pos) for pos, row in enumerate(changes[:upto], 1)}


@given(st.data())
def test_answers_in_any_order_leave_the_board_whole_and_never_turn_it_back(data: st.DataObject) -> None:
    """Broken by taking a page that begins further on, or a snapshot that ends before what was read."""
    changes = data.draw(st.lists(st.integers(0, 4), min_size=1, max_size=12))
    at = 0
    held: dict[str, str] = {}
    for _ in range(data.draw(st.integers(1, 8))):
        begin = data.draw(st.integers(0, len(changes)))
        end = data.draw(st.integers(max(begin, 1), len(changes)))
        asked = [Cursor(scope=SCOPE, feed_gen=LIFE, pos=begin)] if begin else []
        read = [Cursor(scope=SCOPE, feed_gen=LIFE, pos=at)] if at else []
        for told in news([page(changes, begin, end, is_snapshot=not begin)], asked, read):
            assert told.pos > at
            held = {} if told.is_snapshot else held
            held = held | {row.id: row.body for row in told.rows}
            at = told.pos
        assert held == board(changes, at)


def test_pages_of_one_answer_follow_on_each_other() -> None:
    changes = list(range(9))
    pages = [page(changes, 0, 3, is_snapshot=True), page(changes, 3, 6, is_snapshot=False)]
    assert news(pages, [], []) == pages
    assert news(pages, [], [Cursor(scope=SCOPE, feed_gen=LIFE, pos=4)]) == pages[1:]
    newer_life = [Cursor(scope=SCOPE, feed_gen="g", pos=1)]
    assert news(pages[1:], [Cursor(scope=SCOPE, feed_gen=LIFE, pos=3)], newer_life) == []
