"""A team (班组): people who go with one leader, on numbers that stand next to one another, or on none.

Which numbers they get is decided by what lies here free alone, so that it can be asked again later: the
lowest run that is long enough, of the job's places and of the coach's seats. Of numbers that are kept for
people who were called only how many there are counts, not which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.domain.ids import QuotaId, TeamId
from kiosk.domain.orders import OrderKey, Turn
from kiosk.domain.placements import SpentNumber
from kiosk.domain.quotas import NumberSet

TEAM_VERSION = 1
"""Changes when the rule does, so that an older morning is judged by the rule of its day."""
LEAST_MEMBERS = 2
MOST_MEMBERS = 10
"""So many names can be read on one screen; a larger group goes as two teams."""


@dataclass(frozen=True, slots=True)
class TeamPart:
    """What one member's place or place in a line has of his team; nobody else is named in it.

    `nth` is 1 for the leader, and `of` counts the members.
    """

    team: TeamId
    nth: int
    of: int

    @property
    def is_leader(self) -> bool:
        """Return whether this is the one who leads."""
        return self.nth == 1


@dataclass(frozen=True, slots=True)
class Stock:
    """The numbers of one quota that lie here free; so many of them are kept for people who were called."""

    quota: QuotaId
    free: NumberSet
    kept: int = 0

    @property
    def most(self) -> int:
        """Return how many people can have adjacent numbers of it."""
        return max(0, min(self.free.longest_run, len(self.free) - self.kept))


def most_together(stocks: Sequence[Stock]) -> int:
    """Return the largest team that finds adjacent numbers of every quota."""
    return min((stock.most for stock in stocks), default=0)


def lacking(stocks: Sequence[Stock], people: int) -> Mapping[QuotaId, int]:
    """Return of each quota that has no room for all how many numbers would have to lie here.

    What lies in pieces, or is kept for others, serves nobody of the team: as many more as it counts beyond
    those who find room. Numbers that come are the lowest there are, so they mostly lie side by side.
    """
    return {of.quota: len(of.free) + people - of.most for of in stocks if of.most < people}


def adjacent(stocks: Sequence[Stock], people: int) -> Sequence[tuple[SpentNumber, ...]] | None:
    """Return each member's numbers in turn, one of every quota; None where not all find adjacent ones."""
    if people > most_together(stocks):
        return None
    runs = [(stock.quota, run) for stock in stocks if (run := stock.free.first_run(people)) is not None]
    return [
        tuple(SpentNumber(quota, run.ranges[0].first + nth) for quota, run in runs) for nth in range(people)
    ]


def turns_together(own: Sequence[OrderKey]) -> list[Turn]:
    """Return the turns of people who stand in a line as one: all of them where the last of them came.

    Nobody who came before the last of them is overtaken, and nobody stands between them.
    """
    last = max(own)
    return [Turn(last, 0, key) for key in own]
