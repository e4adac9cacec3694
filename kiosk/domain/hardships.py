"""Why somebody is helped first: the kinds of hardship an attendant verifies from a paper.

Sources: 人社部发〔2022〕38号 and its local versions name those who wait long, have a low income, are disabled
or older, and whoever is recognised as hard to place. Being one of them lifts a person and never lowers one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Hardship(StrEnum):
    """The kinds by which help is ordered."""

    LONG_WAIT = "long_wait"
    LOW_INCOME = "low_income"
    DISABLED = "disabled"
    OLDER = "older"
    HARD_TO_PLACE = "hardship"


@dataclass(frozen=True, slots=True)
class HeldHardship:
    """A kind whose paper an attendant saw; `valid_until` is the last local day it counts, None for no end."""

    kind: Hardship
    valid_until: date | None

    def is_valid_on(self, day: date) -> bool:
        """Return whether it still counts on that day."""
        return self.valid_until is None or day <= self.valid_until
