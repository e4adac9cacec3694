"""Runs beside the screen what takes too long in front of it, once, and keeps how it ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Opening(Generic[Made]):
    """One thread with one task; `start` and `result` belong to the thread that made it."""

    def __init__(self, make: Callable[[], Made], on_end: Callable[[], None]) -> None:
        """Keep the task; `on_end` is called in its thread when it has ended, well or not."""
        self._make = make
        self._on_end = on_end
        self._made: Made | None = None
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="opening")

    def start(self) -> None:
        """Begin; a second call changes nothing."""
        if self._thread.ident is None:
            self._thread.start()

    def result(self) -> Made | None:
        """Wait and return what was made, None when it never began; raise what the task raised."""
        if self._thread.ident is not None:
            self._thread.join()
        if self._fault is not None:
            raise self._fault
        return self._made

    def _run(self) -> None:
        try:
            self._made = self._make()
        except BaseException as fault:  # noqa: BLE001 - raised again by `result`, where somebody can answer it
            self._fault = fault
        self._on_end()
