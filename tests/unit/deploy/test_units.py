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

_YES = "yes|no"
_SPAN = r"\d+(ms|s|min|h)?"
_SIZE = r"\d+[KMGT]?"
_WORDS = r"[\w.:+-]+( [\w.:+-]+)*"
_UNITS = r"[\w@-]+\.(service|target)( [\w@-]+\.(service|target))*"
_PATHS = r"-?/[\w/.-]*( -?/[\w/.-]*)*"
_CALLS = r"~?@[a-z-]+( @[a-z-]+)*"
KNOWN: dict[str, dict[str, str]] = {
    "Unit": {
        "Description": ".+",
        **dict.fromkeys(("After", "Wants", "Conflicts"), _UNITS),
        "StartLimitIntervalSec": _SPAN,
    },
    "Service": {
        "Type": "simple|exec|forking|oneshot|dbus|notify|notify-reload|idle",
        "NotifyAccess": "none|main|exec|all",
        "Restart": "no|always|on-success|on-failure|on-abnormal|on-abort|on-watchdog",
        **dict.fromkeys(("WatchdogSec", "TimeoutStartSec", "TimeoutStopSec", "RestartSec"), _SPAN),
        **dict.fromkeys(("User", "Group", "SupplementaryGroups", "PAMName", "UtmpIdentifier"), _WORDS),
        **dict.fromkeys(("TTYPath", "ReadWritePaths", "InaccessiblePaths"), _PATHS),
        **dict.fromkeys(("TTYReset", "TTYVHangup", "TTYVTDisallocate"), _YES),
        "StandardInput": "null|tty|tty-force|tty-fail|data|socket",
        **dict.fromkeys(("StandardOutput", "StandardError"), "inherit|null|tty|journal|kmsg|socket"),
        "UtmpMode": "init|login|user",
        **dict.fromkeys(("StateDirectory", "CacheDirectory", "LoadCredentialEncrypted"), _WORDS),
        **dict.fromkeys(("StateDirectoryMode", "UMask"), "0[0-7]{3}"),
        "Environment": r"[A-Z_]+=\S+( [A-Z_]+=\S+)*",
        "ExecStart": r"/\S+( \S+)*",
        **dict.fromkeys(("MemoryMax", "TasksMax"), _SIZE),
        "OOMPolicy": "continue|stop|kill",
        **dict.fromkeys(("NoNewPrivileges", "PrivateDevices", "MemoryDenyWriteExecute"), _YES),
        "ProtectSystem": "yes|no|full|strict",
        "ProtectHome": "yes|no|read-only|tmpfs",
        **dict.fromkeys(("PrivateTmp", "ProtectClock", "ProtectHostname", "ProtectControlGroups"), _YES),
        **dict.fromkeys(("ProtectKernelModules", "ProtectKernelTunables", "ProtectKernelLogs"), _YES),
        "ProtectProc": "noaccess|invisible|ptraceable|default",
        "ProcSubset": "all|pid",
        "RestrictAddressFamilies": "AF_[A-Z0-9]+( AF_[A-Z0-9]+)*",
        **dict.fromkeys(
            ("RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID", "LockPersonality"), _YES
        ),
        "SystemCallArchitectures": "native",
        "SystemCallFilter": _CALLS,
        "CapabilityBoundingSet": "",
    },
    "Install": {"WantedBy": _UNITS},
}
"""What a unit of ours may say, by section: see systemd.unit(5), .service(5), .exec(5) and so on."""
OF_THE_DISPLAY = ("#", "Description=", "Conflicts=kiosk", "Environment=QT_", "ExecStart=", "Conflicts=getty")


def lines(unit: str) -> list[str]:
    return (DEPLOY / unit).read_text(encoding="utf-8").splitlines()


def values(unit: str, name: str) -> list[str]:
    return [line.partition("=")[2] for line in lines(unit) if line.startswith(f"{name}=")]


def misspelt(text: str) -> list[str]:
    """Return the lines that no unit of ours may hold: of no known section, name or kind of value."""
    wrong, section = [], ""
    for line in text.splitlines():
        name, has_value, value = line.partition("=")
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            kind = KNOWN.get(section, {}).get(name)
            if not has_value or kind is None or not re.fullmatch(kind, value):
                wrong.append(line)
    return wrong


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_understands_every_line(unit: str) -> None:
    assert misspelt("\n".join(lines(unit))) == []
    if shutil.which("systemd-analyze") is not None:  # the same, by whoever reads them in the end
        verified = subprocess.run(
            ["systemd-analyze", "verify", str(DEPLOY / unit)], capture_output=True, text=True, check=False
        )
        assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Restart=always", "Restarts=always"),
        ("Restart=always", "Restart=allways"),
        ("RestartSec=2", "RestartSec=2 sce"),
        ("NoNewPrivileges=yes", "NoNewPrivileges=ja"),
        ("MemoryMax=1G", "MemoryMax=1 gigabyte"),
        ("StartLimitIntervalSec=0", "WatchdogSec=20"),
        ("ExecStart=/usr/bin/env", "ExecStart=env"),
        ("UMask=0077", "UMask"),
        ("[Install]", "[Instal]"),
    ],
)
def test_a_line_that_systemd_would_pass_over_is_found(right: str, wrong: str) -> None:
    text = "\n".join(lines("kiosk.service"))
    assert right in text
    assert misspelt(text.replace(right, wrong, 1)) != []


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


@pytest.mark.parametrize("unit", KIOSKS)
def test_a_stick_is_mounted_for_the_kiosk_where_it_may_write(unit: str) -> None:
    (rule,) = (line for line in lines("70-hall-kiosk.rules") if "/systemd-mount " in line)
    folder = rule.rpartition("$devnode ")[2].rpartition("/")[0]
    assert f"-{folder}" in values(unit, "ReadWritePaths")[0].split()
    assert f"--owner={values(unit, 'User')[0]} " in rule


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
