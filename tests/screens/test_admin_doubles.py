"""One human under two registrations, found, compared and merged by touch with a second person, and parted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.actions.recognise import recognise
from kiosk.domain.ids import StaffId
from kiosk.messages.badge_codes import ProvenBadge
from tests.halls import CLERK, employ
from tests.screens.admin_desk import open_desk
from tests.unit.actions.visits import doubled


@pytest.mark.parametrize(("size", "language"), [("portrait", "zh_CN"), ("landscape", "en")])
def test_two_registrations_are_compared_merged_by_two_and_parted_again(
    tmp_path: Path, size: str, language: str
) -> None:
    """One-line break: merge whoever is beside him though places clash, in `merge_people._refuse`."""
    desk = open_desk(tmp_path, size, language)
    try:
        boss = replace(CLERK, id=StaffId("boss"), role="manager", badge_serial=8)
        employ(desk.hall, boss)
        taken = desk.take("miao")
        met = recognise(desk.hall, desk.stage.kiosk.people["miao"].card)
        other = doubled(desk.stage.kiosk, met)
        desk.enter()
        desk.tap("page.people", "plate.find")
        desk.key(met.card.number[-4:])
        desk.tap("sheet.go")
        desk.look("80_registered_twice")
        desk.tap("row.double.act")
        desk.look("81_other_registration")
        desk.tap("row.find.act")
        desk.key(other.card.number[-4:])
        desk.tap("sheet.go")
        desk.look("82_side_by_side")
        desk.tap("plate.swap", "plate.merge")
        reason = "choice.desk.merge.reason.two_papers"
        desk.tap(reason)
        desk.look("83_merge_why")
        desk.tap("sheet.go")
        desk.screen.hear_badge(ProvenBadge(boss.id, 8))
        desk.look("84_merged")
        with desk.hall.store.reading() as records:
            [made] = records.merges.of(met.worker)
            assert (made.kept, made.joined) == (other.worker, met.worker)
            assert [item.slip for item in records.placements.open_of(other.worker)] == [taken.slip]
        desk.tap(f"row.undo:{made.id}.act", "choice.desk.merge.reason.not_same", "sheet.go")
        desk.look("85_parted")
        with desk.hall.store.reading() as records:
            assert records.merges.ids_of(met.worker) == (met.worker,)
    finally:
        desk.close()
