"""Draws pictograms and signs in the colour and at the size a screen asks for: `image://icon/<set>/<name>/<rrggbb>`.

Every drawing is one flat ink on nothing, so a colour is put in by replacing that ink in the file's text:
the software renderer has no effects that could tint an image afterwards.
"""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

from kiosk.resources import assets

INK = "#111111"
DRAWN_SIZE = QSize(96, 96)


class IconImages(QQuickImageProvider):
    """The engine's source of `image://icon/…`; an unknown name gives an empty image, which Qt warns about."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002 (Qt's name)
        """Return the drawing `<set>/<name>/<rrggbb>`, square, at the size asked for."""
        image = draw_icon(id, requestedSize if requestedSize.width() > 0 else DRAWN_SIZE)
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image


def draw_icon(icon_id: str, size: QSize) -> QImage:
    """Return `<set>/<name>/<rrggbb>` as an image of `size` pixels, or an empty image when there is none."""
    drawing, _, colour = icon_id.rpartition("/")
    path = assets("icons", f"{drawing}.svg")
    if not path.is_file():
        return QImage()
    renderer = QSvgRenderer(QByteArray(_drawing(path).replace(INK, f"#{colour}").encode()))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)  # nothing: no ink, no ground
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return image


@lru_cache(maxsize=256)
def _drawing(path: Path) -> str:
    return path.read_text(encoding="utf-8")
