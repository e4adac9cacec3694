"""The files that make a machine a kiosk hold together with the program and with systemd."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.storage.keys import CREDENTIAL_NAME

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
KIOSKS = ("kiosk.service", "kiosk-x11.service")
UNITS = (*KIOSKS, "bureau.service")
OF_THE_DISPLAY = ("#", "Description=", "Conflicts=kiosk", "Environment=QT_", "ExecStart=", "Conflicts=getty")


def lines(unit: str) -> list[str]:
    return (DEPLOY / unit).read_text(encoding="utf-8").splitlines()


def values(unit: str, name: str) -> list[str]:
    return [line.partition("=")[2] for line in lines(unit) if line.startswith(f"{name}=")]


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_understands_every_line(unit: str) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    verified = subprocess.run(
        ["systemd-analyze", "verify", str(DEPLOY / unit)], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")


@pytest.mark.parametrize("unit", KIOSKS)
def test_a_kiosk_is_restarted_when_its_frames_stop(unit: str) -> None:
    assert values(unit, "Type") == ["notify"]
    assert values(unit, "NotifyAccess") == ["all"], "the kiosk is not the main process, and speaks"
    assert values(unit, "Restart") == ["always"]
    assert 10 <= int(values(unit, "WatchdogSec")[0]) <= 60


@pytest.mark.parametrize("unit", KIOSKS)
def test_the_key_of_the_database_is_asked_for_by_the_name_the_program_uses(unit: str) -> None:
    assert values(unit, "LoadCredentialEncrypted") == [CREDENTIAL_NAME]


@pytest.mark.parametrize("unit", KIOSKS)
def test_a_kiosk_may_use_its_devices_and_keep_its_data(unit: str) -> None:
    assert {"dialout", "lp"} <= set(values(unit, "SupplementaryGroups")[0].split())
    data_dir = re.findall(r"--data (\S+)", values(unit, "ExecStart")[0])
    assert data_dir == [f"/var/lib/{values(unit, 'StateDirectory')[0]}"]
    assert not values(unit, "PrivateDevices")


def test_the_two_kiosks_differ_in_nothing_but_the_display() -> None:
    cage, x11 = ([line for line in lines(unit) if not line.startswith(OF_THE_DISPLAY)] for unit in KIOSKS)
    assert cage == x11


@pytest.mark.parametrize("unit", UNITS)
def test_nothing_runs_as_root_or_gains_rights(unit: str) -> None:
    assert values(unit, "User")[0].startswith("hall-")
    assert values(unit, "NoNewPrivileges") == ["yes"]
    assert values(unit, "CapabilityBoundingSet") == [""]
    assert values(unit, "ProtectSystem") == ["strict"]


def test_every_file_is_told_of_in_the_operations_guide() -> None:
    guide = (DEPLOY.parent / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [path.name for path in sorted(DEPLOY.iterdir()) if path.name not in guide] == []
