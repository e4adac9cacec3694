"""The door of a coach at the desk: papers and cards are answered, also when nobody is signed in any more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.actions.compose_slip import read_document
from kiosk.actions.read_scan import read_scan
from kiosk.actions.scan_readings import ShownReading
from kiosk.actions.take_place import TakenPlace
from kiosk.domain.clock import hall_time
from kiosk.ui.desk.mode import COUNTED_S, LOCK_AFTER_S
from kiosk.ui.desk.pages import Page, Sign
from kiosk.ui.journeys import Step
from tests.screens.admin_desk import Desk, open_desk
from tests.unit.actions.coaches import door_at, door_here, rider, tell_riders
from tests.unit.actions.scans import told_keys
from tests.unit.actions.visits import slip_of

THEIRS = "PG-NZ-0918-02-0007"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An upright screen nobody is signed in at."""
    opened = open_desk(tmp_path, "portrait")
    yield opened
    opened.close()


def page(desk: Desk) -> Page:
    return desk._view._page


def is_shown(desk: Desk) -> bool:
    return desk.screen.find("panel.first") is not None


def sign(desk: Desk) -> Sign:
    found = page(desk).panels[0].sign
    assert found is not None
    return found


def scan(desk: Desk, place: TakenPlace) -> None:
    """Hold somebody's slip before the scanner."""
    desk.screen.ears.hear_scan(reading_of(desk, place))


def reading_of(desk: Desk, place: TakenPlace) -> ShownReading:
    kiosk = desk.stage.kiosk
    text = read_document(slip_of(kiosk, place.slip).document).code
    reading = read_scan(kiosk.hall, told_keys(kiosk), text)
    assert isinstance(reading, ShownReading)
    return reading


def at_the_door(desk: Desk) -> TakenPlace:
    """Let somebody take a seat here and another one elsewhere, and open the door of their coach."""
    place = desk.take("miao")
    trip = door_here(desk.stage.kiosk, place)
    tell_riders(desk.stage.kiosk, rider(trip, THEIRS, 12))
    desk.enter()
    desk.tap(f"row.roll:coach:{trip}", f"plate.door:trip:{trip}")
    return place


def test_a_slip_is_answered_large_with_seat_and_count_and_leaves_the_list(desk: Desk) -> None:
    place = at_the_door(desk)
    assert (sign(desk).lamp, sign(desk).head, sign(desk).count) == ("waiting", "扫单子或放证", "0/2")
    assert [row.key for row in desk.rows_of(1)] == [f"seat:{place.slip}", f"seat:{THEIRS}"]
    scan(desk, place)
    said = sign(desk)
    assert (said.lamp, said.head, said.figure) == ("ok", "请上车", str(place.placement.seat))
    assert said.count == "1/2"
    assert [row.key for row in desk.rows_of(1)] == [f"seat:{THEIRS}"]
    scan(desk, place)
    assert (sign(desk).lamp, sign(desk).head, sign(desk).note) == ("warn", "已经上车了", "05:10 上的车")
    desk.pass_time(25)
    assert sign(desk).lamp == "waiting"


def test_a_card_is_for_the_door_and_not_for_a_visit(desk: Desk) -> None:
    """Broken by a reader that tells the visit: the worker's screen comes and the door is closed."""
    place = at_the_door(desk)
    card = desk.stage.kiosk.people["miao"].card
    stranger = next(person.card for key, person in desk.stage.kiosk.people.items() if key == "an")
    for laid, lamp in ((stranger, "stop"), (card, "ok")):
        desk.screen.ears.card_sensed()
        desk.screen.ears.card_presented(laid)
        assert sign(desk).lamp == lamp
        desk.screen.ears.card_removed()
    assert desk.screen.visit.step is Step.HOME
    assert sign(desk).figure == str(place.placement.seat)


def test_a_card_on_the_reader_keeps_out_who_shows_anothers_slip(desk: Desk) -> None:
    place = at_the_door(desk)
    stranger = next(person.card for key, person in desk.stage.kiosk.people.items() if key == "an")
    desk.screen.ears.card_presented(stranger)
    scan(desk, place)
    assert sign(desk).head == "证和单不一样"
    desk.screen.ears.card_removed()
    scan(desk, place)
    assert sign(desk).head == "请上车"


def test_the_door_stands_open_when_staff_have_gone_and_only_they_can_do_more(desk: Desk) -> None:
    """Broken by locking the door's page like any other: the queue at the coach sees a home screen."""
    place = at_the_door(desk)
    desk.pass_time(LOCK_AFTER_S + 1)
    assert page(desk).plates == ()
    assert {row.key for row in desk.rows_of(1)} == {""}
    scan(desk, place)
    assert sign(desk).head == "请上车"
    desk.tap("lock")
    assert not is_shown(desk)
    desk.pass_time(COUNTED_S + 1)
    assert is_shown(desk)
    desk.tap("lock")
    desk.key(desk.pin)
    assert [plate.key for plate in desk.plates] == ["back", "call", "by_hand"]
    assert place.placement.trip is not None
    for no in (8, 9, 10):
        slip = f"PG-NZ-0918-02-{no:04}"
        tell_riders(desk.stage.kiosk, rider(place.placement.trip, slip, no, queue_number=f"A{no:03}"))
    desk.tap("plate.call")
    assert desk.told == "叫了 4 人，大厅各屏都显示"
    assert {row.note for row in desk.rows_of(1)} == {f"{hall_time(desk.hall.now()):%H:%M} 叫过"}
    desk.look("96_door_called")
    desk.tap("lock")
    assert desk.screen.find("admin") is None
    desk.screen.look_again()
    called = desk.screen.find("call.0")
    assert called is not None
    told = [called.property(name) for name in ("number", "name", "spot")]
    assert told == ["06:20", "A008\u00a0A009\u00a0A010\u00a0B007", "3 号位"]
    desk.look("97_home_calls_to_a_coach")
    scan(desk, place)
    assert desk.screen.visit.step is Step.SCANNED


def test_a_door_whose_coach_left_gives_the_screen_back(desk: Desk) -> None:
    place = at_the_door(desk)
    desk.pass_time(LOCK_AFTER_S + 1)
    assert place.placement.trip is not None
    door_at(desk.stage.kiosk, place.placement.trip, "another stream")
    desk.pass_time(2)
    assert desk.screen.find("admin") is None


def test_somebody_without_paper_is_found_by_the_digits_of_his_number_and_let_in_by_name(desk: Desk) -> None:
    at_the_door(desk)
    desk.tap("plate.by_hand")
    desk.key("9999")
    desk.tap("sheet.go")
    assert desk.told == "没上车的人里没有这个号"
    desk.tap("plate.by_hand")
    desk.key("7")
    desk.tap("sheet.go", "sheet.go")
    assert (sign(desk).head, sign(desk).figure, sign(desk).count) == ("请上车", "12", "1/2")
    with desk.hall.store.reading() as records:
        assert [(line.act, line.entity_id) for line in records.desk.audit_lines(1)] == [
            ("board_by_hand", THEIRS)
        ]


def test_riders_of_other_kiosks_stand_among_the_people_of_a_coach_without_a_name(desk: Desk) -> None:
    """Broken by reading this kiosk's own places alone: whom nobody waits for is left behind."""
    place = at_the_door(desk)
    desk.tap("plate.back")
    rows = {row.key: row for row in desk.rows_of(0)}
    theirs = rows[f"person:{THEIRS}"]
    assert (theirs.head, theirs.note) == ("B007", "别的机器办的")
    assert rows[f"person:{place.slip}"].head.startswith("A1  苗*余")
    desk.tap(f"row.person:{THEIRS}")
    assert [(row.head, row.act) for row in desk.rows_of(1)] == [("别的机器办的", "")]


def test_a_coach_whose_door_is_another_device_says_which(desk: Desk) -> None:
    place = desk.take("miao")
    assert place.placement.trip is not None
    door_at(desk.stage.kiosk, place.placement.trip, "another stream", "NZ-02")
    desk.enter()
    desk.tap(f"row.roll:coach:{place.placement.trip}")
    assert [(plate.word, plate.is_ready) for plate in desk.plates][1:] == [("上车在 NZ-02 号机", False)]
    door_at(desk.stage.kiosk, place.placement.trip, "another stream", "NZ-02", state="departed")
    desk._view.refresh()
    assert [(row.head, row.note) for row in desk.rows_of(1)] == [
        ("返程清点", "谁出去了只有 NZ-02 号机知道，请到那台清点")
    ]
