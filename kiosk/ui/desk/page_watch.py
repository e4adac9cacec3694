"""Watching a page that is no slip on its way to paper, until there is something to say of it."""

from __future__ import annotations

from kiosk.actions.device_ports import TestPage
from kiosk.domain.slips import SlipState
from kiosk.ui.desk.scene import DeskScene

PAGE_LAMPS = {
    SlipState.QUEUED: "waiting",
    SlipState.SENDING: "now",
    SlipState.PRINTED: "ok",
    SlipState.UNCERTAIN: "unknown",
    SlipState.VOID: "stop",
}
"""How each state of a page is drawn."""
_ON_ITS_WAY = {SlipState.QUEUED, SlipState.SENDING}


class PageWatch:
    """The page that was asked for last, while nothing is known of its end."""

    def __init__(self, scene: DeskScene) -> None:
        """Wait for nothing."""
        self._scene = scene
        self._page = ""

    @property
    def is_waiting(self) -> bool:
        """Return whether a page is on its way."""
        return bool(self._page)

    def begin(self, page: str) -> None:
        """Wait for a page by its id in the journal."""
        self._page = page

    def forget(self) -> None:
        """Wait for nothing any more."""
        self._page = ""

    def ended(self) -> TestPage | None:
        """Return the page once its end is known, and wait for nothing from then on."""
        if not self._page:
            return None
        with self._scene.hall.store.reading() as records:
            page = records.devices.test_page(self._page)
        if page is None or page.state in _ON_ITS_WAY:
            return None
        self._page = ""
        return page
