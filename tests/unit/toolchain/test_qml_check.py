"""The check of QML knows the view models written in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.lint_qml import lint

VIEW_MODEL = '''"""A view model."""
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class Board(QObject):
    countChanged = Signal()

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return 3

    @Slot(int)
    def choose(self, row: int) -> None:
        pass
'''
SCREEN = """pragma ComponentBehavior: Bound
import QtQuick
import Hall.Models
import Hall.Kit

Item {
    id: root
    required property Board board
    width: Sizes.gap * root.board.count
    TapHandler { onTapped: root.board.choose(1) }
}
"""


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    """A project with one view model, one module of controls and one screen."""
    kit = tmp_path / "kiosk" / "ui" / "qml" / "Hall" / "Kit"
    kit.mkdir(parents=True)
    (kit / "qmldir").write_text("module Hall.Kit\nsingleton Sizes 1.0 Sizes.qml\n")
    (kit / "Sizes.qml").write_text(
        "pragma Singleton\nimport QtQuick\nQtObject { readonly property int gap: 4 }\n"
    )
    (tmp_path / "kiosk" / "ui" / "board.py").write_text(VIEW_MODEL)
    (tmp_path / "kiosk" / "ui" / "Screen.qml").write_text(SCREEN)
    return tmp_path


def test_a_screen_that_fits_its_view_model_passes(hall: Path) -> None:
    assert lint(hall) == 0


@pytest.mark.parametrize(
    ("right", "wrong"), [("count", "cuont"), ("choose", "chose"), ("Sizes.gap", "Sizes.gpa")]
)
def test_a_misspelt_name_is_found(hall: Path, right: str, wrong: str) -> None:
    (hall / "kiosk" / "ui" / "Screen.qml").write_text(SCREEN.replace(right, wrong))
    assert lint(hall) != 0


def test_a_tree_without_qml_passes(tmp_path: Path) -> None:
    assert lint(tmp_path) == 0
