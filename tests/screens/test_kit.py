"""The parts themselves: fonts, drawings, presses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QImage, QMouseEvent
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickView
from pytestqt.qtbot import QtBot

from kiosk.resources import assets
from kiosk.ui.fonts import FACE, load_fonts
from kiosk.ui.icons import IconImages, draw_icon
from kiosk.ui.windows import QML, visible_items

DRAWINGS = sorted(
    f"{path.parent.name}/{path.stem}"
    for name in ("pictograms", "ui")
    for path in assets("icons", name).glob("*.svg")
)
GO, INK = QColor("#FFC800"), QColor("#111111")


@pytest.fixture
def gallery(qapp: QGuiApplication, qtbot: QtBot) -> Iterator[QQuickView]:
    """Every part in every state."""
    load_fonts(qapp)
    view = QQuickView()
    view.engine().addImportPath(str(QML))
    view.engine().addImageProvider("icon", IconImages())
    source = QUrl.fromLocalFile("tests/screens/Gallery.qml")
    parts = QQmlComponent(view.engine(), source, QQmlComponent.CompilationMode.Asynchronous)
    # Not setSource: it waits for Qt's loading thread with the interpreter's lock held, and once hung so.
    qtbot.waitUntil(lambda: not parts.isLoading())
    view.setContent(source, parts, parts.create())
    view.show()
    qapp.processEvents()
    yield view
    view.close()
    view.deleteLater()
    qapp.processEvents()


def test_the_three_weights_are_one_face(qapp: QGuiApplication) -> None:
    load_fonts(qapp)
    assert {"Medium", "Bold", "Black"} <= set(QFontDatabase.styles(FACE))


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_a_drawing_is_one_ink_that_takes_any_colour(drawing: str) -> None:
    text = assets("icons", f"{drawing}.svg").read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", text)) == {"#111111"}
    image = draw_icon(f"{drawing}/ffc800", QSize(96, 96))
    pixels = [image.pixelColor(x, y) for x in range(96) for y in range(96)]
    solid = [pixel for pixel in pixels if pixel.alpha() == 255]
    assert solid
    assert all(
        abs(one - other) < 4 for pixel in solid for one, other in zip(rgb(pixel), rgb(GO), strict=True)
    )


def rgb(colour: QColor) -> tuple[int, int, int]:
    """Return red, green and blue, 0 to 255; edges of a drawing round by one or two."""
    return colour.red(), colour.green(), colour.blue()


def test_an_unknown_drawing_is_no_picture() -> None:
    assert draw_icon("ui/nothing_of_this_name/111111", QSize(96, 96)).isNull()


def test_a_press_inverts_the_plate_in_the_next_frame(gallery: QQuickView) -> None:
    plate = named(gallery, "gallery.go")
    at = corner(plate)
    assert pixel(gallery, at) == GO
    send(gallery, QEvent.Type.MouseButtonPress, at)
    assert pixel(gallery, at) == INK
    send(gallery, QEvent.Type.MouseButtonRelease, at)
    assert pixel(gallery, at) == GO


def test_sliding_off_a_plate_is_no_tap_and_a_press_on_it_is_one(gallery: QQuickView) -> None:
    plate = named(gallery, "gallery.go")
    taps: list[int] = []
    plate.tapped.connect(lambda: taps.append(1))  # type: ignore[attr-defined]  # a signal of the QML part
    at = corner(plate)
    send(gallery, QEvent.Type.MouseButtonPress, at)
    send(gallery, QEvent.Type.MouseMove, QPoint(at.x(), at.y() - 400))
    send(gallery, QEvent.Type.MouseButtonRelease, QPoint(at.x(), at.y() - 400))
    assert taps == []
    send(gallery, QEvent.Type.MouseButtonPress, at)
    send(gallery, QEvent.Type.MouseButtonRelease, at)
    assert taps == [1]


def named(view: QQuickView, name: str) -> QQuickItem:
    """Return the visible item of a name."""
    return next(item for item in visible_items(view.contentItem()) if item.objectName() == name)


def corner(item: QQuickItem) -> QPoint:
    """Return a place on a plate where no word and no arrow is."""
    return item.mapToScene(QPointF(30, item.height() - 24)).toPoint()


def pixel(view: QQuickView, at: QPoint) -> QColor:
    """Return the colour that is drawn at a place."""
    QGuiApplication.processEvents()
    picture: QImage = view.grabWindow()
    return picture.pixelColor(at)


def send(view: QQuickView, kind: QEvent.Type, at: QPoint) -> None:
    """Send one pointer event."""
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    place = QPointF(at)
    event = QMouseEvent(kind, place, view.mapToGlobal(place), button, held, Qt.KeyboardModifier.NoModifier)
    QGuiApplication.sendEvent(view, event)
    QGuiApplication.processEvents()
