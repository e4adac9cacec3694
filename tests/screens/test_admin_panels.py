"""The panels of the desk: no row is hidden that has room, and a turned page begins with a whole row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtQuick import QQuickItem

from kiosk.actions.call_help import call_help
from kiosk.domain.ids import WorkerId
from kiosk.domain.slips import SlipState
from tests.screens.admin_desk import Desk, open_desk
from tests.screens.full_days import fill, tell_coaches

LOOKS = [
    ("portrait", "zh_CN", False),
    ("portrait", "en", True),
    ("landscape", "zh_CN", False),
    ("small", "en", True),
]
COACHES = 12
PEOPLE = 120
SPARE = 16
"""Pixels at 1080 wide that may stay free below the last row, where the next one would just not fit."""


@pytest.fixture(params=LOOKS, ids=str)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A full morning on each of the usual screens, with more of everything than any of them shows."""
    size, language, is_large = request.param
    opened = open_desk(tmp_path, size, language)
    if is_large:
        opened.tap("bar.large")
    kiosk = opened.stage.kiosk
    tell_coaches(kiosk, COACHES, kiosk.opened.health().stream)
    fill(kiosk, range(1, PEOPLE + 1), 1 if is_large else 2, SlipState.QUEUED)
    for number in range(1, 13):
        call_help(opened.hall, "board", WorkerId(f"W{number}"))
    opened.enter()
    yield opened
    opened.close()


def test_no_panel_hides_a_row_that_has_room(desk: Desk) -> None:
    """Broken by keys below the rows: they take the room of the row they turn to."""
    desk.screen.grab()
    assert free_below(desk, "panel.first") < least_row(desk, "panel.first")
    assert free_below(desk, "panel.second") < least_row(desk, "panel.second")
    desk.tap("row.roll:coach:T1.touch")
    desk.screen.grab()
    assert free_below(desk, "panel.first") < least_row(desk, "panel.first")


def test_a_turned_page_begins_with_a_whole_row_and_goes_on_where_the_last_one_ended(desk: Desk) -> None:
    """Broken by turning up without `beginWhole`: a gap is left where a row was cut."""
    desk.tap("row.roll:coach:T1.touch")
    desk.screen.grab()
    read = names(desk)
    for key in ("down", "down", "up"):
        desk.tap(key)
        desk.screen.grab()
        shown = shown_rows(desk, "panel.first")
        assert gap_above(desk) <= 1
        if key == "down":
            assert not set(names(desk)) & set(read), "no row is on two pages"
            read += names(desk)
        else:
            assert shown[-1].objectName() in read
    everybody = [f"row.{row.key}" for row in desk.rows_of(0)]
    assert read == everybody[: len(read)]


def test_the_last_page_begins_with_a_whole_row_too(desk: Desk) -> None:
    """Broken by a list that ends with its last row: what is above it would be cut."""
    desk.tap("row.roll:coach:T1.touch")
    desk.screen.grab()
    for _ in range(PEOPLE):
        if not desk.item("down").isEnabled():
            break
        desk.tap("down")
        desk.screen.grab()
    assert names(desk)[-1] == f"row.{desk.rows_of(0)[-1].key}"
    assert gap_above(desk) <= 1


def scale(desk: Desk) -> float:
    return min(desk.screen.window.width(), desk.screen.window.height()) / 1080


def rows_in(desk: Desk, panel: str) -> list[QQuickItem]:
    """Return the rows that are laid out in a panel, from above, hidden ones among them."""
    pending, rows = [desk.item(panel)], []
    while pending:
        item = pending.pop()
        name = item.objectName()
        if name.startswith("row.") and not name.endswith((".touch", ".act")):
            rows.append(item)
        pending += item.childItems()
    return sorted(rows, key=lambda row: place(row).top())


def shown_rows(desk: Desk, panel: str) -> list[QQuickItem]:
    return [row for row in rows_in(desk, panel) if row.isVisible()]


def names(desk: Desk) -> list[str]:
    return [row.objectName() for row in shown_rows(desk, "panel.first")]


def place(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def free_below(desk: Desk, panel: str) -> float:
    """Return what is free between the last row that is shown and the panel's edge."""
    return place(desk.item(panel)).bottom() - place(shown_rows(desk, panel)[-1]).bottom()


def least_row(desk: Desk, panel: str) -> float:
    """Return what the next row wants: its height, or for a coach what the shown ones could give it."""
    shown = shown_rows(desk, panel)
    if shown[0].objectName().startswith("row.roll:coach"):
        return 92 * scale(desk)
    hidden = [row for row in rows_in(desk, panel) if place(row).top() >= place(shown[-1]).bottom() - 1]
    assert hidden, "the panel holds more than it shows"
    return hidden[0].height() + SPARE * scale(desk)


def gap_above(desk: Desk) -> float:
    """Return what is free between the panel's head and its first row."""
    head = place(desk.item("panel.first")).top() + 82 * scale(desk)
    return place(shown_rows(desk, "panel.first")[0]).top() - head
