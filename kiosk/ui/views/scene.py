"""What every view looks at: the visit, the hall, and the language that is spoken now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kiosk.actions.hall import Hall
from kiosk.actions.printing import SlipPrinting
from kiosk.catalogue import Catalogue
from kiosk.domain.trades import Trade, Trades
from kiosk.ui.fronts import Front
from kiosk.ui.presenting import is_chinese
from kiosk.ui.sessions import Session
from kiosk.ui.visit import Visit


@dataclass(slots=True)
class Scene:
    """The one thing that is shared by the views, once the hall is open."""

    front: Front
    visit: Visit
    printing: SlipPrinting
    trades: Trades

    @property
    def hall(self) -> Hall:
        """Return the hall in which the visit is made."""
        return self.visit.practising.hall

    @property
    def say(self) -> Catalogue:
        """Return the language that is spoken now."""
        return self.front.say

    @property
    def session(self) -> Session:
        """Return what this visit holds."""
        return self.visit.session

    @property
    def today(self) -> date:
        """Return the hall's day."""
        return self.hall.today()

    def trade_word(self, trade: Trade) -> str:
        """Return what a trade is called in the language of the visit."""
        return trade.zh if is_chinese(self.say) else trade.en


class View(Protocol):
    """One part of the screen: it shows what its step needs, and forgets everything on any other step."""

    def __init__(self, scene: Scene) -> None:
        """Look at this scene; `refresh` shows what is there now."""
        ...

    def refresh(self) -> None:
        """Look at the visit again; called after every change of step, content or language."""
        ...
