"""Tells the second tap of a trembling finger from a tap that is meant for the page that has just come.

The yellow plate stands in the same place on every page, so a double tap would go two pages, and the second
one may promise something. A tap that follows the last one at once, over another page than that, is not taken.
"""

from __future__ import annotations

from collections.abc import Hashable

AT_ONCE_MS = 400
"""Slower than any double tap, faster than anybody reads a new page."""


class TremblingFinger:
    """Watches presses and releases, each with its time in milliseconds and the page it met."""

    def __init__(self) -> None:
        """Nothing was touched yet."""
        self._released_ms: int | None = None
        self._met: Hashable = None

    def is_second(self, at_ms: int, leaf: Hashable) -> bool:
        """Tell whether this press is an echo of the last tap, which has already brought another page.

        A press without a time (0), as a program may send it, is never an echo.
        """
        since_ms = at_ms - self._released_ms if at_ms and self._released_ms is not None else AT_ONCE_MS
        is_echo = 0 <= since_ms < AT_ONCE_MS and leaf != self._met
        if not is_echo:
            self._met = leaf
        return is_echo

    def release(self, at_ms: int) -> None:
        """Keep when the finger was lifted."""
        self._released_ms = at_ms
