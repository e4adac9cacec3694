"""Badges, codes for the door, return parts and codes of others before the scanner: any text has an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.actions.ports import Staff
from kiosk.actions.read_scan import read_scan
from kiosk.actions.scan_ports import KioskKey
from kiosk.actions.scan_readings import (
    BadgeReading,
    BoardingReading,
    CardReading,
    ForeignReading,
    PracticeReading,
    ReturnReading,
    Standing,
)
from kiosk.catalogue import LANGUAGES
from kiosk.domain.ids import StaffId, StationCode
from kiosk.domain.slips import SlipKind
from kiosk.messages import badge_codes, boarding_codes, return_codes, slip_codes
from kiosk.messages.badge_codes import BadgeCode, staff_mark
from kiosk.messages.boarding_codes import BoardingCode
from kiosk.messages.code_envelopes import Verdict
from kiosk.messages.practice_codes import PRACTICE_KEY_ID, TRAINING_CARD
from kiosk.messages.return_codes import ReturnCode
from kiosk.messages.scanned import Foreign, OwnCard
from kiosk.storage.code_keys import SqlCodeKeys
from tests.halls import SampleKiosk
from tests.unit.actions.scans import (
    BUREAU_KEY,
    BUREAU_KEY_ID,
    DAY,
    OUR_KEY_ID,
    STRANGE_KEY,
    THEIR_KEY,
    THEIR_KEY_ID,
    THEIR_SLIP,
    adds,
    read_slip,
    return_code_of,
    says,
    take,
)
from tests.unit.actions.visits import place_of, slip_of

BOARDING = BoardingCode(THEIR_KEY_ID, OUR_KEY_ID, DAY, 37, SlipKind.DISPATCH, DAY, 12, 7)
LI = Staff(StaffId("id-li"), "测试己", "attendant", "", is_active=True, badge_serial=5)


def badge(keys_id: int = BUREAU_KEY_ID, staff: StaffId = LI.id, valid_to: date = DAY) -> BadgeCode:
    return BadgeCode(keys_id, staff_mark(staff), valid_to, 5)


def read_badge(kiosk: SampleKiosk, keys: SqlCodeKeys, text: str) -> BadgeReading:
    reading = read_scan(kiosk.hall, keys, text)
    assert isinstance(reading, BadgeReading)
    return reading


def test_a_badge_names_a_member_of_this_halls_staff(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    with kiosk.hall.store.writing() as records:
        records.desk.add_staff(LI)
        records.desk.add_staff(replace(LI, id=StaffId("id-gone"), is_active=False))
    reading = read_badge(kiosk, keys, badge_codes.encode(badge(), BUREAU_KEY))
    assert reading.verdict is Verdict.GENUINE
    assert reading.badge is not None
    assert (reading.badge.staff, reading.badge.serial) == (LI.id, 5)
    assert says(reading) == f"工作证有效：{LI.name}"
    assert LI.name not in repr(reading)
    for stranger in ("id-gone", "id-elsewhere"):
        other = read_badge(kiosk, keys, badge_codes.encode(badge(staff=StaffId(stranger)), BUREAU_KEY))
        assert other.badge is not None
        assert other.badge.staff is None
        assert other.sentence.key == "actions.scan.badge_stranger"


def test_a_badge_ends_with_its_last_day(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    text = badge_codes.encode(badge(valid_to=kiosk.hall.today()), BUREAU_KEY)
    assert read_badge(kiosk, keys, text).verdict is Verdict.GENUINE
    kiosk.clock.pass_time(24 * 3600)
    reading = read_badge(kiosk, keys, text)
    assert (reading.verdict, reading.sentence.key) == (Verdict.EXPIRED, "actions.scan.badge_expired")


def test_a_kiosks_key_signs_no_badge(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    reading = read_badge(kiosk, keys, badge_codes.encode(badge(keys_id=THEIR_KEY_ID), THEIR_KEY))
    assert (reading.verdict, reading.badge) == (Verdict.UNKNOWN_KEY, None)
    reading = read_badge(kiosk, keys, badge_codes.encode(badge(), THEIR_KEY))
    assert (reading.verdict, reading.badge) == (Verdict.FORGED, None)


def read_boarding(kiosk: SampleKiosk, keys: SqlCodeKeys, text: str) -> BoardingReading:
    reading = read_scan(kiosk.hall, keys, text)
    assert isinstance(reading, BoardingReading)
    return reading


def test_a_boarding_code_leads_to_its_slip(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    reading = read_boarding(kiosk, keys, boarding_codes.encode(BOARDING, THEIR_KEY))
    assert reading.verdict is Verdict.GENUINE
    assert reading.boarding is not None
    assert reading.boarding.slip == "PG-NZ-0918-01-0037"
    assert (says(reading), adds(reading)) == ("上车码没问题", "12 号车，7 座")


def test_a_boarding_code_whose_slips_kiosk_is_unknown_still_has_its_seat(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    text = boarding_codes.encode(replace(BOARDING, slip_key_id=0x999999), THEIR_KEY)
    reading = read_boarding(kiosk, keys, text)
    assert reading.boarding is not None
    assert (reading.boarding.slip, reading.boarding.seat) == (None, 7)


def test_a_boarding_code_is_over_with_the_day_of_its_trip(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    text = boarding_codes.encode(BOARDING, THEIR_KEY)
    kiosk.clock.pass_time(24 * 3600)
    reading = read_boarding(kiosk, keys, text)
    assert (reading.verdict, says(reading)) == (Verdict.EXPIRED, "这是 2026年9月18日 的车，已经过了")


def test_a_forged_boarding_code_shows_no_seat(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    reading = read_boarding(kiosk, keys, boarding_codes.encode(BOARDING, STRANGE_KEY))
    assert (reading.verdict, reading.boarding) == (Verdict.FORGED, None)


def read_return(kiosk: SampleKiosk, keys: SqlCodeKeys, text: str) -> ReturnReading:
    reading = read_scan(kiosk.hall, keys, text)
    assert isinstance(reading, ReturnReading)
    return reading


def test_the_return_part_of_our_slip_leads_to_its_placement(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    taken = place_of(kiosk)
    reading = read_return(kiosk, keys, return_code_of(kiosk, taken.slip))
    assert reading.verdict is Verdict.GENUINE
    assert reading.returned is not None
    assert (reading.returned.slip, reading.returned.placement) == (taken.slip, taken.placement.id)
    assert reading.returned.day == kiosk.hall.today()
    assert (says(reading), adds(reading)) == ("这是老板的回执", "交给窗口")


def test_a_return_part_of_another_kiosk_of_the_city_names_its_slip_and_no_placement(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    code = ReturnCode(THEIR_KEY_ID, SlipKind.REFERRAL, DAY, 41)
    reading = read_return(kiosk, keys, return_codes.encode(code, kiosk.hall.identity.city_key))
    assert reading.verdict is Verdict.GENUINE
    assert reading.returned is not None
    assert (reading.returned.slip, reading.returned.placement) == ("TJ-DZ-0918-03-0041", None)


def test_a_return_part_of_another_year_is_not_taken_for_ours(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    taken = place_of(kiosk)
    ours = return_codes.decode(return_code_of(kiosk, taken.slip)).code
    years_ago = replace(ours, day=ours.day.replace(year=ours.day.year - 2))
    reading = read_return(kiosk, keys, return_codes.encode(years_ago, kiosk.hall.identity.city_key))
    assert reading.returned is not None
    assert (reading.returned.slip, reading.returned.placement) == (taken.slip, None)


def test_nothing_a_forged_return_part_says_is_shown(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    forged = return_codes.encode(ReturnCode(OUR_KEY_ID, SlipKind.DISPATCH, DAY, 1), bytes(32))
    reading = read_return(kiosk, keys, forged)
    assert (reading.verdict, reading.returned, says(reading)) == (Verdict.FORGED, None, "这个码核不上")


def test_a_return_part_of_an_unknown_kiosk_proves_nothing(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    code = ReturnCode(0x123456, SlipKind.DISPATCH, DAY, 1)
    reading = read_return(kiosk, keys, return_codes.encode(code, kiosk.hall.identity.city_key))
    assert (reading.verdict, reading.returned) == (Verdict.UNKNOWN_KEY, None)


def test_papers_whose_words_were_forgotten_are_read_as_far_as_their_codes_go(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    taken = take(kiosk)
    returned = return_code_of(kiosk, taken.number)
    with kiosk.hall.store.writing() as records:
        records.slips.update(replace(slip_of(kiosk, taken.number), document=""))
    assert read_slip(kiosk, keys, taken.text).standing is Standing.UNKNOWN
    reading = read_return(kiosk, keys, returned)
    assert reading.returned is not None
    assert (reading.returned.slip, reading.returned.placement) == (taken.number, None)


@pytest.mark.parametrize("kind", Foreign)
def test_every_code_of_others_is_answered_with_what_to_do_instead(
    kiosk: SampleKiosk, keys: SqlCodeKeys, kind: Foreign
) -> None:
    texts = {
        Foreign.DAMAGED: "LG1:TORN",
        Foreign.WEB_ADDRESS: "https://example.org/menu",
        Foreign.PAYMENT: "134567890123456789",
        Foreign.GOODS: "6901234567892",
        Foreign.OTHER: "0123abc",
    }
    reading = read_scan(kiosk.hall, keys, texts[kind])
    assert isinstance(reading, ForeignReading)
    assert reading.kind is kind
    for language in LANGUAGES:
        assert "" != adds(reading, language) != says(reading, language)
    assert texts[kind] not in repr(reading)


def test_any_text_has_an_answer(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    prefixes = st.sampled_from(("", "LG1:", "LG2:", "LG3:", "LG4:", "LG5:"))

    @given(prefixes, st.text(max_size=150))
    def answered(prefix: str, text: str) -> None:
        reading = read_scan(kiosk.hall, keys, prefix + text)
        assert isinstance(reading, CardReading) or says(reading)

    answered()


def test_keys_are_found_by_the_primary_key(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    found = keys.kiosk(THEIR_KEY_ID)
    assert found == KioskKey(THEIR_KEY.public_key(), StationCode("DZ"), 3)
    with kiosk.opened.database.reading() as connection:
        statement = "EXPLAIN QUERY PLAN SELECT kiosk, station, public_key FROM slip_key WHERE id = 'x'"
        plan = [line.detail for line in connection.exec_driver_sql(statement)]
    assert all(detail.startswith("SEARCH") for detail in plan), plan


def test_the_training_card_is_followed_and_not_shown(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    assert read_scan(kiosk.hall, keys, TRAINING_CARD) == CardReading(OwnCard.TRAINING)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_of_practice_is_said_to_be_no_good(
    kiosk: SampleKiosk, keys: SqlCodeKeys, language: str
) -> None:
    slip = slip_codes.encode(replace(THEIR_SLIP, key_id=PRACTICE_KEY_ID), STRANGE_KEY)
    boarding = boarding_codes.encode(replace(BOARDING, key_id=PRACTICE_KEY_ID), STRANGE_KEY)
    returned = return_codes.encode(ReturnCode(PRACTICE_KEY_ID, SlipKind.DISPATCH, DAY, 1), bytes(32))
    for text in (slip, boarding, returned):
        reading = read_scan(kiosk.hall, keys, text)
        assert isinstance(reading, PracticeReading)
        assert says(reading, language)
        assert adds(reading, language)
