"""What codes, identifiers and instants are called in the lines of a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.catalogue import SOURCE_LANGUAGE
from kiosk.domain.clock import hall_day, hall_time
from kiosk.domain.identity import age_on
from kiosk.domain.trades import Trades
from kiosk.ledgers.tables import Sentences


@dataclass(frozen=True, slots=True)
class Words:
    """What codes and identifiers are called in the language of the table."""

    tr: Sentences
    trades: Trades
    staff: Mapping[str, str]
    courses: Mapping[str, str]

    @property
    def is_chinese(self) -> bool:
        """Return whether words are those of the source language."""
        return self.tr.language == SOURCE_LANGUAGE

    def trade(self, key: str) -> str:
        """Return what a trade is called, its key where nobody knows it."""
        known = self.trades.by_key.get(key)
        if known is None:
            return key
        return known.zh if self.is_chinese else known.en

    def member(self, of: str) -> str:
        """Return the name of a member of staff, also of one who has left; empty for nobody."""
        return self.staff.get(of, self.tr("desk.audit.former")) if of else ""


def hall_moment(instant: datetime) -> datetime:
    """Return the hall's own time without zone, as it stands in a cell."""
    return hall_time(instant).replace(tzinfo=None)


def moment_or_empty(instant: datetime | None) -> datetime | str:
    """Return the same of an instant that may be unknown."""
    return "" if instant is None else hall_moment(instant)


def day_or_empty(day: date | None) -> str:
    """Return a day as it stands in a cell."""
    return "" if day is None else day.isoformat()


def age_at(birth_date: date | None, at: datetime) -> int | str:
    """Return how old somebody was at an instant, empty where nobody may know."""
    return "" if birth_date is None else age_on(birth_date, hall_day(at))
