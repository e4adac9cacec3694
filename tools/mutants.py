"""Breaks one line at a time, as tools/mutants.toml lists them, and sees the test that names the break go red.

`./run mutants` tries every break, `./run mutants slip marker` those whose file, test or break holds a word.
The breaks are made in a copy of the tree; a break that no test sees ends the run with exit code 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "tools" / "mutants.toml"
_COPIED = ("kiosk", "tests", "tools", "pyproject.toml")
_LINKED = ("assets", "data")
_SEED = "1"
_TEST_FAILED = 1
_LIMIT_S = 300


@dataclass(frozen=True, slots=True)
class Mutant:
    """One break: the only line of a file that reads so, what it becomes, and the test that must see it."""

    breaks: str
    file: str
    line: str
    becomes: str
    test: str


def mutants(words: Sequence[str]) -> list[Mutant]:
    """Return the breaks in which any of the words occurs, all of them without words."""
    listed = [Mutant(**row) for row in tomllib.loads(TABLE.read_text(encoding="utf-8"))["mutant"]]
    told = [(item, f"{item.breaks} {item.file} {item.test}") for item in listed]
    return [item for item, text in told if not words or any(word in text for word in words)]


def mutated(source: str, mutant: Mutant) -> str:
    """Return a file's text with the break in it; LookupError when its line is not there exactly once."""
    lines = source.split("\n")
    places = [at for at, line in enumerate(lines) if line.strip() == mutant.line]
    if len(places) != 1:
        raise LookupError(f"{mutant.file} has {len(places)} lines that read: {mutant.line}")
    [at] = places
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    lines[at] = indent + mutant.becomes
    return "\n".join(lines)


def main(words: list[str]) -> int:
    """Try the breaks; return 1 when one survives, when its line is gone, or when a test was red before."""
    chosen = mutants(words)
    if not chosen:
        print(f"mutants: no break speaks of {' or '.join(words)}")
        return 2
    with tempfile.TemporaryDirectory(prefix="mutants-") as place:
        tree = _copy(Path(place))
        red = [test for test in sorted({item.test for item in chosen}) if not _is_green(tree, test)]
        survivors = [item for item in chosen if item.test not in red and not _is_seen(tree, item)]
    print(f"mutants: {len(chosen)} breaks, {len(survivors)} unseen")
    return 1 if red or survivors else 0


def _is_green(tree: Path, test: str) -> bool:
    """Run a test without any break: one that is red anyway proves nothing."""
    began_s = time.monotonic()
    is_green = _run(tree, test) == 0
    print(f"{'green' if is_green else 'RED':<9} {time.monotonic() - began_s:6.1f} s  {test}", flush=True)
    return is_green


def _is_seen(tree: Path, mutant: Mutant) -> bool:
    """Make one break, run its test, mend it, and print a row."""
    path = tree / mutant.file
    whole = path.read_text(encoding="utf-8")
    began_s = time.monotonic()
    try:
        path.write_text(mutated(whole, mutant), encoding="utf-8")
        word = {_TEST_FAILED: "red", 0: "SURVIVES"}.get(_run(tree, mutant.test), "CRASHES")
    except LookupError as error:
        word = f"GONE ({error})"
    finally:
        path.write_text(whole, encoding="utf-8")
    seconds = time.monotonic() - began_s
    print(f"{word:<9} {seconds:6.1f} s  {mutant.file}: {mutant.breaks}  [{mutant.test}]", flush=True)
    return word == "red"


def _run(tree: Path, test: str) -> int:
    """Run one test in the copy and return pytest's exit code; a run without end counts as a failed one."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly"]
    # Byte code is not kept: a file broken and mended within a second would be taken for the one before.
    environment = os.environ | {
        "PYTHONPATH": str(tree),
        "PYTHONDONTWRITEBYTECODE": "1",
        "KIOSK_EXAMPLES": "60",
        "KIOSK_EXAMPLES_PROFILE": "unshrunk",
    }
    try:
        ran = subprocess.run(
            [*command, f"--hypothesis-seed={_SEED}", *test.split()],
            check=False,
            cwd=tree,
            env=environment,
            capture_output=True,
            timeout=_LIMIT_S,
        )
    except subprocess.TimeoutExpired:
        return _TEST_FAILED
    return ran.returncode


def _copy(place: Path) -> Path:
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, place / name)
    for name in _LINKED:
        (place / name).symlink_to(ROOT / name)
    return place


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
