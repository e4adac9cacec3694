"""How long the step that is shown may still wait: seconds that go down, a warning, and an end."""

from __future__ import annotations

from kiosk.ui.journeys import WARN_BEFORE_S, Rule


class Countdown:
    """The seconds of one step. It reads no clock: `tick` is told the time, about once a second."""

    def __init__(self, rule: Rule) -> None:
        """Begin with the step of this rule."""
        self._rule = rule
        self._last_tick_s: float | None = None
        self.seconds_left = rule.timeout_s

    def begin(self, rule: Rule) -> None:
        """Another step is shown: it has its own time."""
        self._rule = rule
        self.seconds_left = rule.timeout_s

    def begin_again(self) -> None:
        """Give the step its whole time again."""
        self.seconds_left = self._rule.timeout_s

    def shorten(self, seconds: int) -> None:
        """Leave the step no more than so many seconds; one that has fewer, or no end, stays as it is."""
        if self.seconds_left is not None:
            self.seconds_left = min(self.seconds_left, seconds)

    def tick(self, monotonic_s: float) -> bool:
        """Count down to this monotonic second; return whether a number on the screen is another one now."""
        last_s, self._last_tick_s = self._last_tick_s, monotonic_s
        if last_s is None or self.seconds_left is None:
            return False
        whole_seconds = int(monotonic_s) - int(last_s)
        if whole_seconds <= 0:
            return False
        self.seconds_left = max(0, self.seconds_left - whole_seconds)
        return True

    @property
    def seconds_given(self) -> int:
        """Return how long the step waits in all, as far as it is shown; 0 where its seconds are not."""
        return self._rule.timeout_s or 0 if self._rule.counts else 0

    @property
    def is_over(self) -> bool:
        """Return whether the step's time is up."""
        return self.seconds_left == 0

    @property
    def is_warning(self) -> bool:
        """Return whether the end is so near that the idle overlay covers the step."""
        left = self.seconds_left
        return self._rule.warns and left is not None and left <= WARN_BEFORE_S
