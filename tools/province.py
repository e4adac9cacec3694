"""A province on one machine: light kiosks that sync each minute with one bureau on PostgreSQL.

    ./run bench province --kiosks 5000 --minutes 10 --servers 2

Servers and PostgreSQL are the real ones, commits are flushed, requests are signed and go over TLS. The kiosks
begin one after another within the first minute, and people come as in the peak hour; next to all of them came
on days before, but for `--first` of ten. At the end everything
is said and read, and then every rule is checked. The driver shares the machine, so its part is told apart.
"""

from __future__ import annotations

import argparse
import base64
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from math import ceil
from pathlib import Path
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.app.machine import boot_id
from kiosk.bureau.databases import Database, opened
from kiosk.bureau.enrol import key_id_of, kiosk_id
from kiosk.bureau.feeds import CITY, Changes, work_scope
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau
from kiosk.bureau.kept_beside import keys_of
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
from tools.figures.peak_hours import PER_KIOSK_S, Peak, peak_hour
from tools.figures.visits import Visits

A_HALL, A_DISTRICT = 5, 12
"""Kiosks of one hall, halls of one district: 5,000 kiosks are some eighty counties with their own work."""
_PEOPLE_DAYS = 4
_ENTRIES_A_RETURN = 2.4
"""Who comes again checks in; seven of ten take a place, whose slip is an entry, too."""
_ROOM = 1_000_000
"""Numbers of each quota: everybody asks for some, and they are shared among all."""


def main(arguments: list[str] | None = None) -> int:
    """Let a province speak; the exit code is 1 when a rule is broken or a round was refused."""
    parser = argparse.ArgumentParser(prog="./run bench province", description=__doc__)
    parser.add_argument("--kiosks", type=int, default=5_000)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--servers", type=int, default=1, help="processes that share the bureau's port")
    parser.add_argument("--first", type=int, default=1, help="of ten visits so many are somebody's first")
    parser.add_argument("--every", type=float, default=60.0, metavar="S", help="seconds between two rounds")
    options = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory(prefix="hall-province-") as work,
        running_cluster(is_durable=True) as cluster,
        _province(Path(work), cluster, options) as (bureau, kiosks),
        ExitStack() as serving,
    ):
        numbers = range(1, options.servers + 1) if options.servers > 1 else [0]
        servers = tuple(serving.enter_context(bureau.served(number)) for number in numbers)
        lasts_s, known = options.minutes * 60, _known(options)
        peak = Peak(lasts_s, options.every, known, os.getpid(), servers, cluster.pid)
        return peak_hour(peak, bureau, kiosks)


@contextmanager
def _province(
    work: Path, cluster: Cluster, options: argparse.Namespace
) -> Iterator[tuple[BenchBureau, list[LightKiosk]]]:
    """Make the bureau and enrol the kiosks in one transaction: one by one the registry takes long."""
    count: int = options.kiosks
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
    city_key = BureauFolder(bureau.folder).city_key.read_bytes()
    people = Visits(0, city_key, sample, {}, _PEOPLE_DAYS, options.first)
    kiosks = [_light(bureau, number, key, people, packing) for number, key in enumerate(keys)]
    _tell_capsule_keys(bureau, kiosks, _known(options))
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


def _known(options: argparse.Namespace) -> int:
    """Return how many people of a kiosk came before, so that enough of them come again."""
    entries = PER_KIOSK_S * 60 * float(options.minutes)
    return ceil(entries / _ENTRIES_A_RETURN * (10 - int(options.first)) / 10)


def _tell_capsule_keys(bureau: BenchBureau, kiosks: list[LightKiosk], known: int) -> None:
    """Keep a key for everybody who came before, as it was on his first day; it need not be the right one."""
    with closing(keys_of(BureauFolder(bureau.folder))) as keys:
        for kiosk in kiosks:
            for body in kiosk.visits.known(known):
                number_hash = kiosk.visits.hash_of(body)
                keys.tell_capsule_key(body.worker, number_hash, token_bytes(32))
        keys.keep_told()


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
    bureau: BenchBureau, number: int, key: Ed25519PrivateKey, people: Visits, packing: Packing
) -> LightKiosk:
    work = _work(people.sample, _district(number))
    job = work.jobs[number % len(work.jobs)]
    return LightKiosk(
        name=kiosk_id(*_post(number)),
        key=key,
        wire=HttpBureau(bureau.url, bureau.ca, packing),
        visits=replace(people, number=number, sample=replace(work, jobs=(job,))),
        clock=SystemClock(),
        boot=boot_id(),
    )


if __name__ == "__main__":
    sys.exit(main())
