"""The demo's bureau: made once, filled with the sample hall, served by a process that can be stopped."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from kiosk.app.building import open_hall
from kiosk.app.enrolling import enrol_kiosk
from kiosk.app.pulse import run_pulse
from kiosk.app.settings import read_settings
from kiosk.bureau.counters import hold_at_desk
from kiosk.bureau.counting import counts
from kiosk.bureau.databases import Database, opened
from kiosk.bureau.enrol import Post, issue_code, kiosk_id
from kiosk.bureau.feeds import hall_scope
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.importing import plan_file, take_in
from kiosk.bureau.init import init_bureau
from kiosk.bureau.publishing import Published, publish
from kiosk.demo.children import Child
from kiosk.demo.earlier_work import ASKED_PAY, earlier_job, work_earlier
from kiosk.domain.ids import JobId, places_of
from kiosk.intake.courses import COURSES, FIRST_COURSES
from kiosk.messages.feed import JobBody
from kiosk.sample.fleet import sample_drivers, sample_vehicles
from kiosk.sample.loader import SampleHall, sample_rows
from kiosk.sample.people import sample_people
from kiosk.sample.records import desk_records
from kiosk.system_clock import SystemClock

HOME_STATION = "NZ"
CITY = "city"
_DESK_NUMBER = 90


@dataclass(slots=True)
class DemoBureau:
    """The bureau of one demo; `port` stays the same over a stop and a start."""

    home: Path
    port: int
    child: Child | None = None

    @property
    def url(self) -> str:
        """Return the address kiosks use."""
        return f"https://127.0.0.1:{self.port}"

    @property
    def ca(self) -> Path:
        """Return the certificate to pin."""
        return BureauFolder(self.home).ca_certificate

    def start(self) -> None:
        """Serve; returns when kiosks may come."""
        arguments = ["bureau", "serve", "--data", str(self.home), "--port", str(self.port)]
        self.child = Child("bureau", arguments, self.home)
        self.child.announcement()

    def stop(self) -> None:
        """Stop serving: from now on connections are refused."""
        if self.child is not None:
            self.child.stop()
            self.child = None

    def counts(self) -> dict[str, int]:
        """Return the rows in the bureau's own database."""
        return counts(self.home)


def prepare_bureau(home: Path) -> DemoBureau:
    """Make the bureau or take the one that is there; the sample morning is published anew each day."""
    kept = home / "port.json"
    home.mkdir(parents=True, exist_ok=True)
    if kept.exists():
        port = int(json.loads(kept.read_text(encoding="ascii"))["port"])
    else:
        port = _free_port()
        kept.write_text(json.dumps({"port": port}), encoding="ascii")
    init_bureau(home, "示例市人力资源和社会保障局")
    sample = sample_rows(SystemClock().now())
    with opened(home) as database:
        publish(database, CITY, _rows(sample))
        _take_courses_in(database, BureauFolder(home).city_key.read_bytes())
        publish(database, hall_scope(HOME_STATION), _fleet(sample, BureauFolder(home).city_key.read_bytes()))
    return DemoBureau(home, port)


def _take_courses_in(database: Database, city_key: bytes) -> None:
    """Take in the courses that come with the program, as any bureau does."""
    now = SystemClock().now()
    plan = plan_file(database, COURSES, FIRST_COURSES, city_key, now)
    take_in(database, plan, "demo", now)


def enrol_demo_kiosk(bureau: DemoBureau, data_dir: Path, number: int, profile: str) -> None:
    """Enrol a kiosk of the home station unless its folder holds one already."""
    if (data_dir / "kiosk.toml").exists():
        return
    sample = sample_rows(SystemClock().now())
    station = next(item for item in sample.stations if item.code == HOME_STATION)
    letter = station.kiosk_letter if profile == "worker" else "Z"
    post = Post(station.code, station.name, number, letter, profile)  # type: ignore[arg-type]  # our own word
    code = issue_code(bureau.home, post, SystemClock().now())
    enrol_kiosk(data_dir, bureau.url, bureau.ca, code)


def record_at_desk(bureau: DemoBureau, data_dir: Path) -> None:
    """Do at a desk of its own what attendants did before this morning: work, papers, places given out."""
    if not (data_dir / "kiosk.toml").exists():
        enrol_demo_kiosk(bureau, data_dir, _DESK_NUMBER, "desk")
        job = earlier_job(SystemClock().now())
        _open_earlier_work(bureau, data_dir, job)
        _record(data_dir)
        with opened(bureau.home) as database:
            publish(database, CITY, [job])
    handed_out = sample_rows(SystemClock().now()).handed_out
    with opened(bureau.home) as database:
        places = {places_of(JobId(job)): count for job, count in handed_out.items()}
        hold_at_desk(database, kiosk_id(HOME_STATION, _DESK_NUMBER), places)


def _open_earlier_work(bureau: DemoBureau, data_dir: Path, job: JobBody) -> None:
    """Publish work of two days ago, and let the desk hold the one place of it that somebody took.

    Rights over what is past are told to nobody any more: while the desk catches up it may still be taken.
    """
    run_pulse_of(data_dir)
    until = SystemClock().now() + timedelta(hours=1)
    with opened(bureau.home) as database:
        publish(database, CITY, [job.model_copy(update={"valid_until": until})])
        hold_at_desk(database, kiosk_id(HOME_STATION, _DESK_NUMBER), {places_of(JobId(job.id)): 1})


def _record(data_dir: Path) -> None:
    settings = read_settings(data_dir)
    run_pulse_of(data_dir)
    desk = open_hall(settings)
    try:
        hall = desk.hall
        people = sample_people(sample_rows(hall.now()).day)
        for person in people:
            if person.story == ASKED_PAY:
                work_earlier(hall, person)
        with hall.store.writing() as records:
            version = records.settings.parameters(hall.today()).whole("notice.version")
            for body in desk_records(people, hall.identity.city_key, version, "sample-desk"):
                records.journal.append(body, hall.now())
    finally:
        desk.close()
    run_pulse_of(data_dir)


def run_pulse_of(data_dir: Path) -> None:
    """Do one beat of a kiosk's sync in this process."""
    run_pulse(read_settings(data_dir), is_once=True)


def _rows(sample: SampleHall) -> Iterator[Published]:
    yield from sample.parameters
    yield from sample.employers
    yield from sample.trips
    yield from sample.jobs


def _fleet(sample: SampleHall, city_key: bytes) -> Iterator[Published]:
    yield from sample_vehicles(sample.day)
    yield from sample_drivers(sample.day, city_key)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
