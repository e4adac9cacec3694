"""Numbers of law and locality: each has a source and a day it takes effect; the bureau delivers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of one key. `value` is text; `unit` says what it counts; `source` names the document."""

    key: str
    value: str
    unit: str
    source: str
    effective_from: date


class MissingParameter(LookupError):
    """A rule asked for a number that nobody has delivered; the rule must refuse rather than guess."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """The values in force on one day."""

    values: Mapping[str, Parameter]

    def whole(self, key: str) -> int:
        """Return a whole number; raises MissingParameter when the key was never delivered."""
        return int(self.text(key))

    def text(self, key: str) -> str:
        """Return a text; raises MissingParameter when the key was never delivered."""
        return self.of(key).value

    def of(self, key: str) -> Parameter:
        """Return the parameter itself, for showing its source beside a decision."""
        try:
            return self.values[key]
        except KeyError:
            raise MissingParameter(key) from None


def in_force(all_known: list[Parameter], day: date) -> Parameters:
    """Return, for each key, the newest value whose day has come."""
    chosen: dict[str, Parameter] = {}
    for item in sorted(all_known, key=lambda known: known.effective_from):
        if item.effective_from <= day:
            chosen[item.key] = item
    return Parameters(chosen)
