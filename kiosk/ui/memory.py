"""Keeps the process light: loads Qt's bindings without what nobody asks for."""

from __future__ import annotations

import builtins
import linecache
import sys
from types import ModuleType

_RELATIVES = ("PySide6.QtNetwork", "PySide6.QtOpenGL")


def import_bindings() -> None:
    """Load Qt's bindings, and nothing that they bring along unasked, before our own modules of the screen.

    Bindings that bring nothing along are left alone, and so are those that are loaded already.
    """
    _import_without_sources()
    _import_without_relatives()


def _import_without_sources() -> None:
    """Import from here on as Python does, and let go of the sources read so far.

    The bindings wrap `import`: the source of every module, whoever imports it, is read and searched for a
    spelling of Qt's names that this program does not use, and its lines are kept – 20 MB and a sixth of a
    second by the time the hall is open.
    """
    import PySide6.QtCore  # noqa: F401 - wraps `import` as soon as it is loaded

    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original
    linecache.clearcache()


def _import_without_relatives() -> None:
    """Load the bindings of the window without those of network and OpenGL, which they name and never enter.

    They would look up in them the types of a few calls that this program does not make: 3.7 MB.
    Whoever imports one of the two afterwards gets it as always.
    """
    absent = [name for name in _RELATIVES if name not in sys.modules]
    sys.modules.update((name, ModuleType(name)) for name in absent)
    try:
        import PySide6.QtQml
        import PySide6.QtQuick  # noqa: F401
    finally:
        for name in absent:
            del sys.modules[name]
