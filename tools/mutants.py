"""Breaks one line at a time, as tools/mutants.toml lists them, and sees the test that names the break go red.

`./run mutants` tries every break, `./run mutants slip marker` those whose file, test or break holds a word.
The breaks are made in copies of the tree, one for each processor; a break that no test sees ends the run
with exit code 1.
"""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import SimpleQueue

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
    hands = min(os.cpu_count() or 1, len(chosen))
    with tempfile.TemporaryDirectory(prefix="mutants-") as place, ThreadPoolExecutor(hands) as pool:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(hands):
            trees.put(_copy(Path(place) / str(number)))
        if not _are_green(trees, sorted({test for item in chosen for test in item.test.split()})):
            return 1
        seen = list(pool.map(lambda item: _is_seen(trees, item), chosen))
    print(f"mutants: {len(chosen)} breaks, {seen.count(False)} unseen")
    return 0 if all(seen) else 1


def _are_green(trees: SimpleQueue[Path], tests: Sequence[str]) -> bool:
    """Run the tests without any break: one that is red anyway proves nothing."""
    began_s = time.monotonic()
    tree = trees.get()
    ran = _run(tree, ["-n", "auto", "--dist", "loadfile", *tests])
    trees.put(tree)
    print(
        f"{'green' if ran.returncode == 0 else 'RED':<9} {time.monotonic() - began_s:6.1f} s  unbroken",
        flush=True,
    )
    if ran.returncode:
        print(ran.stdout.decode(errors="replace"))
    return ran.returncode == 0


def _is_seen(trees: SimpleQueue[Path], mutant: Mutant) -> bool:
    """Make one break in a copy that is free, run its test, mend it, and print a row."""
    tree = trees.get()
    path = tree / mutant.file
    whole = path.read_text(encoding="utf-8")
    began_s = time.monotonic()
    try:
        path.write_text(mutated(whole, mutant), encoding="utf-8")
        ran = _run(tree, ["-x", *mutant.test.split()], limit_s=_LIMIT_S)
        word = {_TEST_FAILED: "red", 0: "SURVIVES"}.get(ran.returncode, "CRASHES")
    except subprocess.TimeoutExpired:
        # A break after which a test has no end is seen as well.
        word = "red"
    except LookupError as error:
        word = f"GONE ({error})"
    finally:
        path.write_text(whole, encoding="utf-8")
        trees.put(tree)
    seconds = time.monotonic() - began_s
    print(f"{word:<9} {seconds:6.1f} s  {mutant.file}: {mutant.breaks}  [{mutant.test}]", flush=True)
    return word == "red"


def _run(
    tree: Path, arguments: Sequence[str], limit_s: float | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run pytest in a copy and return what came of it; TimeoutExpired when it takes longer than it may."""
    # Byte code is kept by what a file reads, not by its time: one that is broken and mended within a second
    # would be taken for the one before.
    environment = os.environ | {
        "PYTHONPATH": str(tree),
        "PYTHONDONTWRITEBYTECODE": "1",
        "KIOSK_EXAMPLES": "60",
        "KIOSK_EXAMPLES_PROFILE": "unshrunk",
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", f"--hypothesis-seed={_SEED}", *arguments],
        check=False,
        cwd=tree,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=limit_s,
    )


def _copy(place: Path) -> Path:
    place.mkdir()
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, place / name)
    for name in _LINKED:
        (place / name).symlink_to(ROOT / name)
    compileall.compile_dir(place, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    return place


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
