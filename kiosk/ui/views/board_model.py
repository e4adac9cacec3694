"""The board as a Qt model over the store: pages of 64 are read when they come into sight, a few are kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import fields
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt

from kiosk.actions.ports import BoardQuery
from kiosk.ui.faces import CardFace, card_face
from kiosk.ui.views.rows import camel
from kiosk.ui.views.scene import Scene

PAGE_ROWS = 64
PAGES_KEPT = 8
_FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_NAMES = tuple(field.name for field in fields(CardFace))
_Index = QModelIndex | QPersistentModelIndex


class BoardModel(QAbstractListModel):
    """One row a job, in the order of the store's own index; ten thousand rows cost as much as eight pages."""

    def __init__(self, scene: Scene, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._scene = scene
        self._query = BoardQuery()
        self._count = 0
        self._pages: OrderedDict[int, list[CardFace]] = OrderedDict()

    def show(self, query: BoardQuery) -> None:
        """Show the jobs that pass these filters."""
        hall = self._scene.hall
        with hall.store.reading() as records:
            count = records.board.count(query, hall.now())
        self.beginResetModel()
        self._query, self._count = query, count
        self._pages.clear()
        self.endResetModel()

    def card(self, row: int) -> CardFace | None:
        """Return the job of a row; None past the end, or where the board has grown shorter meanwhile."""
        if not 0 <= row < self._count:
            return None
        number, place = divmod(row, PAGE_ROWS)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._read(number)
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return page[place] if place < len(page) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Return how many jobs pass the filters."""
        return 0 if parent.isValid() else self._count

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 (Qt's variant)
        """Return one field of one card."""
        place = role - _FIRST_ROLE
        card = self.card(index.row()) if index.isValid() and 0 <= place < len(_NAMES) else None
        return getattr(card, _NAMES[place]) if card else None

    def roleNames(self) -> dict[int, QByteArray]:
        """Name each field of a card in camelCase."""
        return {role: QByteArray(camel(name).encode()) for role, name in enumerate(_NAMES, _FIRST_ROLE)}

    def _read(self, number: int) -> list[CardFace]:
        hall = self._scene.hall
        with hall.store.reading() as records:
            lines = records.board.page(self._query, hall.now(), number * PAGE_ROWS, PAGE_ROWS)
        return [card_face(self._scene.say, line, self._scene.today, hall.picture_of) for line in lines]
