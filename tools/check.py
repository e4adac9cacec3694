"""Runs every check of the project, one line a step; what a failed step said follows at the end of its line.

`./run check` runs all, `./run check types contracts` only the named steps.
"""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent

# A step's name, and the commands that must all succeed.
STEPS: dict[str, list[list[str]]] = {
    "style": [[PYTHON, "-m", "ruff", "check", "."]],
    "format": [[PYTHON, "-m", "ruff", "format", "--check", "."]],
    "types": [[PYTHON, "-m", "mypy"]],
    "contracts": [[str(BIN / "lint-imports"), "--cache-dir", "build/import-linter"]],
    "qml": [[PYTHON, "-m", "tools.lint_qml"]],
    "sentences": [[PYTHON, "-m", "tools.check_catalogue"]],
    "tests": [
        [PYTHON, "-m", "coverage", "erase"],
        # The processes beside it tell what they ran as all others do: see `patch` in pyproject.toml.
        [PYTHON, "-m", "coverage", "run", "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile"],
        [PYTHON, "-m", "coverage", "combine", "--quiet"],
        [PYTHON, "-m", "coverage", "report"],
    ],
}


def main(names: list[str]) -> int:
    """Run the named steps, or all of them; the exit code is 1 when any failed."""
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        print(f"check: no step is called {', '.join(unknown)}; there are {', '.join(STEPS)}")
        return 2
    failed = [name for name in names or STEPS if not _passes(name)]
    print(f"check: failed: {', '.join(failed)}" if failed else "check: all is well")
    return 1 if failed else 0


def _passes(name: str) -> bool:
    print(f"{name:<10}", end=" ", flush=True)
    began_s = time.monotonic()
    for command in STEPS[name]:
        ran = subprocess.run(
            command, check=False, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        if ran.returncode:
            print(f"FAILED {time.monotonic() - began_s:6.1f} s\n{ran.stdout}")
            return False
    print(f"ok     {time.monotonic() - began_s:6.1f} s")
    return True


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
