"""What libraries bring along and nobody asks for is not loaded, and is there as soon as somebody asks."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from kiosk.app.postponing import POSTPONED, Postponed, StandIn
from tests.interpreters import said_alone

MODULE = "postponed_on_trial"
NAMES = [postponed.module for postponed in POSTPONED]
ALL_OFF = f"""
import sys
from kiosk.app.postponing import StandIn, postpone

def standing_in():
    return [name for name in {NAMES} if isinstance(sys.modules.get(name), StandIn)]

postpone()
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A stand-in for a module that counts how often it is loaded."""
    (tmp_path / f"{MODULE}.py").write_text(
        "import sys\nsys.loaded_on_trial += 1\nANSWER = 42\ndef add(a, b):\n    return a + b\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "loaded_on_trial", 0, raising=False)
    made = StandIn(Postponed(MODULE, ("add",)))
    monkeypatch.setitem(sys.modules, MODULE, made)
    yield made
    sys.modules.pop(MODULE, None)


def test_a_module_is_loaded_when_one_of_its_names_is_wanted(stand_in: ModuleType) -> None:
    assert importlib.import_module(MODULE) is stand_in
    assert loads() == 0
    assert stand_in.ANSWER == 42
    assert (loads(), stand_in.ANSWER, importlib.import_module(MODULE).ANSWER, loads()) == (1, 42, 42, 1)


def test_a_function_is_taken_without_loading_and_loads_when_it_is_called(stand_in: ModuleType) -> None:
    add = stand_in.add
    assert loads() == 0
    assert add(40, b=2) == 42
    assert loads() == 1


def test_who_looks_where_modules_lie_loads_none(stand_in: ModuleType, tmp_path: Path) -> None:
    assert stand_in.__file__ == str(tmp_path / f"{MODULE}.py")
    assert loads() == 0


def test_a_name_that_the_module_does_not_have_is_missing_as_ever(stand_in: ModuleType) -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = stand_in.nothing


def test_threads_that_ask_at_once_load_it_once(stand_in: ModuleType) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _: stand_in.ANSWER, range(64))) == {42}
    assert loads() == 1


def test_a_screen_process_loads_nothing_of_what_was_postponed() -> None:
    loaded = "import kiosk.app.crew\nfrom kiosk.ui.screen import load_rest\nload_rest()\nprint(standing_in())"
    assert said_alone(ALL_OFF + loaded) == str(NAMES)


def test_a_sync_process_loads_nothing_of_it_but_tls() -> None:
    all_off = ALL_OFF.replace("postpone()", 'postpone("ssl")')
    loaded = "import kiosk.app.pulse, kiosk.app.telling\nprint(standing_in())"
    assert said_alone(all_off + loaded) == str([name for name in NAMES if name != "ssl"])


def test_a_sync_process_builds_no_body_that_it_only_passes_on() -> None:
    """Broken by building all at once: megabytes for types of entries that this process never reads."""
    built = """
from pathlib import Path
from kiosk.__main__ import _pulse
from kiosk.actions.faults import WorldFault
try:
    _pulse(Path("/nowhere"))
except WorldFault:
    print("nothing to open")
from kiosk.messages.events import EVENT_TYPES, RightsReturned
def built():
    return sorted(name for name, body in EVENT_TYPES.items() if body.__pydantic_complete__)
print(built())
print(RightsReturned(quota="places:j", ranges=[(1, 2)]).model_dump_json())
print(built())
"""
    assert said_alone(built).splitlines() == [
        "nothing to open",
        "[]",
        '{"quota":"places:j","ranges":[[1,2]]}',
        "['rights_returned']",
    ]


def test_a_screen_process_maps_no_second_database_and_no_third_openssl() -> None:
    mapped = """
import kiosk.app.crew, hashlib, hmac
from kiosk.ui.screen import load_rest
load_rest()
with open("/proc/self/maps", encoding="utf-8") as maps:
    mapped = maps.read()
print([name for name in ("libcrypto.so", "libssl.so", "libsqlite3.so") if name in mapped])
print(hmac.new(b"key", b"The quick brown fox jumps over the lazy dog", hashlib.sha256).hexdigest())
"""
    assert said_alone(ALL_OFF + mapped).splitlines() == [
        "[]",
        "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8",
    ]


def test_an_interpreter_without_sums_of_its_own_keeps_those_of_openssl() -> None:
    """Some are built so; Debian's has both."""
    hidden = "import sys\nsys.modules.update(dict.fromkeys(['_sha256', '_sha2']))\n"
    summed = "import hashlib\nprint(hashlib.sha256(b'').hexdigest()[:8])"
    assert said_alone(hidden + ALL_OFF + summed) == "e3b0c442"


def test_what_was_postponed_is_itself_once_it_is_asked_for() -> None:
    asked = """
import asyncio, importlib.metadata, PIL.ExifTags, PIL.TiffTags, pydoc, ssl
import asyncio.events

async def answer():
    return 42

print(asyncio.run(answer()), importlib.metadata.version("pydantic")[0], ssl.PROTOCOL_TLS_CLIENT.name)
print(PIL.ExifTags.TAGS[271], PIL.TiffTags.lookup(271).name)
print(pydoc.locate("ssl.SSLContext") is ssl.SSLContext, standing_in())
"""
    assert said_alone(ALL_OFF + asked).splitlines() == ["42 2 PROTOCOL_TLS_CLIENT", "Make Make", "True []"]


def loads() -> int:
    count: int = sys.__dict__["loaded_on_trial"]
    return count
