"""The figures of the printer: from a slip's document to the bytes that print it, new and mostly known."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import cycle
from pathlib import Path

from PIL import Image

from kiosk import catalogue
from kiosk.actions.check_in import check_in
from kiosk.actions.compose_slip import mark_copy, read_document
from kiosk.actions.faults import Refused
from kiosk.actions.recognise import recognise
from kiosk.actions.take_place import take_place
from kiosk.app.print_jobs import kept_of
from kiosk.devices.escpos.bands import packed_rows
from kiosk.devices.escpos.jobs import build_job
from kiosk.devices.profiles import load_profile
from kiosk.domain.ids import JobId
from kiosk.paper.raster import render
from kiosk.paper.slip_blocks import slip_blocks
from kiosk.sample.loader import sample_rows
from kiosk.system_clock import SystemClock
from tools.figures.halls import everybody, furnish, open_bench_hall
from tools.figures.rows import Measured

PROFILE = "generic-80-gsh"
PEOPLE = 40
JOBS = 50
_TOKEN = b"0000"


def measure(work: Path) -> Iterator[Measured]:
    """Yield every figure of the printer; `work` is an empty folder."""
    documents = _documents(work / "printer")
    compiled, width_dots = _compiler()
    compiled(documents[0])  # opens the fonts and the pictures, once in the life of a process
    new, known, blank = [], [], []
    for document in documents[1:]:
        new.append(_timed_ms(lambda document=document: compiled(document)))  # type: ignore[misc]
        copy = mark_copy(document, 1, "纸皱了", "李*芳")
        known.append(_timed_ms(lambda copy=copy: compiled(copy)))  # type: ignore[misc]
        blank.append(_timed_ms(lambda: packed_rows(Image.new("1", (width_dots, 2000), 255))))
    yield Measured("devices.compile", tuple(new), tuple(blank))
    yield Measured("devices.compile_copy", tuple(known), tuple(blank))


def _compiler() -> tuple[Callable[[str], bytes], int]:
    """Return what makes a document the bytes of a job, as the printer's thread does, and the paper width."""
    profile = load_profile(PROFILE)
    chinese, english = catalogue.load("zh_CN"), catalogue.load("en")

    def compiled(document: str) -> bytes:
        sheet = render(slip_blocks(read_document(document), chinese, english), profile.width_dots)
        return build_job(sheet.image, kept_of(sheet), profile, _TOKEN)

    return compiled, profile.width_dots


def _documents(folder: Path) -> Sequence[str]:
    """Return the slips of people who took places, as they stand in the print journal."""
    furnish(folder, jobs=JOBS, people=PEOPLE)
    opened = open_bench_hall(folder)
    try:
        hall, numbers = opened.hall, []
        jobs = [job for job in sample_rows(SystemClock().now()).jobs if not job.certificates]
        for card, job in zip(everybody(PEOPLE), cycle(jobs)):
            met = recognise(hall, card)
            check_in(hall, met)
            with suppress(Refused):
                numbers.append(take_place(hall, met, JobId(job.id), job.version).slip)
        with hall.store.reading() as records:
            found = [records.slips.by_number(number) for number in numbers]
        return [slip.document for slip in found if slip is not None]
    finally:
        opened.close()


def _timed_ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000
