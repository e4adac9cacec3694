"""What somebody proved with a paper an attendant saw: hardship, and grades of skill.

Both begin with version 2, the first whose personal fields are sealed: none was ever written in clear.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from kiosk.messages.events.body import EventBody
from kiosk.messages.personal import Kind, Sealing


class HardshipVerified(EventBody):
    """An attendant verified why a person is to be helped first, at that person's wish.

    `actor` is empty where it is given anew, since consent to something else was taken back.
    """

    type: ClassVar[str] = "hardship_verified"
    v: ClassVar[int] = 2
    sealing: ClassVar[Sealing | None] = Sealing(Kind.OPTIONAL, (("kind", ""), ("valid_until", None)))
    worker: str
    kind: str = ""
    valid_until: date | None = None
    actor: str
    sealed: str = ""


class SkillRecorded(EventBody):
    """An attendant saw the paper of a grade in a trade."""

    type: ClassVar[str] = "skill_recorded"
    v: ClassVar[int] = 2
    sealing: ClassVar[Sealing | None] = Sealing(Kind.STATUTORY, (("trade", ""), ("grade", "")))
    worker: str
    trade: str = ""
    grade: str = ""
    actor: str
    sealed: str = ""
