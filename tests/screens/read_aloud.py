"""What a screen reader finds: the controls Qt tells assistive technology about, in its order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQuick import QQuickWindow


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
