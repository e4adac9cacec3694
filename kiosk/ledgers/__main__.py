"""The process a table is written in: the table comes on standard input, its files go to the output."""

from __future__ import annotations

import sys

from kiosk.ledgers.handing import heard, packed, said
from kiosk.ledgers.writing import WRITERS


def main() -> None:
    """Write one table in every format, and say on the way how far that is."""
    table = heard(sys.stdin.buffer)
    out = sys.stdout.buffer

    def tell(done: int) -> None:
        out.write(said(done))
        out.flush()

    out.writelines(packed({ending: write(table, tell) for ending, write in WRITERS.items()}))


if __name__ == "__main__":
    main()
