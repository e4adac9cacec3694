"""From what is to be printed to the bytes that do it, as a picture or, on a slow line, as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.devices.escpos.jobs import build_job, build_text_job
from kiosk.devices.profiles import PrinterProfile
from kiosk.paper.raster import Sheet
from kiosk.paper.text_form import TextItem

TOKEN_SIGNS = 4
"""As many of an identifier's signs a printer gives back."""


@dataclass(frozen=True, slots=True)
class PrintJobs:
    """Makes jobs for one printer.

    `render` turns a document into the picture for it; `words`, where the line is too slow for
    pictures, into lines of text.
    """

    profile: PrinterProfile
    render: Callable[[str], Sheet]
    words: Callable[[str], Sequence[TextItem]] | None = None

    def of_document(self, document: str, identifier: str) -> tuple[bytes, bytes]:
        """Return the bytes of a slip or another paper, and the token in them."""
        token = _token(identifier)
        if self.words is not None:
            return build_text_job(self.words(document), self.profile, token), token
        return self._of_sheet(self.render(document), token)

    def of_page(self, page: str, draw: Callable[[], Sheet]) -> tuple[bytes, bytes]:
        """Return the bytes of a test page, always a picture, and the token in them."""
        return self._of_sheet(draw(), _token(page))

    def _of_sheet(self, sheet: Sheet, token: bytes) -> tuple[bytes, bytes]:
        return build_job(sheet.image, kept_of(sheet), self.profile, token), token


def kept_of(sheet: Sheet) -> list[range]:
    """Return the rows of a sheet that no band may cut apart."""
    return [range(first, end) for first, end in sheet.keep_together]


def _token(identifier: str) -> bytes:
    return identifier[:TOKEN_SIGNS].encode("ascii")
