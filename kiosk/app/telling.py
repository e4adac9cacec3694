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

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_NOT_OURS = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG}
)
"""What is wrong with a path that somebody named, and not with the program that went there."""


def told(command: Callable[[], int | None]) -> int:
    """Run a command and return its exit code; a failing world is told and gives EXIT_WORLD."""
    try:
        return command() or 0
    except (WorldFault, Refused) as fault:
        sentence = fault.sentence
    except OSError as fault:
        found = _sentence_of(fault)
        if found is None:
            raise
        sentence = found
    for language in catalogue.LANGUAGES:
        sys.stderr.write(catalogue.load(language)(sentence.key, **sentence.args) + "\n")
    return EXIT_WORLD


def _sentence_of(fault: OSError) -> Sentence | None:
    """Return what a person can do about it, None where it is our own mistake."""
    if fault.errno in _FULL:
        return Sentence("cli.disk_full")  # nobody is told which of the open files it was
    if fault.errno in _NOT_OURS and fault.filename is not None:
        return Sentence("cli.bad_path", {"path": str(fault.filename), "cause": fault.strerror or ""})
    return None
