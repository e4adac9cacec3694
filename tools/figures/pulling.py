"""A full pull that never ends, as a process: `python -m tools.figures.pulling --data DIR --jobs N`.

It does to the database what the sync process does with pages that have arrived: 500 rows each, kept a few
at a time, and a pause after each page. Every pass changes every row. It says when the first page is kept.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.codes import load_trades, spoken_names
from kiosk.sample.loader import sample_rows
from kiosk.storage.opening import join_store
from kiosk.system_clock import SystemClock
from tools.figures.halls import feed_pages

PAUSE_S = 0.005
"""What the sync process pauses after each page, so that a take gets its turn."""


@contextmanager
def pulling(folder: Path, jobs: int) -> Iterator[None]:
    """Pull into a folder for as long as the block lasts; it begins when the first page is kept."""
    command = [sys.executable, "-m", "tools.figures.pulling", "--data", str(folder), "--jobs", str(jobs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout is not None
            if not child.stdout.readline():
                raise RuntimeError("the pull ended before its first page")
            yield
            if child.poll() is not None:
                raise RuntimeError("the pull ended while it was measured against")
        finally:
            child.terminate()


def pull(folder: Path, jobs: int) -> None:
    """Apply pass after pass until the process is ended."""
    opened = join_store(folder, SystemClock(), trade_names=spoken_names(load_trades()))
    sample = sample_rows(SystemClock().now())
    passes = [list(feed_pages(sample, jobs, raise_fen=fen)) for fen in (100, 0)]
    gc.freeze()  # a process that pulls has one page in hand, not two whole passes
    is_told = False
    try:
        for pages in itertools.cycle(passes):
            for page in pages:
                # Positions begin anew with each pass, as they do when the bureau was restored: a new life.
                life = {"feed_gen": str(time.monotonic_ns())}
                opened.sync_book.apply_page(page.model_copy(update=life))
                if not is_told:
                    print("pulling", flush=True)
                    is_told = True
                time.sleep(PAUSE_S)
    finally:
        opened.close()


def main() -> None:
    """Pull as the arguments say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--jobs", type=int, required=True)
    options = parser.parse_args()
    pull(options.data, options.jobs)


if __name__ == "__main__":
    main()
