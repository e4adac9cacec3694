"""Old entries go when the bureau's backup holds them; the journal goes on as if they were there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.messages.events import FIRST_HASH, chain_hash
from kiosk.storage.opening import OpenedStore
from tests import answers
from tests.unit.storage.samples import DAY, NOW, TurnedClock, check_in, opened, person

OLD = NOW + timedelta(days=31)


def visits(kept: OpenedStore, count: int, *, days_later: int = 0) -> None:
    """Let so many people come, each in a transaction of his own."""
    day = timedelta(days=days_later)
    for number in range(1, count + 1):
        with kept.store.writing() as records:
            check_in(records, person(1000 * days_later + number).id, NOW + day, DAY + day)


def seqs(kept: OpenedStore) -> list[int]:
    """Return what the journal still holds, as a restored bureau would be told it."""
    with kept.database.reading() as connection:
        return list(connection.exec_driver_sql("SELECT seq FROM journal ORDER BY seq").scalars())


@pytest.mark.parametrize(
    ("acked", "prune_ok", "now", "left"),
    [
        (3, 3, OLD, []),
        (3, 2, OLD, [3]),  # the third is in no verified backup
        (3, 0, OLD, [1, 2, 3]),
        (1, 3, OLD, [2, 3]),  # a backup of entries that the bureau never acknowledged is nobody's
        (3, 3, OLD - timedelta(days=2), [1, 2, 3]),  # not thirty days old
    ],
)
def test_what_is_pruned_when(
    kept: OpenedStore, acked: int, prune_ok: int, now: object, left: list[int]
) -> None:
    """One-line break: in `_last_before`, look at all entries that are acknowledged."""
    visits(kept, 3)
    answers.acknowledge(kept, acked, prune_ok=prune_ok)
    kept.forget_closed(now)  # type: ignore[arg-type]
    assert seqs(kept) == left


def test_entries_younger_than_thirty_days_stay(kept: OpenedStore) -> None:
    visits(kept, 2)
    visits(kept, 2, days_later=20)
    answers.acknowledge(kept, 4, prune_ok=4)
    kept.forget_closed(OLD)
    assert seqs(kept) == [3, 4]


def test_the_next_upload_is_chained_to_the_entry_that_is_gone(kept: OpenedStore) -> None:
    """One-line break: in `keep_mark`, do not keep the hash at the floor."""
    visits(kept, 3)
    last = kept.sync_book.outgoing(10).events[-1].hash
    answers.acknowledge(kept, 3, prune_ok=3)
    kept.forget_closed(OLD)
    visits(kept, 1, days_later=31)
    said = kept.sync_book.outgoing(10)
    assert (said.floor, said.first, said.prev_hash) == (3, 4, last)
    assert [entry.prev_hash for entry in said.events] == [last]


def test_a_restored_bureau_is_offered_what_is_left(kept: OpenedStore) -> None:
    visits(kept, 3)
    kept.sync_book.adopt_generation("1-g")
    answers.acknowledge(kept, 3, prune_ok=2)
    kept.forget_closed(OLD)
    kept.sync_book.adopt_generation("2-restored")
    said = kept.sync_book.outgoing(10)
    assert (said.floor, said.first, [entry.seq for entry in said.events]) == (2, 3, [3])


def test_a_journal_that_is_all_gone_is_still_the_same_stream_at_the_next_start(tmp_path: Path) -> None:
    """One-line break: in `hash_at`, look among the entries only."""
    kept = opened(tmp_path)
    visits(kept, 2)
    answers.acknowledge(kept, 2, prune_ok=2)
    kept.forget_closed(OLD)
    kept.close()
    again = opened(tmp_path)
    assert again.new_stream is None
    assert seqs(again) == []
    again.close()


def test_an_old_stream_goes_too_and_what_it_was_given_stays_known(kept: OpenedStore) -> None:
    visits(kept, 3)
    old = answers.life(kept)
    kept.sync_book.begin_stream(old)
    kept.sync_book.acknowledge(old, answers.all_told(kept, old), 3, prune_ok=3)
    kept.forget_closed(OLD)
    with kept.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM orphan_entry").scalar() == 0
        assert connection.exec_driver_sql("SELECT stream FROM orphan_stream").scalar() == old.stream
    assert {kept.sync_book.outgoing(10).stream for _ in range(130)} == {kept.health().stream}


def test_an_old_stream_asks_now_and_then_whether_a_backup_has_it(kept: OpenedStore) -> None:
    visits(kept, 1)
    old = answers.life(kept)
    kept.sync_book.begin_stream(old)
    kept.sync_book.acknowledge(old, answers.all_told(kept, old), 1)
    spoken = [kept.sync_book.outgoing(10).stream for _ in range(128)]
    assert spoken.count(old.stream) == 2


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("write"), st.integers(1, 3)),
            st.tuples(st.just("hear"), st.integers(0, 12)),
            st.tuples(st.just("back up"), st.integers(0, 12)),
            st.tuples(st.just("prune"), st.integers(0, 40)),
            st.tuples(st.just("restore"), st.just(0)),
            st.tuples(st.just("ask again"), st.integers(1, 12)),
        ),
        max_size=14,
    )
)
def test_whatever_is_pruned_the_rest_is_a_chain_and_nothing_is_lost_but_what_a_backup_holds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    """One-line break: in `watermarks.prunable`, return what is acknowledged."""
    clock = TurnedClock()
    kept = opened(tmp_path_factory.mktemp("pruned"), clock)
    kept.sync_book.adopt_generation("1-g")
    backed_up, life, written = 0, 1, 0
    for step, count in steps:
        if step == "write":
            written += count
            for _ in range(count):
                with kept.store.writing() as records:
                    check_in(records, person(written * 10 + _).id, clock.now(), clock.now().date())
        elif step == "hear":
            answers.acknowledge(kept, min(count, written))
        elif step == "back up":
            acked = kept.sync_book.outgoing(1).first - 1
            backed_up = max(backed_up, min(count, acked))
            answers.acknowledge(kept, acked, prune_ok=backed_up)
        elif step == "ask again":
            answers.acknowledge(kept, 0, need_from=min(count, written + 1))
        elif step == "restore":
            life += 1
            kept.sync_book.adopt_generation(f"{life}-g")
        else:
            clock.instant += timedelta(days=count)
            kept.forget_closed(clock.now())
        said = kept.sync_book.outgoing(500)
        assert said.floor <= backed_up
        assert said.head == written
        assert [entry.seq for entry in said.events] == list(range(said.first, written + 1))
        before = said.prev_hash
        assert said.first > 1 or before == FIRST_HASH
        for entry in said.events:
            assert entry.prev_hash == before
            before = chain_hash(said.stream, entry.seq, entry.type, entry.v, before, entry.body)
            assert entry.hash == before
    kept.close()
