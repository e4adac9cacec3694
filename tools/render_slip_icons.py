"""Draw the pictures of the slip as one-bit PNG files, because Pillow draws no SVG.

Run it after a drawing has changed: `QT_QPA_PLATFORM=offscreen python tools/render_slip_icons.py`.
Every pictogram is drawn as a trade and as a fact; signs are drawn in the sizes that slips use, acts of
courses in the one that records use.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from kiosk.resources import assets

OVERSAMPLING = 8
SIGN_SIZES_DOTS = (36, 56, 80)
PICTOGRAM_SIZES_DOTS = (36, 56, 80, 120)
ACT_SIZES_DOTS = (56,)
SIGNS = {
    "coach": "airport_shuttle",
    "scissors": "content_cut",
    "bus": "directions_bus",
    "walk": "directions_walk",
    "meeting": "groups",
    "insurance": "health_and_safety",
    "home": "home",
    "place": "location_on",
    "phone": "call",
    "clock": "schedule",
    "school": "school",
    "hall": "store",
    "safety": "verified_user",
}
"""What a sign means on paper, and the drawing it is taken from."""


def one_bit(drawing: Path, width_dots: int) -> Image.Image:
    """Return a drawing, its empty border cut off and fitted into a square, as a one-bit picture."""
    side = width_dots * OVERSAMPLING
    canvas = QImage(side, side, QImage.Format.Format_Grayscale8)
    canvas.fill(Qt.GlobalColor.white)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing.read_bytes())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    grey = Image.frombytes("L", (side, side), bytes(canvas.constBits()), "raw", "L", canvas.bytesPerLine())
    ink = grey.point([255 - level for level in range(256)]).getbbox()
    if ink is None:
        raise ValueError(f"{drawing} is empty")
    figure = grey.crop(ink)
    scale = width_dots / max(figure.size)
    size = (max(1, round(figure.width * scale)), max(1, round(figure.height * scale)))
    square = Image.new("L", (width_dots, width_dots), 255)
    small = figure.resize(size, Image.Resampling.BOX)
    square.paste(small, ((width_dots - size[0]) // 2, (width_dots - size[1]) // 2))
    return square.convert("1", dither=Image.Dither.NONE)


def draw_all(target: Path) -> int:
    """Draw every picture into folders under the target and return how many were written."""
    pictograms = {path.stem: path for path in assets("icons", "pictograms").glob("*.svg")}
    signs = {name: assets("icons", "ui", f"{drawing}.svg") for name, drawing in SIGNS.items()}
    signs |= {path.stem: path for path in assets("icons", "slip", "drawn").glob("*.svg")}
    acts = {path.stem: path for path in assets("icons", "education").glob("*.svg")}
    if twice := (pictograms.keys() & signs.keys()) | (acts.keys() & (pictograms.keys() | signs.keys())):
        raise ValueError(f"two drawings for {sorted(twice)}")
    wanted: list[tuple[str, Path, tuple[int, ...]]] = [
        (name, path, PICTOGRAM_SIZES_DOTS) for name, path in pictograms.items()
    ]
    wanted += [(name, path, ACT_SIZES_DOTS) for name, path in acts.items()]
    wanted += [(name, path, SIGN_SIZES_DOTS) for name, path in signs.items()]
    written = 0
    for name, drawing, sizes in wanted:
        for width_dots in sizes:
            path = target / str(width_dots) / f"{name}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            one_bit(drawing, width_dots).save(path, optimize=True)
            written += 1
    return written


if __name__ == "__main__":
    QGuiApplication([])
    print(f"{draw_all(assets('icons', 'slip'))} pictures drawn")
