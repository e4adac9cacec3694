"""Rows of figures: samples become a value, the bar of data/bars.toml decides, a table or JSON tells."""

from __future__ import annotations

import json
import math
import statistics
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.resources import data

FEWEST_SAMPLES = 5
"""Fewer samples say nothing, so nothing is judged by them."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What one figure must reach; at most one of the first three limits is set. Limits are in `unit`.

    `at_least_times` may stand beside `at_least`: so many times its reference, too. Without a limit a figure
    is told and not judged.
    """

    name: str
    unit: str
    statistic: str
    sentence: str
    reference: str
    at_most: float | None = None
    at_least: float | None = None
    at_most_times: float | None = None
    at_least_times: float | None = None

    @property
    def is_judged(self) -> bool:
        """Return whether there is a limit."""
        return any(limit is not None for limit in (self.at_most, self.at_least, self.at_most_times))

    @property
    def text(self) -> str:
        """Return the limit as a person reads it; nothing where there is none."""
        if not self.is_judged:
            return ""
        if self.at_most_times is not None:
            return f"≤ {self.at_most_times:g} × reference"
        sign, limit = ("≤", self.at_most) if self.at_most is not None else ("≥", self.at_least)
        also = "" if self.at_least_times is None else f" and {self.at_least_times:g} × reference"
        return f"{sign} {limit:g} {self.unit}{also}"


@dataclass(frozen=True, slots=True)
class Measured:
    """The samples of one figure and those of its baseline, taken in the same run, both in the bar's unit."""

    name: str
    samples: tuple[float, ...]
    baseline: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line; `value` and `reference` are by the bar's statistic, `spread` lies between the quartiles."""

    name: str
    value: float
    unit: str
    bar: str
    n: int
    median: float
    spread: float
    reference: float | None
    ratio: float | None
    ok: bool | None

    def json(self) -> dict[str, Any]:
        """Return the fields that machines read."""
        names = ("name", "value", "unit", "bar", "n", "median", "spread", "reference", "ratio", "ok")
        return {name: getattr(self, name) for name in names}


_STATISTICS: dict[str, Callable[[Sequence[float]], float]] = {
    "median": statistics.median,
    "mean": statistics.fmean,
    "max": max,
    "p95": lambda samples: percentile(samples, 0.95),
    "p99": lambda samples: percentile(samples, 0.99),
}


def load_bars(path: Path | None = None) -> dict[str, Bar]:
    """Return every bar by its figure's name; ValueError names one whose limits or statistic make no sense."""
    tables = tomllib.loads((path or data("bars.toml")).read_text(encoding="utf-8"))
    bars = {name: Bar(name=name, **table) for name, table in tables.items()}
    for bar in bars.values():
        limits = [bar.at_most, bar.at_least, bar.at_most_times]
        is_lost = bar.at_least_times is not None and bar.at_least is None
        if sum(limit is not None for limit in limits) > 1 or is_lost or bar.statistic not in _STATISTICS:
            raise ValueError(f"{bar.name}: one limit at most and a known statistic are needed")
    return bars


def row_of(measured: Measured, bar: Bar) -> Row:
    """Return the row of what was measured; ValueError when nothing was."""
    if not measured.samples:
        raise ValueError(f"{measured.name}: no samples")
    take = _STATISTICS[bar.statistic]
    value = take(measured.samples)
    reference = take(measured.baseline) if len(measured.baseline) >= FEWEST_SAMPLES else None
    return Row(
        name=measured.name,
        value=value,
        unit=bar.unit,
        bar=bar.text,
        n=len(measured.samples),
        median=statistics.median(measured.samples),
        spread=percentile(measured.samples, 0.75) - percentile(measured.samples, 0.25),
        reference=reference,
        ratio=value / reference if reference is not None and reference > 0 else None,
        ok=reaches(bar, value, reference, len(measured.samples)),
    )


def reaches(bar: Bar, value: float, reference: float | None, n: int) -> bool | None:
    """Return whether a value reaches its bar; None where there is none, or too little to tell."""
    if reference is None or n < FEWEST_SAMPLES or not bar.is_judged:
        return None
    if bar.at_most_times is not None:
        return value <= bar.at_most_times * reference
    if bar.at_least is not None:
        return value >= bar.at_least and value >= (bar.at_least_times or 0.0) * reference
    return bar.at_most is not None and value <= bar.at_most


def percentile(samples: Sequence[float], share: float) -> float:
    """Return the smallest sample that at least this share of all samples does not exceed (nearest rank)."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def table(rows: Iterable[Row]) -> str:
    """Return rows as a table for a person."""
    heads = ("name", "value", "unit", "bar", "n", "median", "spread", "reference", "ratio", "ok")
    lines = [heads, *(_cells(row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    return "\n".join(_line(line, widths) for line in lines)


def write_json(rows: Iterable[Row], path: Path) -> None:
    """Write rows as a JSON list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([row.json() for row in rows], ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


def _cells(row: Row) -> tuple[str, ...]:
    numbers = (_figure(row.median), _figure(row.spread), _figure(row.reference), _figure(row.ratio))
    verdict = {True: "yes", False: "NO", None: "-"}[row.ok]
    return (row.name, _figure(row.value), row.unit, row.bar or "-", str(row.n), *numbers, verdict)


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    texts = {0, 2, 3, len(cells) - 1}  # these read from the left, numbers from the right
    padded = (
        cell.ljust(width) if at in texts else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(padded).rstrip()
