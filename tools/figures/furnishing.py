"""A hall furnished by a process of its own, so that whoever weighs another has nothing of a kiosk loaded.

python -m tools.figures.furnishing DIR JOBS PEOPLE
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def furnished(folder: Path, *, jobs: int, people: int) -> Path:
    """Make the data folder of a kiosk, as `tools.figures.halls.furnish` does, and return it."""
    command = [sys.executable, "-m", "tools.figures.furnishing", str(folder), str(jobs), str(people)]
    subprocess.run(command, check=True)
    return folder


def main() -> None:
    """Furnish as the arguments say."""
    from tools.figures.halls import furnish

    folder, jobs, people = sys.argv[1:]
    furnish(Path(folder), jobs=int(jobs), people=int(people))


if __name__ == "__main__":
    main()
