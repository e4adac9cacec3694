"""Finished faces as a Qt model: each field of a frozen dataclass is a role, a typed property in QML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex

Face = TypeVar("Face")
# Qt's own numbers of its roles: naming one of them loads every flag of Qt, 1.2 MB.
DISPLAY_ROLE, _USER_ROLE = 0, 0x100
FIRST_ROLE = _USER_ROLE + 1
_Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractListModel, Generic[Face]):
    """A list of faces; also a list of none or one, for a page that is about one thing or about nothing.

    A list of unchanged length updates what is shown in place, so a plate under a finger stays the same plate.
    """

    def __init__(self, face_type: type[Face], parent: QObject | None = None) -> None:
        """Start empty; `face_type` is a dataclass."""
        super().__init__(parent)
        self._names = [field.name for field in fields(face_type)]  # type: ignore[arg-type]  # a dataclass by contract
        self._faces: Sequence[Face] = ()

    @property
    def faces(self) -> Sequence[Face]:
        """Return what is shown now."""
        return self._faces

    def show(self, faces: Sequence[Face]) -> None:
        """Show these faces instead."""
        if len(faces) != len(self._faces):
            self.beginResetModel()
            self._faces = tuple(faces)
            self.endResetModel()
            return
        changed = [row for row, face in enumerate(faces) if face != self._faces[row]]
        self._faces = tuple(faces)
        for row in changed:
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Return how many faces there are."""
        return 0 if parent.isValid() else len(self._faces)

    def data(self, index: _Index, role: int = DISPLAY_ROLE) -> Any:  # noqa: ANN401 (Qt's variant)
        """Return one field of one face."""
        place = role - FIRST_ROLE
        if not index.isValid() or not 0 <= place < len(self._names):
            return None
        return getattr(self._faces[index.row()], self._names[place])

    def roleNames(self) -> dict[int, QByteArray]:
        """Name each field in camelCase."""
        return {role: QByteArray(camel(name).encode()) for role, name in enumerate(self._names, FIRST_ROLE)}


def camel(name: str) -> str:
    """Return a snake_case name as QML writes it."""
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)
