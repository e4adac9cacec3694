"""The process a table is written in: the table comes on standard input, its files go to the output."""

from __future__ import annotations

import sys

from kiosk.ledgers.handing import heard, packed
from kiosk.ledgers.writing import WRITERS


def main() -> None:
    """Write one table in every format."""
    table = heard(sys.stdin.buffer.read())
    sys.stdout.buffer.write(packed({ending: write(table) for ending, write in WRITERS.items()}))


if __name__ == "__main__":
    main()
