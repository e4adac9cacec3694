"""An otherwise empty QML window, the baseline of the screens: `python -m tools.figures.windows` shows one."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

EMPTY = b"""
import QtQuick
Window { visible: true; width: 1080; height: 1920; color: "black" }
"""
TOUCHABLE = b"""
import QtQuick
Window {
    visible: true; width: 1080; height: 1920; color: "black"
    Rectangle {
        id: plate
        property bool on: false
        objectName: "plate"
        width: 1080; height: 268
        color: on ? "yellow" : "grey"
    }
    MouseArea {
        anchors.fill: parent
        onClicked: plate.on = !plate.on
        onPositionChanged: touch => plate.y = touch.y
    }
}
"""


def show(qml: bytes) -> tuple[QQmlApplicationEngine, QQuickWindow]:
    """Show a window in the application that runs; keep the engine for as long as the window."""
    engine = QQmlApplicationEngine()
    engine.loadData(qml)
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    return engine, window


def main() -> None:
    """Show an empty window until the process is ended."""
    app = QGuiApplication([])
    engine, _ = show(EMPTY)
    app.exec()
    del engine


if __name__ == "__main__":
    main()
