"""The desk's first page on a full morning: what it says, what it leads to, and what it costs to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from kiosk.actions.board_coach import board_coach
from kiosk.actions.call_help import call_help
from kiosk.actions.keep_shift import close_shift, open_shift
from kiosk.domain.clock import hall_time
from kiosk.domain.devices import Device, DeviceState, Phase
from kiosk.domain.ids import JobId, PlacementId, SlipNumber, TripId, WorkerId
from kiosk.domain.slips import SlipState
from kiosk.ui.windows import visible_items
from tests import answers
from tests.screens.admin_desk import Desk, open_desk
from tests.screens.full_days import SEATS, fill, tell_coaches
from tests.screens.measures import is_target
from tests.screens.read_aloud import spoken_in
from tests.screens.test_admin_looks import faults_of
from tests.unit.actions.lines import come, in_line
from tests.unit.storage.plans import statements_of
from tests.unit.storage.samples import row, trip_body

PEOPLE, COACHES = 300, 12
NO_KEY = re.compile(r"row\..*(?<!\.touch)(?<!\.act)")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A lying screen nobody is signed in at."""
    opened = open_desk(tmp_path, "landscape")
    yield opened
    opened.close()


def statements(desk: Desk) -> list[str]:
    """Return what one look at the page reads, but for parameters, which are read once after each change."""
    desk._view.refresh()
    with statements_of(desk.stage.kiosk.opened.database) as heard:
        desk._view.refresh()
    return [statement for statement, _ in heard]


def test_a_coach_says_when_where_to_how_many_and_how_it_stands(desk: Desk) -> None:
    tell_coaches(desk.stage.kiosk, 2)
    fill(desk.stage.kiosk, range(1, 5), 2)
    desk.enter()
    first = next(row for row in desk.rows_of(0) if row.clock == "06:10")
    assert (first.head, first.bay, first.aside, first.note) == ("河西镇", "3", f"2/{SEATS}", "还早")
    assert first.share == pytest.approx(2 / SEATS)
    for told in ("快开了", "到点了"):
        desk.stage.kiosk.clock.pass_time(31 * 60)
        desk._view.refresh()
        assert next(row for row in desk.rows_of(0) if row.clock == "06:10").note == told


def test_the_day_is_a_line_from_the_door_to_the_money_with_dashes_where_nobody_said(desk: Desk) -> None:
    """Broken by `str(count or 0)` in `day_stops`: nobody would be aboard, though nobody was at a door."""
    tell_coaches(desk.stage.kiosk, 1)
    fill(desk.stage.kiosk, range(1, 4), 1)
    desk.enter()
    assert desk.stops == ["3", "3", "0", "3", "–", "–", "–", "–"]
    told = [stop.leads for stop in desk._view._page.stops]
    assert told == ["travelled"] * 3 + ["ahead"] * 4 + [""]


def test_coaches_of_other_halls_are_left_out(desk: Desk) -> None:
    desk.enter()
    of_here = [trip for trip in desk.stage.kiosk.sample.trips if trip.station == "NZ"]
    assert len(of_here) < len(desk.stage.kiosk.sample.trips)
    assert len(desk.rows_of(0)) == len(of_here)


def test_devices_sync_and_shift_are_a_sentence_each_and_lead_to_their_pages(desk: Desk) -> None:
    desk.health.states[Device.SCANNER] = DeviceState(Phase.SILENT)
    desk.enter()
    with desk.hall.store.reading() as records:
        pending = records.settings.sync_health().pending
    assert [row.head for row in desk.foot] == [
        "扫码器不好使",
        f"还没传成过，{pending} 条等着",
        "没人开班",
    ]
    desk.tap("foot.devices:")
    desk.item("plate.try")
    desk.tap("page.today", "foot.sync:")
    desk.item("plate.try")
    desk.tap("page.today", "foot.shift:")
    desk.item("plate.open")


def test_of_a_coach_whose_seats_nobody_told_no_share_is_drawn(desk: Desk) -> None:
    """Broken by a share of none: the coach would look empty."""
    opened = desk.stage.kiosk.opened
    coach = trip_body(1, SEATS).model_copy(update={"day": desk.hall.today(), "destination": "何处镇"})
    answers.tell(opened, [row("trip", coach, 9000)], 9000, feed_gen="g")
    desk.enter()
    told = next(each for each in desk.rows_of(0) if each.head == "何处镇")
    assert (told.aside, told.share) == (f"–/{SEATS}", -1.0)


def test_what_waits_stands_with_the_most_urgent_first(desk: Desk) -> None:
    """Broken by any other order: who stands there, or misses a coach, would wait behind what can wait."""
    kiosk = desk.stage.kiosk
    tell_coaches(kiosk, 1, kiosk.opened.health().stream)
    fill(kiosk, range(1, 2), 1, SlipState.QUEUED)
    fill(kiosk, range(2, 3), 1, SlipState.UNCERTAIN)
    job = next(JobId(job.id) for job in kiosk.sample.jobs if job.is_talked_over)
    in_line(kiosk, come(kiosk, 1), job)
    kiosk.clock.pass_time(3 * 3600)
    call_help(desk.hall, "board", WorkerId("W1"))
    desk.health.states[Device.SCANNER] = DeviceState(Phase.SILENT)
    desk.enter()
    kinds = [each.key.partition(":")[0] for each in desk.rows_of(1)]
    assert kinds[:6] == ["help", "slips", "roll", "hiring", "devices", "print"]
    assert [each.is_main for each in desk.rows_of(1)].index(False) == 1


def foot(desk: Desk, nth: int) -> tuple[str, str]:
    desk._view.refresh()
    row = desk.foot[nth]
    return row.lamp, row.head


def test_the_sentence_about_devices_tells_the_worst_that_is_known_of_any(desk: Desk) -> None:
    """Broken by leaving any of its questions out: what starts, or soon ends, would be said to work."""
    desk.enter()
    health = desk.health
    assert foot(desk, 0) == ("ok", "设备都好使")
    health.states[Device.READER] = DeviceState(Phase.WARNING)
    assert foot(desk, 0) == ("warn", "设备好使，有要留意的")
    health.printer_lamps = replace(health.printer_lamps, is_near_end=True)
    assert foot(desk, 0) == ("warn", "打印纸快没了")
    health.states[Device.READER] = DeviceState(Phase.STARTING)
    assert foot(desk, 0) == ("unknown", "设备还在启动")
    health.states[Device.SCANNER] = DeviceState(Phase.SILENT)
    assert foot(desk, 0) == ("stop", "扫码器不好使")


def test_the_sentence_about_sync_tells_what_waits_and_when_the_bureau_was_heard(desk: Desk) -> None:
    """Broken by measuring the machine's own times by the hall's agreed one: years would have passed."""
    desk.enter()
    kiosk = desk.stage.kiosk
    kiosk.clock.instant += timedelta(days=400)
    desk.acknowledge_all()
    desk.try_sync()
    kiosk.clock.pass_time(300)
    assert foot(desk, 1) == ("ok", "都传给局里了，5 分钟前")
    open_shift(desk.hall, desk.staff)
    assert foot(desk, 1) == ("ok", "1 条等着传，5 分钟前传成过")
    desk.try_sync("sync.unreachable")
    assert foot(desk, 1) == ("warn", "1 条等着传，5 分钟前传成过")


def test_the_sentence_about_the_shift_tells_since_when_somebody_has_it(desk: Desk) -> None:
    """Broken by asking for no end: a shift that was handed over would go on."""
    desk.enter()
    since = open_shift(desk.hall, desk.staff).opened_at
    assert foot(desk, 2) == ("ok", f"{hall_time(since):%H:%M} 开的班")
    close_shift(desk.hall, "", (), desk.staff)
    assert foot(desk, 2) == ("waiting", "没人开班")


def test_the_page_asks_no_question_row_by_row(desk: Desk) -> None:
    """Broken by asking for the person of each slip in `_slip`: statements would grow with the people."""
    tell_coaches(desk.stage.kiosk, COACHES)
    fill(desk.stage.kiosk, range(1, 4), COACHES, SlipState.QUEUED)
    call_help(desk.hall, "board", WorkerId("W1"))
    desk.enter()
    few = statements(desk)
    fill(desk.stage.kiosk, range(4, PEOPLE + 1), COACHES, SlipState.QUEUED)
    for number in range(2, 9):
        call_help(desk.hall, "board", WorkerId(f"W{number}"))
    many = statements(desk)
    assert len(desk.rows_of(1)) > PEOPLE
    assert len(many) == len(few)


def test_the_page_is_read_in_one_transaction(desk: Desk) -> None:
    """Broken by a second reading in `TodayPage.face`: what it counts might not be what it lists."""
    desk.enter()
    begun: list[object] = []

    def hear(connection: object) -> None:
        begun.append(connection)

    event.listen(desk.stage.kiosk.opened.database._reader, "engine_connect", hear)
    desk._view.refresh()
    assert len(begun) == 1


def slip_of(desk: Desk, placement: str) -> SlipNumber:
    with desk.hall.store.reading() as records:
        taken = records.placements.by_id(PlacementId(placement))
    assert taken is not None
    return taken.slip


def chosen(desk: Desk) -> list[str]:
    return [row.key for row in desk.rows_of(0) if row.is_chosen]


def test_one_touch_opens_the_people_of_a_coach_and_one_more_somebodys_slip_and_job(desk: Desk) -> None:
    tell_coaches(desk.stage.kiosk, 2)
    fill(desk.stage.kiosk, range(1, 5), 2)
    slip = slip_of(desk, "P3")
    desk.enter()
    desk.tap("row.roll:coach:T1.touch")
    desk.look("70_coach")
    assert desk.lines == ["A1  样*人 0001", "A3  样*人 0003"]
    assert {row.note for row in desk.rows_of(0)} == {"摘苹果 · 打好了"}
    desk.tap(f"row.person:{slip}.touch")
    desk.look("71_person_of_a_coach")
    assert [row.head for row in desk.rows_of(1)] == ["打好了", "摘苹果", "样*人 0003"]
    desk.tap(f"row.slips:{slip}.act")
    assert slip in [row.head for row in desk.rows_of(1)]
    desk.tap("page.today", "row.roll:coach:T1.touch")
    assert chosen(desk) == [], "the page kept nobody in mind"
    desk.tap(f"row.person:{slip}.touch", "row.people:W3.act")
    assert [row.head for row in desk.rows_of(0)][:1] == ["样*人  0003"]


def test_who_is_not_aboard_is_a_list_only_where_this_device_holds_the_door(desk: Desk) -> None:
    """Broken by `return is_over` in `has_gone`: a door elsewhere would make everybody missing."""
    stream = desk.stage.kiosk.opened.health().stream
    tell_coaches(desk.stage.kiosk, 1, "another device")
    fill(desk.stage.kiosk, range(1, 4), 1)
    desk.stage.kiosk.clock.pass_time(3 * 3600)
    desk.enter()
    assert not [row for row in desk.rows_of(1) if row.key.startswith("roll:")]
    tell_coaches(desk.stage.kiosk, 1, stream)
    board_coach(desk.hall, TripId("T1"), slip_of(desk, "P2"))
    desk._view.refresh()
    assert desk.stops[4] == "1"
    assert [row.head for row in desk.rows_of(1) if row.key.startswith("roll:")] == ["2 人没上车"]
    desk.tap("row.roll:not_come:.act")
    assert desk.lines == ["A1  样*人 0001", "A3  样*人 0003"]
    desk.tap(f"row.person:{slip_of(desk, 'P1')}.touch", "row.coach:T1.act")
    desk.look("72_not_aboard")
    assert [row.aside for row in desk.rows_of(0)] == ["", "上了车", ""]
    assert chosen(desk) == []
    desk.tap(f"row.person:{slip_of(desk, 'P1')}.touch", "plate.back", "row.roll:not_come:.act")
    assert chosen(desk) == []


def test_a_roll_asks_no_question_row_by_row(desk: Desk) -> None:
    """Broken by asking for the job of each person in `_row`: statements would grow with the people."""
    tell_coaches(desk.stage.kiosk, COACHES)
    fill(desk.stage.kiosk, range(1, COACHES + 1), COACHES)
    desk.enter()
    desk.tap("row.roll:coach:T1.touch")
    few = statements(desk)
    fill(desk.stage.kiosk, range(COACHES + 1, PEOPLE + 1), COACHES)
    many = statements(desk)
    assert len(desk.rows_of(0)) == PEOPLE / COACHES
    assert len(many) == len(few)


@pytest.mark.parametrize(("size", "language"), [("portrait", "en"), ("landscape", "zh_CN"), ("small", "en")])
def test_a_full_morning_in_large_words_stays_on_its_plates_and_every_key_has_a_name(
    tmp_path: Path, size: str, language: str
) -> None:
    opened = open_desk(tmp_path, size, language)
    opened.tap("bar.large")
    tell_coaches(opened.stage.kiosk, COACHES, opened.stage.kiosk.opened.health().stream)
    fill(opened.stage.kiosk, range(1, PEOPLE + 1), COACHES)
    opened.stage.kiosk.clock.pass_time(3700)
    opened.enter()
    wrong = faults_of(opened, size) + nameless(opened)
    opened.tap("row.roll:coach:T1.touch", f"row.person:{slip_of(opened, 'P1')}.touch")
    wrong += faults_of(opened, size) + nameless(opened)
    opened.close()
    assert wrong == []


def nameless(desk: Desk) -> list[str]:
    """Return the controls of the screen that are read without a name, or not at all."""
    spoken = {each.item: each.name for each in spoken_in(desk.screen.window)}
    shown = visible_items(desk.screen.window.contentItem())
    # A row only passes on what the key within it hears.
    controls = [item for item in shown if is_target(item) and not NO_KEY.fullmatch(item.objectName())]
    assert controls
    return [item.objectName() for item in controls if not spoken.get(item)]
