"""Watching a page that is no slip on its way to paper, and saying at the desk what becomes of it."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.domain.slips import SlipState
from kiosk.ui.desk.scene import DeskScene

PAPER_LAMPS = {
    SlipState.QUEUED: "waiting",
    SlipState.SENDING: "now",
    SlipState.PRINTED: "ok",
    SlipState.UNCERTAIN: "unknown",
    SlipState.VOID: "stop",
}
"""How each state of a slip or another page is drawn."""
_ON_ITS_WAY = {SlipState.QUEUED, SlipState.SENDING}


class PageWatch:
    """The page that was asked for last, while nothing is known of its end."""

    def __init__(self, scene: DeskScene, words: Callable[[str], str]) -> None:
        """Wait for nothing; `words` gives the key of what is told: when it is asked for, and at its end."""
        self._scene = scene
        self._words = words
        self._page = ""

    @property
    def is_waiting(self) -> bool:
        """Return whether a page is on its way."""
        return bool(self._page)

    def begin(self, page: str) -> None:
        """Wait for a page by its id in the journal, and say that it was asked for."""
        self._page = page
        self._scene.tell("now", self._scene.say()(self._words("asked")))

    def forget(self) -> None:
        """Wait for nothing any more."""
        self._page = ""

    def watch(self) -> None:
        """Look whether the end of the page is known, and say it once."""
        if not self._page:
            return
        with self._scene.hall.store.reading() as records:
            page = records.devices.test_page(self._page)
        if page is None or page.state in _ON_ITS_WAY:
            return
        self._page = ""
        self._scene.tell(PAPER_LAMPS[page.state], self._scene.say()(self._words(page.state.value)))
