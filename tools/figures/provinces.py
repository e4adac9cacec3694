"""The same rounds and pushes on PostgreSQL, which flushes what it says is durable, beside a bureau in a file.

What an entry costs is counted over all processes: the kiosks, which live in the one that measures, the
bureau's server, and every session of the database.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.clusters import Cluster, running_cluster
from tools.figures.bureaus import furnished
from tools.figures.pulses import resident_mb
from tools.figures.rounds import KIOSKS, PUSHED, ROUNDS, SMALL, pushed, spoken
from tools.figures.rows import Measured

_TICK_US = 1e6 / os.sysconf("SC_CLK_TCK")
_PARTS = 5
"""Pushes that are counted one by one."""


def measure(work: Path) -> Iterator[Measured]:
    """Yield rounds, pushes, what an entry costs and what the server weighs, each beside those of a file."""
    (work / "file").mkdir()
    (work / "server").mkdir()
    alone = list(_measured(work / "file", None, None))
    with running_cluster(is_durable=True) as cluster:
        cluster.run("CREATE DATABASE hall")
        here = list(_measured(work / "server", cluster.url("hall"), cluster))
    for (name, samples), (_, baseline) in zip(here, alone, strict=True):
        yield Measured(name, samples, baseline)


def _measured(
    work: Path, database: str | None, cluster: Cluster | None
) -> Iterator[tuple[str, tuple[float, ...]]]:
    with furnished(work, KIOSKS, database) as (bureau, kiosks), bureau.served() as server:
        for kiosk in kiosks:
            kiosk.journal(ROUNDS * SMALL)
        rates, waits_ms = spoken(bureau, kiosks)
        yield "sync.pg_rounds", rates
        yield "sync.pg_rounds_p99", waits_ms
        speeds: list[float] = []
        costs: list[float] = []
        for _ in range(_PARTS):
            for kiosk in kiosks:
                kiosk.journal(PUSHED // _PARTS)
            processes = [os.getpid(), server, *(cluster.processes if cluster else ())]
            before = _spent_us(processes)
            speeds += pushed(bureau, kiosks)
            spent_us = _spent_us(processes) - before
            costs.append(spent_us / (len(kiosks) * (PUSHED // _PARTS)))
        yield "sync.pg_push", tuple(speeds)
        yield "sync.pg_cpu", tuple(costs)
        yield "sync.pg_memory", tuple(resident_mb(server) for _ in range(_PARTS))


def _spent_us(processes: Iterable[int]) -> float:
    """Return the processor time of processes, and of those that they have seen end."""
    spent = 0
    for process in processes:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        spent += sum(int(ticks) for ticks in told[11:15])
    return spent * _TICK_US
