"""Who is called next: decided from what is written down, so that a morning recomputes to the same result.

First comes who came to the hall first, by the agreed clock; who may not take the job is passed over, and
the inputs say why. Nobody is called where no number is left to keep for him. The rule reads nothing but its
inputs; those are kept with every decision, beside `ORDER_VERSION`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.ids import SignUpId
from kiosk.domain.orders import Turn

ORDER_VERSION = 1
"""Changes when the rule does, so that an older morning is judged by the rule of its day."""


ABSENT = "absent"
"""Who let an offered place go by is not offered one again before he is seen in the hall."""
TWICE = "twice"
"""Who stands in a line under two registrations is called by the one that comes first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who waits; `blocked_by` is what stands against calling him now, empty where nothing does.

    That is the name of a rule of eligibility, `ABSENT`, or `TWICE`.
    """

    sign_up: SignUpId
    queue_number: str
    turn: Turn
    blocked_by: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """All that a call is decided by: who waits, and how many numbers lie here free, and promised already.

    Of a long line only those up to the one who is called, and some behind him, are written down; `behind`
    counts the others, none of whom can come before him.
    """

    free: int
    kept: int
    candidates: tuple[Candidate, ...]
    behind: int = 0

    @property
    def has_room(self) -> bool:
        """Return whether a number is left to keep for somebody."""
        return self.free > self.kept


class Why(StrEnum):
    """Why somebody in the line was called, or not."""

    CALLED = "called"
    BLOCKED = "blocked"
    NO_ROOM = "no_room"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to “why not me?”: `rule` names what blocked him, `called` who was called in his place.

    `before` is how many stood before him, whoever was called in his place among them; where he is not
    written down, being one of those behind, it is how many did at least.
    """

    why: Why
    rule: str = ""
    called: Candidate | None = None
    before: int = 0
    is_written: bool = True


def choose(choice: Choice) -> Candidate | None:
    """Return who is called next, None where nobody can be."""
    if not choice.has_room:
        return None
    return next((item for item in _in_order(choice) if not item.blocked_by), None)


def why(choice: Choice, whom: SignUpId) -> Answer:
    """Return why somebody who waited then was called or not; from the inputs alone."""
    line = _in_order(choice)
    chosen = choose(choice)
    asked = next((item for item in line if item.sign_up == whom), None)
    if asked is None:
        return Answer(Why.LATER if chosen else Why.NO_ROOM, "", chosen, len(line), is_written=False)
    before = line.index(asked)
    if asked == chosen:
        return Answer(Why.CALLED, called=chosen, before=before)
    if asked.blocked_by:
        return Answer(Why.BLOCKED, asked.blocked_by, chosen, before)
    return Answer(Why.NO_ROOM if chosen is None else Why.LATER, "", chosen, before)


def _in_order(choice: Choice) -> Sequence[Candidate]:
    return sorted(choice.candidates, key=lambda item: item.turn)
