"""The program finds its own files from a checkout and from an installed wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kiosk import resources

ROOT = Path(__file__).resolve().parents[3]
WHERE = "from kiosk import resources; print(resources.assets('translations')); print(resources.data())"


def files_under(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if "__pycache__" not in path.parts and path.is_file() and path.suffix not in {".pyc", ".qmlc"}
    }


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel of this checkout, as an installation has it."""
    built = tmp_path_factory.mktemp("built")
    build = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-index"]
    subprocess.run(
        [*build, "--no-deps", "--no-build-isolation", "--wheel-dir", str(built), str(ROOT)], check=True
    )
    (wheel,) = built.glob("*.whl")
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_a_checkout_finds_its_files_beside_the_package() -> None:
    assert resources.assets("translations") == ROOT / "assets" / "translations"
    assert resources.data("settings.toml") == ROOT / "data" / "settings.toml"


def test_a_wheel_finds_its_files_inside_the_package(installed: Path, tmp_path: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-S", "-c", WHERE],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed)},
    )
    assert asked.stdout.splitlines() == [
        str(installed / "kiosk" / "_assets" / "translations"),
        str(installed / "kiosk" / "_data"),
    ]


@pytest.mark.parametrize(("source", "place"), [("assets", "_assets"), ("data", "_data"), ("kiosk", "")])
def test_a_wheel_carries_every_file(installed: Path, source: str, place: str) -> None:
    missing = files_under(ROOT / source) - files_under(installed / "kiosk" / place)
    assert missing == set()


def test_a_wheel_brings_the_kiosk_command_and_nothing_beside_the_package(installed: Path) -> None:
    (record,) = installed.glob("*.dist-info")
    assert "kiosk = kiosk.__main__:main" in (record / "entry_points.txt").read_text()
    assert {path.name for path in installed.iterdir()} == {"kiosk", record.name}
