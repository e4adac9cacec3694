"""Waiting on a condition of another thread or process that cannot notify us, however loaded a machine is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

PATIENCE_S = 60.0
_LOOK_EVERY_S = 0.01


def wait_until(is_true: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Look again and again until it is so; fail with what was waited for where it never is."""
    tick, began_s = threading.Event(), time.monotonic()
    while not is_true():
        assert time.monotonic() - began_s < patience_s, f"waited in vain for {what}"
        tick.wait(_LOOK_EVERY_S)
