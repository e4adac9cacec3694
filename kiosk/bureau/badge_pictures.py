"""A badge as a picture for a card printer: name, role, last day, and the code that a hall's scanner reads."""

from __future__ import annotations

from PIL import Image

from kiosk.bureau.staffing import Badge
from kiosk.catalogue import SOURCE_LANGUAGE, load
from kiosk.paper.blocks import Code, Columns, Document, Flow, Space, TitleBar, Weight, Words
from kiosk.paper.qr import side_dots
from kiosk.paper.raster import render

WIDTH_DOTS = 1012
"""85.6 mm, the width of a card, at 300 dots an inch."""
MODULE_DOTS = 8


def badge_picture(badge: Badge) -> Image.Image:
    """Return the face of a badge; no seal and no emblem stands on it."""
    say = load(SOURCE_LANGUAGE)
    code = Code(badge.text, MODULE_DOTS)
    until = say("bureau.badge.until", day=badge.valid_to.isoformat())
    said = (
        Flow((Words(badge.name, 88, Weight.BLACK, 48),)),
        Space(16),
        Flow((Words(say(f"desk.role.{badge.role.value}"), 56, Weight.BOLD, 34),)),
        Space(28),
        Flow((Words(until, 36, Weight.MEDIUM),)),
        Space(10),
        Flow((Words(say("bureau.badge.found"), 34, Weight.MEDIUM),)),
    )
    title = TitleBar(Words(say("bureau.badge.title"), 60, Weight.BLACK, 40))
    columns = Columns((code,), said, side_dots(code.text, MODULE_DOTS), WIDTH_DOTS)
    return render(Document((title, Space(16), columns)), WIDTH_DOTS).image
