"""No paper of practice can be taken for a real one, whichever way it is printed."""

from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp

from kiosk.actions.compose_paper import blocks_of, written
from kiosk.actions.compose_slip import _DOCUMENT
from kiosk.catalogue import Catalogue
from kiosk.messages.practice_codes import TRAINING_CARD
from kiosk.messages.scanned import OwnCard, what_is
from kiosk.paper.blocks import Document, TitleBar
from kiosk.paper.layout import document_layout
from kiosk.paper.lettering import Lettering
from kiosk.paper.papers import Paper
from kiosk.paper.practice import PRACTICE_LETTER, training_card
from kiosk.paper.raster import raster
from kiosk.paper.slips import SlipDocument
from kiosk.paper.text_form import TextLine, text_form
from tests.unit.paper.test_slip_layout import WIDTHS, assert_sound
from tests.unit.paper.test_small_papers import PAPERS


def marks_of(document: Document, chinese: Catalogue) -> list[int]:
    """Return where in a document its marks stand."""
    mark = chinese("paper.practice.mark")
    blocks = enumerate(document.blocks)
    return [at for at, block in blocks if isinstance(block, TitleBar) and block.title.text == mark]


def practised(slip: SlipDocument) -> str:
    return _DOCUMENT.dump_json(replace(slip, kiosk_letter=PRACTICE_LETTER)).decode()


@pytest.mark.parametrize("width_dots", WIDTHS)
def test_a_slip_of_practice_is_marked_from_top_to_end(
    usual_slip: SlipDocument, chinese: Catalogue, english: Catalogue, lettering: Lettering, width_dots: int
) -> None:
    document = blocks_of(practised(usual_slip), chinese, english)
    marks = marks_of(document, chinese)
    assert (marks[0], marks[-1]) == (0, len(document.blocks) - 1)
    layout = document_layout(document, width_dots, lettering)
    assert_sound(layout)


def test_a_real_slip_bears_no_mark(usual_slip: SlipDocument, chinese: Catalogue, english: Catalogue) -> None:
    document = blocks_of(_DOCUMENT.dump_json(usual_slip).decode(), chinese, english)
    assert marks_of(document, chinese) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_small_paper_of_practice_is_marked(
    paper: Paper, chinese: Catalogue, english: Catalogue
) -> None:
    heading = replace(paper.heading, kiosk_letter=PRACTICE_LETTER)
    document = blocks_of(written(replace(paper, heading=heading)), chinese, english)
    assert len(marks_of(document, chinese)) >= 2


def test_a_printer_that_gets_text_is_sent_the_marks_too(
    usual_slip: SlipDocument, chinese: Catalogue, english: Catalogue
) -> None:
    document = blocks_of(practised(usual_slip), chinese, english)
    lines = [item.text for item in text_form(document, 48) if isinstance(item, TextLine)]
    assert "".join(lines).count(chinese("paper.practice.mark")) == len(marks_of(document, chinese))


@pytest.mark.parametrize("width_dots", WIDTHS)
def test_the_training_card_is_read_as_such(chinese: Catalogue, lettering: Lettering, width_dots: int) -> None:
    card = training_card(TRAINING_CARD, "甘州汽车南站零工驿站", chinese)
    layout = document_layout(card, width_dots, lettering)
    assert_sound(layout)
    [code] = zxingcpp.read_barcodes(raster(layout, lettering).image.convert("L"))
    assert what_is(code.text) is OwnCard.TRAINING
