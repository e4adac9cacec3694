"""Compose the list of a team from the slips of its members, so that it never says more than they do."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.actions.compose_paper import Asked, heading, queued
from kiosk.actions.compose_slip import read_document
from kiosk.actions.hall import Hall
from kiosk.actions.paper_ports import PaperRecord
from kiosk.actions.ports import Records
from kiosk.domain.clock import hall_day
from kiosk.domain.ids import PaperNumber
from kiosk.domain.papers import PaperKind, paper_number
from kiosk.domain.placements import OPEN_STATES, Placement
from kiosk.paper.slips import SecondLanguage, SlipDocument
from kiosk.paper.team_lists import ListedMember, TeamList


def list_number(hall: Hall, leader: Placement) -> PaperNumber:
    """Return the number of a team's list: it ends as the slip of its leader does."""
    of = leader.slip.split("-", 3)[3]
    return paper_number(PaperKind.TEAM_LIST, hall.identity.station, hall_day(leader.taken_at), of)


def queued_list(
    hall: Hall, records: Records, taken: Sequence[Placement], second_language: SecondLanguage | None
) -> PaperRecord:
    """Return the list of a team that has just taken its places, to be printed; its leader's is the first."""
    asked = Asked(list_number(hall, taken[0]), 0, second_language)
    return queued(hall, taken[0].worker, team_list(hall, records, taken, asked))


def led_by(records: Records, placement: Placement) -> Sequence[Placement]:
    """Return who still goes with the team that somebody's place leads, himself first; empty for any other.

    Whoever was erased goes unnamed, and a list that cannot name its leader is none.
    """
    part = records.teams.part_of(placement.id)
    if part is None or not part.is_leader:
        return ()
    found = [records.placements.by_id(of) for of in records.teams.places(part.team)]
    named = [item for item in found if item is not None and _can_be_named(records, item)]
    return named if named and named[0].id == placement.id else ()


def _can_be_named(records: Records, item: Placement) -> bool:
    slip = records.slips.by_number(item.slip) if item.state in OPEN_STATES else None
    return slip is not None and slip.document != ""


def team_list(hall: Hall, records: Records, places: Sequence[Placement], asked: Asked) -> TeamList:
    """Return the list of these places, the leader's first; the slip of each has its words."""
    slips = [records.slips.by_number(item.slip) for item in places]
    documents = [read_document(slip.document) for slip in slips if slip is not None]
    first = documents[0]
    return TeamList(
        number=asked.number,
        heading=heading(hall, records, asked),
        members=tuple(_listed(item) for item in documents),
        trade_title=first.trade_title,
        trade_title_en=first.trade_title_en,
        employer_name=first.employer_name,
        hours=first.hours,
        place=first.place,
        meeting_point=first.meeting_point,
        ride=first.ride,
        complaint_phone=first.complaint_phone,
        second_language=asked.second_language,
    )


def _listed(slip: SlipDocument) -> ListedMember:
    return ListedMember(slip.worker_name, slip.number, slip.ride.seat if slip.ride else None)
