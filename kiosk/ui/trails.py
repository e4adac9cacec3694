"""Which step is shown, how it was reached, and how long it may wait."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.ui.countdown import Countdown
from kiosk.ui.journeys import Rule, Step


class Trail:
    """The steps behind the one that is shown: back leads over them, and every step has its own time."""

    def __init__(self, rule_of: Callable[[Step], Rule]) -> None:
        """Stand at home; `rule_of` tells what holds on a step when it is reached."""
        self.step = Step.HOME
        self._rule_of = rule_of
        self.countdown = Countdown(rule_of(self.step))
        self._behind: list[Step] = []

    def show(self, step: Step) -> None:
        """Begin a new stretch of the way here: nothing lies behind this step."""
        self._behind.clear()
        self._stand(step)

    def forward(self, step: Step) -> None:
        """Go on; back leads to the step that is left."""
        if step is not self.step:
            self._behind.append(self.step)
        self._stand(step)

    def turn(self, step: Step) -> None:
        """Go on to a step that stands in the place of this one: back leads where it led before."""
        self._stand(step)

    def back(self, start: Step) -> None:
        """Go one step back; where nothing lies behind, to the start of the stretch."""
        self._stand(self._behind.pop() if self._behind else start)

    def _stand(self, step: Step) -> None:
        self.step = step
        self.countdown.begin(self._rule_of(step))
