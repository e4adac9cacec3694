"""The files of an export are made by a process of their own, which tells them as they are."""

from __future__ import annotations

import sys

import pytest

from kiosk.actions.faults import WorldFault
from kiosk.app.table_files import table_files
from kiosk.ledgers.handing import heard, packed, told, unpacked
from tests.halls import SampleKiosk
from tests.unit.actions.deeds import closed_export


def test_a_table_and_its_files_come_through_unchanged(kiosk: SampleKiosk) -> None:
    table = closed_export(kiosk).table
    assert heard(told(table)) == table
    files = {"a.xlsx": bytes(range(256)), "a.csv": "一".encode()}
    assert unpacked(packed(files)) == files


def test_the_screens_own_process_never_loads_what_writes_workbooks(
    kiosk: SampleKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by writing the workbook here: sixteen megabytes would stay until the kiosk is restarted."""
    export = closed_export(kiosk)
    for name in [name for name in sys.modules if name.partition(".")[0] == "openpyxl"]:
        monkeypatch.delitem(sys.modules, name)
    files = table_files(export)
    assert sorted(files) == [f"{export.stem}.csv", f"{export.stem}.xlsx"]
    assert files[f"{export.stem}.xlsx"].startswith(b"PK")
    assert "openpyxl" not in sys.modules


def test_a_process_that_fails_is_a_sentence(kiosk: SampleKiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    export = closed_export(kiosk)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(WorldFault, match=r"ledger\.not_made"):
        table_files(export)
