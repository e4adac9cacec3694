"""Runs the long tests at full count: `./run soak [NAME …]`; each table goes into docs/soak.md."""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "docs" / "soak.md"
JOURNEYS = 2000
READINGS = 20
PRESENTATIONS = 10_000
POWER_CUTS = 2000
STORMS = 100
FAILOVERS = 20
REQUESTS = 3000
WALKED_ACTS = 1_000_000
WEEK_WORKERS = 2000
LEAST_MORNINGS = 4
WARM_SHARE = 4
"""The first quarter fills caches: growth is counted from its end, 500 journeys in a full run."""
JOBS = 10_000


def main(arguments: list[str] | None = None) -> int:
    """Run the named soaks, or all; the exit code is 1 when one of them misses its bar."""
    parser = argparse.ArgumentParser(prog="./run soak", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SOAKS)}; all without")
    full = ", ".join(f"{soak.count} {soak.unit}" for soak in SOAKS.values())
    parser.add_argument("--count", type=int, help=f"how many; without, the full {full}")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in SOAKS]:
        parser.error(f"no soak is called {', '.join(unknown)}; there are {', '.join(SOAKS)}")
    is_well = True
    for name in options.names or SOAKS:
        soak = SOAKS[name]
        count = options.count or soak.count
        text, reaches = soak.run(count)
        section = f"{_stamp()} {count_told(count, soak)}\n\n{text}\n"
        print(section)
        KEPT.write_text(with_section(KEPT.read_text(encoding="utf-8"), name, section), encoding="utf-8")
        is_well = is_well and reaches
    return 0 if is_well else 1


def screens(journeys: int, jobs: int = JOBS) -> tuple[str, bool]:
    """Play journeys from card to slip on one screen; return the table and whether its bars are reached.

    Nothing may be loaded here that the screen process has, too.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from tools.figures.furnishing import furnished
    from tools.figures.growing import growth
    from tools.figures.rows import load_bars
    from tools.figures.starts import write_byte_code
    from tools.figures.weighing import played

    bars = load_bars()
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hall-soak-", dir=ROOT / "build") as work:
        write_byte_code()
        hall = furnished(Path(work) / "hall", jobs=jobs, people=journeys)
        told = played(hall, journeys, max(1, journeys // READINGS))
    warm = journeys // WARM_SHARE
    slopes = growth(told, warm)
    slope = statistics.median(slopes) if slopes else None
    peak_mb = max(reading.pss_kb for reading in told) / 1024
    most_growth, most_mb = bars["screens.memory_growth"].at_most, bars["screens.memory"].at_most
    reaches = slope is not None and slope <= (most_growth or 0) and peak_mb <= (most_mb or 0)
    lines = ["| journeys | PSS, MB | its own, MB |", "| ---: | ---: | ---: |"]
    lines += [f"| {at.journeys} | {at.pss_kb / 1024:.1f} | {at.own_kb / 1024:.1f} |" for at in told]
    grown = "nothing to tell" if slope is None else f"{slope:.2f} kB a journey (bar: {most_growth:g})"
    lines += ["", f"Growth from {warm} journeys on: {grown}. Peak: {peak_mb:.0f} MB (bar: {most_mb:g})."]
    return "\n".join(lines), reaches


def devices(count: int) -> tuple[str, bool]:
    """Lay cards on a reader and print slips while both misbehave; return what each came to."""
    from tools.soaks import reader_presentations, slips

    seed = random.SystemRandom().getrandbits(32)
    lines = [f"Seed {seed}.", "", "| what | came to |", "| --- | --- |"]
    is_honest = True
    for what, run in (("presentations", reader_presentations.run), ("slips", slips.run)):
        try:
            tally = run(count, seed)
            # Not asdict: it copies a Counter as a count of pairs.
            told = _listed({item.name: getattr(tally, item.name) for item in fields(tally)})
        except (reader_presentations.Dishonest, slips.Dishonest) as fault:
            told, is_honest = f"**dishonest**: {fault}", False
        lines.append(f"| {count} {what} | {told} |")
    return "\n".join(lines), is_honest


def sync(count: int) -> tuple[str, bool]:
    """Cut the power, kill, play mornings and bad days, in proportion to `count`; return what each came to."""
    from tools.soaks import fill, kills, power_cuts, schedules, weeks

    fresh = random.SystemRandom()
    seed = fresh.getrandbits(32)
    table, is_kept = power_cuts.run(count, seed)
    mornings = max(LEAST_MORNINGS, fill.MORNINGS * count // POWER_CUTS)
    filled, is_filled = fill.run(mornings, fresh.getrandbits(32))
    played, is_right = schedules.run(max(1, schedules.SCHEDULES * count // POWER_CUTS), fresh.getrandbits(32))
    killed, is_honest = kills.run(max(1, kills.KILLS * count // POWER_CUTS), fresh.getrandbits(32))
    week, is_flat = weeks.run(max(2, weeks.KIOSKS * count // POWER_CUTS))
    parts = (
        f"Power cuts. Seed {seed}.\n\n{table}",
        f"Processes killed. {killed}",
        f"A week in a city. {week}",
        f"Filling jobs, {mornings} mornings. {filled}",
    )
    verdict = is_kept and is_filled and is_right and is_honest and is_flat
    told = "No bar is missed." if verdict else "**A bar is missed.**"
    return "\n\n".join([*parts, f"Bad days. {played}", told]), verdict


def api(count: int) -> tuple[str, bool]:
    """Send every route of a bureau so many requests that were made from its own description."""
    test = "tests/unit/bureau/test_any_request.py"
    # A route of a full run takes minutes: what ends a test that hangs would end it long before.
    patient = ["--timeout=0", "-o", "faulthandler_timeout=0"]
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", *patient, test]
    ran = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env={**os.environ, "API_EXAMPLES": str(count)},
        stdout=subprocess.PIPE,
        text=True,
    )
    is_right = ran.returncode == 0
    wrong = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED", "E  "))]
    told = f"{count} requests to each route, half of them signed: every answer was one that the description"
    return "\n".join([f"{told} names, and no fault of ours." if is_right else told, *wrong]), is_right


def walks(count: int) -> tuple[str, bool]:
    """Do at the screen whatever can be done; return what it came to, and whether nothing went wrong."""
    from tools.soaks import walks

    return walks.run(count, random.SystemRandom().getrandbits(32))


def week(count: int) -> tuple[str, bool]:
    """Play a week of a hall with so many workers; return what came of it, and whether nothing was lost."""
    from tools.soaks import hall_weeks

    return hall_weeks.run(count, random.SystemRandom().getrandbits(32))


def postgres(count: int) -> tuple[str, bool]:
    """Let sessions of a bureau on PostgreSQL rage beside one another; return what it came to."""
    from tools.soaks import sessions

    return sessions.run(count, random.SystemRandom().getrandbits(32))


def failover(count: int) -> tuple[str, bool]:
    """Let so many database servers die under a bureau; return what came of it."""
    from tools.soaks import failover

    return failover.run(count, random.SystemRandom().getrandbits(32))


def _listed(values: Mapping[str, Any]) -> str:
    """Return numbers by name as words, those of a group behind each other."""
    told = []
    for name, value in sorted(values.items(), key=lambda item: isinstance(item[1], Mapping)):
        words = name.replace("_", " ")
        told.append(f"{words}: {_listed(value)}" if isinstance(value, Mapping) else f"{words} {value:g}")
    return ", ".join(told)


@dataclass(frozen=True, slots=True)
class Soak:
    """One long run: what plays it and says whether its bars are reached, its full count, and of what."""

    run: Callable[[int], tuple[str, bool]]
    count: int
    unit: str


def count_told(count: int, soak: Soak) -> str:
    """Say how long the run was, so that nobody takes a short one for the full one."""
    if count >= soak.count:
        return f"{count} {soak.unit}."
    return f"A short run: {count} of {soak.count} {soak.unit}."


def with_section(page: str, name: str, section: str) -> str:
    """Return a page with the section of a name replaced, or added at its end."""
    pattern = re.compile(rf"^## {re.escape(name)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    fresh = f"## {name}\n\n{section}"
    if pattern.search(page):
        return pattern.sub(lambda _: fresh + "\n", page).rstrip() + "\n"
    return f"{page.rstrip()}\n\n{fresh}"


def _stamp() -> str:
    """Return the date, and the commit with a word when the tree has more than it."""
    commit = _git("rev-parse", "--short", "HEAD")
    more = " with changes not committed yet" if _git("status", "--porcelain") else ""
    return f"{datetime.now(UTC):%Y-%m-%d}, commit {commit}{more}, Python {sys.version.split()[0]}."


def _git(*arguments: str) -> str:
    ran = subprocess.run(["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return ran.stdout.strip()


SOAKS = {
    "screens": Soak(screens, JOURNEYS, "journeys"),
    "devices": Soak(devices, PRESENTATIONS, "presentations and slips"),
    "walks": Soak(walks, WALKED_ACTS, "acts at the screen"),
    "week": Soak(week, WEEK_WORKERS, "workers in a week of a hall"),
    "sync": Soak(sync, POWER_CUTS, "power cuts, with kills, mornings and schedules in proportion"),
    "api": Soak(api, REQUESTS, "requests to each route of the bureau"),
    "postgres": Soak(postgres, STORMS, "storms of sessions"),
    "failover": Soak(failover, FAILOVERS, "ends of a database server"),
}

if __name__ == "__main__":
    raise SystemExit(main())
