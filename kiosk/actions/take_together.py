"""Take places together: a team on numbers that stand next to one another, all of it or nobody.

It is one transaction. What was decided from which numbers is kept, also where nobody got any. What a team
lacks here is told, so that the next look may find it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from kiosk.actions.board_ports import JobOnBoard
from kiosk.actions.compose_team_list import queued_list
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.hiring_ports import Decision, DecisionKind
from kiosk.actions.keep_decision import decided, keep_of_person
from kiosk.actions.note_refusal import RefusedByRule, note_refusal
from kiosk.actions.ports import Records
from kiosk.actions.recognise import Recognition
from kiosk.actions.sign_up import own_sign_up
from kiosk.actions.take_place import Called, Taker, admitted, hold, line_called, takeable
from kiosk.domain.ids import JobId, PaperNumber, TeamId
from kiosk.domain.placements import Placement
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp
from kiosk.domain.teams import TEAM_VERSION, Stock, TeamPart, adjacent, lacking, most_together
from kiosk.messages.decisions import team_inputs
from kiosk.paper.slips import SecondLanguage


@dataclass(frozen=True, slots=True)
class TakenTogether:
    """The places of a team, its leader's first, and its list; all their papers wait to be printed."""

    team: TeamId
    placements: tuple[Placement, ...]
    paper: PaperNumber


class MemberRefused(Refused):
    """One member may not have what the team wants; with him, nobody got it."""

    def __init__(self, member: Recognition, cause: Refused) -> None:
        """Keep whom it is about; the sentence is the one he would hear alone."""
        super().__init__(cause.sentence)
        self.member = member
        self.cause = cause


class NotTogether(Refused):
    """No run of numbers lies here that is long enough; `most` people would find one."""

    def __init__(self, stocks: Sequence[Stock], people: int) -> None:
        """Keep what lay here."""
        self.stocks = stocks
        self.people = people
        self.most = most_together(stocks)
        super().__init__(Sentence("team.no_run", {"people": people}))


def take_together(
    hall: Hall,
    members: Sequence[Recognition],
    job_id: JobId,
    version: int,
    second_language: SecondLanguage | None = None,
) -> TakenTogether:
    """Take adjacent places, and seats, of exactly the version of the job that everybody saw.

    The first of the members leads. Raises MemberRefused where one of them may not, NotTogether where no run
    of numbers is long enough, and Refused where the job changed; nobody has a place then, and what is kept
    is why.
    """
    with (
        refusals_of_members_noted(hall, job_id),
        _noted(hall, members, job_id),
        line_called(hall, members, job_id) as called,
    ):
        records = called.records
        line = takeable(hall, records, job_id, version)
        refuse_doubled(records, members)
        takers = [_admitted(hall, called, line, met) for met in members]
        stocks = _stocks(hall, records, line, [taker.signed for taker in takers])
        shares = adjacent(stocks, len(members))
        if shares is None:
            raise NotTogether(stocks, len(members))
        team = TeamId(hall.fresh_id())
        taken = tuple(
            hold(hall, records, line, taker, share, second_language, TeamPart(team, nth, len(members)))
            for nth, (taker, share) in enumerate(zip(takers, shares, strict=True), 1)
        )
        records.decisions.add(_decided(hall, members, job_id, stocks, len(members)))
        paper = queued_list(hall, records, taken, second_language)
        records.papers.put(paper)
    return TakenTogether(team, taken, paper.number)


def room_together(hall: Hall, members: Sequence[Recognition], job_id: JobId) -> int:
    """Return how many people would find adjacent numbers here now, 0 where the job is gone.

    Where not all of them would and there are places elsewhere, the bureau is asked for what they lack.
    """
    with hall.store.reading() as records:
        line = records.board.published(job_id, hall.now())
        if line is None:
            return 0
        own = [own_sign_up(hall, records, met, job_id) for met in members]
        stocks = _stocks(hall, records, line, own)
    if line.open_here < line.open_places and (more := lacking(stocks, len(members))):
        hall.lacking(more)
    return most_together(stocks)


def refuse_doubled(records: Records, members: Sequence[Recognition]) -> None:
    """Refuse a team in which somebody stands twice, under whichever registration."""
    for nth, met in enumerate(members):
        his = records.merges.ids_of(met.worker)
        if any(other.worker in his for other in members[:nth]):
            raise MemberRefused(met, Refused(Sentence("team.said.again")))


@contextmanager
def refusals_of_members_noted(hall: Hall, job: JobId) -> Iterator[None]:
    """Note what a rule refuses one member inside, once the transaction was rolled back."""
    try:
        yield
    except MemberRefused as refused:
        if isinstance(refused.cause, RefusedByRule):
            note_refusal(hall, refused.member, job, refused.cause.judgement)
        raise


@contextmanager
def _noted(hall: Hall, members: Sequence[Recognition], job: JobId) -> Iterator[None]:
    """Note what lay here when a team found no room together; the same again on one day is kept once."""
    try:
        yield
    except NotTogether as refused:
        decision = _decided(hall, members, job, refused.stocks, 0)
        with hall.store.writing() as records:
            keep_of_person(records, decision, members[0].worker)
        raise


def _admitted(hall: Hall, called: Called, line: JobOnBoard, met: Recognition) -> Taker:
    try:
        return admitted(hall, called, line, met)
    except Refused as refused:
        raise MemberRefused(met, refused) from refused


def _stocks(
    hall: Hall, records: Records, line: JobOnBoard, signed: Sequence[SignUp | None]
) -> Sequence[Stock]:
    """Return what lies here for a team; what is kept for its own members is theirs."""
    here = hall.identity.kiosk
    own = sum(item is not None and item.held_at == here for item in signed)
    kept = records.sign_ups.kept_at(here)
    return [Stock(of, records.rights.free(of), max(0, kept.get(of, 0) - own)) for of in line.quotas]


def _decided(
    hall: Hall, members: Sequence[Recognition], job: JobId, stocks: Sequence[Stock], went: int
) -> Decision:
    inputs, leader = team_inputs(stocks, len(members)), members[0].worker
    return decided(hall, DecisionKind.TEAM, job, TEAM_VERSION, inputs, str(went), leader)
