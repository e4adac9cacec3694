"""How the command line ends: in a sentence for a place somebody named, or with the fault itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from kiosk.app.telling import EXIT_WORLD, told
from kiosk.cli import app


def test_a_place_that_cannot_be_written_is_named_in_a_sentence(
    bureau_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Broken by `except OSError` left out: the mail of a night holds a traceback, and no word what to do."""
    file = tmp_path / "file"
    file.touch()
    for words in (["forms", str(file / "forms")], ["backup", str(file / "b"), "--data", str(bureau_dir)]):
        assert told(partial(app, ["bureau", *words], standalone_mode=False)) == EXIT_WORLD
        chinese, english = capsys.readouterr().err.splitlines()
        assert f"{file}/" in chinese
        assert "Not a directory" in english


def test_a_file_that_somebody_else_made_meanwhile_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Broken by EEXIST left out: two people who write one table at once end in a traceback."""
    file = tmp_path / "jobs.xlsx"
    file.touch()
    assert told(lambda: file.open("xb").write(b"one")) == EXIT_WORLD
    assert f"{file}" in capsys.readouterr().err


def test_a_disk_that_is_full_is_told_though_nobody_names_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Broken by a sentence for named places alone: writing into an open file names none."""
    assert told(lambda: Path("/dev/full").write_bytes(b"one")) == EXIT_WORLD
    chinese, english = capsys.readouterr().err.splitlines()
    assert "磁盘满了" in chinese
    assert "The disk is full" in english


def test_a_file_of_the_program_that_is_gone_is_no_fault_of_the_world() -> None:
    """Broken by a sentence for every OSError: what is wrong with the program itself would be hidden."""

    def reads_its_own() -> int:
        return len((Path(__file__).parent / "nothing.json").read_bytes())

    with pytest.raises(FileNotFoundError):
        told(reads_its_own)
