"""How a program ends that the world has failed: with one sentence in two languages instead of a traceback."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable

from kiosk import catalogue
from kiosk.actions.faults import Refused, WorldFault
from kiosk.domain.sentences import Sentence

EXIT_WORLD = 2
"""Something outside failed, and the sentence on standard error says what to do."""

_NOT_OURS = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.ENOSPC, errno.ENAMETOOLONG}
)
"""What is wrong with a path that somebody named, and not with the program that went there."""


def told(command: Callable[[], int | None]) -> int:
    """Run a command and return its exit code; a failing world is told and gives EXIT_WORLD."""
    try:
        return command() or 0
    except (WorldFault, Refused) as fault:
        sentence = fault.sentence
    except OSError as fault:
        if fault.errno not in _NOT_OURS or fault.filename is None:
            raise
        sentence = Sentence("cli.bad_path", {"path": str(fault.filename), "cause": fault.strerror or ""})
    for language in catalogue.LANGUAGES:
        sys.stderr.write(catalogue.load(language)(sentence.key, **sentence.args) + "\n")
    return EXIT_WORLD
