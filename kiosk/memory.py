"""Memory that was freed goes back to the machine."""

from __future__ import annotations

_M_MMAP_THRESHOLD = -3
_LARGE_BYTES = 128 * 1024


def give_back() -> None:
    """Return freed memory to the machine, in about 2 ms; a C library that cannot is left alone.

    From the first call on a large block is a mapping of its own, which goes back by itself. Else glibc raises
    that size with each one freed, and pictures, or rounds of kiosks, leave holes among what stays.
    """
    import ctypes  # which takes longer to load than the first screen may wait

    library = ctypes.CDLL(None)
    for name, arguments in (("mallopt", (_M_MMAP_THRESHOLD, _LARGE_BYTES)), ("malloc_trim", (0,))):
        act = getattr(library, name, None)
        if act is not None:
            act(*arguments)
