"""Loads the one typeface of the kiosk, so that no screen depends on what the machine has installed."""

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from kiosk.resources import assets

FACE = "Noto Sans SC"
WEIGHTS = ("Medium", "Bold", "Black")


class FontFault(Exception):
    """A font file of the program is missing or damaged; without it Chinese would be empty boxes."""


def load_fonts(app: QGuiApplication) -> None:
    """Make the three weights known and the default of every text; call it before any QML is loaded."""
    for weight in WEIGHTS:
        path = assets("fonts", f"NotoSansSC-{weight}.ttf")
        families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
        if FACE not in families:
            raise FontFault(f"{path} does not hold {FACE}")
    app.setFont(QFont(FACE))
