"""The figures of sync: what rounds weigh, what they cost, and how fast they go between real processes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.figures import pulls, rounds, wire
from tools.figures.rows import Measured


def measure(work: Path) -> Iterator[Measured]:
    """Yield every figure of sync."""
    for name, group in (("wire", wire), ("pulls", pulls), ("rounds", rounds)):
        (work / name).mkdir()
        yield from group.measure(work / name)
