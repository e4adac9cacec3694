"""A kiosk that knows its bureau by a card, and the errands of whoever carries its stick."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from kiosk.actions.carry_bundles import Outcome, Stick, carry_bundles
from kiosk.actions.faults import Refused
from kiosk.bureau.couriers import answer_bundle
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.offices import Office
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.tables import event, stream
from kiosk.domain.ids import JobId
from kiosk.domain.sentences import Sentence
from kiosk.messages.courier_cards import read_card
from kiosk.messages.events import CountsChanged
from kiosk.storage.opening import OpenedStore
from kiosk.sync.courier import Author, Courier
from tests.stores import open_new_store
from tests.unit.bureau.rehearsal import HandClock, new_machine

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
    heard: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.opened = open_new_store(self.folder, self.clock)

    @property
    def courier(self) -> Courier:
        authority = BureauFolder(self.bureau_dir).ca_certificate.read_bytes()
        card = read_card(self.card, authority)
        return Courier(self.opened.sync_book, self.author, self.clock, card, self.heard.append)

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


def enrolled(bureau: Office, bureau_dir: Path, clock: HandClock, folder: Path, no: int) -> Kiosk:
    """Return a kiosk that a bureau enrolled just now."""
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
    """Return what is said of each file."""
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
    """Return how the bureau sees each journal."""
    with bureau.database.reading() as connection:
        return {row.id: row.state for row in connection.execute(select(stream))}


def entries(bureau: Office) -> int:
    """Return how many entries the bureau has."""
    with bureau.database.reading() as connection:
        return len(connection.execute(select(event.c.seq)).all())


def is_on_board(kiosk: Kiosk, name: str) -> bool:
    """Return whether a kiosk shows a job."""
    with kiosk.opened.store.reading() as records:
        return records.board.line(JobId(name), kiosk.clock.now()) is not None
