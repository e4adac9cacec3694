"""Keeps the process light: gives freed memory back, and lets nobody collect the sources of what is loaded."""

from __future__ import annotations

import builtins
import linecache


def give_back() -> None:
    """Return freed memory to the machine, in about 2 ms; a C library that cannot is left alone."""
    import ctypes  # which takes longer to load than the first screen may wait

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def import_without_sources() -> None:
    """Import from here on as Python does, and let go of the sources that were read so far.

    Once loaded, Qt's bindings wrap `import`: the source of every module, whoever imports it, is read and
    searched for a spelling of Qt's names that this program does not use, and its lines are kept – 20 MB and a
    sixth of a second by the time the hall is open. Bindings that wrap nothing are left alone.
    """
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original
    linecache.clearcache()
