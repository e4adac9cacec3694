"""Runs the long tests at full count: `./run soak [NAME …]`; each table goes into docs/soak.md."""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "docs" / "soak.md"
JOURNEYS = 2000
READINGS = 20
WARM_SHARE = 4
"""The first quarter fills caches: growth is counted from its end, 500 journeys in a full run."""
JOBS = 10_000


def main(arguments: list[str] | None = None) -> int:
    """Run the named soaks, or all; the exit code is 1 when one of them misses its bar."""
    parser = argparse.ArgumentParser(prog="./run soak", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SOAKS)}; all without")
    parser.add_argument("--journeys", type=int, default=JOURNEYS, help=f"{JOURNEYS} without")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in SOAKS]:
        parser.error(f"no soak is called {', '.join(unknown)}; there are {', '.join(SOAKS)}")
    is_well = True
    for name in options.names or SOAKS:
        text, reaches = SOAKS[name](options.journeys)
        section = f"{_stamp()} {count_told(options.journeys)}\n\n{text}\n"
        print(section)
        KEPT.write_text(with_section(KEPT.read_text(encoding="utf-8"), name, section), encoding="utf-8")
        is_well = is_well and reaches
    return 0 if is_well else 1


def screens(journeys: int) -> tuple[str, bool]:
    """Play journeys from card to slip on one screen; return the table and whether its bars are reached."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from tools.figures.growing import growth
    from tools.figures.halls import furnish
    from tools.figures.rows import load_bars
    from tools.figures.screens import played

    bars = load_bars()
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hall-soak-", dir=ROOT / "build") as work:
        furnish(Path(work) / "hall", jobs=JOBS, people=journeys)
        told = played(Path(work) / "hall", journeys, max(1, journeys // READINGS))
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


def count_told(journeys: int) -> str:
    """Say how long the run was, so that nobody takes a short one for the full one."""
    if journeys >= JOURNEYS:
        return f"{journeys} journeys."
    return f"A short run: {journeys} of {JOURNEYS} journeys."


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


SOAKS: dict[str, Callable[[int], tuple[str, bool]]] = {"screens": screens}

if __name__ == "__main__":
    raise SystemExit(main())
