"""What the door of a coach says to whoever shows a paper or a card: one rule over what is known by then.

| asked in this order | answer |
| --- | --- |
| is the paper one of ours? | not genuine |
| is this device the door of the coach? | the door is elsewhere |
| does the door still let anybody in? | the coach is gone |
| is he in this coach already? | already aboard |
| is his place still his? | void |
| does he go with this coach? | another coach, or none at all |
| is the card his? | somebody else's card |
| has he held the class his work asks for (EDU-01)? | no class |
| is a seat left (TRIP-01)? | full |
| | welcome |

Nothing here can be overruled at the door. Whoever goes with another coach is never let into this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kiosk.domain.trips import Trip, small_number

LONGEST_AHEAD = timedelta(days=62)
"""A slip is taken at most so long before its coach; a number that looks like it is one of another year."""


class Answer(StrEnum):
    """What the door says."""

    NOT_GENUINE = "not_genuine"
    ELSEWHERE = "elsewhere"
    GONE = "gone"
    ALREADY_ABOARD = "already_aboard"
    VOID = "void"
    WRONG_COACH = "wrong_coach"
    NOT_LISTED = "not_listed"
    OTHERS_CARD = "others_card"
    NOT_TAUGHT = "not_taught"
    FULL = "full"
    WELCOME = "welcome"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the answer depends on. `goes_here` None is somebody who goes with no coach that is known."""

    is_here: bool
    is_closed: bool
    is_aboard: bool
    is_void: bool
    goes_here: bool | None
    is_his_card: bool
    is_taught: bool
    aboard: int
    seats: int


def answer(facts: Facts) -> Answer:
    """Return what the door says to a genuine paper, or to a card; see the table above."""
    asked = (
        (not facts.is_here, Answer.ELSEWHERE),
        (facts.is_closed, Answer.GONE),
        (facts.is_aboard, Answer.ALREADY_ABOARD),
        (facts.is_void, Answer.VOID),
        (facts.goes_here is None, Answer.NOT_LISTED),
        (facts.goes_here is False, Answer.WRONG_COACH),
        (not facts.is_his_card, Answer.OTHERS_CARD),
        (not facts.is_taught, Answer.NOT_TAUGHT),
        (facts.aboard >= facts.seats, Answer.FULL),
    )
    return next((said for applies, said in asked if applies), Answer.WELCOME)


def is_of_this_time(coach: Trip, slip_day: date) -> bool:
    """Return whether a slip of that day can be for this coach: its number says no year."""
    return slip_day <= coach.day <= slip_day + LONGEST_AHEAD


def is_meant(coach: Trip, trip_no: int, day: date, station: str) -> bool:
    """Return whether a code that names a coach by day and number means this one.

    A slip names the first day of work; a coach may leave for it the evening before.
    """
    leaves_for = {coach.day, coach.day + timedelta(days=1)}
    return coach.station == station and trip_no == small_number(coach.label) != 0 and day in leaves_for
