"""What a process of the kiosk says of itself: one line a word, for whoever keeps them."""

from __future__ import annotations

import logging


def begin_log() -> None:
    """Say what went wrong on standard error, a line each, for whoever keeps the program's words.

    Standard output is for what the program was asked: another process may wait for its first line there.
    """
    logging.basicConfig(format="%(asctime)s [%(levelname)s] %(message)s")
