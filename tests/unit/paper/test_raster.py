"""What comes out as ink: the same every time, with codes that scan and characters that are there."""

from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from kiosk.catalogue import Catalogue
from kiosk.paper.blocks import Code, Document, Flow, Weight, Words
from kiosk.paper.commissioning import CODE_MODULES_DOTS, commissioning_page
from kiosk.paper.lettering import Lettering
from kiosk.paper.pictures import has_picture
from kiosk.paper.qr import QUIET_MODULES, modules, side_dots
from kiosk.paper.raster import render
from kiosk.paper.slip_blocks import BAND, FACT, SIGN, TRADE, slip_blocks
from kiosk.paper.slips import SlipDocument
from kiosk.resources import assets

WIDTHS = (576, 384)


def scanned(image: Image.Image, scale: float = 1.0) -> set[str]:
    size = (round(image.width * scale), round(image.height * scale))
    return {code.text for code in zxingcpp.read_barcodes(image.convert("L").resize(size))}


@pytest.mark.parametrize("width_dots", WIDTHS)
@pytest.mark.parametrize("scale", [1.0, 0.6])
def test_both_codes_scan(width_dots: int, scale: float, usual_slip: SlipDocument, chinese: Catalogue) -> None:
    image = render(slip_blocks(usual_slip, chinese), width_dots).image
    assert scanned(image, scale) == {usual_slip.code, usual_slip.return_code}


@pytest.mark.parametrize("width_dots", WIDTHS)
def test_a_slip_is_one_bit_and_the_same_every_time(
    width_dots: int, usual_slip: SlipDocument, chinese: Catalogue
) -> None:
    first = render(slip_blocks(usual_slip, chinese), width_dots)
    second = render(slip_blocks(replace(usual_slip), chinese), width_dots)
    assert first.image.mode == "1"
    assert first.image.tobytes() == second.image.tobytes()
    assert first.keep_together == second.keep_together


@pytest.mark.parametrize("width_dots", WIDTHS)
def test_no_ink_touches_the_margin(width_dots: int, usual_slip: SlipDocument, chinese: Catalogue) -> None:
    slip = slip_blocks(usual_slip, chinese)
    image, margin = render(slip, width_dots).image, slip.margin_dots
    ink = image.convert("L").point([255 - level for level in range(256)]).getbbox()
    assert image.width == width_dots
    assert ink is not None
    assert ink[0] >= margin
    assert ink[1] >= margin
    assert ink[2] <= width_dots - margin
    assert ink[3] <= image.height - margin


@pytest.mark.parametrize("width_dots", WIDTHS)
def test_rows_to_keep_together_hold_each_whole_code(
    width_dots: int, usual_slip: SlipDocument, chinese: Catalogue
) -> None:
    sheet = render(slip_blocks(usual_slip, chinese), width_dots)
    for (top, bottom), text in zip(
        sheet.keep_together, (usual_slip.code, usual_slip.return_code), strict=True
    ):
        assert bottom - top <= 328
        assert scanned(sheet.image.crop((0, top, width_dots, bottom))) == {text}


def test_codes_are_six_dots_a_module_at_level_m_in_a_quiet_zone_of_four(usual_slip: SlipDocument) -> None:
    sheet = render(Document((Code(usual_slip.code),)), 384)
    top, bottom = sheet.keep_together[0]
    assert bottom - top == side_dots(usual_slip.code, 6) == 294
    [symbol] = zxingcpp.read_barcodes(sheet.image.convert("L"))
    assert symbol.ec_level == "M"
    dark = modules(usual_slip.code)
    left = (384 - 294) // 2 + QUIET_MODULES * 6
    for row, column in ((0, 0), (1, 1), (8, 8), (40, 40)):
        pixel = sheet.image.getpixel((left + 6 * column + 3, top + 6 * (row + QUIET_MODULES) + 3))
        assert (pixel == 0) == dark[row][column]


@pytest.mark.parametrize("character", "䶮㛃𬭎·￥□√○●★")
@pytest.mark.parametrize("weight", list(Weight))
def test_rare_characters_are_in_the_bundled_type(
    character: str, weight: Weight, lettering: Lettering
) -> None:
    font = lettering.font(weight, 40)
    missing = bytes(font.getmask("\U0010fffd"))
    assert bytes(font.getmask(character)) != missing


def test_a_rare_name_leaves_ink_on_the_paper() -> None:
    drawn = {
        character: render(Document((Flow((Words(character, 48),)),)), 384).image.tobytes()
        for character in "䶮㛃𬭎\U0010fffd"
    }
    assert len(set(drawn.values())) == 4


@pytest.mark.parametrize("width_dots", WIDTHS)
def test_the_commissioning_page_scans_and_its_ruler_runs_edge_to_edge(
    width_dots: int, chinese: Catalogue
) -> None:
    sheet = render(commissioning_page("generic-80", chinese), width_dots)
    assert scanned(sheet.image) == {f"LG-TEST-{dots}" for dots in CODE_MODULES_DOTS}
    assert len(sheet.keep_together) == len(CODE_MODULES_DOTS)
    ruler = [sheet.image.crop((0, row, width_dots, row + 1)) for row in range(100, 160)]
    strokes = [{line.getpixel((0, 0)), line.getpixel((width_dots - 1, 0))} for line in ruler]
    assert strokes.count({0}) == 10


def test_a_code_wider_than_the_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        render(Document((Code("A" * 400),)), 384)


def test_every_pictogram_has_its_picture_for_paper() -> None:
    drawings = sorted(path.stem for path in assets("icons", "pictograms").glob("*.svg"))
    assert drawings
    assert [name for name in drawings if not has_picture(name, TRADE)] == []


@pytest.mark.parametrize("width_dots", [FACT, SIGN, BAND, TRADE])
def test_pictures_are_one_bit_and_square(width_dots: int) -> None:
    paths = sorted(assets("icons", "slip", str(width_dots)).glob("*.png"))
    assert paths
    for path in paths:
        with Image.open(path) as picture:
            assert (picture.mode, picture.size) == ("1", (width_dots, width_dots)), path
