"""A hall to measure in: the sample morning many times over, people the hall knows, rights over its work."""

from __future__ import annotations

import base64
import gc
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.ports import KioskIdentity
from kiosk.actions.recognise import recognise, worker_from
from kiosk.app.building import OpenHall, open_hall
from kiosk.app.private_key import PRIVATE_KEY
from kiosk.app.pulse import ca_file
from kiosk.app.settings import read_settings
from kiosk.bureau.init import init_bureau
from kiosk.codes import load_trades, spoken_names
from kiosk.domain.cards import IdentityCard
from kiosk.domain.ids import JobId, TripId, places_of, seats_of
from kiosk.messages.events import FirstAnswersGiven
from kiosk.messages.feed import FeedPage, FeedRow, JobBody
from kiosk.messages.sync import MAX_ROWS_A_PAGE, RightGrant
from kiosk.messages.wire import Wire
from kiosk.protocol.kiosk_side import keep_granted
from kiosk.protocol.ports import Since
from kiosk.sample.loader import SampleHall, sample_rows
from kiosk.storage.opening import OpenedStore, open_store
from kiosk.system_clock import SystemClock
from tools.figures.folders import NOWHERE
from tools.figures.people import person_card

CITY = "city"
ROOM = 50_000
"""Places of work that never fills up while it is measured."""
IDENTITY = KioskIdentity(
    kiosk="nz-1",
    kiosk_no=1,
    letter="A",
    station="NZ",
    station_name="汽车南站零工驿站",
    profile="worker",
    key_id="0a1b2c",
    city_key=bytes(range(32)),
    scopes=(CITY,),
)
_GENERATION = "bench"
_BEHIND_ALL = 1_000_000
"""Where the feed goes on behind however many jobs."""


def furnish(folder: Path, *, jobs: int, people: int) -> None:
    """Make the data folder of a kiosk whose board holds so many jobs and which knows so many people.

    Everything a screen process needs is there; the bureau it would speak with is not reached.
    """
    opened = open_store(folder, SystemClock(), trade_names=spoken_names(load_trades()))
    try:
        _adopt(opened, folder)
        sample = sample_rows(SystemClock().now())
        for page in feed_pages(sample, jobs):
            opened.sync_book.apply_page(page)
        since = Since(opened.health().stream, opened.sync_book.generation())
        keep_granted(opened.sync_book, since, list(_grants(sample)))
    finally:
        opened.close()
    _introduce(folder, people)


def bring_courses(folder: Path, hazard_class: str) -> JobId:
    """Give the kiosk of a furnished folder every course; return work anyone may take who has this class."""
    clock = SystemClock()
    sample = sample_rows(clock.now())
    rows = [
        FeedRow(topic="course", id=body.hazard_class, pos=_BEHIND_ALL + nth, body=body.model_dump_json())
        for nth, body in enumerate(sample.courses)
    ]
    opened = open_store(folder, clock, trade_names=spoken_names(load_trades()))
    try:
        page = FeedPage(scope=CITY, feed_gen=_GENERATION, rows=rows, pos=rows[-1].pos, has_more=True)
        opened.sync_book.apply_page(page)
    finally:
        opened.close()
    return next(
        JobId(job.id)
        for job in sample.jobs
        if job.needs_classes == [hazard_class] and job.is_instant and not job.certificates
    )


def open_bench_hall(folder: Path) -> OpenHall:
    """Open the hall of a furnished folder as the screen process does, which then keeps what it has loaded."""
    opened = open_hall(read_settings(folder, printer_url=NOWHERE, storage_ballast_mb=0))
    gc.freeze()
    return opened


def feed_pages(sample: SampleHall, jobs: int, *, raise_fen: int = 0) -> Iterator[FeedPage]:
    """Yield the sample's city with so many jobs as the pages of one pull, in order.

    `raise_fen` is added to all pay, so that a second pull changes every row.
    """
    head: list[tuple[str, str, Wire]] = [
        *(("parameter", f"{body.key}@{body.effective_from}", body) for body in sample.parameters),
        *(("employer", body.id, body) for body in sample.employers),
        *(("trip", body.id, body) for body in sample.trips),
    ]
    topics = [*head, *(("job", body.id, body) for body in many_jobs(sample, jobs, raise_fen))]
    rows = [
        FeedRow(topic=topic, id=row_id, pos=pos, body=body.model_dump_json())
        for pos, (topic, row_id, body) in enumerate(topics, 1)
    ]
    for at in range(0, len(rows), MAX_ROWS_A_PAGE):
        page = rows[at : at + MAX_ROWS_A_PAGE]
        yield FeedPage(scope=CITY, feed_gen=_GENERATION, rows=page, pos=page[-1].pos, has_more=True)


def many_jobs(sample: SampleHall, count: int, raise_fen: int = 0) -> Iterator[JobBody]:
    """Yield so many jobs: the sample's own, with room for everybody, then copies that pay far less.

    The kiosk holds rights over the sample's own, which a greeting therefore finds among the best paid. A copy
    is called by one of the names that people say for its trade, so a search finds many wordings.
    """
    names = spoken_names(load_trades())
    for number in range(count):
        copy, place = divmod(number, len(sample.jobs))
        body = sample.jobs[place]
        pay_fen = body.pay.fen // (4 if copy else 1) - copy + raise_fen
        changed: dict[str, object] = {"pay": body.pay.model_copy(update={"fen": pay_fen})}
        if copy == 0:
            changed |= {"headcount": ROOM, "open_places": ROOM}
        else:
            spoken = names[body.trade]
            changed |= {"id": f"{body.id}-{copy}", "title": spoken[copy % len(spoken)]}
        yield body.model_copy(update=changed)


def free_job(hall: OpenHall, sample: SampleHall) -> JobId:
    """Return work that anyone may take at once and that never fills up: no coach, no papers, no class."""
    job = next(
        job
        for job in sample.jobs
        if job.trip is None
        and job.is_instant
        and not job.certificates
        and not job.needs_classes
        and not job.is_dangerous
    )
    with hall.hall.store.reading() as records:
        assert records.board.line(JobId(job.id), hall.hall.now()) is not None, "the sample is on the board"
    return JobId(job.id)


def _adopt(opened: OpenedStore, folder: Path) -> None:
    """Make the kiosk an enrolled one; its bureau has a certificate and no server."""
    bureau = init_bureau(folder / "bureau", "示例市人力资源和社会保障局")
    shutil.copyfile(bureau.ca_certificate, ca_file(folder))
    key = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    with opened.store.writing() as records:
        records.settings.adopt(IDENTITY)
        records.settings.put(PRIVATE_KEY, key)
    (folder / "kiosk.toml").write_text('bureau_url = "https://127.0.0.1:9"\n', encoding="ascii")


def _grants(sample: SampleHall) -> Iterator[RightGrant]:
    for job in sample.jobs:
        yield RightGrant(quota=places_of(JobId(job.id)), granted=[(1, ROOM)])
    for trip in sample.trips:
        yield RightGrant(quota=seats_of(TripId(trip.id)), granted=[(1, trip.seats)])


def _introduce(folder: Path, people: int) -> None:
    """Let the hall know people as if they had said yes to the notice on an earlier day."""
    with_hall = open_bench_hall(folder)
    try:
        hall = with_hall.hall
        met = [recognise(hall, person_card(number)) for number in range(people)]
        with hall.store.writing() as records:
            version = records.settings.parameters(hall.today()).whole("notice.version")
            for recognition in met:
                worker = worker_from(recognition, version, hall)
                records.workers.add(worker)
                # Said in the journal too: a kiosk forgets people of whom it has said nothing for long.
                answers = FirstAnswersGiven(worker=worker.id, phone=None, trades=[], span=None)
                records.journal.append(answers, hall.now())
    finally:
        with_hall.close()


def everybody(people: int) -> Sequence[IdentityCard]:
    """Return the cards of the people a folder was furnished with."""
    return [person_card(number) for number in range(people)]
