"""What a worker said about the money of a place that is over."""

from __future__ import annotations

from typing import ClassVar, Literal

from kiosk.messages.events.body import EventBody


class PayAnswered(EventBody):
    """A worker was asked after payday and said what came: all of it, a part, nothing.

    It names nobody but by the pseudonym, as the placement does, so nothing in it is sealed.
    """

    type: ClassVar[str] = "pay_answered"
    placement: str
    worker: str
    answer: Literal["full", "partial", "none"]
