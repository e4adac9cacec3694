"""The figures of sync: what rounds weigh, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.figures import wire
from tools.figures.rows import Measured


def measure(work: Path) -> Iterator[Measured]:
    """Yield every figure of sync."""
    yield from wire.measure(work)
