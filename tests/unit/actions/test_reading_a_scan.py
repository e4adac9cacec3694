"""What is held before the scanner is answered truly: proven first, and no more claimed than is known here."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk.actions.compose_slip import read_document
from kiosk.actions.ports import Staff
from kiosk.actions.read_scan import (
    BadgeReading,
    BoardingReading,
    CardReading,
    ForeignReading,
    PracticeReading,
    ReturnReading,
    ShownReading,
    SlipReading,
    Standing,
    read_scan,
)
from kiosk.actions.scan_ports import KioskKey
from kiosk.actions.settle_slip import void_slip
from kiosk.catalogue import LANGUAGES, load
from kiosk.domain.ids import SlipNumber, StaffId, StationCode
from kiosk.domain.jobs import PayUnit
from kiosk.domain.placements import PlacementState
from kiosk.domain.slips import SlipKind, SlipState
from kiosk.messages import badge_codes, boarding_codes, return_codes, slip_codes
from kiosk.messages.badge_codes import BadgeCode, staff_mark
from kiosk.messages.boarding_codes import BoardingCode
from kiosk.messages.code_envelopes import Verdict
from kiosk.messages.feed import FeedRow, KeyBody
from kiosk.messages.practice_codes import PRACTICE_KEY_ID, TRAINING_CARD
from kiosk.messages.return_codes import ReturnCode
from kiosk.messages.scanned import Foreign, OwnCard
from kiosk.messages.slip_codes import SlipCode
from kiosk.storage.code_keys import SqlCodeKeys
from kiosk.ui.presenting import spoken
from tests import answers
from tests.halls import CLERK, SampleKiosk
from tests.unit.actions.visits import place_of, slip_of

OUR_KEY, OUR_KEY_ID = Ed25519PrivateKey.from_private_bytes(bytes(32)), 0x0A1B2C
THEIR_KEY, THEIR_KEY_ID = Ed25519PrivateKey.from_private_bytes(bytes([1] * 32)), 0x0000D7
BUREAU_KEY, BUREAU_KEY_ID = Ed25519PrivateKey.from_private_bytes(bytes([2] * 32)), 0xBBBBBB
STRANGE_KEY = Ed25519PrivateKey.from_private_bytes(bytes([3] * 32))
DAY = date(2026, 9, 18)
THEIR_SLIP = SlipCode(
    THEIR_KEY_ID, SlipKind.REFERRAL, DAY, 41, 18_000, PayUnit.DAY, DAY + timedelta(days=1), 12, 3, b"12345"
)
BOARDING = BoardingCode(THEIR_KEY_ID, OUR_KEY_ID, DAY, 37, SlipKind.DISPATCH, DAY, 12, 7)
LI = Staff(StaffId("id-li"), "测试己", "attendant", "", is_active=True, badge_serial=5)


def key_row(key_id: int, kiosk: str, station: str, key: Ed25519PrivateKey) -> FeedRow:
    public_key = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    body = KeyBody(key_id=f"{key_id:06x}", kiosk=kiosk, station=station, public_key=public_key)
    return FeedRow(topic="key", id=body.key_id, pos=1, body=body.model_dump_json())


@pytest.fixture
def keys(kiosk: SampleKiosk) -> SqlCodeKeys:
    """The keys of two kiosks and the bureau, as they come down."""
    rows = [
        key_row(OUR_KEY_ID, "NZ-01", "NZ", OUR_KEY),
        key_row(THEIR_KEY_ID, "DZ-03", "DZ", THEIR_KEY),
        key_row(BUREAU_KEY_ID, "", "", BUREAU_KEY),
        key_row(0xEEEEEE, "odd", "NZ", THEIR_KEY),
        FeedRow(
            topic="key",
            id="eeeeef",
            pos=1,
            body=KeyBody(key_id="eeeeef", kiosk="NZ-09", station="NZ", public_key="???").model_dump_json(),
        ),
    ]
    rows = [row.model_copy(update={"pos": number}) for number, row in enumerate(rows, start=1)]
    answers.tell(kiosk.opened, rows, len(rows), scope="hall:NZ", feed_gen="g", is_snapshot=True)
    return SqlCodeKeys(kiosk.opened.database)


@dataclass(frozen=True, slots=True)
class Taken:
    """A slip of this kiosk: its number, its code, its job's title."""

    number: SlipNumber
    text: str
    title: str


def take(kiosk: SampleKiosk) -> Taken:
    record = slip_of(kiosk, place_of(kiosk).slip)
    document = read_document(record.document)
    return Taken(record.number, document.code, document.trade_title)


def sync(kiosk: SampleKiosk) -> None:
    """Let the bureau take in everything there is, and answer."""
    book = kiosk.opened.sync_book
    said = book.outgoing(500)
    answers.acknowledge(kiosk.opened, said.head)
    now = kiosk.clock.now()
    book.note_attempt(now, success=True, problem="", next_try_at=now, server_time=now)


def read_slip(kiosk: SampleKiosk, keys: SqlCodeKeys, text: str) -> SlipReading:
    reading = read_scan(kiosk.hall, keys, text)
    assert isinstance(reading, SlipReading)
    return reading


def says(reading: ShownReading, language: str = "zh_CN") -> str:
    return spoken(load(language), reading.sentence)


def adds(reading: ShownReading, language: str = "zh_CN") -> str:
    return spoken(load(language), replace(reading.sentence, key=f"{reading.sentence.key}.note"))


def test_a_slip_of_this_kiosk_is_told_with_all_that_is_known(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    taken = take(kiosk)
    reading = read_slip(kiosk, keys, taken.text)
    assert reading.verdict is Verdict.GENUINE
    assert reading.standing is Standing.OPEN
    assert reading.slip is not None
    assert reading.slip.number == taken.number
    assert reading.slip.trade_title == taken.title
    assert reading.slip.state is SlipState.QUEUED
    assert reading.slip.day == kiosk.hall.today()
    assert (reading.told_at, reading.is_checked) == (None, False)
    assert reading.sentence.key == "actions.scan.slip_never_checked"


def test_a_slip_counts_as_checked_only_when_the_bureau_had_it(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    sync(kiosk)
    kiosk.clock.pass_time(60)
    taken = take(kiosk)
    before = read_slip(kiosk, keys, taken.text)
    assert not before.is_checked
    assert (says(before), adds(before)) == ("单子是真的", "05:10 以后没和局里对过")
    kiosk.clock.pass_time(600)
    now = kiosk.clock.now()
    book = kiosk.opened.sync_book
    book.note_attempt(now, success=True, problem="", next_try_at=now, server_time=now)
    assert not read_slip(kiosk, keys, taken.text).is_checked, "a round that left the slip behind"
    sync(kiosk)
    after = read_slip(kiosk, keys, taken.text)
    assert after.is_checked
    assert (says(after), adds(after)) == ("单子是真的", "05:21 和局里对过")
    kiosk.clock.pass_time(24 * 3600)
    assert adds(read_slip(kiosk, keys, taken.text)) == "2026年9月18日 05:21 和局里对过"


def test_a_slip_voided_here_is_void_at_once(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    taken = take(kiosk)
    void_slip(kiosk.hall, taken.number, "given back", CLERK)
    reading = read_slip(kiosk, keys, taken.text)
    assert (reading.verdict, reading.standing) == (Verdict.GENUINE, Standing.VOID)
    assert reading.sentence.key == "actions.scan.slip_void"


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (PlacementState.BOARDED, Standing.USED),
        (PlacementState.CLOSED, Standing.USED),
        (PlacementState.DUPLICATE, Standing.VOID),
        (PlacementState.CANCELLED, Standing.VOID),
        (PlacementState.SLIP_ISSUED, Standing.OPEN),
        (PlacementState.CONFIRMED, Standing.OPEN),
    ],
)
def test_a_slip_stands_as_its_placement_does(
    kiosk: SampleKiosk, keys: SqlCodeKeys, state: PlacementState, standing: Standing
) -> None:
    taken = take(kiosk)
    with kiosk.hall.store.writing() as records:
        placement = records.placements.by_slip(taken.number)
        assert placement is not None
        records.placements.set_state(placement.id, state)
    assert read_slip(kiosk, keys, taken.text).standing is standing


def test_a_slip_of_another_kiosk_is_genuine_and_no_more(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    sync(kiosk)
    reading = read_slip(kiosk, keys, slip_codes.encode(THEIR_SLIP, THEIR_KEY))
    assert (reading.verdict, reading.standing) == (Verdict.GENUINE, Standing.UNKNOWN)
    assert reading.slip is not None
    assert reading.slip.number == "TJ-DZ-0918-03-0041"
    assert (reading.slip.pay_fen, reading.slip.pay_unit) == (18_000, PayUnit.DAY)
    assert (reading.slip.trip_no, reading.slip.bay_no, reading.slip.state) == (12, 3, None)
    assert reading.told_at == kiosk.clock.now()
    assert not reading.is_checked
    assert says(reading, "en") == "Genuine slip"
    assert adds(reading, "en") == "Not checked with the bureau since 05:10"


def test_a_slip_of_the_same_number_from_another_year_is_not_taken_for_ours(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    taken = take(kiosk)
    ours = slip_codes.decode(taken.text).code
    day = ours.day.replace(year=ours.day.year - 2)
    years_ago = replace(ours, day=day, starts_on=day)
    reading = read_slip(kiosk, keys, slip_codes.encode(years_ago, OUR_KEY))
    assert reading.standing is Standing.UNKNOWN
    assert reading.slip is not None
    assert (reading.slip.number, reading.slip.trade_title) == (taken.number, "")


@pytest.mark.parametrize(
    ("key", "verdict", "sentence"),
    [
        (STRANGE_KEY, Verdict.FORGED, "actions.scan.forged"),
        (OUR_KEY, Verdict.FORGED, "actions.scan.forged"),
        (BUREAU_KEY, Verdict.FORGED, "actions.scan.forged"),
    ],
)
def test_nothing_a_forged_slip_says_is_shown(
    kiosk: SampleKiosk, keys: SqlCodeKeys, key: Ed25519PrivateKey, verdict: Verdict, sentence: str
) -> None:
    reading = read_slip(kiosk, keys, slip_codes.encode(THEIR_SLIP, key))
    assert (reading.verdict, reading.sentence.key, reading.slip) == (verdict, sentence, None)


@pytest.mark.parametrize("key_id", [0x123456, BUREAU_KEY_ID, 0xEEEEEE, 0xEEEEEF])
def test_a_key_that_is_no_known_kiosks_proves_no_slip_and_refutes_none(
    kiosk: SampleKiosk, keys: SqlCodeKeys, key_id: int
) -> None:
    signer = BUREAU_KEY if key_id == BUREAU_KEY_ID else THEIR_KEY
    reading = read_slip(kiosk, keys, slip_codes.encode(replace(THEIR_SLIP, key_id=key_id), signer))
    assert (reading.verdict, reading.slip) == (Verdict.UNKNOWN_KEY, None)
    assert reading.sentence.key == "actions.scan.unknown_key"


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


def return_code_of(kiosk: SampleKiosk, number: SlipNumber) -> str:
    return read_document(slip_of(kiosk, number).document).return_code


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


def test_reading_changes_nothing(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    taken = take(kiosk)
    head = kiosk.opened.sync_book.outgoing(1).head
    for text in (taken.text, slip_codes.encode(THEIR_SLIP, THEIR_KEY), "https://example.org"):
        read_scan(kiosk.hall, keys, text)
    assert kiosk.opened.sync_book.outgoing(1).head == head


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


def test_a_kiosk_that_has_the_number_of_practice_all_the_same_is_believed(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    """One key in sixteen million bears it by chance; its slips are as good as any."""
    row = key_row(PRACTICE_KEY_ID, "DZ-04", "DZ", STRANGE_KEY).model_copy(update={"pos": 99})
    answers.tell(kiosk.opened, [row], 99, scope="hall:NZ", feed_gen="g")
    text = slip_codes.encode(replace(THEIR_SLIP, key_id=PRACTICE_KEY_ID), STRANGE_KEY)
    assert read_slip(kiosk, keys, text).verdict is Verdict.GENUINE
