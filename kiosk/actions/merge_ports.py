"""What knowing one person under several registrations needs of storage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk.domain.ids import MergeId, WorkerId
from kiosk.domain.merges import Merge


class Merges(Protocol):
    """Which registrations are one person.

    Every other port that is asked about a person answers for all of his registrations.
    """

    def ids_of(self, worker: WorkerId) -> tuple[WorkerId, ...]:
        """Return every registration of a person, this one first; it alone where nobody was merged."""
        ...

    def of(self, worker: WorkerId) -> Sequence[Merge]:
        """Return what joins the registrations of a person, the newest first."""
        ...

    def shown_as(self, worker: WorkerId) -> WorkerId:
        """Return the registration that stands for a person."""
        ...

    def by_id(self, of: MergeId) -> Merge | None:
        """Return a merge that stands; None for one that is undone, or unknown."""
        ...

    def add(self, made: Merge) -> None: ...
    def undo(self, of: MergeId) -> None:
        """Let a merge count no more: each registration is again what it was alone."""
        ...
