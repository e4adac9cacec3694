"""What assistive technology is told: every control by role and name, in the order a page is read."""

from __future__ import annotations

import re
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent

from kiosk.catalogue import load
from kiosk.ui.journeys import Step
from kiosk.ui.windows import visible_items
from tests.screens.conftest import SetStage
from tests.screens.measures import is_target
from tests.screens.read_aloud import Spoken, spoken_in
from tests.screens.staging import PORTRAIT
from tests.screens.stretches.whole import every_page
from tests.screens.tour import Tour, check_in, settle, shown

A_KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")
"""What a sentence that is missing in the catalogue would be read as."""


def test_every_control_has_a_name_and_a_role_and_is_read_from_above(stages: SetStage) -> None:
    tour, wrong = stages(PORTRAIT, "en"), []
    for page in every_page(tour):
        spoken = {each.item: each for each in spoken_in(tour.screen.window)}
        controls = [item for item in visible_items(tour.screen.window.contentItem()) if is_target(item)]
        for item in controls:
            read = spoken.get(item)
            if read is None or read.role is not QAccessible.Role.Button or not is_named(read):
                wrong.append(f"{page} {item.objectName()} is read as {read}")
        inside = [spoken[item] for item in controls if not spoken[item].place.isEmpty()]
        wrong += [
            f"{page} {one.name} is read before {other.name}"
            for one, other in pairwise(inside)
            if stands_above(other, one) and not is_cut(other, inside)
        ]
    assert wrong == []


def is_named(read: Spoken) -> bool:
    """Return whether a name is one that a person understands."""
    return bool(read.name.strip()) and A_KEY.fullmatch(read.name) is None


def stands_above(one: Spoken, other: Spoken) -> bool:
    """Return whether one thing ends before the other begins."""
    return one.place.bottom() <= other.place.top()


def is_cut(card: Spoken, all_read: list[Spoken]) -> bool:
    """Return whether a card is one that its list has moved out of sight above it."""
    tops = [each.place.top() for each in all_read if each.item.objectName().startswith("chip.")]
    return bool(tops) and card.item.objectName().startswith("card.") and card.place.top() < max(tops)


def test_names_come_from_the_catalogue_and_change_with_the_language(tour: Tour) -> None:
    check_in(tour)
    for language in ("zh_CN", "en"):
        say = load(language)
        names = {each.item.objectName(): each.name for each in spoken_in(tour.screen.window)}
        assert names["bar.help"] == say("ui.bar.help")
        assert names["go"] == say("ui.greeting.look")
        assert names["own"] == say("own.data.key")
        tour.tap("bar.language")


def test_a_card_is_read_with_its_pay_and_its_way_and_says_whether_it_is_chosen(tour: Tour) -> None:
    check_in(tour)
    card = tour.screen.find("card.0")
    assert card is not None
    [read] = [each for each in spoken_in(tour.screen.window) if each.item == card]
    assert str(card.property("pay")) in read.told
    assert str(card.property("place")) in read.told
    assert (is_ticked(tour, "card.0"), is_ticked(tour, "card.1")) == (True, False)
    tour.tap("card.1")
    assert (is_ticked(tour, "card.0"), is_ticked(tour, "card.1")) == (False, True)


def is_ticked(tour: Tour, name: str) -> bool:
    """Return whether what bears this name is read as chosen."""
    item = tour.screen.find(name)
    assert item is not None
    return bool(QAccessible.queryAccessibleInterface(item).state().checked)


def test_a_switch_or_a_keyboard_walks_a_page_from_above_and_acts_where_it_stands(tour: Tour) -> None:
    check_in(tour)
    walked = []
    for _ in range(20):
        press(tour, Qt.Key.Key_Tab)
        name = tour.screen.window.activeFocusItem().objectName()
        if name in walked:
            break
        walked.append(name)
    keys = ["bar.home", "bar.help", "bar.large", "bar.look", "bar.language", "bar.more_time"]
    assert walked == ["papers", "own", "card.0", "card.1", "card.2", "secondary", "go", *keys]
    while tour.screen.window.activeFocusItem().objectName() != "go":
        press(tour, Qt.Key.Key_Tab)
    press(tour, Qt.Key.Key_Return)
    assert shown(tour) is Step.DETAIL


def press(tour: Tour, key: Qt.Key) -> None:
    """Press a key of a keyboard and let it go."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
        QGuiApplication.sendEvent(tour.screen.window, event)
    settle()
