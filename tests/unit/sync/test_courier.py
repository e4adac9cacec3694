"""The courier with a real kiosk's database, a real bureau and a folder for a stick, step by step."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from kiosk.actions.carry_bundles import Outcome, Stick, carry_bundles
from kiosk.actions.faults import Refused
from kiosk.app.sticks import FOLDER, UsbStick
from kiosk.bureau.backups import back_up
from kiosk.bureau.couriers import answer_bundle, serve_stick
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau
from kiosk.bureau.offices import Office, office
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.publishing import publish
from kiosk.bureau.restores import restore
from kiosk.bureau.tables import event, stream
from kiosk.domain.ids import JobId
from kiosk.domain.sentences import Sentence
from kiosk.messages import bundles
from kiosk.messages.courier_cards import read_card
from kiosk.messages.events import CountsChanged
from kiosk.messages.signing import sign_request
from kiosk.storage.opening import OpenedStore, open_store
from kiosk.sync.courier import Author, Courier
from tests.unit.bureau.rehearsal import HandClock, employer, job, new_machine, on_the_wire

DAY = date(2026, 9, 18)


@dataclass(slots=True)
class Kiosk:
    """One machine that knows the bureau by its card alone."""

    folder: Path
    author: Author
    clock: HandClock
    bureau_dir: Path
    card: str
    opened: OpenedStore = field(init=False)

    def __post_init__(self) -> None:
        self.opened = open_store(self.folder, self.clock)

    @property
    def courier(self) -> Courier:
        authority = BureauFolder(self.bureau_dir).ca_certificate.read_bytes()
        return Courier(self.opened.sync_book, self.author, self.clock, read_card(self.card, authority))

    def note(self, count: int = 1) -> None:
        """Journal entries that need nobody and nothing else."""
        with self.opened.store.writing() as records:
            for number in range(count):
                body = CountsChanged(hall_day=DAY, kind=f"kind-{number}", count=1)
                records.journal.append(body, self.clock.now())

    def start_again(self, boot: str) -> None:
        self.author = replace(self.author, boot=boot)
        self.clock.forward(timedelta(minutes=1))

    @property
    def pending(self) -> int:
        with self.opened.store.reading() as records:
            return records.settings.sync_health().pending

    @property
    def stream(self) -> str:
        return str(self.opened.health().stream)


@pytest.fixture(scope="session")
def fresh_bureau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bureau") / "new"
    init_bureau(folder, "测试人社局")
    return folder


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def bureau_dir(fresh_bureau: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(fresh_bureau, tmp_path / "bureau"))


@pytest.fixture
def bureau(bureau_dir: Path, clock: HandClock) -> Iterator[Office]:
    with office(bureau_dir, clock) as opened:
        publish(opened.database, "city", [employer(), job()])
        yield opened


@pytest.fixture
def kiosk(bureau: Office, bureau_dir: Path, clock: HandClock, tmp_path: Path) -> Iterator[Kiosk]:
    made = enrolled(bureau, bureau_dir, clock, tmp_path / "kiosk", 1)
    yield made
    made.opened.close()


@pytest.fixture
def stick(tmp_path: Path) -> UsbStick:
    (tmp_path / "stick").mkdir()
    return UsbStick(tmp_path / "stick")


def enrolled(bureau: Office, bureau_dir: Path, clock: HandClock, folder: Path, no: int) -> Kiosk:
    machine = new_machine(bureau, bureau_dir, no=no)
    author = Author(machine.reply.kiosk, machine.reply.letter, machine.key, "boot-1")
    return Kiosk(folder, author, clock, bureau_dir, machine.reply.courier_card)


def serve(bureau: Office, stick: Stick) -> list[str]:
    """Let the bureau take a stick in and answer."""

    def deliver(bundle: bytes) -> bytes:
        try:
            return answer_bundle(bureau, bundle)
        except RequestRefused as refused:
            raise Refused(Sentence(refused.key)) from None

    bureau.clock.forward(timedelta(seconds=1))  # type: ignore[attr-defined]  # the hand clock of these tests
    return keys(carry_bundles(stick, deliver))


def keys(outcomes: list[Outcome]) -> list[str]:
    return [item.sentence.key for item in outcomes]


def trip(bureau: Office, kiosk: Kiosk, stick: Stick) -> list[str]:
    """Go from the kiosk to the bureau and back, and return what is said at the kiosk."""
    courier = kiosk.courier
    courier.write(stick)
    serve(bureau, stick)
    return keys(courier.read(stick))


def acquainted(bureau: Office, kiosk: Kiosk, stick: Stick) -> None:
    """Let the bureau know a kiosk's journal, which takes two trips."""
    courier = kiosk.courier
    for _ in range(2):
        courier.write(stick)
        serve(bureau, stick)
        courier.read(stick)


def states(bureau: Office) -> dict[str, str]:
    with bureau.database.reading() as connection:
        return {row.id: row.state for row in connection.execute(select(stream))}


def entries(bureau: Office) -> int:
    with bureau.database.reading() as connection:
        return len(connection.execute(select(event.c.seq)).all())


def test_a_journal_the_bureau_never_heard_of_needs_a_second_trip_and_says_so(
    bureau: Office, kiosk: Kiosk, stick: UsbStick
) -> None:
    """Broken by writing from a fresh process what the bureau asked to be repeated: it would never be."""
    kiosk.note(3)
    courier = kiosk.courier
    courier.write(stick)
    assert serve(bureau, stick) == ["courier.delivered"]
    assert (keys(courier.read(stick)), entries(bureau)) == (["courier.once_more"], 0)
    courier.write(stick)
    serve(bureau, stick)
    assert keys(courier.read(stick)) == ["courier.more"]
    assert (kiosk.pending, entries(bureau)) == (0, 3)


def test_weeks_of_entries_and_all_pages_go_in_one_trip(bureau: Office, kiosk: Kiosk, stick: UsbStick) -> None:
    """Broken by answering only the first page."""
    acquainted(bureau, kiosk, stick)
    kiosk.note(1001)
    publish(bureau.database, "city", [job(f"many-{number}") for number in range(501)])
    assert trip(bureau, kiosk, stick) == ["courier.more"]
    assert (kiosk.pending, entries(bureau)) == (0, 1001)
    assert is_on_board(kiosk, "many-500")


def test_what_is_too_much_for_one_bundle_goes_with_the_next_trips(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, monkeypatch: pytest.MonkeyPatch
) -> None:
    acquainted(bureau, kiosk, stick)
    monkeypatch.setattr(bundles, "MAX_CONTENT_BYTES", 200_000)
    kiosk.note(600)
    publish(bureau.database, "city", [job(f"many-{number}") for number in range(501)])
    assert trip(bureau, kiosk, stick) == ["courier.more"]
    assert 0 < kiosk.pending < 600
    trip(bureau, kiosk, stick)
    trip(bureau, kiosk, stick)
    assert kiosk.pending == 0


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


def is_on_board(kiosk: Kiosk, name: str) -> bool:
    with kiosk.opened.store.reading() as records:
        return records.board.line(JobId(name), kiosk.clock.now()) is not None


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


def test_what_is_not_for_this_kiosk_not_whole_or_not_genuine_is_told_and_not_applied(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, tmp_path: Path, bureau_dir: Path, clock: HandClock
) -> None:
    acquainted(bureau, kiosk, stick)
    kiosk.note()
    kiosk.courier.write(stick)
    serve(bureau, stick)
    folder = tmp_path / "stick" / FOLDER
    [down] = folder.glob("*-down.bundle")
    good = down.read_bytes()
    middle = len(good) // 2
    for wrong, key in (
        (good[:-1], "courier.bundle.cut_off"),
        (b"", "courier.bundle.cut_off"),
        (good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :], "courier.bundle.damaged"),
        (good + b"!", "courier.bundle.damaged"),
        (b"GIF89a", "courier.bundle.none"),
        (b"LGB\x02" + good[4:], "courier.bundle.newer"),
        (bytes(17 * 2**20), "courier.bundle.too_large"),
    ):
        down.write_bytes(wrong)
        [outcome] = kiosk.courier.read(stick)
        assert (outcome.sentence.key, outcome.is_well, kiosk.pending) == (key, False, 1)
    other_machine = replace(kiosk.courier, author=replace(kiosk.author, key=Ed25519PrivateKey.generate()))
    down.write_bytes(good)
    assert keys(other_machine.read(stick)) == ["courier.bundle.not_for_kiosk"]
    neighbour = enrolled(bureau, bureau_dir, clock, tmp_path / "neighbour", 2)
    assert neighbour.courier.read(stick) == [], "somebody else's is nobody's trouble"
    neighbour.opened.close()
    assert keys(kiosk.courier.read(stick)) == ["courier.read"]
    assert kiosk.pending == 0


def test_another_bureau_takes_nothing_in(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, tmp_path: Path, clock: HandClock
) -> None:
    kiosk.note()
    kiosk.courier.write(stick)
    init_bureau(tmp_path / "stranger", "另一个局")
    assert keys(serve_stick(tmp_path / "stranger", stick, clock)) == ["courier.bundle.not_for_bureau"]


def test_a_kiosk_that_nobody_enrolled_or_that_was_replaced_is_not_heard(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, bureau_dir: Path
) -> None:
    """Broken by not asking whether the kiosk itself signed."""
    kiosk.note()
    stranger = replace(kiosk.courier, author=replace(kiosk.author, kiosk="NZ-77"))
    stranger.write(stick)
    assert serve(bureau, stick) == ["bureau.problem.unknown_kiosk"]
    new_machine(bureau, bureau_dir, no=1)
    kiosk.courier.write(stick)
    assert sorted(serve(bureau, stick)) == ["bureau.problem.unknown_kiosk", "courier.bundle.damaged"]
    assert states(bureau) == {}


def test_a_new_bundle_takes_the_place_of_the_kiosks_own_old_one_and_of_no_other(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, bureau_dir: Path, tmp_path: Path, clock: HandClock
) -> None:
    """Broken by going by the kiosk's name: entries of a machine that died may be on this stick alone."""
    successor = enrolled(bureau, bureau_dir, clock, tmp_path / "successor", 1)
    for who in (kiosk, kiosk, successor):
        who.note()
        who.courier.write(stick)
        clock.forward(timedelta(minutes=1))
    assert len([name for name in stick.names() if name.endswith("-up.bundle")]) == 2
    successor.opened.close()


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


class PulledOut(Exception):
    """The stick is gone."""


@dataclass(slots=True)
class FailingStick:
    """A stick that is pulled out right before its n-th file is put or removed."""

    stick: UsbStick
    left: int

    def names(self) -> list[str]:
        return self.stick.names()

    def read(self, name: str) -> bytes:
        return self.stick.read(name)

    def put(self, name: str, content: bytes) -> None:
        self._step()
        self.stick.put(name, content)

    def remove(self, name: str) -> None:
        self._step()
        self.stick.remove(name)

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise PulledOut


@pytest.mark.parametrize("left", range(4))
def test_a_stick_pulled_out_at_any_moment_only_costs_another_try(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, left: int
) -> None:
    acquainted(bureau, kiosk, stick)
    for _ in range(2):
        kiosk.note()
        for step in (
            kiosk.courier.write,
            lambda at: serve(bureau, at),
            kiosk.courier.read,
        ):
            try:
                step(FailingStick(stick, left))
            except PulledOut:
                step(stick)
        assert kiosk.pending == 0
    assert entries(bureau) == 2
    assert states(bureau) == {kiosk.stream: "live"}


def test_on_the_wire_only_an_enrolled_kiosk_may_bring_a_bundle_and_anybody_may_have_the_card(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, bureau_dir: Path, clock: HandClock
) -> None:
    """Broken by not asking who brings it: anybody could make the bureau open sixteen megabytes."""
    kiosk.note()
    name = kiosk.courier.write(stick).file
    bundle = stick.read(name)
    with on_the_wire(bureau_dir, clock) as wire:
        card = wire.get("/courier").text
        known = read_card(card, BureauFolder(bureau_dir).ca_certificate.read_bytes())
        assert known.sealing.public_bytes_raw() == bureau.courier.sealing.public_key().public_bytes_raw()
        assert wire.post("/courier", content=bundle).status_code == 401
        assert brought(wire, kiosk, bundle[:-1]).json()["key"] == "courier.bundle.cut_off"
        answer = brought(wire, kiosk, bundle)
        assert (answer.status_code, answer.content[:3]) == (200, b"LGB")


def brought(wire: httpx.Client, carrier: Kiosk, bundle: bytes) -> httpx.Response:
    token = f"token-{len(bundle)}"
    headers = sign_request(carrier.author.key, "POST", "/courier", carrier.author.kiosk, token, bundle)
    return wire.post("/courier", content=bundle, headers=headers)
