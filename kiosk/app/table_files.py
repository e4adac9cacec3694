"""A table's files, made in a process of their own: what writes them is large, and its memory goes with it."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress

from kiosk.actions.export_ledger import Export
from kiosk.actions.faults import WorldFault
from kiosk.actions.stick_errands import ExportStep, Tally
from kiosk.domain.sentences import Sentence
from kiosk.ledgers.handing import Unpacking, told

_SILENT_S = 60.0
"""A process that takes nothing in and says nothing for so long is given up."""
_LOOK_S = 0.2
"""So often it is asked whether somebody stopped the export."""
_BITE = 1 << 16


def nobody_hears(_step: ExportStep, _done: int, _total: int) -> None:
    """Hear nothing."""


def table_files(export: Export, tally: Tally = nobody_hears) -> dict[str, bytes]:
    """Return the contents of an export's files by their names. Raises WorldFault, and what `tally` raises.

    Rows go to the process as they are read, so never all are held here; whatever ends this ends the process.
    """
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "kiosk.ledgers"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        try:
            files = _made(process, export, tally)
        finally:
            _end(process)
    except (OSError, ValueError) as error:
        raise WorldFault(Sentence("ledger.not_made")) from error
    return {f"{export.stem}.{ending}": content for ending, content in files.items()}


def _made(process: subprocess.Popen[bytes], export: Export, tally: Tally) -> dict[str, bytes]:
    flow, heard = export.make(), Unpacking()
    read, is_read = 0, False

    def lines() -> Iterator[bytes]:
        nonlocal read, is_read
        for rows, line in told(flow):
            read += rows
            yield line
        is_read = True

    def look() -> None:
        if is_read:
            tally(ExportStep.WRITING, heard.done, max(read, 1))
        else:
            tally(ExportStep.READING, read, max(export.lines, read))

    with closing(flow.rows):
        for piece in _pumped(process, lines(), look):
            heard.hear(piece)
    return heard.files()


def _pumped(
    process: subprocess.Popen[bytes], lines: Iterator[bytes], look: Callable[[], None]
) -> Iterator[bytes]:
    """Tell a process lines while it speaks, and yield what it says until its end."""
    assert process.stdin is not None
    assert process.stdout is not None
    ear, mouth = process.stdin.fileno(), process.stdout.fileno()
    os.set_blocking(ear, False)
    unsaid, moved_s = memoryview(b""), time.monotonic()
    is_open = True
    while True:
        speaks, hears, _ = select.select([mouth], [ear] if is_open else [], [], _LOOK_S)
        look()
        if speaks:
            piece = os.read(mouth, _BITE)
            if not piece:
                return
            yield piece
        if hears:
            unsaid = unsaid or memoryview(next(lines, b""))
            if unsaid:
                unsaid = unsaid[os.write(ear, unsaid) :]
            else:
                process.stdin.close()
                is_open = False
        if speaks or hears:
            moved_s = time.monotonic()
        elif time.monotonic() - moved_s > _SILENT_S:
            raise TimeoutError("the process neither takes nor gives anything")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing of the process behind, wherever it was."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
