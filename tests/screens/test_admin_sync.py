"""Sync on the desk's page, in every state that a kiosk comes into; none is told better than it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.actions.call_help import call_help
from kiosk.ui.desk.devices import OVERDUE_MIN
from tests.screens.admin_desk import Desk, open_desk

BAD = "连不上局里的服务器，过一会儿自动再试"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An upright kiosk with somebody at the desk."""
    opened = open_desk(tmp_path)
    opened.enter()
    opened.tap("page.devices")
    yield opened
    opened.close()


def told(desk: Desk) -> list[tuple[str, str, str]]:
    desk.pass_time(6)
    return [(row.lamp, row.head, row.note) for row in desk.rows_of(1)]


def test_before_the_first_round_nothing_is_said_to_go_on_by_schedule(desk: Desk) -> None:
    pending, last, planned = told(desk)
    assert pending[0] == "waiting"
    assert last == ("unknown", "还没传成过", "")
    assert planned == ("unknown", "下次啥时传：还不知道", "同步还没开始，等一会儿")


def test_after_a_good_round_nothing_waits_and_the_next_one_has_its_time(desk: Desk) -> None:
    desk.acknowledge_all()
    then = desk.try_sync()
    at = f"{then.astimezone(desk.hall.now().tzinfo):%M}"
    pending, last, planned = told(desk)
    assert pending == ("ok", "0 条等着上传", "都传完了")
    assert last == ("ok", "上次传成：刚刚", "")
    assert (planned[0], planned[2]) == ("waiting", "按时传，不用管")
    assert at in planned[1]


def test_a_bureau_out_of_reach_is_told_with_what_waits_and_since_when(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    desk.acknowledge_all()
    desk.try_sync()
    call_help(desk.hall, "board", None)
    desk.stage.kiosk.clock.pass_time(3 * 3600)
    desk.try_sync("sync.unreachable")
    desk.enter()
    desk.tap("page.devices")
    pending, last, planned = told(desk)
    assert (pending[0], pending[2]) == ("waiting", "最早一条：3 小时前")
    assert last == ("warn", "上次传成：3 小时前", "")
    assert planned[2] == BAD
    desk.close()


def test_a_kiosk_whose_clock_died_still_tells_how_long_ago_a_round_was(desk: Desk) -> None:
    """Broken by measuring the machine's own times by the hall's agreed one: years would have passed."""
    desk.stage.kiosk.clock.instant = datetime(1970, 1, 1, tzinfo=UTC)
    desk.try_sync()
    desk.stage.kiosk.clock.pass_time(120)
    last, planned = told(desk)[1:]
    assert last[1] == "上次传成：2 分钟前"
    assert planned[0] == "waiting"


def test_a_sync_process_that_stands_still_is_not_said_to_come_again_by_itself(desk: Desk) -> None:
    """Broken by telling the time of a round that nobody will begin."""
    desk.try_sync(wait_s=30)
    desk.stage.kiosk.clock.instant += timedelta(minutes=OVERDUE_MIN + 1)
    planned = told(desk)[2]
    assert planned[0] == "warn"
    assert planned[1].endswith("就该传，还没传")
    assert planned[2].startswith("同步停住了")
