"""Photographs every screen in two languages, three sizes, two text sizes and four looks, and measures it.

The pictures lie in build/look/<size>-<language>-<text>[-<look>]/; with `--words no` only what stays for
whoever cannot read is on them. What is wrong is printed, a line for each finding.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from kiosk.catalogue import LANGUAGES
from kiosk.ui.appearances import NORMAL, Appearance
from kiosk.ui.windows import usual_width_mm
from tests.screens.measures import findings, high_keys
from tests.screens.staging import set_stage
from tests.screens.stretches.whole import every_page
from tests.screens.tour import Tour
from tests.screens.wordless import hide_words

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080), "small": (1366, 768)}
TEXTS = ("normal", "large")
LOOKS = {
    "plain": NORMAL,
    "contrast": Appearance(is_high_contrast=True),
    "low": Appearance(is_low=True),
    "both": Appearance(is_high_contrast=True, is_low=True),
}


def main() -> int:
    """Walk through every combination asked for; the exit code is 1 when anything is wrong."""
    options = _options()
    faults = 0
    for size, language, text, chosen in product(options.size, options.language, options.text, options.look):
        if LOOKS[chosen].is_low and size != "portrait":
            continue  # lying glass has none: hung as it should be it is within reach
        name = "-".join([size, language, text, *([chosen] if chosen != "plain" else [])])
        appearance = replace(LOOKS[chosen], is_large=text == "large")
        folder = ROOT / "build" / "look" / (name if options.words == "yes" else f"{name}-wordless")
        found = look(folder, size, language, appearance, has_words=options.words == "yes")
        lines = [f"{name}/{page} {line}" for page, line in found]
        print("\n".join([f"{name}: {len(lines)} findings", *lines]), flush=True)
        faults += len(lines)
    return 1 if faults else 0


def look(
    folder: Path, size: str, language: str, appearance: Appearance, *, has_words: bool = True
) -> Iterator[tuple[str, str]]:
    """Take every picture of one combination and yield (page, finding), Qt's own warnings among them.

    Without words the pictures show what somebody sees who cannot read: figures and numerals.
    """
    said: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        said.append(message)

    qInstallMessageHandler(hear)
    with tempfile.TemporaryDirectory() as data:
        stage = set_stage(Path(data), SIZES[size], language, appearance=appearance)
        tour = Tour(stage)
        for number, page in enumerate(every_page(tour), 1):
            if not has_words:
                hide_words(stage.screen)
            tour.hands.grab(folder / f"{number:02d}-{page}.png")
            window = stage.screen.window
            found = findings(window, usual_width_mm(*SIZES[size]), appearance)
            for finding in (*found, *high_keys(window)):
                yield page, str(finding)
            for message in said:
                yield page, message
            said.clear()
        stage.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run look", description=__doc__)
    parser.add_argument("--size", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--text", nargs="+", choices=TEXTS, default=list(TEXTS))
    parser.add_argument("--look", nargs="+", choices=LOOKS, default=list(LOOKS))
    parser.add_argument("--words", choices=("yes", "no"), default="yes")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
