"""A sentence for a person, named by its key in the catalogue and its arguments; the words live elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sentence:
    """What to say: a catalogue key such as `rules.age01.block` and the values its placeholders take."""

    key: str
    args: Mapping[str, str | int | float] = field(default_factory=dict)
