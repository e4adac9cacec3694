"""Real processes that do the same thing at the same moment."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

LIMIT_S = 120.0


def race(source: str, starters: Iterable[Sequence[object]]) -> None:
    """Run `source` in one process for each row of arguments, and see that every one ends well.

    The source says `ready` when it stands at the line and reads a line before it runs, so that none is done
    before the last has come.
    """
    runners = [_start(source, arguments) for arguments in starters]
    try:
        for runner in runners:
            assert runner.stdout is not None
            assert runner.stdout.readline() == "ready\n"
        for runner in runners:
            assert runner.stdin is not None
            runner.stdin.write("go\n")
            runner.stdin.flush()
        for runner in runners:
            _, errors = runner.communicate(timeout=LIMIT_S)
            assert (runner.returncode, errors) == (0, "")
    finally:
        for runner in runners:
            runner.kill()
            runner.communicate()


def _start(source: str, arguments: Sequence[object]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", source, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
