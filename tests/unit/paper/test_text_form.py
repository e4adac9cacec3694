"""A slip as text says what its picture says, in the same order, and nothing runs over the edge."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.catalogue import Catalogue
from kiosk.paper.blocks import Document, Flow, Words
from kiosk.paper.layout import document_layout
from kiosk.paper.lettering import Lettering
from kiosk.paper.marks import Run, Symbol
from kiosk.paper.slip_blocks import slip_blocks
from kiosk.paper.slips import CopyMark, SlipDocument
from kiosk.paper.text_form import BLANK, BOX, TextCode, TextItem, TextLine, text_form
from tests.unit.paper.test_slip_layout import changes

COLUMNS = (32, 48)
DRAWN = Counter(BOX) + Counter(BLANK) + Counter("-–")
"""Signs that stand for what the picture draws: boxes, lines to write on, rules, the dash of a range."""

phrases = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=70)
words = st.builds(Words, phrases, st.sampled_from([28, 44, 76, 140]))


def width(text: str) -> int:
    """Count cells by this test's own means."""
    return sum(2 if unicodedata.east_asian_width(sign) in {"W", "F", "A"} else 1 for sign in text)


def lines(items: tuple[TextItem, ...]) -> list[TextLine]:
    return [item for item in items if isinstance(item, TextLine)]


def signs(texts: list[str]) -> Counter[str]:
    """Count what ink shows, without spaces and without what stands for something drawn."""
    counted = Counter("".join("".join(texts).split()))
    return Counter({sign: n for sign, n in counted.items() if sign not in DRAWN})


@given(st.lists(words, max_size=6), st.sampled_from(COLUMNS), st.booleans())
def test_no_line_is_wider_than_the_paper_and_no_character_is_lost(
    said: list[Words], columns: int, is_spread: bool
) -> None:
    """Broken by counting a Hanzi as one cell, or by keeping only the first line of a phrase."""
    document = Document((Flow(tuple(said), is_spread=is_spread),))
    told = lines(text_form(document, columns))
    assert all(width(line.text) * line.scale <= columns for line in told)
    assert "".join("".join(line.text for line in told).split()) == "".join(
        "".join("".join(one.text for one in said).split())
    )


@pytest.mark.parametrize("columns", COLUMNS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=changes)
def test_block_for_block_a_slip_says_in_text_what_its_picture_says(
    usual_slip: SlipDocument,
    chinese: Catalogue,
    english: Catalogue,
    lettering: Lettering,
    columns: int,
    change: dict[str, Any],
) -> None:
    schooling = change.pop("schooling")
    slip = replace(usual_slip, **schooling, **change)
    document = slip_blocks(slip, chinese, english)
    for block in document.blocks:
        alone = Document((block,))
        marks = document_layout(alone, columns * 12, lettering).marks
        items = text_form(alone, columns)
        shown = signs([mark.text for mark in marks if isinstance(mark, Run)])
        assert signs([line.text for line in lines(items)]) == shown
        codes = [mark.text for mark in marks if isinstance(mark, Symbol)]
        assert [item.text for item in items if isinstance(item, TextCode)] == codes
        assert all(width(line.text) * line.scale <= columns for line in lines(items))


def test_pay_and_departure_are_the_largest_things_in_text_too(
    usual_slip: SlipDocument, chinese: Catalogue, english: Catalogue
) -> None:
    told = lines(text_form(slip_blocks(usual_slip, chinese, english), 32))
    largest = max(line.scale for line in told)
    assert [line.text for line in told if line.scale == largest] == ["180", "06:20", "3"]


def test_a_reprint_says_in_text_that_it_is_one_why_and_by_whom(
    usual_slip: SlipDocument, chinese: Catalogue, english: Catalogue
) -> None:
    slip = replace(usual_slip, copy=CopyMark(2, "纸皱了", "李*芳"))
    told = "".join(line.text for line in lines(text_form(slip_blocks(slip, chinese, english), 32)))
    assert all(word in told for word in ("补打2", "纸皱了", "李*芳", slip.number))
