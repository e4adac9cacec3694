"""What every soak needs: all that is logged meanwhile, and a command with a count and a seed."""

from __future__ import annotations

import io
import logging
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FULL_COUNT = 10_000


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """Catch every log line of every part of the program, the chattiest included."""
    said, root = io.StringIO(), logging.getLogger()
    ear, level = logging.StreamHandler(said), root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        yield said
    finally:
        root.setLevel(level)
        root.removeHandler(ear)


def played(run: Callable[[int, int], object]) -> int:
    """Run as many as the first argument says, else 10,000, by the seed of the second; print how it went."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_COUNT
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().getrandbits(32)
    print(f"seed {seed}: {run(count, seed)}")
    return 0
