"""What came out of a printer, read from the paper itself: the codes on it, and whose slips they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import zxingcpp
from PIL import Image

from kiosk.domain.ids import SlipNumber
from kiosk.messages.code_envelopes import NotOurCode
from kiosk.messages.slip_codes import SlipCode, decode


def codes_on_paper(folder: Path) -> list[str]:
    """Return the text of every code of a slip on the papers of a folder, oldest first."""
    found: list[str] = []
    for path in sorted(folder.glob("slip-*.png")):
        with Image.open(path) as paper:
            found += [code.text for code in zxingcpp.read_barcodes(paper.convert("L")) if _said(code.text)]
    return found


def slips_on_paper(folder: Path, number_of: dict[str, SlipNumber]) -> Counter[SlipNumber]:
    """Count the papers of each slip; every code must be one that a kiosk has signed (text → number)."""
    codes = codes_on_paper(folder)
    strange = [code for code in codes if code not in number_of]
    assert not strange, f"paper came out for a place that is not there: {[_said(code) for code in strange]}"
    return Counter(number_of[code] for code in codes)


def _said(text: str) -> SlipCode | None:
    try:
        return decode(text).code
    except NotOurCode:
        return None
