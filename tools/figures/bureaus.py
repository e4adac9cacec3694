"""A bureau to measure: the real server process, kiosks enrolled with it, and numbers of every quota in hand.

Its jobs and coaches have room for everybody, so that no place runs out while it is measured.
"""

from __future__ import annotations

import itertools
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.ports import KioskIdentity
from kiosk.app.enrolling import enrol_kiosk
from kiosk.app.machine import boot_id
from kiosk.app.private_key import private_key
from kiosk.bureau.databases import opened as opened_bureau
from kiosk.bureau.enrol import Post, issue_code
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau, keep_url
from kiosk.bureau.publishing import publish
from kiosk.codes import load_dictionaries, load_trades, spoken_names
from kiosk.demo.children import Child
from kiosk.domain.quotas import NumberSet
from kiosk.messages.packing import Packing
from kiosk.sample.loader import SampleHall, sample_rows
from kiosk.storage.opening import OpenedStore, open_store
from kiosk.sync.http_bureau import HttpBureau
from kiosk.sync.pulse import Pulse
from kiosk.sync.rounds import Schedule
from kiosk.system_clock import SystemClock
from tools.figures.visits import Visits

CITY = "city"
KNOWN = 100
"""People of each kiosk who were registered on the day before."""
_ROOM = 20_000
_ENTRIES_A_COMMIT = 500


@dataclass(frozen=True, slots=True)
class BenchKiosk:
    """One kiosk with its store open; `visits` is what its journal will say."""

    folder: Path
    store: OpenedStore
    identity: KioskIdentity
    key: Ed25519PrivateKey
    visits: Visits

    def journal(self, count: int, behind: int = 0) -> None:
        """Write so many entries of a morning into its outbox, but for those that were written before."""
        _journal(self.store, itertools.islice(self.visits.entries(KNOWN), behind, behind + count))

    def pulse(self, bureau: HttpBureau) -> Pulse:
        """Return what speaks for it as in the sync process."""
        return Pulse(
            book=self.store.sync_book,
            bureau=bureau,
            kiosk=self.identity.kiosk,
            key=self.key,
            clock=SystemClock(),
            schedule=Schedule(60.0, 0.2),
            boot=boot_id(),
            on_round=lambda _attempt: None,
        )


@dataclass(frozen=True, slots=True)
class BenchBureau:
    """The folder of a bureau and the port it is served at."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Return the address kiosks use."""
        return f"https://127.0.0.1:{self.port}"

    @property
    def ca(self) -> Path:
        """Return the certificate to pin."""
        return BureauFolder(self.folder).ca_certificate

    @contextmanager
    def served(self, number: int = 0) -> Iterator[int]:
        """Serve it by `kiosk bureau serve` for as long as the block lasts; the value is the process id.

        Servers with a `number` from 1 on share the port.
        """
        arguments = ["bureau", "serve", "--data", str(self.folder), "--port", str(self.port)]
        server = Child(f"bureau-{number}", [*arguments, *(["--share-port"] if number else [])], self.folder)
        try:
            server.announcement()
            yield server.pid
        finally:
            server.stop()

    def copied(self, folder: Path, database: str | None = None) -> BenchBureau:
        """Return a copy of the bureau, which nobody may be serving, at a port of its own.

        `database` is the URL of the copy of its database, where that is no file of the folder.
        """
        shutil.copytree(self.folder, folder)
        if database is not None:
            keep_url(BureauFolder(folder), database)
        return BenchBureau(folder, free_port())

    def speaker(self) -> HttpBureau:
        """Return a connection as a kiosk has it."""
        return HttpBureau(self.url, self.ca, Packing(load_dictionaries()))


@contextmanager
def furnished(
    work: Path, kiosks: int, database: str | None = None
) -> Iterator[tuple[BenchBureau, list[BenchKiosk]]]:
    """Make a bureau and kiosks that hold numbers of every quota; both know the people of the day before.

    `database` is the URL of an empty PostgreSQL database; without one it is a file.
    """
    sample = with_room(sample_rows(SystemClock().now()))
    bureau = BenchBureau(work / "bureau", free_port())
    init_bureau(bureau.folder, "示例市人力资源和社会保障局", database=database)
    with opened_bureau(bureau.folder) as made:
        publish(made, CITY, [*sample.parameters, *sample.employers, *sample.trips, *sample.jobs])
    folders = [work / f"kiosk-{number}" for number in range(1, kiosks + 1)]
    posts = [_post(number) for number in range(1, kiosks + 1)]
    # All tickets first: numbers are shared among everybody who is announced.
    codes = [issue_code(bureau.folder, post, SystemClock().now()) for post in posts]
    opened: list[BenchKiosk] = []
    try:
        with bureau.served():
            for number, (folder, code) in enumerate(zip(folders, codes, strict=True), 1):
                enrol_kiosk(folder, bureau.url, bureau.ca, code)
                opened.append(_settled(folder, number, sample, bureau))
        yield bureau, opened
    finally:
        for kiosk in opened:
            kiosk.store.close()


def _post(number: int) -> Post:
    return Post("NZ", "汽车南站零工驿站", number, chr(ord("A") + number), "worker")


def with_room(sample: SampleHall, room: int = _ROOM) -> SampleHall:
    """Return a sample whose jobs and coaches have room for everybody."""
    return replace(
        sample,
        jobs=tuple(job.model_copy(update={"headcount": room, "open_places": room}) for job in sample.jobs),
        trips=tuple(trip.model_copy(update={"seats": room}) for trip in sample.trips),
    )


def _settled(folder: Path, number: int, sample: SampleHall, bureau: BenchBureau) -> BenchKiosk:
    """Let a kiosk pull what is published, ask for numbers, and tell of the day before."""
    store = open_store(folder, SystemClock(), trade_names=spoken_names(load_trades()))
    with store.store.reading() as records:
        identity = records.settings.identity()
    assert identity is not None, "an enrolled kiosk knows who it is"
    visits = Visits(number, identity.city_key, sample, {})
    kiosk = BenchKiosk(folder, store, identity, private_key(store), visits)
    _journal(store, visits.known(KNOWN))
    with bureau.speaker() as wire:
        kiosk.pulse(wire).beat()
        kiosk.pulse(wire).beat()
    held = {view.quota: NumberSet.of_pairs(view.granted) for view in store.sync_book.outgoing(1).rights}
    numbers = {
        of: [at for item in given.ranges for at in range(item.first, item.last + 1)]
        for of, given in held.items()
    }
    return replace(kiosk, visits=replace(visits, numbers=numbers))


def _journal(store: OpenedStore, bodies: Iterator[object]) -> None:
    now = SystemClock().now
    while part := list(itertools.islice(bodies, _ENTRIES_A_COMMIT)):
        with store.store.writing() as records:
            for body in part:
                records.journal.append(body, now())  # type: ignore[arg-type]  # only bodies come out of visits


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
