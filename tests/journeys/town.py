"""A small town for journeys: a bureau in its own process over TLS, kiosks enrolled at it, people."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from kiosk.actions.check_in import check_in, register_and_check_in
from kiosk.actions.hall import Hall
from kiosk.actions.recognise import Acquaintance, Recognition, recognise
from kiosk.app.building import OpenHall, open_hall
from kiosk.app.enrolling import enrol_kiosk
from kiosk.app.settings import read_settings
from kiosk.bureau.counting import counts
from kiosk.bureau.databases import opened
from kiosk.bureau.enrol import Post, issue_code
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.publishing import Published, publish
from kiosk.bureau.tables import event, placement, slip
from kiosk.demo.children import Child
from kiosk.domain.cards import IdentityCard
from kiosk.messages.feed import JobBody
from kiosk.sample.loader import SampleHall, sample_rows
from kiosk.system_clock import SystemClock
from tools.figures.people import citizen_card


@dataclass(slots=True)
class Town:
    """One bureau and the folders of its kiosks; `port` stays the same over every stop and start."""

    folder: Path
    port: int
    sample: SampleHall
    bureau: Child | None = None
    kiosks: list[Path] = field(default_factory=list)

    @property
    def bureau_dir(self) -> Path:
        return self.folder / "bureau"

    def start_bureau(self) -> None:
        """Serve; returns when kiosks may come."""
        arguments = ["bureau", "serve", "--data", str(self.bureau_dir), "--port", str(self.port)]
        self.bureau = Child("bureau", arguments, self.folder)
        self.bureau.announcement()

    def kill_bureau(self) -> None:
        """End the bureau as a power cut would."""
        if self.bureau is not None:
            self.bureau.kill()
            self.bureau.stop()
            self.bureau = None

    def publish(self, bodies: Sequence[Published]) -> None:
        """Publish in the city's feed, beside a server that may be running."""
        with opened(self.bureau_dir) as database:
            publish(database, "city", bodies)

    def enrol(self, letter: str, number: int) -> Path:
        """Enrol a kiosk at the running bureau and return its data folder."""
        folder = self.folder / f"kiosk-{letter}"
        post = Post("NZ", "汽车南站零工驿站", number, letter, "worker")
        code = issue_code(self.bureau_dir, post, SystemClock().now())
        ca = BureauFolder(self.bureau_dir).ca_certificate
        enrol_kiosk(folder, f"https://127.0.0.1:{self.port}", ca, code)
        self.kiosks.append(folder)
        return folder

    def counts(self) -> dict[str, int]:
        """Count the rows in the bureau's own database."""
        return counts(self.bureau_dir)

    def heard(self, *types: str) -> int:
        """Count the entries of these types in the bureau's log.

        A kiosk's sync writes some of its own, such as numbers that it gives back in the last hour of a job:
        `counts` depends on the hour at which a test runs.
        """
        with opened(self.bureau_dir) as database, database.reading() as connection:
            query = select(func.count()).select_from(event).where(event.c.type.in_(types))
            return connection.execute(query).scalar_one()

    def assert_sound(self) -> None:
        """Check every invariant of the bureau's rows."""
        assert check_invariants(self.bureau_dir) == []

    def placements(self) -> dict[str, str]:
        """Return the state of every placement the bureau knows."""
        with opened(self.bureau_dir) as database, database.reading() as connection:
            rows = connection.execute(select(placement.c.id, placement.c.state))
            return {row.id: str(row.state) for row in rows}

    def slips(self) -> dict[str, str]:
        """Return the state of every slip the bureau knows."""
        with opened(self.bureau_dir) as database, database.reading() as connection:
            rows = connection.execute(select(slip.c.number, slip.c.state))
            return {row.number: str(row.state) for row in rows}


@contextmanager
def a_town(folder: Path) -> Iterator[Town]:
    """Run a town whose bureau has published the sample morning."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    init_bureau(folder / "bureau", "示例市人力资源和社会保障局")
    town = Town(folder, port, sample_rows(SystemClock().now()))
    sample = town.sample
    town.publish([*sample.parameters, *sample.courses, *sample.employers, *sample.trips, *sample.jobs])
    town.start_bureau()
    try:
        yield town
    finally:
        town.kill_bureau()


@contextmanager
def the_hall_of(data_dir: Path) -> Iterator[OpenHall]:
    """Open a kiosk as its screen process does."""
    kiosk = open_hall(read_settings(data_dir))
    try:
        yield kiosk
    finally:
        kiosk.close()


def run_pulse_command(data_dir: Path) -> None:
    """Do one beat of a kiosk's sync in a process of its own; whatever the bureau says, it ends well."""
    command = [sys.executable, "-m", "kiosk", "pulse", "--data", str(data_dir), "--once"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def plain_job(sample: SampleHall, job_id: str, headcount: int) -> JobBody:
    """Return work that anyone over eighteen may take at once: no coach, no papers, no class.

    All of its places are given out at dawn, so that none waits at the bureau while the cable is cut.
    """
    job = next(
        job
        for job in sample.jobs
        if job.trip is None
        and job.is_instant
        and not job.certificates
        and not job.needs_classes
        and not job.is_dangerous
        and job.open_places == job.headcount
    )
    facts = {"id": job_id, "headcount": headcount, "open_places": headcount, "dawn_percent": 100}
    return job.model_copy(update=facts)


def worker_card(sequence: int) -> IdentityCard:
    """Return the card of a fictitious person of region 999999, another one for each of 1..899."""
    return citizen_card(date(1980, 1, 1), sequence)


def come_in(hall: Hall, card: IdentityCard) -> Recognition:
    """Lay a card down, say yes to the notice if it is asked, and be checked in."""
    met = recognise(hall, card)
    if met.acquaintance is Acquaintance.KNOWN:
        check_in(hall, met)
    else:
        register_and_check_in(hall, met)
    return recognise(hall, card)
