"""A kiosk reads what a bureau on PostgreSQL tells for the first time: whole pages over TLS, and no store."""

from __future__ import annotations

import time
from dataclasses import replace

import psycopg

from kiosk.app.machine import boot_id
from kiosk.bureau.databases import opened
from kiosk.bureau.feeds import CITY, Changes
from kiosk.messages.sync import MAX_ROWS_A_PAGE
from kiosk.sample.loader import sample_rows
from kiosk.system_clock import SystemClock
from tools.figures.bureaus import BenchBureau, BenchKiosk
from tools.figures.halls import many_jobs
from tools.figures.light_kiosks import LightKiosk
from tools.figures.rows import Measured

JOBS = 10_000
_PAGE = "SELECT * FROM feed_row WHERE scope = %s AND pos > %s ORDER BY pos LIMIT %s"


def first_reading(bureau: BenchBureau, url: str, kiosk: BenchKiosk) -> Measured:
    """Return rows a second of each full page, beside the driver's own that reads the same from the table."""
    with opened(bureau.folder) as database, database.writing() as connection:
        changes = Changes()
        for body in many_jobs(sample_rows(SystemClock().now()), JOBS):
            changes.say(CITY, "job", body.id, body)
        changes.stamp(connection)
    return Measured("postgres.pull", _told(bureau, kiosk), _read(url))


def _told(bureau: BenchBureau, kiosk: BenchKiosk) -> tuple[float, ...]:
    job = next(job for job in kiosk.visits.sample.jobs if job.trip is None)
    of_one_job = replace(kiosk.visits, sample=replace(kiosk.visits.sample, jobs=(job,)))
    rates: list[float] = []
    with bureau.speaker() as wire:
        light = LightKiosk(
            kiosk.identity.kiosk, kiosk.key, wire, of_one_job, SystemClock(), boot_id(), read={}
        )
        light.round()  # which asks whose life this is
        is_more = True
        while is_more:
            before, began = len(light.read or {}), time.perf_counter()
            is_more = light.round()
            rates.append((len(light.read or {}) - before) / (time.perf_counter() - began))
    return tuple(rates[1:-1])


def _read(url: str) -> tuple[float, ...]:
    rates: list[float] = []
    pos = 0
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        while True:
            began = time.perf_counter()
            rows = connection.execute(_PAGE, (CITY, pos, MAX_ROWS_A_PAGE)).fetchall()
            if len(rows) < MAX_ROWS_A_PAGE:
                return tuple(rates[1:])
            rates.append(len(rows) / (time.perf_counter() - began))
            pos = rows[-1]["pos"]
