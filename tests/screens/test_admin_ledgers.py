"""The ledgers of a hall at its desk: chosen by touch, shown masked, handed on by two people as real files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.actions.export_ledger import FOLDER
from kiosk.actions.stick_errands import FoundStick
from kiosk.app.stick_errands import DeskErrands
from kiosk.domain.duties import Act
from kiosk.domain.identity import mask_name
from kiosk.domain.sights import Mask, seen, sights_of
from tests.halls import employ
from tests.screens.admin_desk import Desk, open_desk
from tests.screens.test_admin_export import BOSS, LOOKS, PIN


@contextmanager
def desk_at(
    folder: Path, size: str = "portrait", language: str = "zh_CN", profile: str = "desk"
) -> Iterator[Desk]:
    """Open a desk where somebody came today and took a place, and turn to its ledgers."""
    desk = open_desk(folder / "kiosk", size, language, profile=profile)
    stick = FoundStick(str(folder), "HALL_sdb1")
    errands = DeskErrands(lambda errand, mounted_at: [], lambda: (stick,))
    desk.screen.open_desk(desk.health, None, errands)
    employ(desk.hall, BOSS)
    desk.enter()
    desk.take("miao")
    desk.tap("page.audit", "plate.ledgers")
    yield desk
    assert errands.ended(timeout_s=30)
    desk.pass_time(1)
    desk.close()


@pytest.mark.parametrize(("size", "language"), LOOKS)
def test_a_ledger_is_chosen_shown_masked_and_handed_on(tmp_path: Path, size: str, language: str) -> None:
    with desk_at(tmp_path, size, language) as desk:
        desk.look("80_ledgers")
        desk.tap("plate.days", "choice.week", "sheet.go", "row.ledger:visits")
        desk.look("81_ledger")
        card = desk.stage.kiosk.people["miao"].card
        shown = seen(Mask.NUMBER, card.number, sights_of(desk.staff.role))
        [line] = desk.rows_of(1)
        assert mask_name(card.name) in line.head
        assert shown in line.note
        assert card.name not in line.head + line.note
        desk.tap("plate.export")
        desk.look("83_how_much")
        desk.tap("sheet.go", "choice.ledger.reason.bureau", "sheet.go")
        desk.screen.grab()
        desk.key(PIN)
        desk.tap("sheet.go")
    written = {path.suffix: path for path in (tmp_path / FOLDER).iterdir()}
    assert {*written} == {".xlsx", ".csv"}
    text = written[".csv"].read_bytes().decode("utf-8-sig")
    head, visit = csv.reader(io.StringIO(text))
    assert len(head) == len(visit)
    assert shown in visit
    assert card.name not in text
    assert card.number not in text


def test_a_ledger_leaves_whole_by_an_act_of_its_own(tmp_path: Path) -> None:
    """Broken by writing down a whole ledger as one that is masked."""
    with desk_at(tmp_path) as desk:
        desk.tap("plate.days", "choice.week", "sheet.go", "row.ledger:visits", "plate.export")
        desk.tap("choice.whole", "sheet.go")
        assert desk.screen.find("choice.ledger.reason.archive") is None, "nothing whole is archived"
        desk.look("84_whole_why")
        desk.tap("choice.ledger.reason.inspection", "sheet.go")
        desk.screen.grab()
        desk.key(PIN)
        desk.tap("sheet.go")
        card, hall = desk.stage.kiosk.people["miao"].card, desk.hall
        with hall.store.reading() as records:
            [line] = [line for line in records.desk.audit_lines(9) if line.entity == "ledger"]
        assert (line.act, line.second) == (Act.UNMASK_LEDGER, BOSS.id)
    [written] = (tmp_path / FOLDER).glob("visits-*-whole.csv")
    text = written.read_bytes().decode("utf-8-sig")
    assert card.number in text
    assert card.name in text


def test_a_single_kiosk_says_kindly_that_it_keeps_no_ledgers(tmp_path: Path) -> None:
    with desk_at(tmp_path, profile="worker") as desk:
        desk.look("82_no_ledgers")
        assert [plate.key for plate in desk.plates] == ["back", "shift"]
        desk.tap("plate.shift")
        assert "open" in [plate.key for plate in desk.plates]
