"""Work is told in the district of its hall: no kiosk of another one reads of it or holds a number of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.bureau.feeds import CITY, PEOPLE
from kiosk.bureau.halls import set_district
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish
from kiosk.bureau.reviewing import approved, published_again, taken_off
from kiosk.bureau.rulings import review_job, rule_told
from kiosk.messages.events import JobPosted, JobWithdrawn, RightsReturned
from kiosk.messages.feed import JobBody
from kiosk.messages.sync import Recall, SyncReply, Want
from tests.unit.bureau.filled_tables import EMPLOYER, JOB, TRIP, Table
from tests.unit.bureau.rehearsal import (
    DAWN,
    HandClock,
    Machine,
    employer,
    job,
    new_machine,
    parameters,
    pulse,
    trip,
)

NORTH, EAST = "520502", "520521"
PLACES = "places:j1"
ALL = [Want(quota=PLACES, count=9)]
pytestmark = pytest.mark.both_databases


@pytest.fixture
def halls(bureau: Office, folder: Path) -> tuple[Machine, Machine, Machine]:
    """Two halls of one district and one of another, and what the law says to all of them."""
    publish(bureau.database, CITY, [*parameters(), employer()])
    named = tuple(new_machine(bureau, folder, station) for station in ("NZ", "XZ", "DZ"))
    for station, district in (("NZ", NORTH), ("XZ", NORTH), ("DZ", EAST)):
        set_district(folder, station, district, DAWN)
    for machine in named:
        pulse(bureau, machine)
    first, neighbour, far = named
    return first, neighbour, far


def read(reply: SyncReply, topic: str = "job") -> list[tuple[str, bool]]:
    """Return which jobs a reply tells, and whether as gone."""
    return [(row.id, row.is_deleted) for page in reply.pages for row in page.rows if row.topic == topic]


def told(bureau: Office, machine: Machine, topic: str = "job") -> list[tuple[str, bool]]:
    return read(pulse(bureau, machine), topic)


def posted(body: JobBody) -> JobPosted:
    return JobPosted(job=body.model_dump(mode="json"), actor="s1")


def test_what_a_desk_posts_is_told_and_given_out_in_its_district_alone(
    bureau: Office, halls: tuple[Machine, Machine, Machine], folder: Path
) -> None:
    """Broken by telling it to everybody: each of 5,000 kiosks would keep the work of the whole province."""
    first, neighbour, far = halls
    first.do(posted(job()))
    assert told(bureau, first) == [("j1", False)]
    asked = pulse(bureau, neighbour, ALL)
    assert (read(asked), [right.quota for right in asked.rights]) == ([("j1", False)], [PLACES])
    asked = pulse(bureau, far, ALL)
    assert (read(asked), asked.rights, asked.open_places) == ([], [], {})
    first.do(JobWithdrawn(job="j1", reason="没活了", actor="s1"))
    pulse(bureau, first)
    assert [read(pulse(bureau, machine)) for machine in (neighbour, far)] == [[("j1", False)], []]
    assert check_invariants(folder) == []


def test_kiosks_of_other_districts_have_no_share_in_it(
    bureau: Office, halls: tuple[Machine, Machine, Machine]
) -> None:
    """Broken by dealing to every kiosk there is: the places of a village would lie in the whole province."""
    first, _neighbour, _far = halls
    publish(bureau.database, CITY, [job("j2", headcount=3)])  # this one is everybody's
    first.do(posted(job(headcount=4)))
    pulse(bureau, first, [*ALL, Want(quota="places:j2", count=9)])
    assert {quota: len(held) for quota, held in first.granted.items()} == {PLACES: 2, "places:j2": 1}


def test_what_a_table_brings_goes_to_the_district_of_its_hall(
    bureau: Office, halls: tuple[Machine, Machine, Machine], tmp_path: Path
) -> None:
    """Broken by telling tables to everybody; what brings the same again says the same again."""
    _first, neighbour, far = halls
    for _ in range(2):
        for form, row in (("employers", EMPLOYER), ("trips", TRIP), ("jobs", JOB)):
            Table(bureau, tmp_path, form, [row]).take()
    asked = pulse(bureau, neighbour)
    assert (read(asked), read(asked, "trip")) == ([("j1", False)], [("t1", False)])
    asked = pulse(bureau, far)
    assert [read(asked, topic) for topic in ("job", "trip")] == [[], []]


def test_a_reviewer_decides_about_the_work_of_every_district(
    bureau: Office, halls: tuple[Machine, Machine, Machine]
) -> None:
    """Broken by looking for it among what everybody is told."""
    first, neighbour, far = halls
    first.do(posted(job().model_copy(update={"content": "摘果，联系 13911112222"})))
    pulse(bureau, first)
    assert told(bureau, neighbour) == [("j1", False)]  # that it waits, so that its desk sees it
    review_job(bureau.database, "j1", 1, approved(), "s2", DAWN)
    rule_told(bureau.database, "j1", taken_off("看错了"), "s2", DAWN)
    assert pulse(bureau, neighbour, ALL).rights == []
    rule_told(bureau.database, "j1", published_again(bureau.database, "j1", DAWN), "s2", DAWN)
    assert [right.quota for right in pulse(bureau, neighbour, ALL).rights] == [PLACES]
    assert told(bureau, far) == []


def test_work_goes_along_with_a_hall_that_is_laid_into_a_district(
    bureau: Office, folder: Path, clock: HandClock
) -> None:
    """Broken by leaving it as it was told: all others would keep it, and the numbers that they hold."""
    publish(bureau.database, CITY, [*parameters(), employer(), trip(), job(headcount=4)])
    first, far = (new_machine(bureau, folder, station) for station in ("NZ", "DZ"))
    for machine in (first, far):
        pulse(bureau, machine, ALL)
    held = far.granted[PLACES]
    assert len(held) == 2
    set_district(folder, "NZ", NORTH, clock.now())
    reply = pulse(bureau, far)
    assert [read(reply, topic) for topic in ("trip", "job")] == [[("t1", True)], [("j1", True)]]
    assert (reply.recalls, reply.open_places) == ([Recall(quota=PLACES, keep=0)], {})
    far.do(RightsReturned(quota=PLACES, ranges=held.pairs))
    pulse(bureau, far)
    reply = pulse(bureau, first, [Want(quota=PLACES, count=4, waiting=4)])
    assert sorted(read(reply)) == [("j1", False), ("j1", True)]
    assert (len(first.granted[PLACES]), reply.recalls) == (4, [])
    assert check_invariants(folder) == []


def test_a_hall_that_moves_forgets_the_district_it_left(
    bureau: Office, halls: tuple[Machine, Machine, Machine], folder: Path
) -> None:
    """Broken by telling it no more and leaving what it knows: it would show that work for ever."""
    first, neighbour, _far = halls
    first.do(posted(job()))
    pulse(bureau, first)
    assert told(bureau, neighbour) == [("j1", False)]
    neighbour.cursors[PEOPLE + NORTH] = neighbour.cursors["district:" + NORTH].model_copy(
        update={"scope": PEOPLE + NORTH}
    )
    set_district(folder, "XZ", EAST, DAWN)
    left = {page.scope: page for page in pulse(bureau, neighbour).pages}
    for scope in ("district:" + NORTH, PEOPLE + NORTH):
        page = left[scope]
        assert (page.is_snapshot, page.rows, page.pos) == (True, [], 0)
    assert {page.scope for page in pulse(bureau, neighbour).pages} == {
        CITY,
        "hall:XZ",
        "district:" + EAST,
        PEOPLE + EAST,
    }
    set_district(folder, "XZ", NORTH, DAWN)
    assert told(bureau, neighbour) == [("j1", False)]
