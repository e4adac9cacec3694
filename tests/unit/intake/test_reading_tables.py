"""Tables of any program are read; what is none, or is too much, is refused with a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from kiosk.ledgers import reading
from kiosk.ledgers.reading import FORMULA, UnreadableTable, read_rows


def cells(path: Path) -> list[tuple[object, ...]]:
    return [row.cells for row in read_rows(path)]


@pytest.mark.parametrize(
    "content",
    [
        "编号,名称\r\ne01,晨禾\r\n".encode("utf-8-sig"),
        "编号,名称\ne01,晨禾\n".encode(),
        "编号\t名称\r\ne01\t晨禾".encode("gb18030"),
        "编号;名称\n\n;\ne01;晨禾".encode("gb18030"),
    ],
)
def test_text_of_any_chinese_program_is_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert cells(path) == [("编号", "名称"), ("e01", "晨禾")]


def test_rows_keep_the_numbers_a_program_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('编号,名称\n\n"e\n01",晨禾\ne02,金穗\n', encoding="utf-8")
    assert [row.number for row in read_rows(path)] == [1, 4, 5]


def test_a_workbook_is_read_with_its_types_and_no_formula(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["编号", "人数", "工钱"], ["e01", 20, "=1+1"], [None, None, None], ["e02", 2.5, True]):
        sheet.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert cells(path) == [("编号", "人数", "工钱"), ("e01", 20, FORMULA), ("e02", 2.5, True)]
    assert [row.number for row in read_rows(path)] == [1, 2, 4]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"PK\x03\x04 and no more", "no_workbook"),
        (b"\xff\xfe\x00\x01\x80", "no_text"),
        ('编号,名称\n"e01,晨禾\n'.encode(), "broken_text"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    with pytest.raises(UnreadableTable) as refused:
        list(read_rows(path))
    assert refused.value.sentence.key == f"intake.file.{why}"


def test_what_is_too_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One-line break: unpack whatever somebody packed."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    monkeypatch.setattr(reading, "MAX_UNPACKED_BYTES", 1_000_000)
    with pytest.raises(UnreadableTable) as refused:
        list(read_rows(path))
    assert refused.value.sentence.key == "intake.file.too_large_unpacked"
    many = tmp_path / "many.csv"
    many.write_text("a\n" * 12, encoding="utf-8")
    monkeypatch.setattr(reading, "MAX_ROWS", 10)
    with pytest.raises(UnreadableTable) as refused:
        list(read_rows(many))
    assert refused.value.sentence.key == "intake.file.too_many_rows"
