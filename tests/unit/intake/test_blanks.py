"""Blank forms as files: printed as wide as the paper, their heads on each page."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from kiosk.intake.blanks import blank
from kiosk.intake.kinds import FORMS


@pytest.mark.parametrize(("form", "fits"), [("employers", True), ("courses", True), ("jobs", False)])
def test_a_form_is_printed_as_wide_as_the_paper_unless_it_is_too_wide_to_be_read(
    form: str, fits: bool
) -> None:
    book = load_workbook(io.BytesIO(blank(FORMS[form], "zh_CN")))
    first, explaining = book.worksheets[:2]
    for sheet, is_fitted in ((first, fits), (explaining, True)):
        setting = sheet.sheet_properties.pageSetUpPr
        assert bool(setting and setting.fitToPage) is is_fitted
        assert (sheet.print_title_rows == "$1:$1") is is_fitted
