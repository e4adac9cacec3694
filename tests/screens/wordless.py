"""A person who cannot read: he sees pictures, numerals, colours and places, and nothing that is a word."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtQuick import QQuickItem

from kiosk.ui.screen import Screen
from kiosk.ui.windows import visible_items
from tests.screens.edges import drawing_of, place_of
from tests.screens.measures import is_target
from tests.screens.tour import Tour, settle

NUMERAL = re.compile(r"[0-9][0-9:.,–~/+-]*")
"""What stays on the glass: money, times, seats, bays, counts, ages, seconds; no letter of any script."""
NUMBER_OF_THE_LINE = re.compile(r"[A-Z][0-9]{1,4}")
"""Stays, too, as one picture: it stands as large on the ticket in one's hand."""
BADGES = frozenset("东西南北游")
"""These stay, too: one sign drawn as large over the door of its hall, and known by its shape."""
YELLOW = QColor("#FFC800")
TICKED = "ui/lamp_ok"
SIGN_HERE = "education/sign_hand"
GOING_BACK = (("ui/arrow_left",), ())


def hide_words(screen: Screen) -> None:
    """Take every text off the glass that is not a numeral; what was numeral and is no more goes, too."""
    for item in visible_items(screen.window.contentItem()):
        if item.inherits("QQuickText"):
            item.setOpacity(1 if stays(str(item.property("text"))) else 0)


def stays(text: str) -> bool:
    """Return whether a text can be told from others by whoever cannot read.

    A numeral, a number of the line, or a hall's badge.
    """
    kinds = (NUMERAL, NUMBER_OF_THE_LINE)
    return text in BADGES or any(kind.fullmatch(text) for kind in kinds)


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that can be touched, as somebody sees it who cannot read."""

    item: QQuickItem
    pictures: tuple[str, ...]
    signs: tuple[str, ...]
    has_ring: bool

    @property
    def looks(self) -> tuple[object, ...]:
        """Return what tells it from its neighbours."""
        return self.pictures, self.signs

    @property
    def corner(self) -> tuple[float, float]:
        """Return where it stands, the highest first, then the leftmost."""
        place = place_of(self.item)
        return place.top(), place.left()


def controls_in(screen: Screen) -> list[Seen]:
    """Return everything that can be touched now, in painting order."""
    items = visible_items(screen.window.contentItem())
    return [_seen(item) for item in items if is_target(item)]


def alike(controls: list[Seen]) -> list[str]:
    """Return the names of controls that bear nothing a person can tell them by, or the same as another one.

    Cards of jobs and stops of a line are told by their order, too, and letters are for those who read them.
    Two keys that both go back may look alike.
    """
    told = [each for each in controls if not str(each.item.objectName()).startswith("letter.")]
    bare = [each for each in told if not each.pictures and not each.signs]
    counts = Counter(each.looks for each in told)
    double = [each for each in told if counts[each.looks] > 1 and each.looks != GOING_BACK]
    ordered = ("card.", "stop.")
    return [
        str(each.item.objectName())
        for each in dict.fromkeys(bare + double)
        if each in bare or not str(each.item.objectName()).startswith(ordered)
    ]


class Onlooker:
    """Somebody who cannot read, before the screen: he touches places, never names."""

    def __init__(self, tour: Tour) -> None:
        """Stand before the screen of this tour and know nothing yet."""
        self._tour = tour
        self._right: set[str] = set()

    def touch_picture(self, picture: str) -> None:
        """Touch the one thing that bears this picture."""
        [found] = [each for each in self._look() if picture in each.pictures]
        self._touch(found)

    def go_on(self) -> None:
        """Touch what is yellow, else choose by picture, else sign, else touch the plate beside.

        Pictures that stood beside a tick are remembered, and chosen before others.
        """
        seen = self._look()
        self._remember()
        yellow = [each for each in seen if self._is_yellow(each)]
        choices = sorted(
            (each for each in seen if each.has_ring and each.pictures), key=lambda each: each.corner
        )
        known = [each for each in choices if self._right & set(each.pictures)]
        if yellow:
            self._touch(yellow[0])
        elif choices:
            self._touch((known or choices)[0])
        elif SIGN_HERE in drawings_in(self._tour.screen.window.contentItem()):
            self._tour.hands.cross("signature")
            settle()
        else:
            [beside] = [each for each in seen if self._is_beside_yellow(each) and each.pictures]
            self._touch(beside)

    def _look(self) -> list[Seen]:
        hide_words(self._tour.screen)
        return controls_in(self._tour.screen)

    def _remember(self) -> None:
        for item in visible_items(self._tour.screen.window.contentItem()):
            plate = item.parentItem()
            if drawing_of(item).startswith(TICKED) and plate is not None:
                self._right |= set(drawings_in(plate)) - {TICKED}

    def _touch(self, seen: Seen) -> None:
        at = self._tour.hands.middle(seen.item)
        self._tour.hands.press(at)
        self._tour.hands.release(at)
        settle()

    def _is_yellow(self, seen: Seen) -> bool:
        place = place_of(seen.item)
        at = QPointF(place.left() + 24, place.bottom() - 24).toPoint()
        return self._tour.screen.grab().pixelColor(at) == YELLOW

    def _is_beside_yellow(self, seen: Seen) -> bool:
        plates = [item for item in visible_items(self._tour.screen.window.contentItem()) if _is_go(item)]
        return any(
            place_of(seen.item).top() == place_of(plate).top() and not _is_go(seen.item) for plate in plates
        )


def go_plates(screen: Screen) -> list[QQuickItem]:
    """Return the plates that lead on, lit or not yet."""
    return [item for item in visible_items(screen.window.contentItem()) if _is_go(item)]


def drawings_in(item: QQuickItem) -> list[str]:
    """Return the pictograms drawn in an item as `set/name`, whatever their colour; the mosaic is one, too."""
    below = visible_items(item)
    mosaics = ["mosaic" for each in below if each.metaObject().className().startswith("Mosaic")]
    return [name.rpartition("/")[0] for each in below if (name := drawing_of(each))] + mosaics


def _is_go(item: QQuickItem) -> bool:
    return item.metaObject().className().startswith("GoPlate")


def _seen(item: QQuickItem) -> Seen:
    below = visible_items(item)
    texts = [str(each.property("text")) for each in below if each.inherits("QQuickText")]
    rings = [each for each in below if each.metaObject().className().startswith("Radio")]
    return Seen(
        item,
        tuple(drawings_in(item)),
        tuple(text for text in texts if stays(text)),
        any(not each.property("chosen") for each in rings),
    )
