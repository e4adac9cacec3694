"""Measures what a window shows: words that do not fit, meet or are too faint, and targets too small.

Everything is read from the items that were really laid out, and contrast from the pixels that were really
drawn. Sizes in millimetres come from the width of the glass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QRawFont
from PySide6.QtQml import QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.ui.appearances import NORMAL, Appearance
from kiosk.ui.windows import visible_items
from tests.screens.edges import faint_edges, faint_figures, place_of
from tests.screens.paints import contrast, ground_of

LEAST_TARGET_MM = 20.0
LEAST_GAP_MM = 4.0
LEAST_CONTRAST = 7.0
LEAST_CONTRAST_OFF = 3.0
LOW_SHARE = 0.6
"""In the low position everything that is touched stands in so much of the glass, from below."""
LYING_SHARE = 0.875
"""On lying glass, which has no low position, it always does: from this halls reckon how high to hang it."""
SMALLEST_STEP = 32
OFF_COLOURS = {"#6e6e6a", "#8c8c8c"}
"""Keys of the bar that cannot be used now."""
DIGITS = set("0123456789:.-–")
COSTLY = ("Mosaic_", "Dashes_", "SecondaryPlate_")
"""What is made of many items, and stands on few of the pages that could show it."""
FIGURE_MARGIN = 0.12
"""Figures keep this share of their square free at the edges."""
ROUNDING_MM = 0.5
"""Half a millimetre is what rounding to pixels may cost."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where."""

    kind: str
    words: str
    detail: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.kind}: {self.words!r} {self.detail}"


@dataclass(frozen=True, slots=True)
class Writing:
    """One text as it stands in the window: `ink` is the rectangle its lines cover."""

    item: QQuickItem
    text: str
    ink: QRectF
    font: QFont
    colour: QColor


def findings(window: QQuickWindow, glass_width_mm: float, appearance: Appearance = NORMAL) -> list[Finding]:
    """Return everything that is wrong with what the window shows to somebody who chose this appearance."""
    picture = window.grabWindow()  # and with it everything is laid out
    items = visible_items(window.contentItem())
    writings = [writing for item in items if (writing := _writing(item)) is not None]
    pixels_a_mm = window.width() / glass_width_mm
    scale = min(window.width(), window.height()) / 1080
    targets = [item for item in items if is_target(item)]
    return [
        *_overflowing(writings, window),
        *_too_small(writings, scale),
        *_meeting(writings),
        *_covered(items, writings),
        *_half_aground(items, writings),
        *_tofu(writings),
        *_too_faint(writings, picture),
        *_bad_targets(targets, pixels_a_mm),
        *(_out_of_reach(targets, window, LOW_SHARE) if appearance.is_low else ()),
        *(_faint_controls(items, targets, picture) if appearance.is_high_contrast else ()),
    ]


def high_keys(window: QQuickWindow) -> list[Finding]:
    """Return what a worker touches higher on lying glass than halls reckon with; all is laid out."""
    if window.width() < window.height():
        return []
    targets = [item for item in visible_items(window.contentItem()) if is_target(item)]
    return list(_out_of_reach(targets, window, LYING_SHARE))


def needless_parts(window: QQuickWindow) -> list[Finding]:
    """Return the parts of a page that were made, and took their time and memory, though nobody sees them."""
    made = [item for item in visible_items(window.contentItem()) if item.objectName() == "stage"]
    for item in made:
        made += item.childItems()
    kinds = [item.metaObject().className() for item in made if not item.isVisible()]
    return [Finding("needless", kind, "") for kind in kinds if kind.startswith(COSTLY)]


def _writing(item: QQuickItem) -> Writing | None:
    if not item.inherits("QQuickText") or not item.property("text"):
        return None
    font = item.property("font")
    assert isinstance(font, QFont)
    text = str(item.property("text"))
    # Digits are three quarters of an em high; anything else may fill it.
    em = font.pixelSize() * (0.76 if set(text) <= DIGITS else 1)
    lines = int(item.property("lineCount"))
    line_height = float(item.property("lineHeight"))
    height = em if lines == 1 else em + (lines - 1) * line_height
    middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
    width = float(item.property("contentWidth"))
    left = item.mapToScene(QPointF(0, 0)).x()
    context = qmlContext(item)
    assert context is not None
    align, _ = QQmlExpression(context, item, "horizontalAlignment").evaluate()
    free = item.width() - width
    left += free / 2 if align == 4 else free if align == 2 else 0
    ink = QRectF(left, middle.y() - height / 2, width, height)
    return Writing(item, text, ink, font, QColor(item.property("color")))


def _overflowing(writings: list[Writing], window: QQuickWindow) -> Iterator[Finding]:
    whole = QRectF(0, 0, window.width(), window.height())
    for writing in writings:
        if writing.item.property("truncated"):
            yield Finding("elided", writing.text, "")
        if writing.ink.width() > writing.item.width() + 1.5:
            yield Finding(
                "too wide", writing.text, f"{writing.ink.width():.0f} px in {writing.item.width():.0f} px"
            )
        if (broken := _broken_word(writing)) is not None:
            yield Finding("broken word", writing.text, broken)
        clip = _clip_of(writing.item) or whole
        if not clip.intersects(writing.ink):
            continue
        if not whole.adjusted(-1, -1, 1, 1).contains(writing.ink):
            yield Finding("off the glass", writing.text, _place(writing.ink))
        plate = _plate_of(writing)
        if plate is not None and not plate.adjusted(-2, -2, 2, 2).contains(writing.ink):
            yield Finding("off its plate", writing.text, f"{_place(writing.ink)} on {_place(plate)}")


def _broken_word(writing: Writing) -> str | None:
    """Return a Latin word that is wider than its line and was therefore broken within."""
    measure = QFontMetricsF(writing.font)
    room = writing.item.width() + 1
    parts = writing.text.replace("\n", " ").split(" ")
    words = (part for part in parts if all(ord(sign) < 0x2000 for sign in part))
    return next((word for word in words if measure.horizontalAdvance(word) > room), None)


def _too_small(writings: list[Writing], scale: float) -> Iterator[Finding]:
    least = round(SMALLEST_STEP * scale)
    for writing in writings:
        if writing.font.pixelSize() < least:
            yield Finding("too small", writing.text, f"{writing.font.pixelSize()} px, least is {least}")


def _meeting(writings: list[Writing]) -> Iterator[Finding]:
    shown = [writing for writing in writings if _in_clip(writing)]
    for one, other in combinations(shown, 2):
        shared = one.ink.adjusted(1, 1, -1, -1) & other.ink.adjusted(1, 1, -1, -1)
        if shared.width() > 2 and shared.height() > 0.12 * min(one.ink.height(), other.ink.height()):
            yield Finding("meets", one.text, f"{other.text!r} at {_place(shared)}")


def _covered(items: list[QQuickItem], writings: list[Writing]) -> Iterator[Finding]:
    """Yield words under something that is painted after them, and words that run into a figure."""
    order = {id(item): place for place, item in enumerate(items)}
    solid = [(order[id(item)], rect) for item, rect in _painted(items)]
    figures = [
        _rect(item)
        for item in items
        if item.inherits("QQuickImage") and not item.property("source").isEmpty()
    ]
    for writing in (writing for writing in writings if _in_clip(writing)):
        ink, own_place = writing.ink.adjusted(2, 2, -2, -2), order[id(writing.item)]
        for place, rect in solid:
            if place > own_place and _is_more_than_an_edge(shared := rect & ink):
                yield Finding("covered", writing.text, _place(shared))
        for rect in figures:
            margin = rect.width() * FIGURE_MARGIN
            if _is_more_than_an_edge(shared := rect.adjusted(margin, margin, -margin, -margin) & ink):
                yield Finding("meets a figure", writing.text, _place(shared))


def _half_aground(items: list[QQuickItem], writings: list[Writing]) -> Iterator[Finding]:
    """Yield words that stand half on their own ground and half on something painted upon that ground."""
    order = {id(item): place for place, item in enumerate(items)}
    solid = [(order[id(item)], rect) for item, rect in _painted(items)]
    for writing in (writing for writing in writings if _in_clip(writing)):
        ink, own_place = writing.ink.adjusted(2, 2, -2, -2), order[id(writing.item)]
        ground_place = order.get(id(_ground_of(writing.item, ink)), -1)
        for place, rect in solid:
            is_between = ground_place < place < own_place and not rect.contains(ink)
            if is_between and _is_more_than_an_edge(shared := rect & ink):
                yield Finding("half on another ground", writing.text, _place(shared))


def _ground_of(item: QQuickItem, ink: QRectF) -> QQuickItem | None:
    """Return the nearest painted part behind a text that is large enough for it."""
    above = item.parentItem()
    while above is not None:
        if above.inherits("QQuickRectangle") and _is_painted(above) and _rect(above).contains(ink):
            return above
        above = above.parentItem()
    return None


def _painted(items: list[QQuickItem]) -> list[tuple[QQuickItem, QRectF]]:
    """Return the rectangles that are filled, and where each stands: read once, as many words ask for it."""
    return [(item, _rect(item)) for item in items if item.inherits("QQuickRectangle") and _is_painted(item)]


def _is_more_than_an_edge(shared: QRectF) -> bool:
    return shared.width() > 2 and shared.height() > 2


def _is_painted(item: QQuickItem) -> bool:
    colour = item.property("color")
    return isinstance(colour, QColor) and colour.alpha() > 0


def _tofu(writings: list[Writing]) -> Iterator[Finding]:
    for writing in writings:
        raw = QRawFont.fromFont(writing.font)
        signs = set(writing.text) - {"\n", "\u00a0"}
        lacking = {sign for sign in signs if not raw.supportsCharacter(ord(sign))}
        if lacking:
            yield Finding("no glyph", writing.text, "".join(sorted(lacking)))


def _too_faint(writings: list[Writing], picture: QImage) -> Iterator[Finding]:
    for writing in writings:
        if not _in_clip(writing):
            continue
        behind = ground_of(writing.ink, picture, writing.colour)
        if behind is None:
            continue
        ratio = contrast(writing.colour, behind)
        least = LEAST_CONTRAST_OFF if writing.colour.name() in OFF_COLOURS else LEAST_CONTRAST
        if ratio < least:
            yield Finding("too faint", writing.text, f"{ratio:.2f}:1 on {behind.name()}")


def _out_of_reach(targets: list[QQuickItem], window: QQuickWindow, share: float) -> Iterator[Finding]:
    ceiling = round(window.height() * (1 - share))
    for item in targets:
        rect = _rect(item)
        if not rect.isEmpty() and rect.top() < ceiling - 1:
            yield Finding("out of reach", item.objectName(), f"{ceiling - rect.top():.0f} px above {ceiling}")


def _faint_controls(items: list[QQuickItem], targets: list[QQuickItem], picture: QImage) -> Iterator[Finding]:
    for name, told in faint_figures(items, picture):
        yield Finding("faint figure", name, told)
    whole = [item for item in targets if place_of(item) == _rect(item)]  # a list cuts what moves out of it
    for name, told in faint_edges(whole, picture):
        yield Finding("faint edge", name, told)


def _bad_targets(items: list[QQuickItem], pixels_a_mm: float) -> Iterator[Finding]:
    targets = [(item, rect) for item in items if not (rect := _rect(item)).isEmpty()]
    for item, rect in targets:
        smaller = min(rect.width(), rect.height()) / pixels_a_mm
        if smaller < LEAST_TARGET_MM - ROUNDING_MM:
            yield Finding("small target", item.objectName(), f"{smaller:.1f} mm")
    for (one, rect), (other, other_rect) in combinations(targets, 2):
        gap = _gap(rect, other_rect) / pixels_a_mm
        if gap < LEAST_GAP_MM - ROUNDING_MM:
            yield Finding("narrow gap", one.objectName(), f"{gap:.1f} mm to {other.objectName()}")


def is_target(item: QQuickItem) -> bool:
    """Tell whether a person can touch this: it bears a name, is enabled and sends `tapped`."""
    return bool(item.objectName()) and item.isEnabled() and item.metaObject().indexOfSignal("tapped()") >= 0


def _rect(item: QQuickItem) -> QRectF:
    rect = QRectF(item.mapToScene(QPointF(0, 0)), QSizeF(item.width(), item.height()))
    clip = _clip_of(item)
    return rect & clip if clip is not None else rect


def _gap(one: QRectF, other: QRectF) -> float:
    """Return how far two rectangles are apart; 0 where they touch."""
    across = max(0.0, one.left() - other.right(), other.left() - one.right())
    down = max(0.0, one.top() - other.bottom(), other.top() - one.bottom())
    return max(across, down)


def _clip_of(item: QQuickItem) -> QRectF | None:
    above = item.parentItem()
    while above is not None:
        if above.clip():
            return QRectF(above.mapToScene(QPointF(0, 0)), QSizeF(above.width(), above.height()))
        above = above.parentItem()
    return None


def _in_clip(writing: Writing) -> bool:
    clip = _clip_of(writing.item)
    return clip is None or clip.contains(writing.ink)


def _plate_of(writing: Writing) -> QRectF | None:
    """Return the rectangle of the nearest part that a person sees as one thing: a card, a plate, a key."""
    above = writing.item.parentItem()
    while above is not None:
        is_part = above.inherits("QQuickRectangle") or above.metaObject().indexOfSignal("tapped()") >= 0
        if is_part and above.width() > 0 and above.height() > 0:
            return QRectF(above.mapToScene(QPointF(0, 0)), QSizeF(above.width(), above.height()))
        above = above.parentItem()
    return None


def _place(rect: QRectF) -> str:
    return f"{rect.x():.0f},{rect.y():.0f} {rect.width():.0f}×{rect.height():.0f}"
