"""The code of an arrival's sheet is read as it was written, and no changed one is taken for genuine."""

from __future__ import annotations

from datetime import date, timedelta

import base45  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import TripId
from kiosk.messages import arrival_codes, return_codes
from kiosk.messages.arrival_codes import ENVELOPE, ArrivalCode
from kiosk.messages.code_envelopes import NotOurCode, Verdict

CITY_KEY = bytes(range(32))
CODE = ArrivalCode(TripId("T1-0918"), date(2026, 9, 18), 38)
TEXT = arrival_codes.encode(CODE, CITY_KEY)

codes = st.builds(
    ArrivalCode,
    trip=st.text(min_size=1, max_size=10).filter(lambda text: text.isprintable()).map(TripId),
    day=st.integers(0, 65_000).map(lambda number: date(2020, 1, 1) + timedelta(days=number)),
    expected=st.integers(0, 255),
)


@given(codes, st.binary(min_size=32, max_size=32))
def test_what_is_written_on_a_sheet_is_read_from_it(code: ArrivalCode, city_key: bytes) -> None:
    read = arrival_codes.decode(arrival_codes.encode(code, city_key))
    assert read.code == code
    assert arrival_codes.verify(read, city_key) is Verdict.GENUINE
    assert arrival_codes.verify(read, bytes(31) + b"?") is Verdict.FORGED


def test_every_single_bit_turned_over_is_noticed() -> None:
    """One-line break: leave the body out of what `TaggedEnvelope._tag` is made of."""
    raw = base45.b45decode(TEXT.removeprefix(ENVELOPE.prefix))
    for place in range(len(raw) * 8):
        turned = bytearray(raw)
        turned[place // 8] ^= 1 << place % 8
        try:
            read = arrival_codes.decode(ENVELOPE.prefix + base45.b45encode(bytes(turned)).decode())
        except NotOurCode:
            continue
        assert arrival_codes.verify(read, CITY_KEY) is Verdict.FORGED


def test_a_tag_made_for_a_return_part_proves_no_sheet() -> None:
    as_return = return_codes.ENVELOPE.seal(b"\x12" + TEXT.encode()[:9], CITY_KEY).removeprefix("LG4:")
    with pytest.raises(NotOurCode):
        arrival_codes.decode("LG4:" + as_return)
    read = arrival_codes.decode("LG6:" + as_return)
    assert arrival_codes.verify(read, CITY_KEY) is Verdict.FORGED


@pytest.mark.parametrize("trip", ["", "t" * 41])
def test_no_trip_and_a_trip_of_a_longer_name_have_no_code(trip: str) -> None:
    with pytest.raises(ValueError, match="fit"):
        ArrivalCode(TripId(trip), date(2026, 9, 18), 1)
