"""Classes and pictures of a course by what people call them; and every picture can be drawn."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from kiosk.codes import load_pictures
from kiosk.domain.courses import HAZARD_CLASSES
from kiosk.intake.blanks import blank
from kiosk.intake.cells import BadCell
from kiosk.intake.course_cells import ClassName, PictureName
from kiosk.intake.courses import COURSES
from kiosk.resources import assets


def test_every_picture_of_the_table_is_drawn_on_screen_and_paper() -> None:
    pictures = load_pictures()
    for name in pictures:
        assert any(
            assets("icons", folder, f"{name}.svg").is_file() for folder in ("education", "pictograms")
        ), name
        assert assets("icons", "slip", "56", f"{name}.png").is_file(), name
    assert {path.stem for path in assets("icons", "education").glob("*.svg")} <= set(pictures)


def test_a_picture_is_known_by_any_of_its_names_and_no_two_share_one() -> None:
    cell = PictureName.of_all()
    for name, words in load_pictures().items():
        assert {cell.read(word) for word in (name, *words, words[1].upper(), str(cell.write(name)))} == {name}


@pytest.mark.parametrize(("language", "sheet"), [("zh_CN", "图"), ("en", "Pictures")])
def test_the_blank_form_shows_each_picture_beside_the_name_to_write(language: str, sheet: str) -> None:
    """One-line break: in `_show`, draw a picture a row lower."""
    book = load_workbook(io.BytesIO(blank(COURSES, language)))
    shown, cell = book[sheet], PictureName.of_all()
    assert isinstance(shown, Worksheet)
    pictures = shown._images  # type: ignore[attr-defined]  # the stubs leave out what was read
    for picture in pictures:
        row = picture.anchor._from.row + 1
        name = cell.read(str(shown.cell(row, 2).value))
        drawn = assets("icons", "slip", "56", f"{name}.png")
        with Image.open(drawn) as on_paper, Image.open(picture.ref) as in_form:
            assert on_paper.convert("1").tobytes() == in_form.convert("1").tobytes(), name
    names = [shown.cell(row, 2).value for row in range(2, shown.max_row + 1)]
    assert len(pictures) == len(names) == len(load_pictures())
    offered = [each for each in book.worksheets[0].data_validations.dataValidation if sheet in each.formula1]
    assert {str(each.sqref)[0] for each in offered} == {"E", "F"}
    assert {each.formula1 for each in offered} == {f"'{sheet}'!$B$2:$B${len(names) + 1}"}


def test_a_class_is_known_by_its_name_and_a_new_one_by_a_short_word() -> None:
    cell = ClassName()
    for name in (*HAZARD_CLASSES, "gas"):
        assert cell.read(str(cell.write(name))) == name
    assert cell.read(" 工地安全课 ") == "site"
    for odd in ("没这课", "Gas Works", "x"):
        with pytest.raises(BadCell, match="no_class"):
            cell.read(odd)
