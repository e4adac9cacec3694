"""A province on one machine: light kiosks that sync each minute with one bureau on PostgreSQL.

    ./run bench province --kiosks 5000 --minutes 10 --servers 2

Servers and PostgreSQL are the real ones, commits are flushed, requests are signed and go over TLS. The kiosks
begin one after another within the first minute, and people come as in the peak hour. At the end everything
is said and read, and then every rule is checked. The driver shares the machine, so its part is told apart.
"""

from __future__ import annotations

import argparse
import base64
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.app.machine import boot_id
from kiosk.bureau.databases import Database, opened
from kiosk.bureau.enrol import key_id_of, kiosk_id
from kiosk.bureau.feeds import CITY, Changes, work_scope
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau
from kiosk.bureau.publishing import publish
from kiosk.bureau.rows import add, put
from kiosk.bureau.tables import hall_district, kiosk
from kiosk.codes import load_dictionaries
from kiosk.messages.feed import KeyBody
from kiosk.messages.packing import Packing
from kiosk.sample.loader import SampleHall, sample_rows
from kiosk.sync.http_bureau import HttpBureau
from kiosk.system_clock import SystemClock
from tests.clusters import Cluster, running_cluster
from tools.figures.bureaus import BenchBureau, free_port, with_room
from tools.figures.light_kiosks import LightKiosk
from tools.figures.peak_hours import Peak, peak_hour
from tools.figures.visits import Visits

A_HALL, A_DISTRICT = 5, 12
"""Kiosks of one hall, halls of one district: 5,000 kiosks are some eighty counties with their own work."""
_PEOPLE_DAYS = 4
_ROOM = 1_000_000
"""Numbers of each quota: everybody asks for some, and they are shared among all."""


def main(arguments: list[str] | None = None) -> int:
    """Let a province speak; the exit code is 1 when a rule is broken or a round was refused."""
    parser = argparse.ArgumentParser(prog="./run bench province", description=__doc__)
    parser.add_argument("--kiosks", type=int, default=5_000)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--servers", type=int, default=1, help="processes that share the bureau's port")
    parser.add_argument("--every", type=float, default=60.0, metavar="S", help="seconds between two rounds")
    options = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory(prefix="hall-province-") as work,
        running_cluster(is_durable=True) as cluster,
        _province(Path(work), cluster, options.kiosks) as (bureau, kiosks),
        ExitStack() as serving,
    ):
        numbers = range(1, options.servers + 1) if options.servers > 1 else [0]
        servers = tuple(serving.enter_context(bureau.served(number)) for number in numbers)
        peak = Peak(options.minutes * 60, options.every, os.getpid(), servers, cluster.pid)
        return peak_hour(peak, bureau, kiosks)


@contextmanager
def _province(work: Path, cluster: Cluster, count: int) -> Iterator[tuple[BenchBureau, list[LightKiosk]]]:
    """Make the bureau and enrol the kiosks in one transaction: one by one the registry takes long."""
    cluster.run("CREATE DATABASE hall TEMPLATE template0 ENCODING 'UTF8'")
    sample = with_room(sample_rows(SystemClock().now()), _ROOM)
    bureau = BenchBureau(work / "bureau", free_port())
    init_bureau(bureau.folder, "示例省人力资源和社会保障厅", database=cluster.url("hall"))
    keys = [Ed25519PrivateKey.generate() for _ in range(count)]
    with opened(bureau.folder) as database:
        publish(database, CITY, [*sample.parameters, *sample.employers])
        for district in {_district(number): number for number in range(count)}:
            told = _work(sample, district)
            publish(database, work_scope(district), [*told.trips, *told.jobs])
        _enrol(database, keys)
    packing = Packing(load_dictionaries())
    kiosks = [_light(bureau, number, key, sample, packing) for number, key in enumerate(keys)]
    try:
        yield bureau, kiosks
    finally:
        for item in kiosks:
            item.wire.close()


def _enrol(database: Database, keys: list[Ed25519PrivateKey]) -> None:
    now, changes = SystemClock().now(), Changes()
    with database.writing() as connection:
        for number, key in enumerate(keys):
            station, no = _post(number)
            raw = key.public_key().public_bytes_raw()
            body = KeyBody(
                key_id=key_id_of(raw),
                kiosk=kiosk_id(station, no),
                station=station,
                public_key=base64.b64encode(raw).decode(),
            )
            facts = {
                "station": station,
                "station_name": "示例零工驿站",
                "kiosk_no": no,
                "letter": "ABCDE"[no - 1],
            }
            facts |= {"profile": "worker", "key_id": body.key_id, "public_key": body.public_key}
            put(connection, kiosk, {"id": body.kiosk}, {**facts, "device": "light", "seen_at": now})
            changes.say(CITY, "key", body.key_id, body)
        changes.stamp(connection)
        for station, district in {_post(at)[0]: _district(at) for at in range(len(keys))}.items():
            add(connection, hall_district, {"station": station, "district": district})


def _post(number: int) -> tuple[str, int]:
    hall, place = divmod(number, A_HALL)
    return f"H{hall:04d}", place + 1


def _district(number: int) -> str:
    return f"{number // (A_HALL * A_DISTRICT):06d}"


def _work(sample: SampleHall, district: str) -> SampleHall:
    """Return the jobs and coaches of a district, which has as many as the sample."""
    trips = tuple(trip.model_copy(update={"id": f"{trip.id}-{district}"}) for trip in sample.trips)
    jobs = tuple(
        job.model_copy(update={"id": f"{job.id}-{district}", "trip": job.trip and f"{job.trip}-{district}"})
        for job in sample.jobs
    )
    return replace(sample, trips=trips, jobs=jobs)


def _light(
    bureau: BenchBureau, number: int, key: Ed25519PrivateKey, sample: SampleHall, packing: Packing
) -> LightKiosk:
    work = _work(sample, _district(number))
    job = work.jobs[number % len(work.jobs)]
    city_key = BureauFolder(bureau.folder).city_key.read_bytes()
    return LightKiosk(
        name=kiosk_id(*_post(number)),
        key=key,
        wire=HttpBureau(bureau.url, bureau.ca, packing),
        visits=Visits(number, city_key, replace(work, jobs=(job,)), {}, _PEOPLE_DAYS),
        clock=SystemClock(),
        boot=boot_id(),
    )


if __name__ == "__main__":
    sys.exit(main())
