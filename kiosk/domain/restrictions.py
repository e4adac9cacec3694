"""Restricting use (限制使用): what consent allowed stays kept, but is not used until the person says so.

Kiosks in the dark may each be told something. No clock decides between them: every word counts the words
known before it, and of two that know as much the one that restricts holds (个人信息保护法 44).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Restriction:
    """Whether use is restricted; `step` counts what the person ever said of it, 0 where he said nothing."""

    is_restricted: bool = False
    step: int = 0

    def said(self, *, is_restricted: bool) -> Restriction:
        """Return what holds when the person says so now."""
        return Restriction(is_restricted, self.step + 1)


def later_of(one: Restriction, other: Restriction) -> Restriction:
    """Return which of two words holds."""
    return max(one, other, key=lambda said: (said.step, said.is_restricted))


def stricter_of(said: Iterable[Restriction]) -> Restriction:
    """Return what holds for one person who was registered several times: whatever restricts any of them."""
    every = list(said)
    return Restriction(
        any(item.is_restricted for item in every), max((item.step for item in every), default=0)
    )
