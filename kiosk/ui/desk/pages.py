"""What an admin page consists of, as data: stops, panels of rows, plates below; QML only draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from kiosk.domain.duties import Act, may

UNKNOWN = "–"
"""Said of what nobody has told this kiosk; a nought would be a claim."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a panel. `lamp` is a state's shape, `act` the word on its button; both may be empty.

    A row with an empty key cannot be touched. `is_main` paints its button yellow: one on a page at most.
    `duty` is what its button does, where that is not everybody's. A row with a `clock` is a coach: it leaves
    then from its `bay`, and `share` of its seats is taken, below 0 where that is not known.
    """

    key: str = ""
    lamp: str = ""
    head: str = ""
    note: str = ""
    aside: str = ""
    act: str = ""
    is_main: bool = False
    is_chosen: bool = False
    picture: str = ""
    family: str = ""
    duty: Act | None = None
    clock: str = ""
    bay: str = ""
    share: float = -1.0


@dataclass(frozen=True, slots=True)
class Sign:
    """What is said so large that it is read from three steps away, with its lamp's shape and colour.

    `figure` is the one number that matters, `count` stands below as a number of its own; all but `head` may
    be empty.
    """

    lamp: str
    head: str
    note: str = ""
    figure: str = ""
    figure_word: str = ""
    count: str = ""
    count_word: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A white board with an ink head; `empty` is said instead of rows where there are none.

    A panel with a `sign` shows that alone.
    """

    title: str
    aside: str = ""
    rows: tuple[Row, ...] = ()
    empty: str = ""
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Plate:
    """A key below the panels; the yellow one is `is_main`, `duty` what it does where not everybody may."""

    key: str
    word: str
    is_main: bool = False
    is_ready: bool = True
    duty: Act | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the day's line: how many people came that far, or `UNKNOWN`; others stand beside the line.

    `leads` is how the line goes on from here: "travelled", "ahead" where it leads to what is not known, or
    not at all.
    """

    word: str
    count: str
    is_on_way: bool = True
    is_known: bool = True
    leads: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything an admin page shows; at most three panels and four plates.

    Each row of the `foot` is one sentence with its lamp, which leads somewhere when it is touched.
    """

    panels: tuple[Panel, ...]
    stops: tuple[Stop, ...] = ()
    plates: tuple[Plate, ...] = ()
    foot: tuple[Row, ...] = ()


def along(stops: Sequence[Stop]) -> tuple[Stop, ...]:
    """Return stops with the line drawn between those that are on the way."""
    ways = [
        "" if not (here.is_on_way and then.is_on_way) else "travelled" if then.is_known else "ahead"
        for here, then in pairwise(stops)
    ]
    return tuple(replace(stop, leads=way) for stop, way in zip(stops, [*ways, ""], strict=True))


class DeskPage(Protocol):
    """One page of the admin mode."""

    def face(self) -> Page:
        """Return what the page shows now, read afresh."""
        ...

    def press(self, key: str) -> None:
        """Do what the row or plate of this key says; raises Refused or WorldFault with a sentence."""
        ...

    def forget(self) -> None:
        """Forget every person this page knows, because the admin mode was locked or the page left."""
        ...


def shown_to(role: str, page: Page) -> Page:
    """Return a page as somebody of this role sees it: no key that would be refused for its duty."""
    panels = tuple(
        replace(panel, rows=tuple(_row_shown_to(role, row) for row in panel.rows)) for panel in page.panels
    )
    plates = tuple(plate for plate in page.plates if plate.duty is None or may(role, plate.duty))
    foot = tuple(_row_shown_to(role, row) for row in page.foot)
    return Page(panels, page.stops, plates, foot)


def untouchable(page: Page) -> Page:
    """Return a page as it stands while nobody is signed in: it is read, and nothing on it can be touched."""
    panels = tuple(
        replace(panel, rows=tuple(replace(row, key="", act="", is_main=False) for row in panel.rows))
        for panel in page.panels
    )
    return Page(panels, page.stops, (), tuple(replace(row, key="") for row in page.foot))


def _row_shown_to(role: str, row: Row) -> Row:
    if row.duty is None or may(role, row.duty):
        return row
    return replace(row, key="", act="", is_main=False)
