"""What libraries load along with themselves and this program never asks for, loaded when somebody does ask.

SQLAlchemy brings asyncio along, pydantic the metadata of packages and with it e-mail, stdnum TLS and pydoc,
Pillow the words of photographs: modules that no visit ever enters, 5 MB in each process of a kiosk. A
stand-in takes the place of each until one of its names is wanted; then it makes way, and Python loads the
module as always.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from dataclasses import dataclass
from functools import partial
from threading import Lock
from types import ModuleType
from typing import Any


@dataclass(frozen=True, slots=True)
class Postponed:
    """A module, and what a library takes from it while it is itself loaded.

    `functions` are taken and not called. `is_taken_from` tells that the library says `from module import`,
    for which Python asks where the module's own modules lie.
    """

    module: str
    functions: tuple[str, ...] = ()
    is_taken_from: bool = False


POSTPONED = (
    Postponed("asyncio", ("iscoroutine",)),
    Postponed("importlib.metadata", ("entry_points",), is_taken_from=True),
    Postponed("PIL.ExifTags"),
    Postponed("PIL.TiffTags"),
    Postponed("pydoc"),
    Postponed("ssl"),
)
_OWN_SUMS = (
    *("_md5", "_sha1", "_sha3", "_blake2"),
    *(("_sha2",) if sys.version_info >= (3, 12) else ("_sha256", "_sha512")),
)
"""What `hashlib` makes its sums with where there is no OpenSSL; an interpreter may be built without them."""

_making_way = Lock()


def postpone(*needed: str) -> None:
    """Put stand-ins where nothing is loaded yet, but for what is needed; call it before the libraries are."""
    # Of plug-ins for its models this program has none, and looking for them would read the metadata.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Sums of a few hundred bytes need no third copy of OpenSSL beside those in the database and cryptography.
    if all(importlib.util.find_spec(module) for module in _OWN_SUMS):
        sys.modules.setdefault("_hashlib", None)  # type: ignore[arg-type]  # Python's word for: not to be had
    for postponed in POSTPONED:
        if postponed.module not in needed and postponed.module not in sys.modules:
            stand_in = sys.modules[postponed.module] = StandIn(postponed)
            package, _, name = postponed.module.rpartition(".")
            if package:
                setattr(sys.modules[package], name, stand_in)  # as `import` does with what it loads


def build_models_late() -> None:
    """Have each wire value built when it is first used; call it before any of them is loaded.

    The sync process passes on bodies of entries that it never reads, some forty types. The screen process
    does not do this: there, the first tap of the day would wait for it.
    """
    from kiosk.messages.wire import Wire

    Wire.model_config["defer_build"] = True  # whatever is derived from it later takes it over


class StandIn(ModuleType):
    """A module's place until one of its names is wanted."""

    def __init__(self, postponed: Postponed) -> None:
        """Stand for the module; its functions can be taken, and load it when they are called."""
        super().__init__(postponed.module)
        spec = importlib.util.find_spec(postponed.module)
        assert spec is not None
        self.__file__ = spec.origin  # who looks through all modules for one asks this, and shall load none
        for function in postponed.functions:
            setattr(self, function, partial(self._call, function))
        if postponed.is_taken_from:
            self.__path__ = spec.submodule_search_locations or []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has
        """Return what the module has; Python asks here only for what is not in the stand-in."""
        return getattr(self._module(), name)

    def _call(self, function: str, *values: object, **named: object) -> Any:  # noqa: ANN401 - as above
        return getattr(self._module(), function)(*values, **named)

    def _module(self) -> ModuleType:
        """Return the module itself; threads that come meanwhile wait, as for any that is being loaded."""
        with _making_way:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
        return importlib.import_module(self.__name__)
