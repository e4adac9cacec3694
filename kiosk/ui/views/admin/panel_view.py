"""One panel of an admin page: its head, and its rows as a model."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.ui.desk.pages import Panel, Row, Sign
from kiosk.ui.views.rows import Rows

QML_IMPORT_NAME = "Kiosk.Desk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PanelView(QObject):
    """A panel, or nothing where the page has fewer."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with nothing to show."""
        super().__init__(parent)
        self._panel: Panel | None = None
        self._rows = Rows(Row, self)
        # Every row asks for these, so a list of a full coach would look at itself a thousand times a scan.
        self._has_lamps = self._has_tiles = False

    def show(self, panel: Panel | None) -> None:
        """Show this panel instead."""
        self._panel = panel
        rows = panel.rows if panel else ()
        self._has_lamps = any(row.lamp for row in rows)
        self._has_tiles = any(row.picture and not row.picture.startswith("code/") for row in rows)
        self._rows.show(rows)
        self.changed.emit()

    @Property(bool, notify=changed)
    def isShown(self) -> bool:
        """Whether the page has this panel."""
        return self._panel is not None

    @Property(str, notify=changed)
    def title(self) -> str:
        """What stands in the ink head."""
        return self._panel.title if self._panel else ""

    @Property(str, notify=changed)
    def aside(self) -> str:
        """What stands at the head's right."""
        return self._panel.aside if self._panel else ""

    @Property(str, notify=changed)
    def empty(self) -> str:
        """What is said where there are no rows."""
        return self._panel.empty if self._panel and not self._panel.rows else ""

    @Property(QObject, notify=changed)
    def rows(self) -> QObject:
        """Rows of kiosk.ui.desk.pages.Row."""
        return self._rows

    @Property(bool, notify=changed)
    def isSign(self) -> bool:
        """Whether one sign stands here instead of rows."""
        return self._panel is not None and self._panel.sign is not None

    @Property(str, notify=changed)
    def lamp(self) -> str:
        """The sign's lamp."""
        return self._sign.lamp

    @Property(str, notify=changed)
    def head(self) -> str:
        """What the sign says."""
        return self._sign.head

    @Property(str, notify=changed)
    def note(self) -> str:
        """What it says besides."""
        return self._sign.note

    @Property(str, notify=changed)
    def figure(self) -> str:
        """Its one number."""
        return self._sign.figure

    @Property(str, notify=changed)
    def figureWord(self) -> str:
        """What that counts."""
        return self._sign.figure_word

    @Property(str, notify=changed)
    def tally(self) -> str:
        """The number below it."""
        return self._sign.count

    @Property(str, notify=changed)
    def tallyWord(self) -> str:
        """What that one counts."""
        return self._sign.count_word

    @property
    def _sign(self) -> Sign:
        return (self._panel.sign if self._panel else None) or Sign("", "")

    @Property(bool, notify=changed)
    def isBoard(self) -> bool:
        """Whether the rows are coaches."""
        return self._panel is not None and any(row.clock for row in self._panel.rows)

    @Property(bool, notify=changed)
    def hasLamps(self) -> bool:
        """Whether a row begins with a lamp."""
        return self._has_lamps

    @Property(bool, notify=changed)
    def hasTiles(self) -> bool:
        """Whether a row begins with a tile; a code is far larger and stands alone."""
        return self._has_tiles

    @Property(int, notify=changed)
    def chosen(self) -> int:
        """Which row is chosen, -1 for none."""
        rows = self._panel.rows if self._panel else ()
        return next((place for place, row in enumerate(rows) if row.is_chosen), -1)

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows.faces)
