"""Classes and pictures of a course by what people call them; and every picture can be drawn."""

from __future__ import annotations

import pytest

from kiosk.codes import load_pictures
from kiosk.domain.courses import HAZARD_CLASSES
from kiosk.intake.cells import BadCell
from kiosk.intake.course_cells import ClassName, PictureName
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
        assert {cell.read(word) for word in (name, *words, words[1].upper())} == {name}
        assert cell.read(cell.write(name)) == name


def test_a_class_is_known_by_its_name_and_a_new_one_by_a_short_word() -> None:
    cell = ClassName()
    for name in (*HAZARD_CLASSES, "gas"):
        assert cell.read(cell.write(name)) == name
    assert cell.read(" 工地安全课 ") == "site"
    for odd in ("没这课", "Gas Works", "x"):
        with pytest.raises(BadCell, match="no_class"):
            cell.read(odd)
