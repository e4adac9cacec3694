"""What a screen reader finds: the controls Qt tells assistive technology about, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQuick import QQuickWindow

from kiosk.ui.windows import visible_items
from tests.screens.measures import is_target

A_KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")
"""What a sentence that is missing in the catalogue would be read as."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing as it would be read: what it is, its name, what is read after it, and where it stands."""

    item: QObject
    role: QAccessible.Role
    name: str
    told: str
    place: QRect


def spoken_in(window: QQuickWindow) -> list[Spoken]:
    """Return everything in the window that would be read, in its order; what is hidden is not."""
    root = QAccessible.queryAccessibleInterface(window)
    assert root is not None, "Qt was built without accessibility"
    return list(_below(root))


def wrongly_read(window: QQuickWindow) -> list[str]:
    """Return every control that is no button with a name, and every pair that is not read from above."""
    spoken = {each.item: each for each in spoken_in(window)}
    controls = [item for item in visible_items(window.contentItem()) if is_target(item)]
    read = {item: spoken.get(item) for item in controls}
    wrong = [
        f"{item.objectName()} is read as {one}"
        for item, one in read.items()
        if one is None or one.role is not QAccessible.Role.Button or not _is_named(one)
    ]
    inside = [one for one in read.values() if one is not None and not one.place.isEmpty()]
    return wrong + [
        f"{one.name} is read before {other.name}"
        for one, other in pairwise(inside)
        if _stands_above(other, one) and not _is_cut(other, inside)
    ]


def _is_named(read: Spoken) -> bool:
    """Return whether a name is one that a person understands."""
    return bool(read.name.strip()) and A_KEY.fullmatch(read.name) is None


def _stands_above(one: Spoken, other: Spoken) -> bool:
    """Return whether one thing ends before the other begins."""
    return one.place.bottom() <= other.place.top()


def _is_cut(card: Spoken, all_read: list[Spoken]) -> bool:
    """Return whether a card is one that its list has moved out of sight above it."""
    tops = [each.place.top() for each in all_read if each.item.objectName().startswith("chip.")]
    return bool(tops) and card.item.objectName().startswith("card.") and card.place.top() < max(tops)


def _below(parent: QAccessibleInterface) -> Iterator[Spoken]:
    for number in range(parent.childCount()):
        child = parent.child(number)
        if child.state().invisible:
            continue
        yield Spoken(
            child.object(),
            child.role(),
            child.text(QAccessible.Text.Name),
            child.text(QAccessible.Text.Description),
            child.rect(),
        )
        yield from _below(child)
