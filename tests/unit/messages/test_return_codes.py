"""A return part is read as it was written, and nothing that was changed is ever taken for genuine."""

from __future__ import annotations

from datetime import date, timedelta

import base45  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.slips import SlipKind
from kiosk.messages import badge_codes, boarding_codes, return_codes, slip_codes
from kiosk.messages.code_envelopes import NotOurCode, Verdict
from kiosk.messages.return_codes import ReturnCode
from kiosk.paper.qr import side_dots

PREFIX = return_codes.ENVELOPE.prefix
CITY_KEY = bytes(range(32))
CODE = ReturnCode(7, SlipKind.DISPATCH, date(2026, 9, 18), 37)
TEXT = return_codes.encode(CODE, CITY_KEY)

codes = st.builds(
    ReturnCode,
    key_id=st.integers(0, (1 << 24) - 1),
    kind=st.sampled_from(SlipKind),
    day=st.integers(0, 65_000).map(lambda number: date(2020, 1, 1) + timedelta(days=number)),
    counter=st.integers(0, 65_535),
)


@given(codes, st.binary(min_size=32, max_size=32))
def test_what_is_written_on_a_return_part_is_read_from_it(code: ReturnCode, city_key: bytes) -> None:
    tagged = return_codes.decode(return_codes.encode(code, city_key))
    assert tagged.code == code
    assert return_codes.verify(tagged, city_key) is Verdict.GENUINE


def test_another_citys_key_proves_nothing() -> None:
    assert return_codes.verify(return_codes.decode(TEXT), bytes(32)) is Verdict.FORGED


def test_every_single_bit_turned_over_is_noticed() -> None:
    raw = base45.b45decode(TEXT.removeprefix(PREFIX))
    for place in range(len(raw) * 8):
        turned = bytearray(raw)
        turned[place // 8] ^= 1 << place % 8
        text = PREFIX + base45.b45encode(bytes(turned)).decode()
        try:
            tagged = return_codes.decode(text)
        except NotOurCode:
            continue
        assert return_codes.verify(tagged, CITY_KEY) is Verdict.FORGED


@pytest.mark.parametrize("text", ["", PREFIX, TEXT[:-2], f"{TEXT} ", f"{TEXT}00", TEXT.lower(), f"{PREFIX}!"])
def test_any_other_text_is_no_return_part(text: str) -> None:
    with pytest.raises(NotOurCode):
        return_codes.decode(text)


def test_a_return_part_fits_beside_the_form_and_its_prefix_is_its_own() -> None:
    assert len(TEXT) == 33
    assert side_dots(TEXT, 6) == 198
    signed = {slip_codes.ENVELOPE.prefix, badge_codes.ENVELOPE.prefix, boarding_codes.ENVELOPE.prefix}
    assert PREFIX not in signed


@pytest.mark.parametrize("change", [{"key_id": 1 << 24}, {"counter": -1}, {"day": date(2019, 12, 31)}])
def test_what_does_not_fit_the_layout_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        ReturnCode(**({"key_id": 7, "kind": SlipKind.DISPATCH, "day": CODE.day, "counter": 1} | change))  # type: ignore[arg-type]
