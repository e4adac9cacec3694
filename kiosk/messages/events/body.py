"""What every body of a journal entry has."""

from __future__ import annotations

from typing import ClassVar

from kiosk.messages.personal import Sealing
from kiosk.messages.wire import Wire


class EventBody(Wire):
    """What one entry says. `type` and `v` name the schema; within one v fields are only ever added.

    From version 2 on the personal fields of a body travel and lie sealed (`sealing`); those of version 1,
    which older programs wrote, are in clear.
    """

    type: ClassVar[str]
    v: ClassVar[int] = 1
    sealing: ClassVar[Sealing | None] = None

    @property
    def sealed_text(self) -> str:
        """Return the sealed fields, empty where nothing is sealed."""
        return str(getattr(self, "sealed", ""))

    @property
    def sealed_worker(self) -> str:
        """Return whose key seals the personal fields."""
        return str(getattr(self, "worker", ""))

    def blanks(self) -> dict[str, object]:
        """Return what stands in the place of personal fields that nobody can read."""
        return {} if self.sealing is None else dict(self.sealing.blanks)
