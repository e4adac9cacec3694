"""Papers of practice (练习单): marked across from top to end, whatever paper it is; and the training card.

A paper knows by its kiosk's letter that it comes from practice, so none can be drawn or printed without its
marks, as a picture or as text.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.paper.blocks import (
    Block,
    Code,
    Columns,
    Document,
    Figured,
    Flow,
    Rule,
    Space,
    TitleBar,
    Weight,
    Words,
)
from kiosk.paper.phrases import Sentences
from kiosk.paper.qr import side_dots

PRACTICE_LETTER = "练"
"""Before queue numbers and on every paper of practice; the letters of kiosks are A to Z."""
_BLOCKS_BETWEEN = 12
"""After so many blocks the mark comes again: no hand's breadth of the paper is without one."""
_FIGURE_DOTS = 120
_MODULE_DOTS = 8


def marked(document: Document, tr: Sentences) -> Document:
    """Return the document with black bars across it, which say that it is practice and does not count."""
    return Document(tuple(_between_marks(document.blocks, tr)), document.margin_dots)


def training_card(text: str, station: str, tr: Sentences) -> Document:
    """Return the training card of a hall, to be cut out and hung up; `text` stands in its code."""
    title = Words(tr("paper.practice.card.title"), 60, Weight.BLACK, 40)
    lines = (
        Flow((Words(tr("paper.practice.card.who"), 44, Weight.BLACK, 34),)),
        Flow((Words(tr("paper.practice.card.how"), 34),)),
    )
    code = (Code(text, _MODULE_DOTS),)
    said = (Flow((Words(tr("paper.practice.card.nothing"), 40, Weight.BLACK, 30),)),)
    return Document(
        (
            TitleBar(title, (Flow((Words(station, 30),)),)),
            Space(16),
            Figured("learner", _FIGURE_DOTS, lines),
            Space(16),
            Columns(code, said, side_dots(text, _MODULE_DOTS), 160),
            Space(12),
            Rule(),
            Space(8),
            Flow((Words(tr("paper.practice.card.again"), 30),)),
        )
    )


def _between_marks(blocks: tuple[Block, ...], tr: Sentences) -> Iterator[Block]:
    mark = Words(tr("paper.practice.mark"), 60, Weight.BLACK, 40)
    bar = TitleBar(mark, (Flow((Words(tr("paper.practice.void"), 40, Weight.BLACK),)),))
    for number, block in enumerate(blocks):
        if number % _BLOCKS_BETWEEN == 0:
            yield from (bar, Space(10))
        yield block
    yield from (Space(10), bar)
