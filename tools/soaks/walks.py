"""A million acts at the screen without its window, each followed by a look at what is shown and held.

What is done and looked at stands in `tests/unit/ui/acts.py`; a walk that goes wrong is told with its seed.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.unit.ui.acts import a_walker
from tests.unit.ui.walker import LostWayError


def run(count: int, seed: int) -> tuple[str, bool]:
    """Walk so many acts; return what they came to, and whether nothing went wrong."""
    with tempfile.TemporaryDirectory(prefix="hall-walk-") as folder:
        walker = a_walker(Path(folder), seed)
        try:
            walker.walk(count)
            walker.close()
        except LostWayError as fault:
            return f"**Lost**: {fault}", False
    shown = ", ".join(f"{step} {times}" for step, times in sorted(walker.steps.items()))
    done = ", ".join(f"{act} {times}" for act, times in sorted(walker.acts.items()))
    table = ["| what | came to |", "| --- | --- |", f"| pages after an act | {shown} |", f"| acts | {done} |"]
    return "\n".join([f"Seed {seed}, {walker.mornings} mornings.", "", *table]), True
