"""Two people at a terminal hand the sheet of a shift on into a folder, beside the kiosk's screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from kiosk.actions.faults import Refused, WorldFault
from kiosk.actions.keep_shift import close_shift, open_shift
from kiosk.actions.ports import Staff
from kiosk.app.building import OpenHall
from kiosk.cli import app
from kiosk.domain.duties import Act, Role
from kiosk.domain.ids import StaffId
from kiosk.messages.events import CheckedIn
from tests.halls import employ
from tests.journeys.town import a_town, the_hall_of
from tests.pins import quick_hash

FIRST, SECOND = "135790", "246802"
CLERK = Staff(StaffId("clerk"), "测试己", Role.ATTENDANT.value, quick_hash(FIRST), is_active=True)
BOSS = replace(CLERK, id=StaffId("boss"), name="测试庚", role=Role.MANAGER.value, pin_hash=quick_hash(SECOND))


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenHall, Path]]:
    """An enrolled kiosk whose screen has the store open, with an attendant and a manager."""
    with a_town(tmp_path_factory.mktemp("town")) as town:
        data_dir = town.enrol("A", 1)
        with the_hall_of(data_dir) as opened:
            employ(opened.hall, CLERK, BOSS)
            yield opened, data_dir


def exported(
    data_dir: Path,
    to: Path,
    *pins: str,
    language: str = "zh_CN",
    name: str = "shift",
    days: Sequence[str] = (),
) -> Result:
    arguments = ["export", name, str(to), "--data", str(data_dir), *days]
    keyed = "".join(f"{pin}\n" for pin in pins)
    return CliRunner().invoke(
        app, [*arguments, "--reason", "存档", "--language", language], input=keyed, catch_exceptions=True
    )


def acts(opened: OpenHall) -> list[tuple[str, str, str, str]]:
    with opened.hall.store.reading() as records:
        lines = records.desk.audit_lines(50)
    of_exports = [line for line in lines if line.act == Act.EXPORT_LEDGER]
    return [(line.actor, line.second, line.entity, line.reason) for line in of_exports]


def test_two_pins_write_the_sheet_into_a_folder_and_both_are_in_the_log(
    kiosk: tuple[OpenHall, Path], tmp_path: Path
) -> None:
    opened, data_dir = kiosk
    none_yet = exported(data_dir, tmp_path)
    assert isinstance(none_yet.exception, Refused)
    assert none_yet.exception.sentence.key == "ledger.nothing_yet"
    open_shift(opened.hall, CLERK)
    close_shift(opened.hall, "=没有要交代的", (), BOSS)
    open_shift(opened.hall, CLERK)

    alone = exported(data_dir, tmp_path, FIRST, FIRST)
    assert isinstance(alone.exception, Refused)
    assert alone.exception.sentence.key == "actions.second.same"
    nowhere = exported(data_dir, tmp_path / "nowhere", FIRST, SECOND)
    assert isinstance(nowhere.exception, WorldFault)
    assert nowhere.exception.sentence.key == "ledger.folder.gone"
    assert not any(str(tmp_path) in reason for _, _, _, reason in acts(opened))
    assert list(tmp_path.iterdir()) == []

    chinese = exported(data_dir, tmp_path, FIRST, SECOND)
    done = exported(data_dir, tmp_path, FIRST, SECOND, language="en")
    assert (chinese.exit_code, done.exit_code) == (0, 0), done.output
    assert "写了 15 行，共 15 行  Written 15 of 15 lines" in done.output
    assert FIRST not in done.output
    assert SECOND not in done.output
    names = sorted(path.name for path in tmp_path.iterdir())
    assert sorted(Path(name).suffix for name in names) == [".csv", ".csv", ".xlsx", ".xlsx"]
    assert [name for name in names if str(tmp_path / name) not in chinese.output + done.output] == []
    (english,) = (path for path in tmp_path.iterdir() if path.name.endswith("-en.xlsx"))
    sheet = load_workbook(english).active
    assert sheet is not None
    rows = {
        str(row[0]): row[1] for row in sheet.iter_rows(min_row=4, max_row=18, max_col=2, values_only=True)
    }
    assert (rows["Opened by"], rows["Handed over by"]) == ("测*己", "测*庚")
    assert rows["To hand over"] == "=没有要交代的"
    told = [act for act in acts(opened) if act[3] == f"{tmp_path}: 存档"]
    assert told == [(CLERK.id, BOSS.id, "ledger", f"{tmp_path}: 存档")] * 2


def test_a_ledger_of_the_hall_leaves_its_desk_for_the_days_that_are_named(
    kiosk: tuple[OpenHall, Path], tmp_path: Path
) -> None:
    opened, data_dir = kiosk
    refused = exported(data_dir, tmp_path, FIRST, SECOND, name="visits")
    assert isinstance(refused.exception, Refused)
    assert refused.exception.sentence.key == "ledger.only_at_desk"
    visit = CheckedIn(
        check_in="c1",
        worker="w1",
        hall_day=date(2026, 9, 18),
        queue_number="A1",
        sequence=1,
        arrived_at=opened.hall.now(),
        method="card",
    )
    identity = opened.hall.identity
    with opened.hall.store.writing() as records:
        records.settings.adopt(replace(identity, profile="desk"))
        records.journal.append(visit, opened.hall.now())
    try:
        days = ["--from", "2026-09-18", "--to", "2026-09-18"]
        done = exported(data_dir, tmp_path, FIRST, SECOND, name="visits", days=days)
        before = exported(data_dir, tmp_path, FIRST, SECOND, name="visits", days=[*days[:3], "2026-09-17"])
        later = exported(data_dir, tmp_path, FIRST, SECOND, name="visits", days=["--to", "2026-09-17"])
    finally:
        with opened.hall.store.writing() as records:
            records.settings.adopt(identity)
    assert (done.exit_code, before.exit_code) == (0, 2), done.output
    assert isinstance(later.exception, Refused)
    assert later.exception.sentence.key == "ledger.nothing_in_period"
    assert acts(opened)[0][2:] == ("ledger", f"{tmp_path}: 存档")
    (table,) = tmp_path.glob("visits-*.csv")
    assert ",A1," in table.read_text("utf-8-sig").splitlines()[1]


def test_what_is_no_ledger_is_told_by_name(kiosk: tuple[OpenHall, Path], tmp_path: Path) -> None:
    told = exported(kiosk[1], tmp_path, name="everything")
    assert told.exit_code == 2
    assert "shift" in told.output
