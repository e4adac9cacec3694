"""What happens between signing up for a job and taking its place: the line, the calls, the talk."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal

from kiosk.messages.events.body import EventBody
from kiosk.messages.events.teams import TeamPoint
from kiosk.messages.wire import Wire


class OrderPoint(Wire):
    """A place in the order of the day."""

    day: date
    arrived_at: datetime
    kiosk: str
    sequence: int


class TurnPoint(Wire):
    """Whose turn it is in a line: somebody's place in the order of the day, and so many steps behind it."""

    at: OrderPoint
    shift: int


class SignedUp(EventBody):
    """A person signed up for a job, and waits to be called; `own` is his place in the order of the day.

    `turn` is where he stands instead, in the line of people who signed up together (`team`).
    """

    type: ClassVar[str] = "signed_up"
    sign_up: str
    worker: str
    job: str
    job_version: int
    way: Literal["talk", "place"]
    queue_number: str
    own: OrderPoint
    turn: TurnPoint | None = None
    team: TeamPoint | None = None


class SignUpCalled(EventBody):
    """Who waited was called to `spot`, and the kiosk `held_at` keeps a number for him.

    `answer_by` is when the next one is called, None where an attendant calls. `decision` names what that
    kiosk keeps of the inputs, `order_version` the rule that chose.
    """

    type: ClassVar[str] = "sign_up_called"
    sign_up: str
    worker: str
    nth: int
    spot: str
    held_at: str
    answer_by: datetime | None
    actor: str
    decision: str
    order_version: int


class SignUpMissed(EventBody):
    """Who was called did not come; he waits again, in this turn."""

    type: ClassVar[str] = "sign_up_missed"
    sign_up: str
    worker: str
    calls: int
    turn: TurnPoint
    actor: str


class SignUpMoved(EventBody):
    """An attendant moved somebody in the line by hand, and said why."""

    type: ClassVar[str] = "sign_up_moved"
    sign_up: str
    worker: str
    turn: TurnPoint
    reason: str
    actor: str


class TalkBegun(EventBody):
    """Who was called sat down at the table."""

    type: ClassVar[str] = "talk_begun"
    sign_up: str
    worker: str
    actor: str


class TalkAgreed(EventBody):
    """The employer said yes at the table, as an attendant heard; the worker's own yes takes the place."""

    type: ClassVar[str] = "talk_agreed"
    sign_up: str
    worker: str
    actor: str


class SignUpEnded(EventBody):
    """Somebody left the line without a place; `actor` is empty where he did so himself."""

    type: ClassVar[str] = "sign_up_ended"
    sign_up: str
    worker: str
    reason: str
    actor: str
