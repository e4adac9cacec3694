"""Who may drive what, until when papers hold, and which trips take a crew's time at once."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from kiosk.domain.drivers import Crewed, LicenceClass, clash_remarks, may_drive
from kiosk.domain.ids import TripId, WorkerId
from kiosk.domain.parameters import Parameter, Parameters
from kiosk.domain.road_papers import RoadPaper, paper_remarks

DAY = date(2026, 12, 31)
PARAMETERS = Parameters(
    {"trip.paper_warn_days": Parameter("trip.paper_warn_days", "30", "days", "测试", DAY)}
)


@pytest.mark.parametrize(
    ("licence", "most"), [("A1", 60), ("A2", 19), ("B1", 19), ("A3", 9), ("B2", 9), ("C1", 9)]
)
def test_a_class_of_licence_is_for_so_many_seats(licence: str, most: int) -> None:
    """Broken by asking for the class of a large vehicle from the twenty-first seat on."""
    assert [approved for approved in range(1, 61) if may_drive(LicenceClass(licence), approved)] == [
        *range(1, most + 1)
    ]


@pytest.mark.parametrize(
    ("days", "said"), [(-1, "over"), (0, "soon"), (30, "soon"), (31, None), (None, "unseen")]
)
def test_a_paper_holds_on_its_last_day_and_is_named_before(days: int | None, said: str | None) -> None:
    """Broken by refusing a paper on its last day."""
    paper = RoadPaper("permit", None if days is None else DAY + timedelta(days=days))
    keys = [(item.sentence.key, item.is_stop) for item in paper_remarks([paper], DAY, PARAMETERS)]
    assert keys == ([] if said is None else [(f"trips.paper.permit.{said}", said != "soon")])


def crewed(name: str, departs: time, returns: time | None, day: date = DAY) -> Crewed:
    return Crewed(TripId(name), name, "示A·00006", WorkerId("w-1"), day, departs, returns)


@pytest.mark.parametrize(
    ("other", "clashes"),
    [
        (crewed("b", time(9), time(12)), False),
        (crewed("b", time(8, 59), time(12)), True),
        (crewed("b", time(0), time(6)), False),
        (crewed("b", time(23, 30), time(6, 30), DAY - timedelta(days=1)), True),
        (crewed("b", time(23, 30), time(0), DAY - timedelta(days=1)), False),
        (crewed("b", time(5), None), True),
        (crewed("a", time(6), time(9)), False),
    ],
)
def test_a_crew_is_at_one_place_at_a_time_also_over_midnight(other: Crewed, *, clashes: bool) -> None:
    """Broken by taking a way back at an earlier hour for one before the departure."""
    found = list(clash_remarks(crewed("a", time(6), time(9)), [other]))
    assert len(found) == (2 if clashes else 0)
