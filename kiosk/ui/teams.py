"""A team at the screen: who laid a card down, what the last card meant, and what became of their papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk.actions.printing import PrintStage
from kiosk.actions.recognise import Recognition
from kiosk.actions.take_together import TakenTogether
from kiosk.domain.ids import JobId, WorkerId
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp

ENDS = frozenset({PrintStage.PRINTED, PrintStage.UNCERTAIN, PrintStage.NOT_SENT})
"""Behind these a printer says no more of a paper that nobody hands in again."""


@dataclass(frozen=True, slots=True)
class Member:
    """One who goes along: by masked name and called number; `met` holds nothing of his card any more."""

    met: Recognition
    name: str
    queue_number: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the last card meant, led by its lamp; `name` is masked, and empty where nobody is known.

    A reason (`is_reason`) is said while that card lies there, and no longer.
    """

    lamp: str
    name: str
    head: Sentence
    notes: tuple[Sentence, ...] = ()
    is_reason: bool = False


@dataclass(slots=True)
class OpenTeam:
    """A team that gathers for one job, the leader first; it is forgotten with the visit's session.

    `room` is how many would find adjacent numbers, `signed` where they stand once they joined a line, `taken`
    what they have; `stages` is what the printer said last of each of their papers.
    """

    job: JobId
    members: list[Member]
    is_for_line: bool = False
    said: Said | None = None
    room: int = 0
    signed: Sequence[SignUp] = ()
    taken: TakenTogether | None = None
    stages: dict[str, PrintStage] = field(default_factory=dict)

    @property
    def recognitions(self) -> list[Recognition]:
        """Return everybody as the actions know them, the leader first."""
        return [member.met for member in self.members]

    @property
    def papers(self) -> list[str]:
        """Return the numbers of all papers: the slip of each, and the list."""
        if self.taken is None:
            return []
        return [*(item.slip for item in self.taken.placements), self.taken.paper]

    @property
    def is_printed(self) -> bool:
        """Return whether every paper is in hand."""
        return all(self.stages.get(number) is PrintStage.PRINTED for number in self.papers)

    @property
    def is_over(self) -> bool:
        """Return whether the printer has said its last word of every paper."""
        return all(self.stages.get(number) in ENDS for number in self.papers)

    def has(self, worker: WorkerId) -> bool:
        """Return whether somebody is in the team."""
        return any(member.met.worker == worker for member in self.members)
