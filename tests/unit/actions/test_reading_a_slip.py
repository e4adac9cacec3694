"""A slip before the scanner is answered truly: proven first, and no more claimed than is known here."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.read_scan import read_scan
from kiosk.actions.scan_readings import Standing
from kiosk.actions.settle_slip import void_slip
from kiosk.domain.jobs import PayUnit
from kiosk.domain.placements import PlacementState
from kiosk.domain.slips import SlipState
from kiosk.messages import slip_codes
from kiosk.messages.code_envelopes import Verdict
from kiosk.messages.practice_codes import PRACTICE_KEY_ID
from kiosk.storage.code_keys import SqlCodeKeys
from tests import answers
from tests.halls import CLERK, SampleKiosk
from tests.unit.actions.scans import (
    BUREAU_KEY,
    BUREAU_KEY_ID,
    OUR_KEY,
    STRANGE_KEY,
    THEIR_KEY,
    THEIR_SLIP,
    adds,
    key_row,
    read_slip,
    says,
    take,
)


def sync(kiosk: SampleKiosk) -> None:
    """Let the bureau take in everything there is, and answer."""
    book = kiosk.opened.sync_book
    said = book.outgoing(500)
    answers.acknowledge(kiosk.opened, said.head)
    now = kiosk.clock.now()
    book.note_attempt(now, success=True, problem="", next_try_at=now, server_time=now)


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


@pytest.mark.parametrize("key", [STRANGE_KEY, OUR_KEY, BUREAU_KEY])
def test_nothing_a_forged_slip_says_is_shown(
    kiosk: SampleKiosk, keys: SqlCodeKeys, key: Ed25519PrivateKey
) -> None:
    reading = read_slip(kiosk, keys, slip_codes.encode(THEIR_SLIP, key))
    assert (reading.verdict, reading.slip) == (Verdict.FORGED, None)
    assert reading.sentence.key == "actions.scan.forged"


@pytest.mark.parametrize("key_id", [0x123456, BUREAU_KEY_ID, 0xEEEEEE, 0xEEEEEF])
def test_a_key_that_is_no_known_kiosks_proves_no_slip_and_refutes_none(
    kiosk: SampleKiosk, keys: SqlCodeKeys, key_id: int
) -> None:
    signer = BUREAU_KEY if key_id == BUREAU_KEY_ID else THEIR_KEY
    reading = read_slip(kiosk, keys, slip_codes.encode(replace(THEIR_SLIP, key_id=key_id), signer))
    assert (reading.verdict, reading.slip) == (Verdict.UNKNOWN_KEY, None)
    assert reading.sentence.key == "actions.scan.unknown_key"


def test_reading_changes_nothing(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    taken = take(kiosk)
    head = kiosk.opened.sync_book.outgoing(1).head
    for text in (taken.text, slip_codes.encode(THEIR_SLIP, THEIR_KEY), "https://example.org"):
        read_scan(kiosk.hall, keys, text)
    assert kiosk.opened.sync_book.outgoing(1).head == head


def test_a_kiosk_that_has_the_number_of_practice_all_the_same_is_believed(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    """One key in sixteen million bears it by chance; its slips are as good as any."""
    row = key_row(PRACTICE_KEY_ID, "DZ-04", "DZ", STRANGE_KEY).model_copy(update={"pos": 99})
    answers.tell(kiosk.opened, [row], 99, scope="hall:NZ", feed_gen="g")
    text = slip_codes.encode(replace(THEIR_SLIP, key_id=PRACTICE_KEY_ID), STRANGE_KEY)
    assert read_slip(kiosk, keys, text).verdict is Verdict.GENUINE
