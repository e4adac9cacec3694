"""`./run` offers what it can do, refuses what it cannot, and sets up only once."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def run(*arguments: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([root / "run", *arguments], check=False, capture_output=True, text=True)


def offered(text: str) -> list[str]:
    return re.findall(r"^  ([a-z-]+) +[A-Z].*\.$", text, re.MULTILINE)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout that holds nothing but `run` and one tool which says what it was called with."""
    shutil.copy(ROOT / "run", tmp_path)
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "setup.sh").write_text('echo "set up with: $*"\n')
    return tmp_path


def test_run_alone_lists_the_commands_with_a_sentence_each() -> None:
    listing = run()
    assert listing.returncode == 0
    assert {"setup", "test", "check", "fix", "lock", "check-fresh"} <= set(offered(listing.stdout))


def test_a_command_without_its_program_is_neither_listed_nor_accepted(bare: Path) -> None:
    assert offered(run(root=bare).stdout) == ["setup"]
    refused = run("bench", root=bare)
    assert refused.returncode == 2
    assert 'no command "bench"' in refused.stderr


@pytest.mark.parametrize("name", ["nonsense", "s.tup", "", "setup|"])
def test_an_unknown_command_is_refused_with_the_list(name: str) -> None:
    refused = run(name)
    assert refused.returncode == 2
    assert "setup" in offered(refused.stderr)


def test_arguments_arrive_whole(bare: Path) -> None:
    assert run("setup", "two words", "*", root=bare).stdout == "set up with: two words *\n"
