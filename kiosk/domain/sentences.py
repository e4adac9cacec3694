"""A sentence for a person, named by its key in the catalogue and its arguments; the words live elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class InEach:
    """What stands in a sentence and has other words in each language, such as a list to choose from."""

    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What to say: a catalogue key such as `rules.age01.block` and the values its placeholders take.

    A day stays a day here: how a day is said is the language's business.
    """

    key: str
    args: Mapping[str, str | int | float | date | InEach] = field(default_factory=dict)
