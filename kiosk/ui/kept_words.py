"""Reasons are kept in the hall's own words; whoever reads another language is told them in his."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kiosk.catalogue import SOURCE_LANGUAGE, load
from kiosk.ui.presenting import Say

_OFFERED = re.compile(
    r".+\.reason\.|outing\.exception\.|incident\.(outcome|done)\.|return\.stay\.|shift\.note\."
)
"""The keys of what the desk offers to choose from where it asks why, what was done or what is to be known."""


def retold(say: Say, words: str) -> str:
    """Return kept words in the language of `say` where they were chosen, else just as somebody keyed them."""
    key = _keys().get(words)
    return say(key) if key else words


@cache
def _keys() -> Mapping[str, str]:
    """Return the key of each sentence that is offered; of two with the same words the first will do."""
    offered = load(SOURCE_LANGUAGE).sentences
    return {offered[key]: key for key in sorted(offered, reverse=True) if _OFFERED.match(key)}
