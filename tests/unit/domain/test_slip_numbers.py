"""A slip number is known by its shape and tells its day, whichever station gave it out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import StationCode
from kiosk.domain.slips import SlipKind, SlipSerial, is_slip_number, slip_year
from tests.stations import STATIONS


@given(
    kind=st.sampled_from(SlipKind),
    station=STATIONS.map(StationCode),
    day=st.dates(date(2021, 1, 1), date(2150, 12, 31)),
    kiosk_no=st.integers(1, 99),
    counter=st.integers(1, 9999),
    after=st.integers(-180, 180),
)
def test_the_year_of_a_number_is_found_from_any_day_of_half_a_year(
    kind: SlipKind, station: StationCode, day: date, kiosk_no: int, counter: int, after: int
) -> None:
    """One-line break: read month and day where they stand behind two letters."""
    number = SlipSerial(kind, station, day, kiosk_no, counter).number()
    assert is_slip_number(number)
    assert slip_year(number, day + timedelta(days=after)) == day.year


@pytest.mark.parametrize(
    "text",
    [
        "PG-N-0918-02-0037",
        "PG-GYNZX-0918-02-0037",
        "PG-gynz-0918-02-0037",
        "PG-GY1Z-0918-02-0037",
        "PG-GY-NZ-0918-02-0037",
        "QZ-GYNZ-0918-A12",
        "PG-GYNZ-0918-02-0037 ",
    ],
)
def test_what_has_another_shape_is_no_slip_number(text: str) -> None:
    assert not is_slip_number(text)
    assert slip_year(text, date(2027, 1, 2)) == 2027
