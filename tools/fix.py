"""Formats the code and mends what ruff can mend safely; paths may follow, else the whole tree."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(paths: list[str]) -> int:
    """Mend first, then format, so that what was mended is formatted too."""
    ruff = [sys.executable, "-m", "ruff"]
    mended = subprocess.run([*ruff, "check", "--fix", *paths], check=False, cwd=ROOT)
    formatted = subprocess.run([*ruff, "format", *paths], check=False, cwd=ROOT)
    return mended.returncode or formatted.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
