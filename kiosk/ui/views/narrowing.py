"""What pages behind the board's keys share: choices of at most six, and a plate that counts what is found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.ports import Records
from kiosk.ui.journeys import Step
from kiosk.ui.views.scene import Scene

TILES = 6
"""No group of choices is larger than six; with more of them the last tile turns the page."""

_Tile = TypeVar("_Tile")


def tiles_of(tiles: Sequence[_Tile], page: int) -> tuple[Sequence[_Tile], bool]:
    """Return the tiles of a page, and whether one more is to turn it; behind the last page is the first."""
    if len(tiles) <= TILES:
        return tiles, False
    room = TILES - 1
    first = page * room % (-(-len(tiles) // room) * room)
    return tiles[first : first + room], True


class Narrowing:
    """One page on which a filter of the board is chosen: whether it is shown, and what the filters find."""

    def __init__(self, scene: Scene, step: Step) -> None:
        """Look at this scene, on this step."""
        self._scene = scene
        self._step = step
        self._count = 0
        self.is_shown = False

    def arrives(self) -> bool:
        """Note whether the step is shown now, and return whether it has only just come."""
        was_shown, self.is_shown = self.is_shown, self._scene.visit.step is self._step
        return self.is_shown and not was_shown

    def find(self, records: Records, wanted: BoardQuery) -> None:
        """Count what the filters find with what is chosen."""
        self._count = records.board.count(wanted, self._scene.hall.now())

    @property
    def is_ready(self) -> bool:
        """Return whether there is work to see."""
        return self._count > 0

    @property
    def go_label(self) -> str:
        """Return what the yellow plate says."""
        return self._scene.say("ui.trades.see", count=self._count)
