"""What the bureau said of one life is carried out in that one alone, and what it was given is never lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.domain.quotas import NumberSet
from kiosk.messages.sync import OldStream, Recall, Refusal, RightGrant
from kiosk.protocol import kiosk_side, marks
from kiosk.protocol.kiosk_side import told_in
from kiosk.protocol.lives import Cause
from kiosk.protocol.marks import GrantedMark
from kiosk.protocol.ports import Since, SyncBook
from kiosk.storage.keys import KEY_FILE_NAME
from kiosk.storage.marker import Marker
from kiosk.storage.opening import DATABASE_FILE, OpenedStore
from tests import answers
from tests.unit.storage.samples import (
    MACHINE,
    NOW,
    PLACES,
    a_morning,
    grant,
    opened,
)

ACTS: dict[str, Callable[[SyncBook, Since], object]] = {
    "acknowledge": lambda book, since: book.acknowledge(since, told_in(book.outgoing(10)), 2, None, 2),
    "begin": lambda book, since: book.begin_stream(since),
    "know more": lambda book, since: book.acknowledge(since, told_in(book.outgoing(10)), 99),
    "refuse": lambda book, since: book.refuse(since, [Refusal(seq=1, reason="bureau.bad")], NOW),
    "grant": lambda book, since: book.store_granted(since, {PLACES: NumberSet.up_to(5)}),
    "recall": lambda book, since: book.return_surplus(since, [Recall(quota=PLACES, keep=0)]),
    "hello": lambda book, since: book.note_hello(since, "say this", asks_older=True),
}


def a_morning_told(data_dir: Path) -> OpenedStore:
    """A morning of a kiosk that has heard its bureau's generation."""
    kept = opened(data_dir)
    kept.sync_book.adopt_generation("1-g")
    return a_morning(kept)


def said(kept: OpenedStore) -> object:
    with kept.store.reading() as records:
        refused = list(records.desk.refused())
    return kept.sync_book.outgoing(10), refused


@pytest.mark.parametrize("act", ACTS)
def test_what_was_said_of_another_life_changes_nothing(tmp_path: Path, act: str) -> None:
    """One-line break: in `stream_in`, do not look at the generation."""
    kept = a_morning_told(tmp_path)
    before = said(kept)
    for life in (Since(kept.health().stream, "0-old"), Since("another stream", "1-g")):
        ACTS[act](kept.sync_book, life)
        assert said(kept) == before
    ACTS[act](kept.sync_book, answers.life(kept))
    assert said(kept) != before
    kept.close()


def test_an_answer_that_comes_after_a_new_stream_began_gives_it_nothing(tmp_path: Path) -> None:
    kept = a_morning_told(tmp_path)
    late = answers.life(kept)
    kept.sync_book.begin_stream(late)
    kiosk_side.keep_granted(kept.sync_book, late, [RightGrant(quota=PLACES, granted=[(1, 5)])])
    with kept.store.reading() as records:
        assert len(records.rights.free(PLACES)) == 0
    kept.close()


def older(kept: OpenedStore) -> dict[str, OldStream]:
    """Ask for the streams before the present one, as a restored bureau does."""
    kept.sync_book.note_hello(answers.life(kept), "", asks_older=True)
    told = next(said.older for said in (kept.sync_book.outgoing(1) for _ in range(2)) if not said.is_old)
    assert told is not None
    return {item.stream: item for item in told}


def test_older_streams_are_told_only_when_the_bureau_asks(tmp_path: Path) -> None:
    kept = a_morning_told(tmp_path)
    stream = kept.health().stream
    kept.sync_book.begin_stream(answers.life(kept))
    assert {kept.sync_book.outgoing(1).older for _ in range(4)} == {None}
    (view,) = older(kept)[stream].rights
    assert (view.quota, view.granted, view.returned, view.spent) == (PLACES, [(1, 3)], [], 1)
    kept.close()


def test_what_must_be_repeated_belongs_to_one_stream_and_one_life_of_the_bureau(tmp_path: Path) -> None:
    kept = a_morning_told(tmp_path)
    kept.sync_book.note_hello(answers.life(kept), "say this", asks_older=False)
    assert kept.sync_book.outgoing(1).hello == "say this"
    kept.sync_book.adopt_generation("2-restored")
    told = kept.sync_book.outgoing(1)
    assert (told.hello, told.older) == ("", ()), "a restored bureau has to hear of all streams"
    kept.sync_book.note_hello(answers.life(kept), "say that", asks_older=False)
    kept.sync_book.begin_stream(answers.life(kept))
    assert {kept.sync_book.outgoing(1).hello for _ in range(2)} == {""}
    kept.close()


def a_morning_lost(folder: Path, *names: str) -> str:
    """Tell the bureau of a morning, lose these files of it, and return the stream it was in."""
    kept = a_morning_told(folder)
    stream = kept.health().stream
    kept.close()
    for name in names:
        (folder / name).unlink()
    return stream


@pytest.mark.parametrize("lost", [["marker"], ["marker", "marker-rights.json"]])
def test_a_lost_marker_loses_no_grant(tmp_path: Path, lost: list[str]) -> None:
    """One-line break: in `begin_stream`, pass None for the stream that ends."""
    stream = a_morning_lost(tmp_path, *lost)
    again = opened(tmp_path)
    assert again.new_stream is Cause.MARKER_MISSING
    assert older(again)[stream].rights[0].granted == [(1, 3)]
    granted = Marker(tmp_path).read_granted()
    assert granted is not None
    assert [(item.stream, item.granted) for item in granted.older] == [(stream, {PLACES: NumberSet.up_to(3)})]
    again.close()


def test_a_lost_database_loses_no_grant(tmp_path: Path) -> None:
    stream = a_morning_lost(tmp_path, DATABASE_FILE, KEY_FILE_NAME)
    again = opened(tmp_path)
    assert older(again)[stream].rights[0].granted == [(1, 3)]
    again.close()


def test_an_ordinary_start_forgets_no_stream_before(tmp_path: Path) -> None:
    """One-line break: in `marks.mended`, keep no other streams; the next lost database would tell of none."""
    stream = a_morning_lost(tmp_path, DATABASE_FILE, KEY_FILE_NAME)
    opened(tmp_path).close()
    before = Marker(tmp_path).read_granted()
    assert before is not None
    assert [item.stream for item in before.older] == [stream]
    opened(tmp_path).close()
    assert Marker(tmp_path).read_granted() == before


@pytest.mark.parametrize("damage", ["unreadable", "begun for a stream that never came to be"])
def test_a_damaged_file_of_grants_is_made_right_at_the_next_start(tmp_path: Path, damage: str) -> None:
    """One-line break: in `settle_stream`, do not mend what was granted."""
    kept = a_morning_told(tmp_path)
    stream = kept.health().stream
    kept.close()
    marker = Marker(tmp_path)
    before = marker.read_granted()
    assert before is not None
    if damage == "unreadable":
        (tmp_path / "marker-rights.json").write_text("{")
    else:
        ended = marks.OlderStream(stream, 2, before.granted)
        marker.write_granted(GrantedMark("never", {}, (*before.older, ended)))
    again = opened(tmp_path)
    assert (again.new_stream, again.health().stream) == (None, stream)
    assert marker.read_granted() == before
    grant(again, PLACES, 4, 4)
    with again.store.reading() as records:
        assert list(records.rights.free(PLACES)) == [2, 3, 4]
    again.close()


def test_two_machines_say_different_things_of_themselves_and_nothing_else(kept: OpenedStore) -> None:
    told = kept.sync_book.outgoing(1).machine
    assert told == MACHINE.digest
    assert MACHINE.fingerprint not in told
    assert len(told) == 64


def test_a_notice_about_an_entry_of_an_older_stream_lies_in_the_tray_under_its_name(tmp_path: Path) -> None:
    kept = a_morning_told(tmp_path)
    old = kept.health().stream
    kept.sync_book.begin_stream(answers.life(kept))
    for _ in range(2):
        answers.refuse(kept, Refusal(seq=2, reason="bureau.notice.placed_twice", stream=old), at=NOW)
    with kept.store.reading() as records:
        (told,) = records.desk.refused()
    assert (told.seq, told.type, told.reason) == (2, "place_taken", "bureau.notice.placed_twice")
    kept.close()
