"""Which places were taken together, and the lists that name who went."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select

from kiosk.domain.ids import PlacementId, TeamId
from kiosk.domain.papers import PaperKind
from kiosk.domain.teams import TeamPart
from kiosk.statements import Statement
from kiosk.storage.hiring_tables import team_place
from kiosk.storage.paper_tables import paper
from kiosk.storage.tables import placement

_ADD = Statement(insert(team_place), *(column.name for column in team_place.columns))
_PART = Statement(select(team_place).where(team_place.c.placement == bindparam("placement")))
_PLACES = Statement(
    select(team_place.c.placement).where(team_place.c.team == bindparam("team")).order_by(team_place.c.nth)
)


class SqlTeams:
    """The teams of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def add(self, of: PlacementId, part: TeamPart) -> None:
        """Note whose team a place belongs to."""
        values = {"placement": of, "team": part.team, "nth": part.nth, "size": part.of}
        _ADD.run(self._connection, values)

    def part_of(self, of: PlacementId) -> TeamPart | None:
        """Return what a place has of a team."""
        row = _PART.first(self._connection, {"placement": of})
        return None if row is None else TeamPart(TeamId(row.team), row.nth, row.size)

    def places(self, team: TeamId) -> Sequence[PlacementId]:
        """Return the places of a team, the leader's first."""
        return [PlacementId(row.placement) for row in _PLACES.all(self._connection, {"team": team})]


def forget_lists(connection: Connection, people: Sequence[str]) -> None:
    """Forget the lists on which any of these people stand, whoever led them."""
    gone = team_place.alias("gone")
    theirs = (
        select(gone.c.team)
        .join(placement, placement.c.id == gone.c.placement)
        .where(placement.c.worker.in_(people))
    )
    leaders = (
        select(placement.c.worker)
        .join(team_place, team_place.c.placement == placement.c.id)
        .where(team_place.c.nth == 1, team_place.c.team.in_(theirs))
    )
    connection.execute(
        delete(paper).where(paper.c.kind == PaperKind.TEAM_LIST.value, paper.c.worker.in_(leaders))
    )
