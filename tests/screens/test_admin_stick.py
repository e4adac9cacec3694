"""The courier at the desk, by touch alone: a real bureau, real sticks, and a screen that never waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.actions.carry_bundles import Outcome
from kiosk.actions.faults import WorldFault
from kiosk.actions.stick_errands import Errand, ErrandStage, FoundStick
from kiosk.app.stick_errands import DeskErrands
from kiosk.domain.sentences import Sentence
from kiosk.ui.desk.asking import stick_choices
from kiosk.ui.desk.mode import LOCK_AFTER_S
from tests.screens.admin_desk import Desk, open_desk

LOOKS = [("portrait", "zh_CN"), ("landscape", "zh_CN"), ("small", "en")]
FILE = "NZ-01-A-20260918T051000000000-3533cdb4-up.bundle"
ONE, TWO = FoundStick("/media/HALL_sdb1", "HALL_sdb1"), FoundStick("/media/OTHER_sdc1", "OTHER_sdc1")


@dataclass
class Courier:
    """A desk with sticks that a test plugs in, and errands that end when a test lets them."""

    desk: Desk
    sticks: tuple[FoundStick, ...] = ()
    asked: list[tuple[Errand, Path]] = field(default_factory=list)
    may_end: threading.Event = field(default_factory=threading.Event)
    outcome: Sequence[Outcome] | Exception = ()
    errands: DeskErrands = field(init=False)

    def __post_init__(self) -> None:
        self.errands = DeskErrands(self.do, lambda: self.sticks)
        self.desk.screen.open_desk(self.desk.health, None, self.errands)
        self.desk.enter()
        self.desk.tap("page.devices", "row.stick.act")

    def do(self, errand: Errand, mounted_at: Path) -> Sequence[Outcome]:
        self.asked.append((errand, mounted_at))
        assert self.may_end.wait(10)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def end(self) -> None:
        self.may_end.set()
        assert self.errands.ended(timeout_s=10)
        self.desk.pass_time(1)

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(row.lamp, row.head) for row in self.desk.rows_of(0)]


@pytest.fixture
def courier(tmp_path: Path) -> Iterator[Courier]:
    opened = Courier(open_desk(tmp_path))
    yield opened
    opened.may_end.set()
    opened.errands.ended(timeout_s=10)
    opened.desk.close()


@pytest.fixture(params=LOOKS, ids="-".join)
def any_courier(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Courier]:
    """Each of the usual screens."""
    opened = Courier(open_desk(tmp_path, *request.param))
    yield opened
    opened.may_end.set()
    opened.errands.ended(timeout_s=10)
    opened.desk.close()


def test_the_page_says_what_to_do_what_is_done_and_what_came_of_it(any_courier: Courier) -> None:
    courier, desk = any_courier, any_courier.desk
    desk.look("15_stick_none")
    desk.tap("plate.back")
    desk.look("15_stick_lead")
    desk.tap("row.stick.act")
    courier.sticks = (ONE, TWO)
    desk.pass_time(1)
    desk.tap("plate.read")
    desk.look("15_stick_which")
    desk.tap("sheet.cancel")
    courier.sticks = (ONE,)
    courier.outcome = [
        Outcome(FILE.replace("-up", "-down"), Sentence("courier.bundle.cut_off"), is_well=False),
        Outcome(FILE, Sentence("courier.written", {"count": 214})),
    ]
    desk.pass_time(1)
    desk.tap("plate.read")
    desk.look("15_stick_running")
    courier.end()
    desk.look("15_stick_done")


@pytest.mark.parametrize("station", ["NZ", "GYN", "GYNZ"])
def test_a_bundle_is_called_by_its_kiosk_and_a_strange_file_by_its_name(
    courier: Courier, station: str
) -> None:
    courier.sticks = (ONE,)
    courier.outcome = [
        Outcome(name, Sentence("courier.bundle.cut_off"), is_well=False)
        for name in (FILE.replace("NZ", station), "GYNZX-01-A-20260918T051000.bundle")
    ]
    courier.desk.pass_time(1)
    courier.desk.tap("plate.read")
    courier.end()
    assert [row.note for row in courier.desk.rows_of(0)][:2] == [
        f"{station}-01-A",
        "GYNZX-01-A-20260918T0510",
    ]


def test_without_a_stick_nothing_can_be_begun(courier: Courier) -> None:
    courier.desk.tap("plate.write")
    assert courier.errands.face().stage is ErrandStage.RESTING
    assert [row.lamp for row in courier.desk.rows_of(1)] == ["unknown"]


def test_the_screen_goes_on_while_a_slow_stick_is_written(courier: Courier) -> None:
    """Broken by doing the errand in the screen's own thread."""
    courier.sticks = (ONE,)
    courier.outcome = [Outcome(FILE, Sentence("courier.written", {"count": 3}))]
    courier.desk.pass_time(1)
    courier.desk.tap("plate.write")
    assert courier.told == [("now", "正在办，先别拔 U 盘")]
    courier.desk.tap("plate.read", "page.today", "page.devices", "row.stick.act")
    courier.end()
    assert courier.asked == [(Errand.WRITE, Path(ONE.place))]
    assert [lamp for lamp, _ in courier.told] == ["ok", "ok"]
    assert courier.told[-1] == ("ok", "办完了")


def test_of_several_sticks_the_one_that_was_chosen_is_used(courier: Courier) -> None:
    courier.sticks = (ONE, TWO)
    courier.desk.pass_time(1)
    courier.desk.tap("plate.carry", f"choice.{TWO.place}", "sheet.go")
    courier.end()
    assert courier.asked == [(Errand.CARRY, Path(TWO.place))]


def test_a_stick_says_where_it_is_only_beside_another_of_its_name() -> None:
    like_one = FoundStick("/media/other/HALL_sdb1", ONE.name)
    assert [(choice.word, choice.note) for choice in stick_choices([ONE, TWO])] == [
        (ONE.name, ""),
        (TWO.name, ""),
    ]
    assert [choice.note for choice in stick_choices([ONE, like_one])] == [ONE.place, like_one.place]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (WorldFault(Sentence("courier.unreachable")), "courier.unreachable"),
        (WorldFault(Sentence("courier.stick.full", {"path": ONE.place})), "courier.stick.full"),
    ],
)
def test_an_errand_that_fails_says_why_in_one_sentence(
    courier: Courier, fault: WorldFault, sentence: str
) -> None:
    courier.sticks, courier.outcome = (ONE,), fault
    courier.desk.pass_time(1)
    courier.desk.tap("plate.carry")
    courier.end()
    (row,) = courier.desk.rows_of(0)
    assert (row.lamp, row.head) == ("stop", "没办成")
    assert courier.errands.face().fault == Sentence(sentence, dict(fault.sentence.args))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_errand_that_fails_as_nobody_foresaw_is_not_at_work_for_ever(courier: Courier) -> None:
    courier.sticks, courier.outcome = (ONE,), ZeroDivisionError()
    courier.desk.pass_time(1)
    courier.desk.tap("plate.read")
    courier.end()
    assert courier.told == [("stop", "没办成")]
    courier.outcome = ()
    courier.desk.tap("plate.read")
    courier.end()
    assert courier.told == [("ok", "办完了")]


def test_every_errand_stands_in_the_log_with_its_stick(courier: Courier) -> None:
    courier.sticks = (ONE,)
    courier.desk.pass_time(1)
    for plate in ("write", "read", "carry"):
        courier.may_end.clear()
        courier.desk.tap(f"plate.{plate}")
        courier.end()
    with courier.desk.hall.store.reading() as records:
        lines = [(line.act, line.entity_id) for line in records.desk.audit_lines(3)]
    assert sorted(lines) == [(f"{act}_stick", ONE.name) for act in ("carry", "read", "write")]


def test_a_desk_that_locks_lets_the_errand_come_to_its_end(courier: Courier) -> None:
    courier.sticks = (ONE,)
    courier.desk.pass_time(1)
    courier.desk.tap("plate.write")
    courier.desk.pass_time(LOCK_AFTER_S)
    courier.end()
    assert courier.errands.face().stage is ErrandStage.DONE
