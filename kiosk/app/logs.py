"""What a process of the kiosk says of itself: one line a word, for whoever keeps them."""

from __future__ import annotations

import logging
import sys


def begin_log() -> None:
    """Say what went wrong on standard output, a line each, for whoever keeps the program's words."""
    logging.basicConfig(stream=sys.stdout, format="%(asctime)s [%(levelname)s] %(message)s")
