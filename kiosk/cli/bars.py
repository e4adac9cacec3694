"""How far long work is, drawn for whoever waits at a terminal; a file, a pipe and a mail get none of it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.bureau.progress import Progress, Step, untold
from kiosk.catalogue import load

if TYPE_CHECKING:
    from rich.progress import Progress as Drawing
    from rich.progress import TaskID

_BETWEEN_S = 0.1
"""What is told sooner than this after the last is not drawn: who tells of each row is as fast as before."""


@contextmanager
def bars(language: str) -> Iterator[Progress]:
    """Yield what draws a line for each step on standard error, where that is a terminal.

    A step whose whole is known has a count, a share and the time left. Of another is drawn that it goes on,
    and what is done of it. Where the work fails, its last line stays as it was.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield untold
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Drawing

    drawing = Drawing(
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TextColumn("{task.fields[words].count}", justify="right"),
        TextColumn("{task.fields[words].share}", justify="right"),
        TextColumn("{task.fields[words].time}"),
        TimeRemainingColumn(elapsed_when_finished=True),
        console=Console(file=sys.stderr, force_terminal=True),
        redirect_stdout=False,
        redirect_stderr=False,
    )
    drawn = _Bars(drawing, language)
    with drawing:
        yield drawn.tell
        drawn.end_step()


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands behind a bar: how much of how much, the share, and what the time is that follows."""

    count: str
    share: str
    time: str


class _Bars:
    """A line for each step that was begun; the last one still moves."""

    def __init__(self, drawing: Drawing, language: str) -> None:
        self._drawing, self._say = drawing, load(language)
        self._line: TaskID | None = None
        self._step: Step | None = None
        self._done = 0
        self._of: int | None = None
        self._next_s = 0.0

    def tell(self, step: Step, done: int, of: int | None) -> None:
        """Draw how far a step is; the one before is over then."""
        if of == 0:
            return
        if step is not self._step:
            self.end_step()
            self._step, self._line, self._next_s = step, None, 0.0
        self._done, self._of = done, of
        now = time.monotonic()
        if now >= self._next_s or done == of:
            self._next_s = now + _BETWEEN_S
            self._draw()

    def end_step(self) -> None:
        """Draw that a step is over of which nobody could know how long it would be."""
        if self._line is not None and self._of is None:
            whole = max(self._done, 1)
            words = replace(self._words(), time=self._say("cli.step.took"))
            self._drawing.update(self._line, completed=whole, total=whole, words=words)

    def _draw(self) -> None:
        if self._line is None:
            name = self._say(f"cli.step.{self._step}")
            self._line = self._drawing.add_task(name, total=self._of, words=self._words())
        self._drawing.update(self._line, completed=self._done, total=self._of, words=self._words())

    def _words(self) -> _Words:
        done, of = self._done, self._of
        if of is None:
            return _Words(f"{done:,}" if done else "", "", "")
        time_is = self._say("cli.step.took" if done == of else "cli.step.left")
        # The share is rounded down: all of it only when it is.
        return _Words(f"{done:,}/{of:,}", f"{done * 100 // of}%", time_is)
