"""A full job says what would change that: the line before it, and its trade on another day or coach."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.full_jobs import FullJob, full_jobs, instead_of
from kiosk.catalogue import load
from kiosk.domain.ids import places_of
from kiosk.ui.faces import card_face
from kiosk.ui.full_faces import as_full, instead_word
from tests import answers
from tests.halls import SampleKiosk, take_back
from tests.unit.actions.lines import come, full_job, in_line

SAY = load("zh_CN")
FULL = BoardQuery(is_full=True)


def only(kiosk: SampleKiosk) -> FullJob:
    (item,) = full_jobs(kiosk.hall, FULL, 0, 64)
    return item


def ways(kiosk: SampleKiosk) -> list[str]:
    today = kiosk.hall.today()
    card = card_face(SAY, only(kiosk).line, today, kiosk.hall.picture_of)
    shown = as_full(SAY, card, only(kiosk), today)
    assert shown.places == SAY("finding.full.card")
    assert len(shown.reasons) == len(shown.reason_icons)
    return shown.reasons


def take_off(kiosk: SampleKiosk, trade: str) -> None:
    """Take every open job of a trade off the board."""
    with kiosk.hall.store.writing() as records:
        while (line := records.board.soonest_of([trade], kiosk.hall.now()).get(trade)) is not None:
            assert records.board.withdraw(line)


def test_a_job_is_listed_from_when_its_last_place_is_gone_until_one_comes_free(kiosk: SampleKiosk) -> None:
    assert full_jobs(kiosk.hall, FULL, 0, 64) == []
    job = full_job(kiosk)
    assert only(kiosk).line.job.id == job
    answers.grant(kiosk.opened, {places_of(job): [(900, 900)]})
    assert full_jobs(kiosk.hall, FULL, 0, 64) == []


def test_it_tells_how_many_wait_and_that_one_may(kiosk: SampleKiosk) -> None:
    job = full_job(kiosk)
    assert ways(kiosk)[0] == "能排队等"
    for number in (1, 2):
        in_line(kiosk, come(kiosk, number), job)
    assert only(kiosk).waiting == 2
    assert ways(kiosk)[0] == "能等，2人在等"


def test_it_leads_to_the_job_of_its_trade_that_begins_first(kiosk: SampleKiosk) -> None:
    full_job(kiosk)
    item = only(kiosk)
    assert item.instead is not None
    assert item.instead.job.trade == item.line.job.trade
    assert item.instead.open_places > 0
    assert item.instead == instead_of(kiosk.hall, item.line.job.trade)
    departs = item.instead.trip
    assert departs is not None
    assert ways(kiosk)[1] == f"{departs.departs_at:%H:%M}还有车"


def test_where_nothing_would_change_it_one_looks_again_later(kiosk: SampleKiosk) -> None:
    full_job(kiosk)
    take_off(kiosk, only(kiosk).line.job.trade)
    assert ways(kiosk) == ["能排队等"]
    take_back(kiosk, "line.answer_min")
    assert ways(kiosk) == ["过会儿再看"]


def test_a_coach_the_same_day_and_another_day_are_told_apart(kiosk: SampleKiosk) -> None:
    full_job(kiosk)
    item, today = only(kiosk), kiosk.hall.today()
    assert item.instead is not None
    without = replace(item.instead, trip=None)
    assert instead_word(SAY, without, item.line, today) == ("别处还有", "ui/location_on")
    shift = replace(
        without.job.shift, first_day=today + timedelta(days=1), last_day=today + timedelta(days=1)
    )
    tomorrow = replace(item.instead, job=replace(item.instead.job, shift=shift))
    assert instead_word(SAY, tomorrow, item.line, today) == ("明天还有", "ui/today")
