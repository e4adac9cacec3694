"""What a finger draws on a field: strokes in parts of its width and height, and the signature they make."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.signatures import Signature, drawn, is_mark

LEAST_STEP = 0.004
"""A finger that trembles on one spot draws no line: a step of the grid, as a part of the field."""
MOST_DRAWN = 2000
"""So many points while the finger moves, ten times what is kept: whoever scribbles on delays no frame."""


@dataclass(slots=True, repr=False)
class Drawing:
    """Strokes as they come; `strokes` is empty before the finger was on the field."""

    strokes: list[list[tuple[float, float]]] = field(default_factory=list)

    @property
    def is_signed(self) -> bool:
        """Return whether what was drawn is enough to be a mark."""
        return is_mark(self.strokes)

    @property
    def signature(self) -> Signature | None:
        """Return what was drawn; None while it is no mark."""
        return drawn(self.strokes)

    def begin_stroke(self, at: tuple[float, float]) -> None:
        """Begin another stroke here, as long as there is room for one."""
        if sum(map(len, self.strokes)) < MOST_DRAWN:
            self.strokes.append([at])

    def draw(self, at: tuple[float, float]) -> None:
        """Draw on, from where the finger came down; too small a step, or one too many, tells nothing more."""
        if not self.strokes:
            return
        last = self.strokes[-1][-1]
        is_step = max(abs(at[0] - last[0]), abs(at[1] - last[1])) >= LEAST_STEP
        if is_step and sum(map(len, self.strokes)) < MOST_DRAWN:
            self.strokes[-1].append(at)
