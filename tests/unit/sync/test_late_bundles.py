"""What a stick brings late, twice or from before somebody was put back, to a real kiosk or bureau."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from kiosk.app.sticks import FOLDER, UsbStick
from kiosk.bureau.backups import back_up
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish
from kiosk.bureau.reaches import reach_in
from kiosk.bureau.restores import restore
from kiosk.messages.events import PlaceGivenBack
from kiosk.storage.opening import open_store
from tests.unit.bureau.rehearsal import HandClock, employer, job
from tests.unit.sync.errands import (
    Kiosk,
    acquainted,
    entries,
    is_on_board,
    keys,
    serve,
    states,
    trip,
)


def test_an_old_bundle_of_an_earlier_boot_changes_nothing(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, tmp_path: Path
) -> None:
    """Broken by hearing it like any round: a machine that was started anew would be taken for a fork."""
    acquainted(bureau, kiosk, stick)
    kiosk.note(2)
    kiosk.courier.write(stick)
    old = UsbStick(shutil.copytree(tmp_path / "stick", tmp_path / "old"))
    kiosk.start_again("boot-2")
    kiosk.note(2)
    trip(bureau, kiosk, stick)
    assert entries(bureau) == 4
    assert serve(bureau, old) == ["courier.delivered"]
    assert (states(bureau), entries(bureau)) == ({kiosk.stream: "live"}, 4)
    kiosk.note()
    assert keys(kiosk.courier.read(old)) == ["courier.read"]
    assert kiosk.pending == 1
    trip(bureau, kiosk, stick)
    assert (states(bureau), kiosk.pending) == ({kiosk.stream: "live"}, 0)


def test_a_late_bundle_whose_answer_is_the_first_to_be_read_tells_what_was_refused_of_it(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, tmp_path: Path
) -> None:
    """Both answers before it were lost. Broken by an acknowledgement alone: the tray would stay empty."""
    acquainted(bureau, kiosk, stick)
    with kiosk.opened.store.writing() as records:
        lost = PlaceGivenBack(placement="nobody's", slip="PG-1", spent=[], reason="sick")
        records.journal.append(lost, kiosk.clock.now())
    kiosk.courier.write(stick)
    late = UsbStick(shutil.copytree(tmp_path / "stick", tmp_path / "late"))
    kiosk.start_again("boot-2")
    kiosk.note(2)
    kiosk.courier.write(stick)
    for carried in (stick, late):
        serve(bureau, carried)
    kiosk.courier.read(late)
    with kiosk.opened.store.reading() as records:
        told = [entry.reason for entry in records.desk.refused()]
    assert (kiosk.pending, told) == (2, ["bureau.refused.unknown_placement"])


def test_a_copy_put_back_learns_by_stick_that_it_must_begin_a_new_journal(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, tmp_path: Path
) -> None:
    """The whole folder went back, the marker too, so the machine itself cannot know.

    Broken by believing an answer to the journal that ended: it acknowledges what is not kept here.
    """
    acquainted(bureau, kiosk, stick)
    kiosk.note(2)
    trip(bureau, kiosk, stick)
    kiosk.opened.close()
    copy = shutil.copytree(kiosk.folder, tmp_path / "copy")
    kiosk.opened = open_store(kiosk.folder, kiosk.clock)
    kiosk.note(2)
    kiosk.courier.write(stick)
    serve(bureau, stick)
    old = shutil.copytree(tmp_path / "stick", tmp_path / "old")
    kiosk.courier.read(stick)
    ended = kiosk.stream
    kiosk.opened.close()
    shutil.rmtree(kiosk.folder)
    shutil.copytree(copy, kiosk.folder)
    kiosk.opened = open_store(kiosk.folder, kiosk.clock)
    assert kiosk.stream == ended
    trip(bureau, kiosk, stick)
    assert kiosk.stream != ended
    assert kiosk.courier.read(UsbStick(old))
    assert kiosk.pending == 2, "what was acknowledged to the lost journal is told again and compared"
    kiosk.note()
    acquainted(bureau, kiosk, stick)
    assert kiosk.pending == 0
    assert states(bureau) == {ended: "superseded", kiosk.stream: "live"}
    assert set(trip(bureau, kiosk, stick)) == {"courier.read"}, "its own old bundles are no other machine"


def test_an_answer_read_again_does_not_turn_the_board_back(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, tmp_path: Path
) -> None:
    """Broken by taking in all pages of an answer: a snapshot forgets what came after it."""
    courier, old = kiosk.courier, tmp_path / "old"
    for _ in range(2):
        courier.write(stick)
        serve(bureau, stick)
        shutil.copytree(tmp_path / "stick", old, dirs_exist_ok=True)
        courier.read(stick)
    publish(bureau.database, "city", [job("new-work")])
    trip(bureau, kiosk, stick)
    assert is_on_board(kiosk, "new-work")
    known = kiosk.opened.sync_book.outgoing(0).cursors
    assert "courier.read" in keys(kiosk.courier.read(UsbStick(old)))
    assert is_on_board(kiosk, "new-work")
    assert kiosk.opened.sync_book.outgoing(0).cursors == known


def test_an_answer_from_before_a_restore_is_told_and_changes_nothing(
    bureau_dir: Path, kiosk: Kiosk, bureau: Office, stick: UsbStick, tmp_path: Path, clock: HandClock
) -> None:
    acquainted(bureau, kiosk, stick)
    kiosk.note()
    kiosk.courier.write(stick)
    serve(bureau, stick)
    old = UsbStick(shutil.copytree(tmp_path / "stick", tmp_path / "old"))
    copy = Path(shutil.copytree(bureau_dir, tmp_path / "restored"))
    back_up(copy, tmp_path / "backups", clock.now())
    restore(copy, tmp_path / "backups", clock.now())
    with office(copy, clock) as restored:
        for _ in range(3):
            trip(restored, kiosk, stick)
        generation = kiosk.opened.sync_book.generation()
        kiosk.note()
        [outcome] = kiosk.courier.read(old)
        assert (outcome.sentence.key, outcome.is_well) == ("courier.outdated", False)
        assert (kiosk.pending, kiosk.opened.sync_book.generation()) == (1, generation)
        trip(restored, kiosk, stick)
        assert kiosk.pending == 0


def test_what_the_bureau_misses_is_looked_for_in_older_bundles(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, tmp_path: Path, clock: HandClock, bureau_dir: Path
) -> None:
    """Broken by bringing the newest bundle alone."""
    acquainted(bureau, kiosk, stick)
    backup = Path(shutil.copytree(bureau_dir, tmp_path / "copy"))
    kiosk.note(2)
    kiosk.courier.write(stick)
    old = shutil.copytree(tmp_path / "stick", tmp_path / "old")
    serve(bureau, stick)
    kiosk.courier.read(stick)
    kiosk.note(2)
    clock.forward(timedelta(hours=1))
    kiosk.courier.write(stick)
    for name in (old / FOLDER).glob("*-up.bundle"):
        shutil.copy(name, tmp_path / "stick" / FOLDER)
    with office(backup, clock) as went_back:
        assert serve(went_back, stick) == ["courier.delivered"]
        assert entries(went_back) == 4


def test_two_old_bundles_do_not_undo_each_others_hello(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, tmp_path: Path, clock: HandClock
) -> None:
    """Broken by bringing the oldest bundle first: its question makes the answer in the newer one void."""
    kiosk.note()
    courier = kiosk.courier
    courier.write(stick)
    old = shutil.copytree(tmp_path / "stick", tmp_path / "old")
    serve(bureau, stick)
    courier.read(stick)
    clock.forward(timedelta(hours=1))
    courier.write(stick)
    for name in (old / FOLDER).glob("*-up.bundle"):
        shutil.copy(name, tmp_path / "stick" / FOLDER)
    serve(bureau, stick)
    assert entries(bureau) == 1


def test_numbers_that_go_by_stick_are_noted_before_they_go(
    bureau: Office, kiosk: Kiosk, stick: UsbStick
) -> None:
    """Broken by counting what comes by wire alone: a database put back would give the same numbers again."""
    publish(bureau.database, "city", [employer(), job()])
    acquainted(bureau, kiosk, stick)
    trip(bureau, kiosk, stick)
    assert kiosk.opened.sync_book.outgoing(1).rights
    with bureau.database.reading() as connection:
        now = reach_in(connection)
    assert now.requests > 0
    assert bureau.registry.reach() == now
