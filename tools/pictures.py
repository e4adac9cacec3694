"""Draws the pictures of the README again: plays the morning without a display, opens the desk, and keeps ten.

What they show is what the program drew, at two thirds of its size and in a palette of its own colours. Names
stay the same from run to run, and so does every picture in which no clock and no date stands.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from PIL import Image

from tools import desk_pictures

ROOT = Path(__file__).resolve().parent.parent
PLAYED = ROOT / "build" / "pictures"
KEPT = ROOT / "docs" / "pictures"
SCREENS = ("home", "greeting", "board", "detail", "blocked", "printing")
SLIP = "slip"
WIDTH_PX = 720
LARGEST_BYTES = 150_000
PALETTES = (256, 128, 64, 32, 16)
"""How many colours a picture may have; the first palette that is small enough is taken."""


def main() -> int:
    """Play, choose and write; the exit code is 1 when the morning failed or a picture is amiss."""
    if not _play():
        print("pictures: the demo did not end well; nothing was changed")
        return 1
    chosen = _chosen()
    missing = [name for name in (*SCREENS, SLIP) if name not in chosen]
    if missing:
        print(f"pictures: the demo showed no {', '.join(missing)}; nothing was changed")
        return 1
    chosen |= desk_pictures.draw(PLAYED / "desk")
    KEPT.mkdir(parents=True, exist_ok=True)
    for former in KEPT.glob("*.png"):
        former.unlink()
    sizes = {name: _keep(source, KEPT / f"{name}.png") for name, source in chosen.items()}
    for name, size in sizes.items():
        print(f"{name:<10} {size / 1000:6.1f} kB")
    too_large = [name for name, size in sizes.items() if size > LARGEST_BYTES]
    if too_large:
        print(f"pictures: larger than {LARGEST_BYTES} bytes: {', '.join(too_large)}")
    return 1 if too_large else 0


def _play() -> bool:
    """Play the morning as on a machine without a display, even where there is one."""
    environment = {name: value for name, value in os.environ.items() if not name.endswith("DISPLAY")}
    demo = [sys.executable, "-m", "kiosk", "demo", "--out", str(PLAYED)]
    return subprocess.run(demo, check=False, cwd=ROOT, env=environment).returncode == 0


def _chosen() -> dict[str, Path]:
    """Return the first picture of each screen, and the first slip; those of practice have other names."""
    report = json.loads((PLAYED / "report.json").read_text(encoding="utf-8"))
    found: dict[str, Path] = {}
    for picture in report["pictures"]:
        name = Path(picture).stem.partition("-")[2]
        if name in SCREENS:
            found.setdefault(name, PLAYED / "pictures" / picture)
    slips = sorted((PLAYED / "slips").glob("slip-*.png"))
    if slips:
        found[SLIP] = slips[0]
    return found


def _keep(source: Path, kept: Path) -> int:
    """Write one picture small enough for a page, and return its size in bytes."""
    with Image.open(source) as drawn:
        whole = drawn.convert("L" if source.parent.name == "slips" else "RGB")
    height_px = round(whole.height * WIDTH_PX / whole.width)
    scaled = (
        whole if whole.width <= WIDTH_PX else whole.resize((WIDTH_PX, height_px), Image.Resampling.LANCZOS)
    )
    for colours in PALETTES:
        scaled.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(kept, optimize=True)
        if kept.stat().st_size <= LARGEST_BYTES:
            break
    return kept.stat().st_size


if __name__ == "__main__":
    raise SystemExit(main())
