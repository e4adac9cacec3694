"""Shows the very bitmap that goes to the printer: `image://slip/<number>/<copy>`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

from kiosk.actions.ports import Store
from kiosk.domain.ids import PaperNumber, SlipNumber
from kiosk.paper.raster import Sheet

Render = Callable[[str], Sheet]
"""Turns the document of a slip, as the print journal keeps it, into ink."""


class SlipImages(QQuickImageProvider):
    """The engine's source of slips and other papers; an unknown number gives no image, and a warning."""

    def __init__(self, store: Callable[[], Store], render: Render) -> None:
        """Read slips from the store of the present visit, and draw them as the printer's renderer does."""
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._store = store
        self._render = render

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002 (Qt's name)
        """Return the paper `<number>/<copy>` at the size of the paper, one pixel a dot."""
        number = id.partition("/")[0]
        with self._store().reading() as records:
            slip = records.slips.by_number(SlipNumber(number))
            record = slip or records.papers.by_number(PaperNumber(number))
        image = as_image(self._render(record.document)) if record else QImage()
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image


def as_image(sheet: Sheet) -> QImage:
    """Return ink on paper as an image of the same dots."""
    grey = sheet.image.convert("L")
    borrowed = QImage(grey.tobytes(), grey.width, grey.height, grey.width, QImage.Format.Format_Grayscale8)
    return borrowed.copy()
