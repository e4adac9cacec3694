"""A team in a line: side by side, behind everybody who came before its last member, called together."""

from __future__ import annotations

import pytest

from kiosk.actions.call_next import call_next, not_come
from kiosk.actions.faults import Refused
from kiosk.actions.leave_line import leave_line
from kiosk.actions.sign_up_together import sign_up_together
from kiosk.actions.take_together import MemberRefused
from kiosk.actions.why_not import why_not
from kiosk.domain.clock import hall_time
from kiosk.domain.ids import JobId
from kiosk.domain.sign_ups import SignUp, leader_of, stand_together
from kiosk.messages.events import SignedUp
from tests.halls import SampleKiosk
from tests.unit.actions.lines import STAFF, come, in_line, line_of, now_of, talked_over
from tests.unit.actions.visits import version_of


def together(kiosk: SampleKiosk, people: list[int], job: JobId) -> list[SignUp]:
    """Let people lay their cards down, a minute apart for who comes only now, and sign up as one."""
    team = [come(kiosk, nth, 60) for nth in people]
    return list(sign_up_together(kiosk.hall, team, job, version_of(kiosk, job)))


def test_a_team_stands_behind_everybody_who_came_before_its_last_member(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    for number in range(1, 7):
        come(kiosk, number)
    for alone in (2, 4, 6):
        in_line(kiosk, come(kiosk, alone, 0), job)
    together(kiosk, [5, 1], job)
    assert line_of(kiosk, job) == ["A2", "A4", "A1", "A5", "A6"]


def test_an_entry_says_where_a_member_stands_and_when_he_came(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    come(kiosk, 1)
    signed = together(kiosk, [1, 2], job)
    told = [entry.parsed() for entry in kiosk.opened.sync_book.outgoing(100).events]
    first, last = [body for body in told if isinstance(body, SignedUp)]
    assert first.turn is not None
    assert last.turn is not None
    assert first.turn.at == last.turn.at == last.own != first.own
    assert first.team is not None
    assert (first.team.team, first.team.nth, first.team.of) == (signed[0].team, 1, 2)


def test_a_line_keeps_who_leads_and_the_next_to_sign_leads_when_he_is_gone(kiosk: SampleKiosk) -> None:
    """Broken by letting all of them sign at one instant: who leads would be anybody's guess."""
    job = talked_over(kiosk)
    people = [come(kiosk, number) for number in (1, 2, 3)]
    leader, second, _ = together(kiosk, [3, 1, 2], job)

    def led() -> tuple[int, str]:
        with kiosk.hall.store.reading() as records:
            team = stand_together(second, records.sign_ups.line_of(job, kiosk.hall.today()))
        return len(team), leader_of(team).queue_number

    assert led() == (3, "A3")
    leave_line(kiosk.hall, people[2], leader.id)
    assert led() == (2, "A1")


def test_everybody_is_in_the_line_or_nobody(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    in_line(kiosk, come(kiosk, 2), job)
    with pytest.raises(MemberRefused) as refused:
        together(kiosk, [1, 2, 3], job)
    assert refused.value.sentence.key == "team.in_line_already"
    assert line_of(kiosk, job) == ["A1"]


def test_nobody_stands_in_a_line_twice(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    with pytest.raises(MemberRefused):
        together(kiosk, [1, 2, 1], job)
    assert line_of(kiosk, job) == []


def test_a_version_that_holds_no_more_is_not_signed_up_for_together(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    with pytest.raises(Refused) as refused:
        sign_up_together(kiosk.hall, [come(kiosk, 1), come(kiosk, 2)], job, version_of(kiosk, job) + 1)
    assert refused.value.sentence.key == "actions.take.changed"


def test_a_team_is_called_to_a_table_together(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    team = together(kiosk, [1, 2, 3], job)
    later = in_line(kiosk, come(kiosk, 4), job)
    call_next(kiosk.hall, job, "2", STAFF)
    assert [now_of(kiosk, item).spot for item in team] == ["2", "2", "2"]
    assert now_of(kiosk, later).is_waiting


def test_who_waited_for_a_friend_is_told_that_the_last_of_them_counts(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    come(kiosk, 1)
    in_line(kiosk, come(kiosk, 2), job)
    first, last = together(kiosk, [1, 3], job)
    came = hall_time(last.turn.own.arrived_at).strftime("%H:%M")
    call_next(kiosk.hall, job, "1", STAFF)
    [told] = why_not(kiosk.hall, first.id)
    assert told.sentence.key == "team.why"
    assert (told.sentence.args["number"], told.sentence.args["last"]) == ("A2", came)
    [told] = why_not(kiosk.hall, last.id)
    assert told.sentence.key == "hiring.why.earlier"


def test_of_a_team_that_does_not_fit_the_rest_is_called_next(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)  # five places
    for number in (1, 2):
        in_line(kiosk, come(kiosk, number), job)
    team = together(kiosk, [3, 4, 5, 6], job)
    for _ in range(3):
        call_next(kiosk.hall, job, "1", STAFF)
    assert [now_of(kiosk, item).is_called for item in team] == [True, True, True, False]
    assert not_come(kiosk.hall, team[0].id, STAFF).is_waiting
    assert call_next(kiosk.hall, job, "1", STAFF).id == team[0].id


def test_who_did_not_come_goes_behind_a_whole_team(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    first = in_line(kiosk, come(kiosk, 1), job)
    together(kiosk, [2, 3], job)
    in_line(kiosk, come(kiosk, 4), job)
    for _ in range(3):  # as often as the parameter says
        call_next(kiosk.hall, job, "1", STAFF)
        item = not_come(kiosk.hall, first.id, STAFF)
        if item.turn.at != first.turn.at:
            break
    assert line_of(kiosk, job) == ["A2", "A3", "A1", "A4"]
