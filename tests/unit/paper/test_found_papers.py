"""The receipt of a found card: what lay where and came back when, on both widths, and one name alone."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations, product

import pytest

from kiosk.catalogue import Catalogue
from kiosk.domain.found_cards import FoundKind, Lies, Proof
from kiosk.paper.found_papers import FoundReceipt, found_blocks
from kiosk.paper.layout import document_layout
from kiosk.paper.lettering import Lettering
from kiosk.paper.marks import Run
from tests.unit.paper.test_class_papers import overlap


def paper(
    kind: FoundKind = FoundKind.CITIZEN, lay: Lies = Lies.SAFE, proof: Proof = Proof.NUMBER
) -> FoundReceipt:
    return FoundReceipt(
        number="YL-NZ-0918-01-171503",
        station="示例市北部客运中心劳动力集散零工驿站",
        kiosk_letter="A",
        kind=kind,
        lay=lay,
        found_at=datetime(2026, 12, 28, 5, 15),  # noqa: DTZ001 - the hall's own time, as it is printed
        handed_at=datetime(2026, 12, 28, 17, 15),  # noqa: DTZ001 - as above
        proof=proof,
        attendant="阿依古丽·买买提",
    )


@pytest.mark.parametrize("width", [576, 384])
def test_every_receipt_fits_its_paper_and_says_what_the_book_of_found_things_asks(
    chinese: Catalogue, lettering: Lettering, width: int
) -> None:
    """Broken by leaving out when the card came back: a receipt of nothing."""
    for kind, lay, proof in product(FoundKind, Lies, Proof):
        layout = document_layout(found_blocks(paper(kind, lay, proof), chinese), width, lettering)
        runs = [mark for mark in layout.marks if isinstance(mark, Run)]
        assert all(run.box.left >= 0 and run.box.right <= width for run in runs)
        assert not [pair for pair in combinations([run.box for run in runs], 2) if overlap(*pair)]
    layout = document_layout(found_blocks(paper(), chinese), width, lettering)
    said = "".join(mark.text for mark in layout.marks if isinstance(mark, Run))
    for word in (
        "遗留证件领取单",
        "YL-NZ-0918-01-171503",
        "居民身份证",
        "保险柜",
        "2026年12月28日 05:15",
        "17:15",
    ):
        assert word in said
    for word in ("号码说对了", "阿依古丽·买买提", "领证人签字", "经办人签字"):
        assert word in said
    assert "身份证法" in said
