"""The sheets that the desk asks for and that are no slips; each is drawn by whoever prints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk import catalogue
from kiosk.devices.profiles import PrinterProfile
from kiosk.messages.practice_codes import TRAINING_CARD
from kiosk.paper.blocks import Document
from kiosk.paper.class_papers import ClassPaper, class_blocks
from kiosk.paper.commissioning import commissioning_page
from kiosk.paper.practice import training_card
from kiosk.paper.raster import Sheet, render

if TYPE_CHECKING:  # they are drawn a few times a day
    from kiosk.domain.shift_sheets import ShiftSheet
    from kiosk.paper.found_papers import FoundReceipt
    from kiosk.paper.manifests import ManifestPaper
    from kiosk.paper.outing_papers import OutingPaper


@dataclass(frozen=True, slots=True)
class DeskSheets:
    """Draws for one printer in one hall, in Chinese."""

    profile: PrinterProfile
    station: str

    def test_page(self) -> Sheet:
        """Return the page that shows whether the printer is well."""
        return self._drawn(commissioning_page(self.profile.name, _chinese()))

    def training_card(self) -> Sheet:
        """Return the card that opens practice."""
        return self._drawn(training_card(TRAINING_CARD, self.station, _chinese()))

    def class_record(self, paper: ClassPaper) -> Sheet:
        """Return the record of a class."""
        return self._drawn(class_blocks(paper, _chinese()))

    def shift(self, paper: ShiftSheet) -> Sheet:
        """Return the sheet of a shift."""
        from kiosk.paper.shift_papers import shift_blocks  # drawn twice a day, and not loaded at start

        return self._drawn(shift_blocks(paper, _chinese()))

    def manifest(self, paper: ManifestPaper) -> Sheet:
        """Return one paper of a coach that left."""
        from kiosk.paper.manifests import manifest_blocks  # drawn a few times a day, and not loaded at start

        return self._drawn(manifest_blocks(paper, _chinese()))

    def outing(self, paper: OutingPaper) -> Sheet:
        """Return a paper of a coach on its way."""
        from kiosk.paper.outing_papers import outing_blocks  # drawn a few times a day, not loaded at start

        return self._drawn(outing_blocks(paper, _chinese()))

    def found_receipt(self, paper: FoundReceipt) -> Sheet:
        """Return the receipt of a found card."""
        from kiosk.paper.found_papers import found_blocks  # drawn once in a while, and not loaded at start

        return self._drawn(found_blocks(paper, _chinese()))

    def _drawn(self, document: Document) -> Sheet:
        return render(document, self.profile.width_dots)


def _chinese() -> catalogue.Catalogue:
    return catalogue.load("zh_CN")
