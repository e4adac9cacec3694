"""Keeps the process light: gives freed memory back, and lets nobody collect the sources of what is loaded."""

from __future__ import annotations

import builtins
import linecache

_M_MMAP_THRESHOLD = -3
_LARGE_BYTES = 128 * 1024


def give_back() -> None:
    """Return freed memory to the machine, in about 2 ms; a C library that cannot is left alone.

    From the first call on a large block is a mapping of its own, which goes back by itself. Else glibc raises
    that size with each one freed, and pictures leave holes among what stays: 6 MB after a hundred visits.
    """
    import ctypes  # which takes longer to load than the first screen may wait

    library = ctypes.CDLL(None)
    for name, arguments in (("mallopt", (_M_MMAP_THRESHOLD, _LARGE_BYTES)), ("malloc_trim", (0,))):
        act = getattr(library, name, None)
        if act is not None:
            act(*arguments)


def import_without_sources() -> None:
    """Load Qt's bindings, import from here on as Python does, and let go of the sources read so far.

    The bindings wrap `import`: the source of every module, whoever imports it, is read and searched for a
    spelling of Qt's names that this program does not use, and its lines are kept – 20 MB and a sixth of a
    second by the time the hall is open. Bindings that wrap nothing are left alone.
    """
    import PySide6.QtCore  # noqa: F401 - wraps `import` as soon as it is loaded

    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original
    linecache.clearcache()
