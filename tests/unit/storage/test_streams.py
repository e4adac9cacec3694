"""A database that was copied, lost or put back begins a new stream: no rights, and nothing forgotten."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.domain.ids import JobId
from kiosk.domain.quotas import NumberSet
from kiosk.domain.slips import SlipState
from kiosk.messages.events import FIRST_HASH
from kiosk.protocol import marks
from kiosk.protocol.kiosk_side import told_in
from kiosk.protocol.lives import Cause
from kiosk.protocol.ports import Since
from kiosk.storage.keys import KEY_FILE_NAME
from kiosk.storage.machines import Machine, this_machine
from kiosk.storage.marker import Marker
from kiosk.storage.opening import DATABASE_FILE, OpenedStore
from tests.unit.storage.samples import (
    DAY,
    MACHINE,
    PLACES,
    a_morning,
    check_in,
    opened,
    person,
    take,
)


def test_an_ordinary_restart_goes_on(tmp_path: Path) -> None:
    kept = a_morning(opened(tmp_path))
    stream = kept.health().stream
    kept.close()
    again = opened(tmp_path, machine=Machine(MACHINE.fingerprint, "boot-2"))
    assert again.new_stream is None
    assert again.health().stream == stream
    mark = Marker(tmp_path).read()
    assert mark is not None
    assert (mark.head, mark.boot) == (2, "boot-2")
    again.close()


def test_a_slip_of_an_ended_stream_does_not_come_out_by_itself(tmp_path: Path) -> None:
    """One-line break: in `_hold_back_slips`, hold back no slip."""
    a_morning(opened(tmp_path)).close()
    again = opened(tmp_path)
    with again.store.reading() as records:
        assert [slip.state for slip in records.slips.in_state(SlipState.QUEUED)] == [SlipState.QUEUED]
    again.close()
    (tmp_path / "marker").unlink()
    anew = opened(tmp_path)
    with anew.store.reading() as records:
        assert records.slips.in_state(SlipState.QUEUED) == []
        assert len(records.slips.in_state(SlipState.SENDING)) == 1
    anew.close()


def test_a_crash_before_the_marker_keeps_what_was_committed(tmp_path: Path) -> None:
    kept = a_morning(opened(tmp_path))
    marker_before = (tmp_path / "marker").read_bytes()
    with kept.store.writing() as records:
        check_in(records, person(2).id)
    kept.close()
    (tmp_path / "marker").write_bytes(marker_before)
    again = opened(tmp_path)
    assert again.new_stream is None
    mark = Marker(tmp_path).read()
    assert mark is not None
    assert mark.head == 3
    again.close()


def put_back_an_old_copy(tmp_path: Path) -> OpenedStore:
    kept = a_morning(opened(tmp_path))
    kept.close()
    shutil.copy(tmp_path / DATABASE_FILE, tmp_path / "copy")
    kept = opened(tmp_path)
    with kept.store.writing() as records:
        take(records, person(2).id, JobId("J1"), name="P2")
    with kept.store.writing() as records:
        check_in(records, person(3).id)
    kept.close()
    shutil.copy(tmp_path / "copy", tmp_path / DATABASE_FILE)
    return opened(tmp_path)


def test_an_old_copy_put_back_spends_nothing_and_hands_out_no_number_twice(tmp_path: Path) -> None:
    kept = put_back_an_old_copy(tmp_path)
    assert kept.new_stream is Cause.WENT_BACK
    with kept.store.reading() as records:
        assert len(records.rights.free(PLACES)) == 0
        assert records.slips.next_counter(DAY) == 3
        assert records.check_ins.next_sequence(DAY) == 3
    kept.close()


def test_a_history_as_long_but_another_one_begins_a_new_stream(tmp_path: Path) -> None:
    """One-line break: in `_contains`, ask only whether there is an entry at the marker's head."""
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    a_morning(opened(here)).close()
    shutil.copytree(here, elsewhere)
    for number, folder in enumerate((here, elsewhere), 2):
        kept = opened(folder)
        assert kept.new_stream is None
        with kept.store.writing() as records:
            check_in(records, person(number).id)
        kept.close()
    shutil.copy(elsewhere / DATABASE_FILE, here / DATABASE_FILE)
    kept = opened(here)
    assert kept.new_stream is Cause.WENT_BACK
    kept.close()


def test_a_crash_behind_the_marker_of_a_new_stream_begins_one_more(tmp_path: Path) -> None:
    """One-line break: in `disagreement`, do not compare the streams."""
    a_morning(opened(tmp_path)).close()
    marks.begin(Marker(tmp_path), "never committed", MACHINE.boot, MACHINE.fingerprint)
    kept = opened(tmp_path)
    assert kept.new_stream is Cause.OTHER_STREAM
    with kept.store.reading() as records:
        assert len(records.rights.free(PLACES)) == 0
        assert records.slips.next_counter(DAY) == 2
    kept.close()


def test_entries_of_the_old_stream_are_still_uploaded(tmp_path: Path) -> None:
    kept = put_back_an_old_copy(tmp_path)
    with kept.store.writing() as records:
        check_in(records, person(5).id)
    stream = kept.health().stream
    first, second = kept.sync_book.outgoing(10), kept.sync_book.outgoing(10)
    old, new = (first, second) if second.stream == stream else (second, first)
    assert new.stream == stream
    assert [event.seq for event in new.events] == [1]
    assert new.prev_hash == FIRST_HASH
    assert [event.seq for event in old.events] == [1, 2]
    assert (old.head, old.is_old, old.wants, old.cursors) == (2, True, (), ())
    assert [(view.quota, view.granted, view.spent) for view in old.rights] == [(PLACES, [(1, 3)], 1)]
    kept.sync_book.acknowledge(Since(old.stream, ""), told_in(old), 4)  # the bureau knew the lost tail
    assert {kept.sync_book.outgoing(10).stream for _ in range(4)} == {stream}
    kept.close()


def test_the_marker_remembers_what_older_streams_were_given(tmp_path: Path) -> None:
    kept = put_back_an_old_copy(tmp_path)
    granted = Marker(tmp_path).read_granted()
    assert granted is not None
    assert granted.granted == {}
    assert [(item.head, item.granted) for item in granted.older] == [(4, {PLACES: NumberSet.up_to(3)})]
    kept.close()


def test_a_cloned_disk_begins_a_new_stream(tmp_path: Path) -> None:
    a_morning(opened(tmp_path)).close()
    clone = opened(tmp_path, machine=Machine("another machine", "boot-1"))
    assert clone.new_stream is Cause.OTHER_MACHINE
    with clone.store.reading() as records:
        assert len(records.rights.free(PLACES)) == 0
        line = records.board.line(JobId("J1"), person().first_seen)
    assert line is not None
    assert (line.open_here, line.open_places) == (0, 4)
    clone.close()


def test_a_lost_marker_begins_a_new_stream(tmp_path: Path) -> None:
    a_morning(opened(tmp_path)).close()
    (tmp_path / "marker").unlink()
    kept = opened(tmp_path)
    assert kept.new_stream is Cause.MARKER_MISSING
    kept.close()


def test_a_lost_database_begins_a_new_stream_above_the_numbers_handed_out(tmp_path: Path) -> None:
    a_morning(opened(tmp_path)).close()
    for name in (DATABASE_FILE, KEY_FILE_NAME):
        (tmp_path / name).unlink()
    kept = opened(tmp_path)
    assert kept.new_stream is Cause.DATABASE_LOST
    with kept.store.writing() as records:
        assert check_in(records, person(9).id).queue_number == "A2"
    kept.close()


def test_this_machine_is_the_same_machine_twice(tmp_path: Path) -> None:
    assert this_machine(tmp_path) == this_machine(tmp_path)
    assert len(this_machine(tmp_path).fingerprint) == 64
