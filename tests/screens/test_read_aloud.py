"""What assistive technology is told: every control by role and name, in the order a page is read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent

from kiosk.catalogue import load
from kiosk.ui.journeys import Step
from tests.screens.read_aloud import spoken_in
from tests.screens.tour import Tour, check_in, settle, shown


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
