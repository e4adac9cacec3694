"""The page that commissions a printer: width, seams between bands, rare characters, codes."""

from __future__ import annotations

from kiosk.paper.blocks import (
    Block,
    Code,
    Columns,
    Document,
    Flow,
    Rule,
    Ruler,
    Space,
    TitleBar,
    Weight,
    Words,
)
from kiosk.paper.phrases import Sentences
from kiosk.paper.qr import side_dots

RARE_CHARACTERS = "䶮㛃𬭎·买买提￥√○●★"
SEAM_ROWS = 300
"""A black block higher than two bands of 128 rows shows every seam between them."""
CODE_MODULES_DOTS = (4, 6, 8)


def code_text(dots: int) -> str:
    """Return what the test page's code with modules of so many dots says."""
    return f"LG-TEST-{dots}"


def commissioning_page(printer: str, tr: Sentences) -> Document:
    """Return the page for a printer, named as its profile names it; every code says its own size.

    It has no margin, so that a ruler without its first or last stroke shows a head narrower than its profile.
    """
    codes: list[Block] = []
    for dots in CODE_MODULES_DOTS:
        code = Code(code_text(dots), dots)
        caption = Flow((Words(tr("paper.test.dots", dots=dots), 34),))
        codes.append(Columns((code,), (caption,), side_dots(code.text, dots), 100))
    return Document(
        (
            TitleBar(Words(tr("paper.test.title"), 60, Weight.BLACK, 40), (Flow((Words(printer, 30),)),)),
            Space(12),
            Flow((Words(tr("paper.test.ruler")),)),
            Space(8),
            Ruler(),
            Space(16),
            Flow((Words(tr("paper.test.bands")),)),
            Space(8),
            Rule(SEAM_ROWS),
            Space(16),
            Flow((Words(tr("paper.test.rare")),)),
            Space(8),
            Flow((Words(RARE_CHARACTERS, 48, Weight.MEDIUM, 40),)),
            Space(16),
            Flow((Words(tr("paper.test.codes")),)),
            Space(8),
            *codes,
        ),
        margin_dots=0,
    )
