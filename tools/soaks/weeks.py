"""Thirty kiosks for seven days in which everything grows: what a round of sync costs, day by day.

Steps of the databases' machines and bytes are counted, so a busy machine changes nothing. The first days fill
what is told for a day; from the third on a round may cost a quarter more at most, and a kiosk that is set up
may read a quarter more rows.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.faults.weeks import IDLE_ROUND, MORNING_ROUND, VISIT_ROUND, Cost, a_city

KIOSKS, DAYS, VISITS = 30, 7, 4
STEADY_FROM = 2
MOST_GROWTH = 1.25
_HELD = ("kiosk_steps", "bytes_up", "bytes_down", "rights_told")


def run(kiosks: int) -> tuple[str, bool]:
    """Play the week; return a table, and whether a round stays as cheap at the kiosk and on the line."""
    with tempfile.TemporaryDirectory(prefix="hall-week-") as folder, a_city(Path(folder), kiosks) as city:
        for day in range(DAYS):
            city.play(day, VISITS)
        lines = [f"{kiosks} kiosks, {city.taken} places taken.", ""]
        lines.append("| round | day | steps at the bureau | at the kiosk | bytes up | down | rights told |")
        lines.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        is_flat = True
        for kind in (MORNING_ROUND, VISIT_ROUND, IDLE_ROUND):
            costs = city.medians(kind)
            lines += [f"| {kind} | {day + 1} | {_told(cost)} |" for day, cost in costs.items()]
            is_flat = is_flat and (kind == MORNING_ROUND or _is_flat(costs[STEADY_FROM], costs[DAYS - 1]))
        rows = city.snapshots
        lines += [
            "",
            "Rows of the city that a new kiosk reads, day by day: " + ", ".join(map(str, rows)) + ".",
        ]
        is_flat = is_flat and rows[DAYS - 1] <= rows[STEADY_FROM] * MOST_GROWTH
    return "\n".join(lines), is_flat


def _told(cost: Cost) -> str:
    return " | ".join(f"{getattr(cost, name):,}" for name in Cost.__slots__)


def _is_flat(before: Cost, after: Cost) -> bool:
    return all(getattr(after, name) <= getattr(before, name) * MOST_GROWTH for name in _HELD)
