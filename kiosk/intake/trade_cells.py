"""The trade in a cell: its name, its key, or any word that people say for it and for no other."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.sentences import Sentence
from kiosk.domain.trades import Trades
from kiosk.intake.cells import BadCell, Written, text_of
from kiosk.ledgers.reading import Given


@dataclass(frozen=True, slots=True)
class TradeName:
    """One trade of the table that comes with the program."""

    trades: Trades

    @property
    def about(self) -> Sentence:
        """Say what may stand there."""
        return Sentence("intake.about.trade")

    def read(self, given: Given) -> str:
        """Return the key of a trade."""
        said = text_of(given)
        if said in self.trades.by_key:
            return said
        meant = [t.key for t in self.trades.by_key.values() if said in (t.zh, t.en, *t.aliases)]
        if len(meant) != 1:
            raise BadCell("intake.cell.no_trade", said=said[:20])
        return meant[0]

    def write(self, value: str) -> Written:
        """Return the name of the trade; one that this version does not know is shown by its key."""
        trade = self.trades.by_key.get(value)
        return trade.zh if trade else value
