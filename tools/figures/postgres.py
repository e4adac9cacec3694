"""The figures of a bureau on PostgreSQL: rounds and pushes of sync, against a cluster that is thrown away.

The cluster flushes each commit as a bureau's own does. Kiosks, server and PostgreSQL share this machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kiosk.bureau.offices import office
from kiosk.system_clock import SystemClock
from tests.clusters import Cluster, running_cluster
from tools.figures.bureaus import BenchBureau, BenchKiosk, furnished
from tools.figures.costs import ENTRIES, cost_rows, spoken
from tools.figures.first_readings import first_reading
from tools.figures.kept import kept_rows
from tools.figures.processors import family_s, own_s
from tools.figures.pulses import bare_mb, resident_mb
from tools.figures.rounds import KIOSKS, ROUNDS, SMALL, plain_posts, push, push_baseline, rounds
from tools.figures.rows import Measured

PUSHES, PUSHED = 5, 500
"""So often each kiosk pushes so many entries: there are samples enough of what one costs."""


def measure(work: Path) -> Iterator[Measured]:
    """Yield rounds, pushes, weight, then the bare protocol and what is done besides, then a first reading."""
    with running_cluster(is_durable=True) as cluster:
        cluster.run("CREATE DATABASE hall TEMPLATE template0 ENCODING 'UTF8'")
        with furnished(work, KIOSKS, cluster.url("hall")) as (bureau, kiosks):
            for kiosk in kiosks:
                kiosk.journal(ROUNDS * SMALL)
            yield from _figures(work, cluster, bureau, kiosks)


def _figures(
    work: Path, cluster: Cluster, bureau: BenchBureau, kiosks: list[BenchKiosk]
) -> Iterator[Measured]:
    cluster.run("CREATE DATABASE plain TEMPLATE hall")
    plain = plain_posts(bureau.copied(work / "plain", cluster.url("plain")), kiosks[0], cluster.pid)
    with bureau.served() as pid:
        yield from rounds("postgres", bureau, kiosks, plain.took_s)
        rates: list[float] = []
        costs: list[float] = []
        baseline = push_baseline(plain.took_s)
        for turn in range(PUSHES):
            for kiosk in kiosks:
                kiosk.journal(PUSHED, behind=ROUNDS * SMALL + turn * PUSHED)
            before = own_s(os.getpid()) + own_s(pid) + family_s(cluster.pid)
            rates += push(bureau, kiosks)
            spent = own_s(os.getpid()) + own_s(pid) + family_s(cluster.pid) - before
            costs.append(1e6 * spent / (KIOSKS * PUSHED))
        yield Measured("postgres.push", tuple(rates), baseline)
        yield Measured("postgres.push_cpu", tuple(costs), tuple(plain.cpu_us))
        yield Measured("postgres.memory", (resident_mb(pid),) * PUSHES, bare_mb())
    for kiosk in kiosks:
        kiosk.journal(ENTRIES, behind=ROUNDS * SMALL + PUSHES * PUSHED)
    with office(bureau.folder, SystemClock()) as ours:
        kept = kept_rows(ours, *spoken(ours, kiosks[0]), cluster, "hall")
        yield from kept
        yield from cost_rows(ours, kiosks, kept[1].samples, cluster)
    with bureau.served():
        yield first_reading(bureau, cluster.url("hall"), kiosks[0])
