"""How a program ends that the world has failed: with one sentence in two languages instead of a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable

from kiosk import catalogue
from kiosk.actions.faults import Refused, WorldFault

EXIT_WORLD = 2
"""Something outside failed, and the sentence on standard error says what to do."""


def told(command: Callable[[], int | None]) -> int:
    """Run a command and return its exit code; a failing world is told and gives EXIT_WORLD."""
    try:
        return command() or 0
    except (WorldFault, Refused) as fault:
        key, args = fault.sentence.key, fault.sentence.args
        for language in catalogue.LANGUAGES:
            sys.stderr.write(catalogue.load(language)(key, **args) + "\n")
        return EXIT_WORLD
