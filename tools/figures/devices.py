"""The figures of the devices: the reader's, then the printer's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.figures import devices_printer, devices_reader
from tools.figures.rows import Measured


def measure(work: Path) -> Iterator[Measured]:
    """Yield every figure of the group; `work` is an empty folder."""
    yield from devices_reader.measure(work)
    yield from devices_printer.measure(work)
