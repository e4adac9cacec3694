"""What sync says and what it brings: once, in order, and never more rights than the bureau gave."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.ids import JobId
from kiosk.messages.events import FIRST_HASH, JobPosted
from kiosk.messages.feed import CapsuleBody, Cursor, FeedRow, ParameterBody
from kiosk.messages.sync import ClockView, Refusal, RightGrant, SyncReply
from kiosk.protocol import kiosk_side
from kiosk.protocol.kiosk_side import told_in
from kiosk.protocol.ports import Since
from kiosk.protocol.watermarks import Told
from kiosk.storage.opening import OpenedStore
from tests import answers
from tests.unit.storage.samples import (
    DAY,
    NOW,
    PLACES,
    TurnedClock,
    check_in,
    feed,
    grant,
    job_body,
    joined,
    person,
    row,
    take,
    trip_body,
)


def check_in_many(kept: OpenedStore, count: int) -> None:
    with kept.store.writing() as records:
        for number in range(1, count + 1):
            check_in(records, person(number).id)


def acknowledge(kept: OpenedStore, acked: int, need_from: int | None = None) -> None:
    answers.acknowledge(kept, acked, need_from)


def seqs(kept: OpenedStore, limit: int = 10) -> list[int]:
    return [event.seq for event in kept.sync_book.outgoing(limit).events]


def test_what_is_acknowledged_is_not_said_again(kept: OpenedStore) -> None:
    check_in_many(kept, 5)
    assert seqs(kept, limit=2) == [1, 2]
    acknowledge(kept, 2)
    said = kept.sync_book.outgoing(10)
    assert (said.first, said.backlog, [event.seq for event in said.events]) == (3, 3, [3, 4, 5])
    assert said.prev_hash != FIRST_HASH
    assert said.events[0].prev_hash == said.prev_hash


def test_a_late_acknowledgement_lowers_nothing(kept: OpenedStore) -> None:
    check_in_many(kept, 3)
    acknowledge(kept, 3)
    acknowledge(kept, 1)
    assert seqs(kept) == []


def test_an_answer_about_entries_that_were_written_otherwise_here_acknowledges_nothing(
    kept: OpenedStore,
) -> None:
    """Broken by believing an answer that names no entry of this database."""
    check_in_many(kept, 3)
    said = told_in(kept.sync_book.outgoing(2))
    kept.sync_book.acknowledge(answers.life(kept), replace(said, hash=FIRST_HASH), 2)
    assert seqs(kept) == [1, 2, 3]
    kept.sync_book.acknowledge(answers.life(kept), said, 2)
    assert seqs(kept) == [3]


def test_an_answer_behind_a_gap_acknowledges_nothing(kept: OpenedStore) -> None:
    """Of an entry in the gap that was refused, nobody here would ever be told."""
    check_in_many(kept, 3)
    everything = kept.sync_book.outgoing(3)
    behind = Told(3, 3, everything.events[-1].hash)
    kept.sync_book.acknowledge(answers.life(kept), behind, 3)
    assert seqs(kept) == [1, 2, 3]


def test_the_bureau_may_ask_again(kept: OpenedStore) -> None:
    check_in_many(kept, 3)
    acknowledge(kept, 3)
    acknowledge(kept, 1, need_from=2)
    assert seqs(kept) == [2, 3]


def test_a_restored_bureau_hears_everything_again(kept: OpenedStore) -> None:
    check_in_many(kept, 3)
    kept.sync_book.adopt_generation("1-first")
    acknowledge(kept, 3)
    kept.sync_book.adopt_generation("1-first")
    assert seqs(kept) == []
    kept.sync_book.adopt_generation("2-restored")
    assert seqs(kept) == [1, 2, 3]
    assert kept.sync_book.outgoing(1).generation == "2-restored"
    kept.sync_book.adopt_generation("1-first")
    assert kept.sync_book.generation() == "2-restored", "a life that is over is never gone back to"


def test_a_bureau_that_knows_more_than_we_wrote_proves_a_step_back_in_time(kept: OpenedStore) -> None:
    check_in_many(kept, 2)
    before = kept.health().stream
    acknowledge(kept, 9)
    assert kept.health().stream != before
    with kept.store.writing() as records:
        assert check_in(records, person(3).id).queue_number == "A3"


def test_rights_are_merged_and_counted(kept: OpenedStore) -> None:
    feed(kept, job_body())
    grant(kept, PLACES, 1, 2)
    grant(kept, PLACES, 2, 3)
    with kept.store.writing() as records:
        take(records, person().id, JobId("J1"))
    (view,) = kept.sync_book.outgoing(10).rights
    assert (view.quota, view.granted, view.returned, view.spent) == (PLACES, [(1, 3)], [], 1)


def test_a_grant_for_another_stream_gives_nothing(kept: OpenedStore) -> None:
    since, rights = Since("an older stream", ""), [RightGrant(quota=PLACES, granted=[(1, 5)])]
    kiosk_side.keep_granted(kept.sync_book, since, rights)
    with kept.store.reading() as records:
        assert len(records.rights.free(PLACES)) == 0


def test_the_kiosk_asks_for_places_and_seats_it_lacks(kept: OpenedStore, clock: TurnedClock) -> None:
    feed(
        kept,
        trip_body(seats=2),
        job_body(1, trip="T1"),
        job_body(2, open_places=0),
        job_body(3, state="closed"),
    )
    wants = {want.quota: want.count for want in kept.sync_book.outgoing(1).wants}
    assert wants == {"places:J1": 5, "seats:T1": 2}
    grant(kept, PLACES, 1, 3)
    clock.instant += timedelta(minutes=6)
    assert {want.quota for want in kept.sync_book.outgoing(1).wants} == {"seats:T1"}


def test_a_refusal_told_twice_lies_in_the_tray_once_until_a_person_takes_it_out(kept: OpenedStore) -> None:
    check_in_many(kept, 2)
    for _ in range(2):
        answers.refuse(kept, Refusal(seq=2, reason="bureau.unknown_worker"), at=NOW)
    with kept.store.reading() as records:
        (refused,) = records.desk.refused()
        assert (refused.seq, refused.type, refused.reason) == (2, "checked_in", "bureau.unknown_worker")
        assert records.settings.sync_health().refused_open == 1
    with kept.store.writing() as records:
        records.desk.settle_refused(2, NOW, "S1")
    assert kept.sync_book.outgoing(1).refused_open == 0


def test_a_refusal_is_in_the_tray_before_its_entry_is_acknowledged(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by acknowledging first: cut off in between, nobody here ever hears of the refusal."""

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    check_in_many(kept, 2)
    said = kiosk_side.request_of(
        kept.sync_book.outgoing(10), "k", ClockView(wall=NOW, boot="b", boottime_ms=1)
    )
    reply = SyncReply(
        stream=said.stream,
        generation=said.generation or "1-g",
        server_time=NOW,
        acked=2,
        prune_ok=0,
        rights=[],
        refusals=[Refusal(seq=2, reason="bureau.unknown_worker")],
        pages=[],
    )
    monkeypatch.setattr(type(kept.sync_book), "acknowledge", cut_off)
    with pytest.raises(KeyboardInterrupt):
        kiosk_side.take_in(kept.sync_book, said, reply, NOW, lambda: None)
    with kept.store.reading() as records:
        assert [refused.seq for refused in records.desk.refused()] == [2]


def test_a_posting_waits_until_the_feed_brings_it_or_its_refusal(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        for number in (1, 2, 3):
            records.desk.add_pending_job(
                JobId(f"J{number}"), f"title {number}", NOW + timedelta(seconds=number)
            )
            records.journal.append(JobPosted(job={"id": f"J{number}"}, actor="S1"), NOW)
    answers.refuse(kept, Refusal(seq=2, reason="bureau.bad"), at=NOW)
    feed(kept, job_body(1, state="pending"))
    with kept.store.reading() as records:
        assert records.desk.pending_jobs() == [("J1", "title 1"), ("J3", "title 3")]
    feed(kept, job_body(1), job_body(3, state="returned"), from_pos=2)
    with kept.store.reading() as records:
        assert records.desk.pending_jobs() == []


def test_rows_of_every_topic_arrive_and_tombstones_remove_them(kept: OpenedStore) -> None:
    parameter = ParameterBody(
        key="age.minimum_years", value="16", unit="year", source="law", effective_from=DAY
    )
    rows = [
        row("capsule", CapsuleBody(sealed="box"), 1, "hash-1"),
        row("parameter", parameter, 2, f"age.minimum_years@{DAY}"),
    ]
    answers.tell(kept, rows, 2)
    with kept.store.reading() as records:
        assert records.workers.capsule(person().number_hash) == "box"
        assert records.settings.parameters(DAY).whole("age.minimum_years") == 16
        assert records.settings.parameters(DAY - timedelta(days=1)).values == {}
    gone = FeedRow(topic="capsule", id="hash-1", pos=3, is_deleted=True)
    answers.tell(kept, [gone], 3)
    with kept.store.reading() as records:
        assert records.workers.capsule(person().number_hash) is None
    assert kept.sync_book.outgoing(1).cursors == (Cursor(scope="city", feed_gen="g1", pos=3),)


def test_a_late_page_is_ignored(kept: OpenedStore) -> None:
    feed(kept, job_body(1, title="新"), from_pos=7)
    feed(kept, job_body(1, title="旧"), from_pos=3)
    with kept.store.reading() as records:
        job = records.board.job(JobId("J1"))
    assert job is not None
    assert job.title == "新"


@pytest.mark.parametrize("later_pages_say_so_too", [True, False])
def test_a_snapshot_replaces_what_its_scope_told_page_by_page(
    kept: OpenedStore, *, later_pages_say_so_too: bool
) -> None:
    feed(kept, job_body(1), job_body(2))
    for number, is_snapshot in ((3, True), (4, later_pages_say_so_too)):
        rows = [row("job", job_body(number), number)]
        answers.tell(kept, rows, number, feed_gen="g2", is_snapshot=is_snapshot)
    with kept.store.reading() as records:
        assert [records.board.job(JobId(f"J{number}")) is not None for number in range(1, 5)] == [
            False,
            False,
            True,
            True,
        ]


def test_numbers_spent_stay_spent_when_a_job_comes_again(kept: OpenedStore) -> None:
    feed(kept, job_body())
    grant(kept, PLACES, 1, 5)
    with kept.store.writing() as records:
        take(records, person().id, JobId("J1"))
    feed(kept, job_body(version=2), from_pos=2)
    with kept.store.reading() as records:
        line = records.board.line(JobId("J1"), NOW)
    assert line is not None
    assert (line.job.version, line.open_here) == (2, 4)


def test_too_large_a_page_is_our_mistake(kept: OpenedStore) -> None:
    rows = [FeedRow(topic="capsule", id=str(pos), pos=pos, body='{"sealed": ""}') for pos in range(1, 502)]
    with pytest.raises(ValueError, match="too many"):
        answers.tell(kept, rows, 501)


def test_the_desk_sees_how_sync_goes(kept: OpenedStore) -> None:
    check_in_many(kept, 2)
    later = NOW + timedelta(minutes=1)
    kept.sync_book.note_attempt(NOW, success=True, problem="", next_try_at=later, server_time=NOW)
    kept.sync_book.note_attempt(
        later, success=False, problem="sync.unreachable", next_try_at=later, server_time=None
    )
    with kept.store.reading() as records:
        health = records.settings.sync_health()
    assert (health.pending, health.oldest_pending_at) == (2, NOW)


def test_what_an_ended_stream_has_left_to_say_is_pending_and_has_an_age(kept: OpenedStore) -> None:
    """Broken by asking the present stream alone how old the oldest entry is."""
    check_in_many(kept, 1)
    kept.sync_book.begin_stream(answers.life(kept))
    with kept.store.reading() as records:
        health = records.settings.sync_health()
    assert (health.pending, health.oldest_pending_at) == (1, NOW)


def test_a_second_process_sees_and_adds_to_the_same_journal(kept: OpenedStore) -> None:
    other = joined(kept.database.path.parent)
    check_in_many(kept, 1)
    with other.store.writing() as records:
        check_in(records, person(2).id)
    assert seqs(kept) == [1, 2]
    other.close()


def minimum_age(version: int, years: int) -> list[FeedRow]:
    body = ParameterBody(
        key="age.minimum_years", value=str(years), unit="year", source="law", effective_from=DAY
    )
    return [row("parameter", body, version, f"age.minimum_years@{DAY}")]


def known_minimum_ages(kept: OpenedStore) -> list[int]:
    """Return what a reading and a writing transaction say."""
    with kept.store.reading() as records:
        read = records.settings.parameters(DAY).whole("age.minimum_years")
    with kept.store.writing() as records:
        return [read, records.settings.parameters(DAY).whole("age.minimum_years")]


def test_a_parameter_of_another_process_holds_from_the_next_transaction_on(
    tmp_path: Path, kept: OpenedStore
) -> None:
    """One-line break: in `_kept_parameters`, `version = 0`."""
    other = joined(tmp_path / "data")
    try:
        for version, years in enumerate((16, 18, 17), 1):
            answers.tell(other, minimum_age(version, years), version)
            assert [known_minimum_ages(kept) for _ in range(2)] == [[years, years]] * 2
    finally:
        other.close()


def test_a_parameter_that_this_process_keeps_itself_holds_at_once_too(kept: OpenedStore) -> None:
    """One-line break: in `write_changes`, do not distrust what is kept."""
    for version, years in enumerate((16, 18, 17), 1):
        answers.tell(kept, minimum_age(version, years), version)
        assert [known_minimum_ages(kept) for _ in range(2)] == [[years, years]] * 2


def asked(kept: OpenedStore) -> dict[str, tuple[int, int]]:
    """Return what is asked for: how many more, and for how many people who wait."""
    return {want.quota: (want.count, want.waiting) for want in kept.sync_book.outgoing(1).wants}


def test_once_answered_a_kiosk_asks_for_people_only(kept: OpenedStore, clock: TurnedClock) -> None:
    feed(kept, trip_body(seats=9), job_body(1, trip="T1"), job_body(2))
    everything = {"places:J1": (5, 0), "places:J2": (5, 0), "seats:T1": (9, 0)}
    assert asked(kept) == everything
    answers.grant(kept, {})
    assert asked(kept) == {}
    kept.sync_book.looks.look(["places:J1", "seats:T1"])
    kept.sync_book.looks.look(["places:J1", "seats:T1"])
    assert asked(kept) == {"places:J1": (2, 2), "seats:T1": (2, 2)}
    clock.instant += timedelta(minutes=3)
    assert asked(kept) == {}, "whoever looked three minutes ago has left"
    clock.instant += timedelta(minutes=3)
    assert asked(kept) == everything, "an answer holds five minutes"


def test_those_who_go_together_are_asked_for_at_once_and_once(kept: OpenedStore, clock: TurnedClock) -> None:
    """Broken by adding up what is said of people who stand together."""
    feed(kept, trip_body(seats=9), job_body(1, trip="T1"))
    kept.sync_book.outgoing(1)
    answers.grant(kept, {"places:J1": [(1, 2)]})
    looks = kept.sync_book.looks
    looks.hear("places:J1")
    assert [looks.hear("4*places:J1 4*seats:T1") for _ in range(3)] == [True, False, False]
    assert asked(kept) == {"places:J1": (2, 4), "seats:T1": (4, 4)}
    assert looks.hear("3*places:J1"), "the last word holds"
    assert asked(kept)["places:J1"] == (1, 3)
    clock.instant += timedelta(minutes=3)
    assert asked(kept) == {}
    assert looks.hear("3*places:J1")


def test_what_was_taken_lately_will_be_wanted_again(kept: OpenedStore, clock: TurnedClock) -> None:
    """One-line break: in `taken_lately`, count takes of any time."""
    feed(kept, job_body())
    grant(kept, PLACES, 1, 2)
    with kept.store.writing() as records:
        take(records, person(1).id, JobId("J1"))
        take(records, person(2).id, JobId("J1"), name="P2")
    kept.sync_book.outgoing(1)
    answers.grant(kept, {})
    assert asked(kept) == {PLACES: (2, 0)}
    clock.instant += timedelta(minutes=31)
    kept.sync_book.looks.answer([PLACES])
    assert asked(kept) == {}


def test_a_bureau_that_waits_for_reports_has_answered_nothing(kept: OpenedStore) -> None:
    """One-line break: in `missing`, take any answer for one."""
    feed(kept, job_body())
    assert asked(kept) == {PLACES: (5, 0)}
    kept.sync_book.note_hello(answers.life(kept), "", asks_older=True)
    answers.grant(kept, {})
    assert asked(kept) == {PLACES: (5, 0)}
