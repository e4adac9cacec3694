"""What every test run shares: no display needed, one seed for all that is random, seconds a folder."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from hypothesis.configuration import set_hypothesis_home_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QGuiApplication
    from pytestqt.qtbot import QtBot

    from tests.clusters import Cluster

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")  # noqa: S108 - only the folder that pytest and tempfile make in it is ours
ROOM_BYTES = 4 << 30
"""So much must be free there: what failed is kept, and a run at a time lies there beside others."""


def has_room(folder: Path) -> bool:
    """Return whether a folder of memory can hold what tests write, and the machine as much again."""
    if not os.access(folder, os.W_OK):
        return False
    with Path("/proc/meminfo").open(encoding="ascii") as lines:
        sizes = dict(line.split(":") for line in lines)
    left_bytes = int(sizes["MemAvailable"].split()[0]) << 10
    return min(shutil.disk_usage(folder).free, left_bytes // 2) >= ROOM_BYTES


# Qt reads these when its application object is made. Whoever wants to see the windows sets them before.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

# What a test writes only that test reads, so it lies in memory where there is room: a disk makes each of many
# thousand commits wait. Whoever wants to see the files on a disk names a TMPDIR.
if "TMPDIR" not in os.environ and has_room(MEMORY):
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None

# No deadline: on two loaded cores it would say nothing about the code. Examples that failed stay in build/.
# Continuous integration draws anew each time as well, where hypothesis alone would always draw the same.
set_hypothesis_home_dir(ROOT / "build" / "hypothesis")
hypothesis.settings.register_profile("hall", deadline=None, derandomize=False, print_blob=True)
# Whoever only wants to see red need not wait for the smallest example.
hypothesis.settings.register_profile(
    "unshrunk",
    parent=hypothesis.settings.get_profile("hall"),
    phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
)
hypothesis.settings.load_profile(os.environ.get("KIOSK_EXAMPLES_PROFILE", "hall"))

LONG = ("durability", "faults", "journeys", "properties", "screens", "simulation")
"""Folders whose files take long, however few tests they have."""

_seconds = defaultdict[str, float](float)
_tests = defaultdict[str, int](int)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the contract suites meet real devices: name the suite, where its device is, and what it is."""
    parser.addoption(
        "--hardware",
        metavar="URL",
        action="append",
        default=[],
        help="run the contract suite named on this device; may be given again",
    )
    parser.addoption("--profile", metavar="NAME", help="the profile of the device behind --hardware")


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    """The application of the program, whichever comes first: a test that asks for one, or a screen."""
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Who waits for Qt, in an application that nobody has told to leave.

    A screen that was left tells it so, and from then on every other loop of events ends at once, unheard,
    until the program's own has run.
    """
    from PySide6.QtCore import QCoreApplication, QTimer

    QTimer.singleShot(0, QCoreApplication.quit)
    QCoreApplication.exec()
    return qtbot


@pytest.fixture(scope="session")
def fresh_bureau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a new bureau, whose keys take a second to make; copy it, never open it."""
    from kiosk.bureau.init import init_bureau

    folder = tmp_path_factory.mktemp("bureau") / "new"
    init_bureau(folder, "测试人社局")
    return folder


@pytest.fixture
def bureau_dir(fresh_bureau: Path, tmp_path: Path) -> Path:
    """The folder of a bureau that this test alone has."""
    return Path(shutil.copytree(fresh_bureau, tmp_path / "bureau"))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server that this run alone has."""
    from tests.clusters import running_cluster

    with running_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def fresh_postgres_bureau(
    fresh_bureau: Path, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of a new bureau on PostgreSQL, whose database others are copied from; never open it."""
    from kiosk.bureau.init import init_bureau

    folder = Path(shutil.copytree(fresh_bureau, tmp_path_factory.mktemp("bureau") / "on-postgres"))
    for left in folder.glob("bureau.sqlite*"):
        left.unlink()
    cluster.run("CREATE DATABASE fresh")
    init_bureau(folder, "测试人社局", database=cluster.url("fresh"))
    return folder


@pytest.fixture
def postgres_bureau_dir(fresh_postgres_bureau: Path, cluster: Cluster, tmp_path: Path) -> Iterator[Path]:
    """The folder of a bureau on PostgreSQL that this test alone has."""
    from kiosk.bureau.folders import BureauFolder
    from kiosk.bureau.init import keep_url

    name = f"test_{os.urandom(6).hex()}"
    cluster.run(f"CREATE DATABASE {name} TEMPLATE fresh")
    folder = Path(shutil.copytree(fresh_postgres_bureau, tmp_path / "bureau on postgresql"))
    keep_url(BureauFolder(folder), cluster.url(name))
    yield folder
    cluster.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed of a run here, so that `--randomly-seed` replays hypothesis' draws too."""
    seed = config.getoption("randomly_seed", None)
    if seed == "default":
        seed = config.option.randomly_seed = random.Random().getrandbits(32)
    if isinstance(seed, int) and config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(seed)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with files that take long, else in the order of chance: nobody idles beside the last of them."""
    items.sort(key=lambda item: not any(item.path.is_relative_to(ROOT / "tests" / folder) for folder in LONG))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add the seconds of set-up, test and clean-up to the folder that the test stands in."""
    folder = Path(report.nodeid.split("::", 1)[0]).parent.as_posix()
    _seconds[folder] += report.duration
    _tests[folder] += report.when == "call"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the seconds of each folder, the slowest first."""
    if not _seconds:
        return
    terminalreporter.write_sep("=", "seconds a folder")
    for folder in sorted(_seconds, key=lambda folder: -_seconds[folder]):
        terminalreporter.write_line(f"{_seconds[folder]:8.2f} s  {_tests[folder]:5d} tests  {folder}")
