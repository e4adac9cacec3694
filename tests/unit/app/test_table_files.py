"""The files of an export are made by a process of their own, which tells them as they are."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.actions.faults import WorldFault
from kiosk.actions.stick_errands import ExportStep, Stopped
from kiosk.app.table_files import table_files
from kiosk.ledgers.handing import Unpacking, heard, packed, said, told
from kiosk.ledgers.tables import Cell, Flow
from tests.halls import SampleKiosk
from tests.unit.actions.pair_deeds import closed_export


def test_a_table_and_its_files_come_through_unchanged(kiosk: SampleKiosk) -> None:
    export = closed_export(kiosk)
    lines = [line for _, line in told(export.make())]
    assert heard(io.BytesIO(b"".join(lines))) == export.table
    files = {"xlsx": bytes(range(256)), "csv": "一".encode(), "none": b""}
    said_all = b"".join([said(3), said(12), *packed(files)])
    for bite in (1, 7, len(said_all)):
        unpacking = Unpacking()
        for begin in range(0, len(said_all), bite):
            unpacking.hear(said_all[begin : begin + bite])
        assert (unpacking.done, unpacking.files()) == (12, files)


def test_files_that_came_half_are_no_files() -> None:
    unpacking = Unpacking()
    unpacking.hear(b"".join(packed({"csv": b"whole"}))[:-1])
    with pytest.raises(ValueError, match="whole"):
        unpacking.files()


def test_it_is_told_how_far_reading_and_writing_are(kiosk: SampleKiosk) -> None:
    export, heard_of = closed_export(kiosk), list[tuple[ExportStep, int, int]]()
    table_files(export, lambda *told: heard_of.append(told))
    count = export.lines
    assert heard_of[0] == (ExportStep.READING, 0, count)
    assert heard_of[-1] == (ExportStep.WRITING, count, count)
    assert all(done <= total for _, done, total in heard_of)


def test_whoever_stops_an_export_leaves_no_process_and_no_transaction(kiosk: SampleKiosk) -> None:
    """Broken by leaving the process to itself, which writes on with nobody to read it."""
    export, begun = closed_export(kiosk), list[str]()

    def endless() -> Generator[tuple[Cell, ...], None, None]:
        begun.append("reading")
        try:
            while True:
                yield "a", "b"
        finally:
            begun.append("closed")

    def make() -> Flow:
        return Flow(replace(export.table, rows=()), endless())

    def stop(_step: ExportStep, done: int, _total: int) -> None:
        if done > 5000:
            raise Stopped

    before = children()
    with pytest.raises(Stopped):
        table_files(replace(export, make=make), stop)
    assert begun == ["reading", "closed"]
    assert children() == before


def children() -> set[int]:
    """Return the processes that this one began and that are still there."""
    return set(map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()))


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
