"""The board as a Qt model over the store: pages of 64 are read when they come into sight, a few are kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import fields
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.full_jobs import FullJob, full_jobs
from kiosk.actions.rank_jobs import Ranking, rank_jobs
from kiosk.actions.recognise import Recognition
from kiosk.ui.faces import CardFace, card_face
from kiosk.ui.fit_faces import with_reasons
from kiosk.ui.full_faces import as_full
from kiosk.ui.views.rows import DISPLAY_ROLE, FIRST_ROLE, camel
from kiosk.ui.views.scene import Scene

PAGE_ROWS = 16
PAGES_KEPT = 8
_NAMES = tuple(field.name for field in fields(CardFace))
_Index = QModelIndex | QPersistentModelIndex


class BoardModel(QAbstractListModel):
    """One row a job, in the store's order or a person's; ten thousand rows cost as much as eight pages."""

    def __init__(self, scene: Scene, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._scene = scene
        self._query = BoardQuery()
        self._count = 0
        self._ranking: Ranking | None = None
        self._pages: OrderedDict[int, list[CardFace]] = OrderedDict()

    @property
    def is_ranked(self) -> bool:
        """Return whether the jobs stand in the order of one person."""
        return self._ranking is not None

    def show(self, query: BoardQuery, ranked_for: Recognition | None) -> None:
        """Show the jobs that pass these filters, for a person in the order of what fits."""
        hall = self._scene.hall
        ranking = None if ranked_for is None else rank_jobs(hall, ranked_for, query)
        with hall.store.reading() as records:
            count = records.board.count(query, hall.now()) if ranking is None else ranking.count
        self.beginResetModel()
        self._query, self._count, self._ranking = query, count, ranking
        self._pages.clear()
        self.endResetModel()

    def forget(self) -> None:
        """Forget whose order this was, and all it showed."""
        self.beginResetModel()
        self._query, self._count, self._ranking = BoardQuery(), 0, None
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

    def data(self, index: _Index, role: int = DISPLAY_ROLE) -> Any:  # noqa: ANN401 (Qt's variant)
        """Return one field of one card."""
        place = role - FIRST_ROLE
        card = self.card(index.row()) if index.isValid() and 0 <= place < len(_NAMES) else None
        return getattr(card, _NAMES[place]) if card else None

    def roleNames(self) -> dict[int, QByteArray]:
        """Name each field of a card in camelCase."""
        return {role: QByteArray(camel(name).encode()) for role, name in enumerate(_NAMES, FIRST_ROLE)}

    def _read(self, number: int) -> list[CardFace]:
        hall, say = self._scene.hall, self._scene.say
        first, now = number * PAGE_ROWS, hall.now()
        if self._query.is_full:
            return [self._full(item) for item in full_jobs(hall, self._query, first, PAGE_ROWS)]
        with hall.store.reading() as records:
            if self._ranking is None:
                lines = records.board.page(self._query, now, first, PAGE_ROWS)
                return [card_face(say, line, self._scene.today, hall.picture_of) for line in lines]
            fitting = self._ranking.page(records, now, first, PAGE_ROWS)
        return [
            with_reasons(say, card_face(say, item.line, self._scene.today, hall.picture_of), item)
            for item in fitting
        ]

    def _full(self, item: FullJob) -> CardFace:
        say, today = self._scene.say, self._scene.today
        return as_full(say, card_face(say, item.line, today, self._scene.hall.picture_of), item, today)
