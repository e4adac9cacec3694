"""Collects what a print minder says, in its own thread; tests wait on what they expect, never on time."""

from __future__ import annotations

import threading

from kiosk.actions.printing import PrintNews, PrintStage
from kiosk.domain.ids import PaperNumber, SlipNumber

PATIENCE_S = 60.0


class NewsBook:
    """A subscriber of a print minder."""

    def __init__(self) -> None:
        self._all: list[PrintNews] = []
        self._arrived = threading.Condition()

    def __call__(self, news: PrintNews) -> None:
        with self._arrived:
            self._all.append(news)
            self._arrived.notify_all()

    def of(self, slip: SlipNumber | PaperNumber) -> list[PrintNews]:
        """Return all news of one slip."""
        with self._arrived:
            return [news for news in self._all if news.slip == slip]

    def stages(self, slip: SlipNumber | PaperNumber) -> list[PrintStage]:
        """Return the stages a slip went through, repeats left out."""
        stages: list[PrintStage] = []
        for news in self.of(slip):
            if not stages or stages[-1] is not news.stage:
                stages.append(news.stage)
        return stages

    def wait_for(self, slip: SlipNumber | PaperNumber, *stages: PrintStage, count: int = 1) -> PrintNews:
        """Wait until `count` news of one of these stages have come, and return the last of them."""

        def found() -> list[PrintNews]:
            return [news for news in self._all if news.slip == slip and news.stage in stages]

        with self._arrived:
            assert self._arrived.wait_for(lambda: len(found()) >= count, PATIENCE_S), f"only {self._all}"
            return found()[count - 1]

    def ending(self, slip: SlipNumber | PaperNumber) -> PrintStage:
        """Wait until it is known what became of a slip."""
        ends = (PrintStage.PRINTED, PrintStage.UNCERTAIN, PrintStage.NOT_SENT)
        return self.wait_for(slip, *ends).stage
