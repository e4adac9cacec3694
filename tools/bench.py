"""Measures the figures of data/bars.toml: `./run bench [GROUP …] [--json FILE]`.

`./run bench province` is a long run of its own and judges no bar; see its `--help`.

Each figure is measured beside a baseline of its own in the same run; a row says whether it reaches its bar.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tools import province
from tools.figures.rows import Row, load_bars, row_of, table, write_json

GROUPS = ("screens", "devices", "storage", "sync", "postgres", "worker", "desk")
"""Each is a module of tools/figures with `measure(work) -> Iterator[Measured]`.

The screens come first: they are weighed before anything of a kiosk is loaded here.
"""


def main(arguments: list[str] | None = None) -> int:
    """Measure the named groups, or all; the exit code is 1 when a figure misses its bar."""
    asked_for = sys.argv[1:] if arguments is None else arguments
    if asked_for[:1] == ["province"]:
        return province.main(asked_for[1:])
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)}; all without")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there too")
    options = parser.parse_args(asked_for)
    if unknown := [name for name in options.groups if name not in GROUPS]:
        parser.error(f"no group is called {', '.join(unknown)}; there are {', '.join(GROUPS)}")
    asked = [name for name in GROUPS if not options.groups or name in options.groups]
    rows = [row for name in asked for row in measured(name)]
    print(table(rows))
    if options.json:
        write_json(rows, options.json)
    return 0 if all(row.ok for row in rows if row.bar) else 1


def measured(group: str) -> Iterator[Row]:
    """Yield the rows of a group, telling on standard error how far it has come."""
    # The screens are drawn offscreen by the software renderer, so that figures of two machines compare.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    bars = load_bars()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hall-bench-", dir=_disk()) as work:
        for figure in importlib.import_module(f"tools.figures.{group}").measure(Path(work)):
            row = row_of(figure, bars[figure.name])
            value = f"{row.value:.3g} {row.unit} of {row.n} samples"
            print(f"{row.name}: {value}, {time.monotonic() - began:.0f} s", file=sys.stderr)
            yield row


def _disk() -> Path:
    """Return a folder on the disk that holds the project: where nothing is flushed nothing is measured."""
    folder = Path(__file__).resolve().parent.parent / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    raise SystemExit(main())
