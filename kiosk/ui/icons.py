"""Draws pictograms, signs and codes in the colour and at the size asked for: `image://icon/<set>/<name>/<rrggbb>`.

Every drawing is one flat ink on nothing, so a colour is put in by replacing that ink in the file's text:
the software renderer has no effects that could tint an image afterwards. The set `code` is no folder: there
the name is the text of a QR code.
"""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

from kiosk.resources import assets

INK = "#111111"
DRAWN_SIZE = QSize(96, 96)
CODES = "code/"


class IconImages(QQuickImageProvider):
    """The engine's source of `image://icon/…`; an unknown name gives an empty image, which Qt warns about."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002 (Qt's name)
        """Return the drawing `<set>/<name>/<rrggbb>`, square, at the size asked for."""
        asked = requestedSize if requestedSize.width() > 0 else DRAWN_SIZE
        image = _drawn_lately(id, asked.width(), asked.height())
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image


def draw_icon(icon_id: str, size: QSize) -> QImage:
    """Return `<set>/<name>/<rrggbb>` as an image of `size` pixels, or an empty image when there is none."""
    drawing, _, colour = icon_id.rpartition("/")
    if drawing.startswith(CODES):
        return _draw_code(drawing.removeprefix(CODES), colour, size)
    path = assets("icons", f"{drawing}.svg")
    if not path.is_file():
        return QImage()
    renderer = QSvgRenderer(QByteArray(_drawing(path).replace(INK, f"#{colour}").encode()))
    image = _blank(size)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return image


def _draw_code(text: str, colour: str, size: QSize) -> QImage:
    """Return a QR code with its quiet zone, every module of it the same whole number of pixels."""
    from kiosk.paper.qr import QUIET_MODULES, modules

    pattern = modules(text)
    module_px = max(1, size.width() // (len(pattern) + 2 * QUIET_MODULES))
    inset_px = (size.width() - module_px * len(pattern)) // 2
    image = _blank(size)
    painter = QPainter(image)
    for row, darks in enumerate(pattern):
        for column, is_dark in enumerate(darks):
            if is_dark:
                x, y = inset_px + column * module_px, inset_px + row * module_px
                painter.fillRect(x, y, module_px, module_px, QColor(f"#{colour}"))
    painter.end()
    return image


def _blank(size: QSize) -> QImage:
    """Return an image with no ink and no ground.

    `QImage.fill` takes a flag of Qt's too, and so loads all of them before the first drawing: 13 ms.
    """
    stride = 4 * size.width()
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(bytes(stride * size.height()), size.width(), size.height(), stride, form).copy()


def forget_drawings() -> None:
    """Keep no drawing that is not shown; call it when a visit is over."""
    _drawn_lately.cache_clear()


@lru_cache(maxsize=32)
def _drawn_lately(icon_id: str, width: int, height: int) -> QImage:
    """Return a drawing of the page that is being made, which asks for each of its drawings twice.

    Qt's own cache would keep 2 MB of what nobody looks at, and drop each drawing before its page comes again.
    """
    return draw_icon(icon_id, QSize(width, height))


@lru_cache(maxsize=256)
def _drawing(path: Path) -> str:
    return path.read_text(encoding="utf-8")
