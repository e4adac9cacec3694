"""What ties the entries of people who go together; each entry still tells of one person only."""

from __future__ import annotations

from pydantic import Field

from kiosk.messages.wire import Wire


class TeamPoint(Wire):
    """Whose team a place or a sign-up belongs to: its `nth` member of so many, 1 for the leader."""

    team: str
    nth: int = Field(ge=1)
    of: int = Field(ge=1)
