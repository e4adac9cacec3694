"""What teams ask of storage: which places belong together, and whose is the how-manieth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk.domain.ids import PlacementId, TeamId
from kiosk.domain.teams import TeamPart


class Teams(Protocol):
    """The teams that took places here."""

    def add(self, placement: PlacementId, part: TeamPart) -> None:
        """Note whose team a place belongs to; two on one part of a team is a defect."""
        ...

    def part_of(self, placement: PlacementId) -> TeamPart | None:
        """Return what a place has of a team, None where somebody took it alone."""
        ...

    def places(self, team: TeamId) -> Sequence[PlacementId]:
        """Return the places of a team, the leader's first."""
        ...
