"""The list of a team (带队名单): who goes together, each with his own slip; the leader keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.domain.papers import PaperKind
from kiosk.paper.blocks import BigFigure, Block, Cell, Document, Flow, Grid, Rule, Space, Weight, Words
from kiosk.paper.headings import Heading, plain, titled
from kiosk.paper.phrases import Sentences, hours_texts
from kiosk.paper.rides import departure
from kiosk.paper.slips import Hours, Ride, SecondLanguage


@dataclass(frozen=True, slots=True)
class ListedMember:
    """One who goes: name masked, his own slip, his seat where a coach goes."""

    worker_name: str
    slip: str
    seat: int | None


@dataclass(frozen=True, slots=True)
class TeamList:
    """Who goes with whom to one job; the first of the members leads. Slips promise, and this does not.

    `ride` is the coach of all of them, with the leader's seat.
    """

    number: str
    heading: Heading
    members: tuple[ListedMember, ...]
    trade_title: str
    trade_title_en: str
    employer_name: str
    hours: Hours
    place: str
    meeting_point: str
    ride: Ride | None
    complaint_phone: str
    second_language: SecondLanguage | None = None
    paper: Literal[PaperKind.TEAM_LIST] = PaperKind.TEAM_LIST


def team_list_blocks(team: TeamList, tr: Sentences, second: Sentences | None) -> Document:
    """Return the list as blocks; `second` doubles its key lines."""
    count = BigFigure(
        Words(str(len(team.members)), 150, Weight.BLACK, 100),
        Words(tr("paper.team.people"), 48, Weight.BLACK, 34),
    )
    led_by = tr("paper.team.leader", name=team.members[0].worker_name)
    blocks: list[Block] = [
        *titled(tr("paper.title.team_list"), team.number, team.heading, tr),
        count,
        Space(6),
        Flow((Words(led_by, 38, Weight.BLACK, 30),)),
        Space(10),
        Rule(2),
        Space(12),
        *_work(team, tr, second),
        Rule(),
        Space(10),
        *_members(team, tr),
        Rule(2),
        Space(12),
        Flow((Words(tr("paper.team.own_slip"), 34, Weight.BLACK, 30),)),
        *(() if second is None else (Space(6), Flow((plain(second("paper.team.own_slip")),)))),
        Space(8),
        Flow((plain(tr("paper.take_card")), plain(tr("paper.complaint", phone=team.complaint_phone)))),
    ]
    return Document(tuple(blocks))


def _work(team: TeamList, tr: Sentences, second: Sentences | None) -> list[Block]:
    """Return what they go to do, when and where, and the coach they go by."""
    blocks: list[Block] = [
        Flow((Words(team.trade_title, 54, Weight.BLACK, 40), plain(team.employer_name, 30)))
    ]
    if second is not None and team.trade_title_en:
        blocks += [Space(4), Flow((plain(team.trade_title_en),))]
    blocks += [
        Space(10),
        Grid(
            (
                Cell("clock", tuple(Words(text, 30) for text in hours_texts(team.hours, tr))),
                Cell("place", (Words(team.place, 30),)),
                Cell("meeting", (Words(tr("paper.meeting", place=team.meeting_point), 30),)),
            )
        ),
        Space(12),
    ]
    if team.ride is not None:
        blocks += [departure(team.ride, tr, second, _seats(team, tr)), Space(12)]
    return blocks


def _seats(team: TeamList, tr: Sentences) -> str:
    """Return 3–6 for seats next to one another, each of them once somebody between has given his back."""
    seats = sorted(member.seat for member in team.members if member.seat is not None)
    if len(seats) > 1 and seats[-1] - seats[0] == len(seats) - 1:
        return f"{seats[0]}–{seats[-1]}"
    return tr("paper.list_comma").join(map(str, seats))


def _members(team: TeamList, tr: Sentences) -> list[Block]:
    """Return a line or two for each: how many-eth, masked name, seat; and the number of his slip."""
    blocks: list[Block] = []
    for nth, member in enumerate(team.members, 1):
        name = tr("paper.team.member", nth=nth, name=member.worker_name)
        phrases = [Words(name, 40, Weight.BLACK, 34)]
        if member.seat is not None:
            phrases.append(Words(tr("paper.ride.seat", seat=member.seat), 40, Weight.BLACK, 34))
        blocks += [Flow(tuple(phrases), is_spread=True), Flow((plain(member.slip, 30),)), Space(10)]
    return blocks
