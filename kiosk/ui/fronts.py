"""What the first screen looks at: it stands before the hall is open, and what is touched then is not lost."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from kiosk.actions.printing import PaperState
from kiosk.catalogue import Catalogue
from kiosk.ui.journeys import Step

if TYPE_CHECKING:  # the hall is much to load, and the first screen is painted before it is
    from kiosk.actions.hall import Hall
    from kiosk.actions.printing import SlipPrinting
    from kiosk.domain.families import Family
    from kiosk.ui.visit import Visit


class NoSlip(StrEnum):
    """Why no slip can come out: everybody knows what is missing paper, the rest is a printer that stands."""

    PAPER = "paper"
    PRINTER = "printer"


class Companion(Protocol):
    """Whoever is kept in mind while somebody stands at the kiosk."""

    @property
    def help_called_at(self) -> datetime | None:
        """When an attendant was called."""
        ...


class Way(Protocol):
    """What frame and first screen ask of a visit, and the touches they pass on to it."""

    @property
    def is_card_on_reader(self) -> bool: ...  # noqa: D102

    @property
    def step(self) -> Step: ...  # noqa: D102

    @property
    def leaf(self) -> Hashable: ...  # noqa: D102

    @property
    def is_practice(self) -> bool: ...  # noqa: D102

    @property
    def seconds_left(self) -> int | None: ...  # noqa: D102

    @property
    def seconds_given(self) -> int: ...  # noqa: D102

    @property
    def session(self) -> Companion: ...  # noqa: D102 - the protocol says it

    @property
    def is_warning(self) -> bool: ...  # noqa: D102

    def go(self) -> None: ...  # noqa: D102
    def back(self) -> None: ...  # noqa: D102
    def home(self) -> None: ...  # noqa: D102
    def leave(self) -> None: ...  # noqa: D102
    def stay(self) -> None: ...  # noqa: D102
    def call_help(self) -> None: ...  # noqa: D102
    def browse_family(self, family: Family) -> None: ...  # noqa: D102


class Threshold:
    """Stands in for the visit until the hall is open: always at home, it keeps the last touch for later."""

    def __init__(self, on_touch: Callable[[], None]) -> None:
        """Nobody has touched anything; `on_touch` is called when somebody does."""
        self.step = Step.HOME
        self.seconds_left: int | None = None
        self.seconds_given = 0
        self.is_card_on_reader = False
        self.is_warning = False
        self.is_practice = False
        self.session: Companion = _Nobody()
        self._on_touch = on_touch
        self._wish: Callable[[Visit], None] | None = None

    @property
    def leaf(self) -> Hashable:
        """Return the one page there is."""
        return self.step

    @property
    def is_waited_at(self) -> bool:
        """Return whether somebody touched something and waits."""
        return self._wish is not None

    def let_in(self, visit: Visit) -> None:
        """Do now what was touched last."""
        if self._wish is not None:
            self._wish(visit)

    def go(self) -> None:
        """Keep that the yellow plate was touched."""
        self._keep(lambda visit: visit.go())

    def browse_family(self, family: Family) -> None:
        """Keep which family was touched."""
        self._keep(lambda visit: visit.browse_family(family))

    def call_help(self) -> None:
        """Keep that an attendant is wanted."""
        self._keep(lambda visit: visit.call_help())

    def back(self) -> None:
        """Nothing lies behind the first screen."""

    def home(self) -> None:
        """This is home."""

    def leave(self) -> None:
        """Nobody is here yet."""

    def stay(self) -> None:
        """Nothing ends by itself here."""

    def _keep(self, wish: Callable[[Visit], None]) -> None:
        self._wish = wish
        self._on_touch()


@dataclass(frozen=True, slots=True)
class _Nobody:
    help_called_at: datetime | None = None


@dataclass(slots=True)
class Front:
    """Words and clock from the beginning; the hall, its printer and the visit once they are there."""

    say: Catalogue
    now: Callable[[], datetime]
    visit: Way
    hall: Hall | None = None
    printing: SlipPrinting | None = None
    is_printer_working: bool = True
    is_revoked: bool = False

    @property
    def no_slip_because(self) -> NoSlip | None:
        """Return what keeps slips from coming out now; it is asked of nobody, so it may be asked often."""
        paper = self.printing.paper() if self.printing else None
        if paper is PaperState.OUT:
            return NoSlip.PAPER
        if paper is PaperState.FAULT or not self.is_printer_working:
            return NoSlip.PRINTER
        return None

    @property
    def is_chinese(self) -> bool:
        """Return whether Chinese is spoken now."""
        return self.say.language.startswith("zh")

    @property
    def is_waited_at(self) -> bool:
        """Return whether somebody waits for the hall to open."""
        return isinstance(self.visit, Threshold) and self.visit.is_waited_at

    @property
    def station_name(self) -> str:
        """Return the hall's name; nothing before it is open."""
        return self.hall.identity.station_name if self.hall else ""
