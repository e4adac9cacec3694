"""The figures of a worker's way: ranking, finding work by a word, verifying, and the way itself."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.check_in import give_first_answers
from kiosk.actions.hall import Hall
from kiosk.actions.rank_jobs import rank_jobs
from kiosk.actions.recognise import Recognition, recognise
from kiosk.domain.workers import FirstAnswers, WorkSpan
from kiosk.storage.feed_values import read_employer, read_job, read_trip
from kiosk.storage.opening import DATABASE_FILE
from tools.figures import storage
from tools.figures.bare import BareDatabase
from tools.figures.halls import furnish, open_bench_hall
from tools.figures.people import person_card
from tools.figures.rows import Measured
from tools.figures.verify import verify_rows

RANKED_JOBS = 10_000
PEOPLE = 40
WARM = 3
PAGE_ROWS = 64
WISHES = (("pick_fruit", "loading"), ("masonry",), ("dishes", "cleaning", "waiter"), ())
SPANS = (WorkSpan.DAY, WorkSpan.LONG, WorkSpan.EITHER, None)


def measure(work: Path) -> Iterator[Measured]:
    """Yield every figure of the group; `work` is an empty folder."""
    yield rank(work)
    yield storage.search(work, "worker.search")
    yield from verify_rows(work)
    from tools.figures.ways import way_rows  # loads Qt, which none of the others needs

    yield from way_rows(work)


def rank(work: Path) -> Measured:
    """Rank for one person after another, none of whom the process has met, beside reading the rows bare."""
    folder = work / "ranked"
    furnish(folder, jobs=RANKED_JOBS, people=PEOPLE)
    ours, theirs = [], []
    with closing(open_bench_hall(folder)) as opened, closing(BareDatabase(folder, DATABASE_FILE)) as bare:
        hall = opened.hall
        for number in range(PEOPLE):
            met = _who_wishes(hall, number)
            _forget_bodies()
            began = time.perf_counter()
            seen = _first_page(hall, met)
            ours.append((time.perf_counter() - began) * 1000)
            theirs.append(bare.read_board_ms() + bare.read_ms(seen))
    return Measured("worker.rank", tuple(ours[WARM:]), tuple(theirs[WARM:]))


def _who_wishes(hall: Hall, number: int) -> Recognition:
    met = recognise(hall, person_card(number))
    answers = FirstAnswers(None, WISHES[number % len(WISHES)], SPANS[number % len(SPANS)])
    give_first_answers(hall, met.worker, answers)
    return met


def _first_page(hall: Hall, met: Recognition) -> list[str]:
    """Do what the board does: weigh all, and read the first page with its reasons and refusals."""
    ranking = rank_jobs(hall, met, BoardQuery(order="fit"))
    with hall.store.reading() as records:
        page = ranking.page(records, hall.now(), 0, PAGE_ROWS)
    assert len(page) == PAGE_ROWS
    assert all(len(item.fit.reasons) > 1 for item in page)
    return [item.line.job.id for item in page]


def _forget_bodies() -> None:
    """Let no page be read faster because somebody before saw the same jobs."""
    for read in (read_job, read_employer, read_trip):
        read.cache_clear()
    gc.collect()
