"""What kept an act from being done, as one sentence for the person who wanted it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.actions.faults import Refused, WorldFault
from kiosk.domain.parameters import MissingParameter
from kiosk.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Setback:
    """`is_lawful` tells a refusal, after which the visit goes on, from a world that failed."""

    sentence: Sentence
    is_lawful: bool


def setback_of(act: Callable[[], None]) -> Setback | None:
    """Run an act and return what went wrong, None when it was done."""
    try:
        act()
    except Refused as refusal:
        return Setback(refusal.sentence, is_lawful=True)
    except WorldFault as fault:
        return Setback(fault.sentence, is_lawful=False)
    except MissingParameter:
        # A kiosk that never heard its bureau has no rules to judge by, so it must not judge.
        return Setback(Sentence("actions.not_ready"), is_lawful=False)
    return None
