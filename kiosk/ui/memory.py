"""Gives memory back to the machine: the C library keeps what was freed for later unless it is told not to."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Return freed memory to the machine, in about 2 ms; a C library that cannot is left alone."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
