"""Put the glyphs this program draws at the front of its fonts, so that few pages of them are held in memory.

    pip install fonttools==4.68.0
    python tools/order_glyphs.py assets/fonts/NotoSansSC-Bold.ttf

A font of 30,000 Hanzi keeps them in the order of their code points; a screen needs a thousand of them, strewn
over all its pages. Only the order changes: every outline, width and rule stays as it was. It is needed once
for each new edition of the fonts, so the library is not among those that set-up installs.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ASCII = [chr(code) for code in range(0x20, 0x7F)]
USUAL_ROWS = range(0xB0, 0xD8)
"""The rows of GB 2312 that hold the 3,755 usual Hanzi, names of people and places among them."""
CELLS = range(0xA1, 0xFF)


def spoken_here() -> set[str]:
    """Return every character of the catalogue and of the tables that come with the program."""
    texts = [*(ROOT / "assets" / "translations").rglob("*.json"), *(ROOT / "data").rglob("*.toml")]
    return set(ASCII).union(*(path.read_text(encoding="utf-8") for path in texts))


def usual_hanzi() -> Iterator[str]:
    """Yield the usual Hanzi in the order of their pronunciation."""
    for row in USUAL_ROWS:
        for cell in CELLS:
            yield bytes((row, cell)).decode("gb2312", errors="ignore")


def order_glyphs(path: Path) -> None:
    """Rewrite a font with what is drawn here first, then the usual Hanzi, then all others."""
    font: Any = import_module("fontTools.ttLib").TTFont(path, lazy=False)
    glyphs: list[str] = font.getGlyphOrder()
    named: dict[int, str] = font.getBestCmap()
    wanted = [*sorted(spoken_here()), *usual_hanzi()]
    first = [named[ord(sign)] for sign in wanted if sign and ord(sign) in named]
    import_module("fontTools.ttLib.reorderGlyphs").reorderGlyphs(
        font, list(dict.fromkeys([glyphs[0], *first, *glyphs]))
    )
    font.save(path)


def main() -> None:
    """Order the fonts named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("fonts", nargs="+", type=Path)
    for path in parser.parse_args().fonts:
        order_glyphs(path)


if __name__ == "__main__":
    main()
