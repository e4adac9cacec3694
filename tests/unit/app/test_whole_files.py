"""What is handed on is whole or absent, wherever it goes and whenever it is pulled out."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from kiosk.actions.faults import WorldFault
from kiosk.app.whole_files import OF_A_FOLDER, OF_A_STICK, OF_AN_EXPORT, ExportFolder, MediumWords, telling
from tests.unit.app.rooms import room_for


def test_a_file_that_does_not_fit_leaves_nothing_and_what_was_there_stays(tmp_path: Path) -> None:
    """Broken by writing to the file itself instead of beside it."""
    folder = ExportFolder(tmp_path, "exports", OF_AN_EXPORT, "HALL")
    folder.put({"a.xlsx": b"before"})
    with room_for(1000), pytest.raises(WorldFault, match=r"ledger\.stick\.unusable"):
        folder.put({"a.csv": b"whole", "a.xlsx": bytes(100_000)})
    assert [path.name for path in (tmp_path / "exports").iterdir()] == ["a.xlsx"]
    assert (tmp_path / "exports" / "a.xlsx").read_bytes() == b"before"


def test_a_folder_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    gone = ExportFolder(tmp_path / "nowhere", "", OF_A_FOLDER, "HALL")
    for ask in (gone.require, lambda: gone.put({"a.csv": b"a"})):
        with pytest.raises(WorldFault, match=r"ledger\.folder\.gone"):
            ask()
    assert list(tmp_path.iterdir()) == []


def test_a_link_on_a_stick_leads_no_file_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "exports").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WorldFault, match=r"ledger\.stick\.unusable"):
        ExportFolder(tmp_path / "stick", "exports", OF_AN_EXPORT, "HALL").put({"a.csv": b"a"})
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_folder_that_may_not_be_written_to_is_told() -> None:
    """The kernel's own folder takes no file, not even of root."""
    with pytest.raises(WorldFault, match=r"ledger\.folder\.unusable"):
        ExportFolder(Path("/sys/kernel"), "", OF_A_FOLDER, "HALL").put({"a.csv": b"a"})


@pytest.mark.parametrize("words", [OF_A_STICK, OF_AN_EXPORT, OF_A_FOLDER], ids=lambda words: words.gone)
def test_a_medium_that_is_full_is_told_from_one_that_is_gone_or_broken(words: MediumWords) -> None:
    """Broken by calling every fault the medium's own: nobody would think of making room."""
    told = {
        errno.ENOENT: words.gone,
        errno.ENOSPC: words.full,
        errno.EDQUOT: words.full,
        errno.EIO: words.unusable,
    }
    for number, key in told.items():
        with pytest.raises(WorldFault) as fault, telling("HALL", words):
            raise OSError(number, "")
        assert (fault.value.sentence.key, fault.value.sentence.args["path"]) == (key, "HALL")
