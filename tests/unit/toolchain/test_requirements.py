"""The locks pin every package by its hash and leave the choice of the index to whoever installs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LOCKS = ("dev.lock", "runtime.lock")


def pins(lock: str) -> dict[str, tuple[str, list[str]]]:
    """Return version and hashes of each package in a lock, under its normalised name."""
    text = (ROOT / "requirements" / lock).read_text()
    entries = re.findall(r"^([a-z0-9][\w.-]*)==(\S+)((?: \\\n +--hash=\S+)*)", text, re.MULTILINE)
    return {
        name: (version, re.findall(r"--hash=sha256:([0-9a-f]{64})(?=\s|$)", hashes))
        for name, version, hashes in entries
    }


def normalised(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)
    assert name is not None, requirement
    return re.sub(r"[-_.]+", "-", name.group()).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_pin_a_hash_or_a_comment(lock: str) -> None:
    shape = re.compile(r"[a-z0-9][\w.-]*==[\w.+!]+ \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?| *#.*|")
    odd = [
        line
        for line in (ROOT / "requirements" / lock).read_text().splitlines()
        if not shape.fullmatch(line) or "://" in line
    ]
    assert odd == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    assert [name for name, (_, hashes) in pins(lock).items() if not hashes] == []


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = {normalised(requirement) for requirement in project["project"]["dependencies"]}
    needed_to_develop = {normalised(requirement) for requirement in project["dependency-groups"]["dev"]}
    assert needed - pins("runtime.lock").keys() == set()
    assert (needed | needed_to_develop) - pins("dev.lock").keys() == set()


def test_a_hall_runs_the_versions_that_were_tested() -> None:
    tested = pins("dev.lock")
    assert [name for name, pin in pins("runtime.lock").items() if tested.get(name) != pin] == []
