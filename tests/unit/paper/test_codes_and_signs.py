"""Codes wear the mask that reads best, and a text set sign by sign is the text set at once."""

from __future__ import annotations

import random

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from qrcode import util
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from kiosk.paper import qr
from kiosk.paper.blocks import Weight
from kiosk.paper.lettering import bundled_lettering
from kiosk.paper.marks import Box, Layout, Run
from kiosk.paper.raster import raster
from kiosk.paper.setting import run_at

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
TEXTS = ("派工单", "AVATo. Wave, fly (j/Q)", "¥220 元/天", "  ", "，。：“（王𬭚）", "PG-NZ-0918-02-0037", "")


def faces(text: str) -> list[list[list[bool]]]:
    """Return a code in all its eight masks, as the library draws them."""
    symbol = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    symbol.add_data(text, optimize=0)
    symbol.best_fit()
    drawn = []
    for mask in range(qr.MASKS):
        symbol.makeImpl(test=False, mask_pattern=mask)
        drawn.append([[bool(dark) for dark in row] for row in symbol.modules])
    return drawn


@pytest.mark.parametrize("length", [1, 18, 60, 126])
def test_a_code_wears_the_mask_that_misleads_a_reader_least(length: int) -> None:
    """Broken by any mask at random: the library judges all eight, the slow way."""
    text = "".join(random.Random(length).choices(SIGNS, k=length))
    drawn = faces(text)
    losses = [util.lost_point([list(row) for row in face]) for face in drawn]
    assert [list(row) for row in qr.modules(text)] == drawn[losses.index(min(losses))]


@pytest.mark.parametrize("text", ["A", "https://hall.example/PG", "".join(SIGNS)])
def test_every_code_is_read_as_its_text(text: str) -> None:
    rows = qr.modules(text)
    picture = Image.new("L", (len(rows), len(rows)), 255)
    picture.putdata([0 if dark else 255 for row in rows for dark in row])
    framed = Image.new("L", (len(rows) + 8, len(rows) + 8), 255)
    framed.paste(picture, (4, 4))
    [code] = zxingcpp.read_barcodes(
        framed.resize((framed.width * 6, framed.height * 6), Image.Resampling.BOX)
    )
    assert code.text == text


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("weight", "size_dots"), [(Weight.MEDIUM, 28), (Weight.BOLD, 30), (Weight.BLACK, 108)]
)
def test_a_text_set_sign_by_sign_is_the_text_set_at_once(text: str, weight: Weight, size_dots: int) -> None:
    lettering = bundled_lettering()
    font = lettering.font(weight, size_dots)
    edges = tuple(int(edge) for edge in font.getbbox(text, anchor="ls")) if text else (0, 0, 0, 0)
    assert lettering.ink(text, weight, size_dots) == edges
    assert lettering.width(text, weight, size_dots) == max(font.getlength(text), edges[2])
    run = run_at(lettering, text, weight, size_dots, (20, 120), is_white=False)
    assert isinstance(run, Run)
    assert run.box == Box(20 + edges[0], 120 + edges[1], 20 + edges[2], 120 + edges[3])
    whole = Image.new("L", (2400, 160), 255)
    ImageDraw.Draw(whole).text((20, 120), text, fill=0, font=font, anchor="ls")
    expected = whole.point(lambda grey: 255 if 255 - grey < 128 else 0).convert("1")
    assert raster(Layout(2400, 160, (run,)), lettering).image.tobytes() == expected.tobytes()
