"""A coach is handed over, watched and counted back at the desk, by touch alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.actions.scan_readings import SlipReading, SlipShown
from kiosk.catalogue import load
from kiosk.domain.clock import hall_time
from kiosk.domain.identity import mask_name
from kiosk.domain.ids import SlipNumber
from kiosk.domain.jobs import PayUnit
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipKind
from kiosk.messages.code_envelopes import Verdict
from kiosk.paper.outing_papers import ArrivalSheet, CallList, outing_blocks
from kiosk.paper.raster import render
from kiosk.ui.hands import Hands
from tests.outings import go_out
from tests.screens.admin_desk import LOOK, Desk, open_desk
from tests.screens.test_admin_looks import faults_of
from tests.screens.test_admin_today import nameless

SIGNER = "王强"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A standing screen nobody is signed in at."""
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def key(desk: Desk, digits: str) -> None:
    """Touch number keys, each as it stands on the screen, and see it taken."""
    for at, digit in enumerate(digits, 1):
        desk.screen.grab()
        desk.key(digit)
        assert desk.keyed == digits[:at]


def scan_of(slip: SlipNumber, day: date) -> SlipReading:
    """Return what a scan of a genuine slip of a day reads."""
    shown = SlipShown(slip, SlipKind.DISPATCH, day, 18_000, PayUnit.DAY, day, 1, 3, "", "", None)
    return SlipReading(Verdict.GENUINE, Sentence("actions.scan.slip_never_checked"), shown)


def write_name(desk: Desk) -> None:
    desk.spell("wang", "王")
    desk.spell("qiang", "强")
    desk.tap("sheet.go")


def test_a_driver_signs_an_incident_is_noted_and_the_site_is_told_of_by_telephone(desk: Desk) -> None:
    go_out(desk.stage.kiosk, 4)
    desk.enter()
    desk.tap("row.roll:coach:T1.touch")
    desk.look("80_coach_with_ways")
    desk.tap("row.outing:trip:T1.act", "plate.hand", "choice.signed", "sheet.go")
    key(desk, "3")
    assert desk._view._sheet.property("hint") == "少 1 人"
    desk.tap("sheet.go", "choice.outing.exception.absent", "sheet.go")
    write_name(desk)
    assert not desk.item("sheet.go").isEnabled()
    assert Hands(desk.screen).cross("sheet.signature")
    desk.look("81_driver_signs")
    desk.tap("sheet.again")
    assert not desk.item("sheet.go").isEnabled()
    assert Hands(desk.screen).cross("sheet.signature")
    desk.tap("sheet.go")
    [sheet] = desk.health.outings
    assert isinstance(sheet, ArrivalSheet)
    assert (sheet.expected, sheet.left_with) == (4, 3)
    heads = [row.head for row in desk.rows_of(0)]
    assert heads[1] == "发车 站里 → 客运站"
    assert mask_name(SIGNER) in desk.rows_of(0)[1].note
    desk.pass_time(60)
    desk.tap("plate.incident", "choice.traffic", "sheet.go", "choice.IV", "sheet.go", "sheet.go")
    key(desk, "2")
    desk.tap("sheet.go", "choice.incident.done.parted", "sheet.go", "choice.police", "sheet.go")
    assert desk.told == "记下了，算客运站负责时的事"
    desk.look("82_on_the_way")
    desk.stage.kiosk.clock.pass_time(3600)
    desk.tap("plate.back")
    assert [row.head for row in desk.rows_of(1)][:1] == ["交通事故 · 一般"]
    desk.look("83_today_with_incident")
    desk.tap("row.outing:trip:T1.act", "plate.hand", "choice.phone", "sheet.go")
    key(desk, "4")
    desk.tap("sheet.go")
    arrived = f"{hall_time(desk.hall.now() - timedelta(minutes=20)):%H%M}"
    key(desk, arrived)
    desk.look("84_when")
    desk.tap("sheet.go")
    write_name(desk)
    assert [row.lamp for row in desk.rows_of(0)][:3] == ["ok", "warn", "ok"]
    [incident] = desk.rows_of(1)
    desk.tap(f"row.{incident.key}.act", "choice.incident.outcome.well", "sheet.go")
    assert [row.lamp for row in desk.rows_of(1)] == ["ok"]
    render(outing_blocks(sheet, load("zh_CN")), 576).image.save(LOOK / "arrival_sheet.png")


def test_who_is_not_back_stands_on_the_first_page_until_each_is_back_stays_or_is_found(desk: Desk) -> None:
    went_on, slips = desk.hall.today(), go_out(desk.stage.kiosk, 5)
    desk.enter()
    assert not [row for row in desk.rows_of(1) if row.key.startswith("returns:")]
    desk.stage.kiosk.clock.pass_time(timedelta(hours=15).seconds)
    desk._view.refresh()
    [due] = [row for row in desk.rows_of(1) if row.key.startswith("returns:")]
    assert due.head == "5 人没回来"
    desk.look("85_today_not_back")
    desk.tap("row.returns:trip:T1.act", "plate.tick", f"choice.{slips[0]}", f"choice.{slips[1]}")
    desk.look("86_counting_in")
    desk.tap("sheet.go", f"row.person:{slips[2]}.touch", f"row.stays:{slips[2]}.act")
    desk.tap("choice.return.stay.work_goes_on", "sheet.go")
    desk.tap(f"choice.{desk.hall.today() + timedelta(days=1)}", "sheet.go")
    assert desk.told == "记下了，还有 2 人没回来"
    desk.look("87_return")
    desk.tap("plate.close")
    desk.look("88_close_return")
    desk.tap("sheet.go")
    [calls] = desk.health.outings
    assert isinstance(calls, CallList)
    assert [who.slip for who in calls.people] == [*slips[3:]]
    assert all(who.is_missing and "样本" not in who.name for who in calls.people)
    render(outing_blocks(calls, load("zh_CN")), 576).image.save(LOOK / "call_list.png")
    desk.tap("plate.back")
    assert [row.head for row in desk.rows_of(1) if row.key.startswith("returns:")] == ["2 人没回来"]
    desk.tap("row.returns:trip:T1.act")
    desk.screen.ears.hear_scan(scan_of(slips[3], went_on))
    assert desk.told == "记下了，还有 1 人没回来"
    desk.screen.ears.hear_scan(scan_of(slips[3], went_on))
    assert "回来" in desk.told
    desk.screen.ears.hear_scan(scan_of(SlipNumber("PG-NZ-0918-09-0099"), went_on))
    assert desk.told == "0099 没有随车出去，或已经结清"
    desk.screen.ears.hear_scan(scan_of(slips[4], went_on - timedelta(days=365)))
    assert desk.told.endswith("没有随车出去，或已经结清"), "a slip of last year has the same number"
    desk.tap(f"row.person:{slips[4]}.touch", f"row.came:{slips[4]}.act", "plate.back")
    assert not [row for row in desk.rows_of(1) if row.key.startswith("returns:")]
    assert desk.stops[-2] == "4"
    desk.stage.kiosk.clock.pass_time(timedelta(days=2).total_seconds())
    desk._view.refresh()
    [late] = [row for row in desk.rows_of(1) if row.key.startswith("returns:")]
    assert late.head == "1 人没回来"
    assert late.note.endswith("1 人住过了日子")


@pytest.mark.parametrize(("size", "language"), [("portrait", "en"), ("landscape", "en"), ("small", "zh_CN")])
def test_pages_of_a_coach_on_its_way_stay_on_their_plates_in_large_words(
    tmp_path: Path, size: str, language: str
) -> None:
    opened = open_desk(tmp_path, size, language)
    opened.tap("bar.large")
    slips = go_out(opened.stage.kiosk, 30)
    opened.stage.kiosk.clock.pass_time(timedelta(hours=15).seconds)
    opened.enter()
    opened.tap("row.returns:trip:T1.act", f"row.person:{slips[0]}.touch")
    opened.look("89_return_large")
    wrong = faults_of(opened, size) + nameless(opened)
    opened.tap("plate.tick")
    opened.look("90_ticks_large")
    wrong += faults_of(opened, size) + nameless(opened)
    opened.tap("sheet.cancel", "row.outing:trip:T1.act")
    opened.look("91_outing_large")
    wrong += faults_of(opened, size) + nameless(opened)
    opened.tap("plate.hand", "choice.signed", "sheet.go")
    key(opened, "30")
    opened.tap("sheet.go")
    opened.tap(*(f"letter.{letter}" for letter in "LI"), "candidate.0", "sheet.go")
    opened.look("92_sign_large")
    wrong += faults_of(opened, size) + nameless(opened)
    opened.close()
    assert wrong == []
