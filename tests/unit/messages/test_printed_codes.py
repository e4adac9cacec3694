"""Slip, badge and boarding code: what is written is read, and nothing that was changed is ever genuine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import base45  # type: ignore[import-untyped]  # it ships no types
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import StaffId
from kiosk.domain.jobs import PayUnit
from kiosk.domain.slips import SlipKind
from kiosk.messages import badge_codes, boarding_codes, slip_codes
from kiosk.messages.badge_codes import BadgeCode, staff_mark
from kiosk.messages.boarding_codes import BoardingCode
from kiosk.messages.code_envelopes import Envelope, NotOurCode, Verdict
from kiosk.messages.scanned import what_is
from kiosk.messages.slip_codes import SlipCode, promise_digest

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
KEYS = {7: KEY.public_key()}
DAY = date(2026, 9, 18)
QR_ALPHABET = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
SIGNS_OF_VERSION_6 = 154

SLIP = SlipCode(7, SlipKind.DISPATCH, DAY, 37, 18_000, PayUnit.DAY, DAY, 3, 3, promise_digest(("a", "b")))
BADGE = BadgeCode(7, staff_mark(StaffId("id-000001")), DAY, 1)
BOARDING = BoardingCode(7, 8, DAY, 37, SlipKind.DISPATCH, DAY, 3, 12)

Verify = Callable[[str, dict[int, Ed25519PublicKey], date], Verdict]


def of_slip(text: str, keys: dict[int, Ed25519PublicKey], _today: date) -> Verdict:
    return slip_codes.verify(slip_codes.decode(text), keys)


def of_badge(text: str, keys: dict[int, Ed25519PublicKey], today: date) -> Verdict:
    signed = badge_codes.decode(text)
    return badge_codes.verify(signed, keys.get(signed.code.key_id), today)


def of_boarding(text: str, keys: dict[int, Ed25519PublicKey], today: date) -> Verdict:
    signed = boarding_codes.decode(text)
    return boarding_codes.verify(signed, keys.get(signed.code.key_id), today)


EACH_KIND = pytest.mark.parametrize(
    ("text", "envelope", "verdict_of"),
    [
        pytest.param(slip_codes.encode(SLIP, KEY), slip_codes.ENVELOPE, of_slip, id="slip"),
        pytest.param(badge_codes.encode(BADGE, KEY), badge_codes.ENVELOPE, of_badge, id="badge"),
        pytest.param(
            boarding_codes.encode(BOARDING, KEY), boarding_codes.ENVELOPE, of_boarding, id="boarding"
        ),
    ],
)
days = st.integers(0, 65_000).map(lambda number: date(2020, 1, 1) + timedelta(days=number))
key_ids = st.integers(0, (1 << 24) - 1)
badges = st.builds(
    BadgeCode,
    key_id=key_ids,
    staff_mark=st.binary(min_size=16, max_size=16),
    valid_to=days,
    serial=st.integers(0, (1 << 32) - 1),
)
boardings = st.builds(
    lambda code, after: replace(code, trip_day=code.slip_day + timedelta(days=after)),
    days.flatmap(
        lambda day: st.builds(
            BoardingCode,
            key_id=key_ids,
            slip_key_id=key_ids,
            slip_day=st.just(day),
            slip_counter=st.integers(0, 65_535),
            slip_kind=st.sampled_from(SlipKind),
            trip_day=st.just(day),
            trip_no=st.integers(1, 255),
            seat=st.integers(1, 255),
        )
    ),
    st.integers(0, 255),
)


@given(badges)
def test_what_is_written_on_a_badge_is_read_from_it(code: BadgeCode) -> None:
    assert badge_codes.decode(badge_codes.encode(code, KEY)).code == code


@given(boardings)
def test_what_is_written_on_a_boarding_pass_is_read_from_it(code: BoardingCode) -> None:
    assert boarding_codes.decode(boarding_codes.encode(code, KEY)).code == code


@EACH_KIND
def test_a_code_fits_version_6_of_the_qr_alphabet(text: str, envelope: Envelope, verdict_of: Verify) -> None:
    assert set(text) <= QR_ALPHABET
    assert len(text) <= SIGNS_OF_VERSION_6
    assert len(base45.b45decode(text.removeprefix(envelope.prefix))) == envelope.body_bytes + 64


@EACH_KIND
def test_a_code_is_genuine_forged_or_of_an_unknown_key(
    text: str, envelope: Envelope, verdict_of: Verify
) -> None:
    assert verdict_of(text, KEYS, DAY) is Verdict.GENUINE
    assert verdict_of(text, {7: OTHER_KEY.public_key()}, DAY) is Verdict.FORGED
    assert verdict_of(text, {}, DAY) is Verdict.UNKNOWN_KEY


@EACH_KIND
def test_every_single_bit_turned_over_is_noticed(text: str, envelope: Envelope, verdict_of: Verify) -> None:
    """A bit of the key's id leads to another key: one that is unknown, or one that did not sign this."""
    raw = base45.b45decode(text.removeprefix(envelope.prefix))
    for bit in range(len(raw) * 8):
        turned = bytearray(raw)
        turned[bit // 8] ^= 1 << bit % 8
        changed = envelope.prefix + base45.b45encode(bytes(turned)).decode()
        try:
            verdict = verdict_of(changed, KEYS, DAY)
        except NotOurCode:
            continue
        is_key_id = 8 <= bit < 32
        assert verdict is (Verdict.UNKNOWN_KEY if is_key_id else Verdict.FORGED), bit


@EACH_KIND
@given(data=st.data())
def test_every_bit_of_the_text_counts_too(
    text: str, envelope: Envelope, verdict_of: Verify, data: st.DataObject
) -> None:
    at, bit = data.draw(st.integers(0, len(text) - 1)), data.draw(st.integers(0, 6))
    changed = text[:at] + chr(ord(text[at]) ^ 1 << bit) + text[at + 1 :]
    try:
        verdict = verdict_of(changed, KEYS, DAY)
    except NotOurCode:
        return
    assert verdict in {Verdict.FORGED, Verdict.UNKNOWN_KEY}


@EACH_KIND
@pytest.mark.parametrize("behind", ["\n", " ", "0", "\n\n"])
def test_one_code_is_written_in_one_way_only(
    text: str, envelope: Envelope, verdict_of: Verify, behind: str
) -> None:
    with pytest.raises(NotOurCode):
        verdict_of(text + behind, KEYS, DAY)


@given(
    st.sampled_from(("", "LG1:", "LG2:", "LG3:", "LG4:", "LG6:")),
    st.text(max_size=200) | st.binary(max_size=160).map(lambda raw: base45.b45encode(raw).decode()),
)
def test_no_text_at_all_is_an_accident(prefix: str, text: str) -> None:
    what_is(prefix + text)


@pytest.mark.parametrize(
    ("envelope", "decode"),
    [
        (slip_codes.ENVELOPE, slip_codes.decode),
        (badge_codes.ENVELOPE, badge_codes.decode),
        (boarding_codes.ENVELOPE, boarding_codes.decode),
    ],
)
@given(raw=st.data())
def test_any_bytes_of_the_right_length_are_a_code_or_none(
    envelope: Envelope, decode: Callable[[str], object], raw: st.DataObject
) -> None:
    body = raw.draw(st.binary(min_size=envelope.body_bytes - 1, max_size=envelope.body_bytes - 1))
    text = envelope.prefix + base45.b45encode(b"\x11" + body + bytes(64)).decode()
    try:
        decode(text)
    except NotOurCode:
        return


def test_no_two_kinds_of_code_have_one_length() -> None:
    envelopes = (slip_codes.ENVELOPE, badge_codes.ENVELOPE, boarding_codes.ENVELOPE)
    assert len({envelope.prefix for envelope in envelopes}) == len(envelopes)
    assert len({envelope.body_bytes for envelope in envelopes}) == len(envelopes)


@EACH_KIND
def test_a_code_is_no_code_of_another_kind(text: str, envelope: Envelope, verdict_of: Verify) -> None:
    for prefix, decode in (
        ("LG1:", slip_codes.decode),
        ("LG2:", badge_codes.decode),
        ("LG3:", boarding_codes.decode),
    ):
        if prefix != envelope.prefix:
            with pytest.raises(NotOurCode):
                decode(prefix + text.removeprefix(envelope.prefix))


def test_a_badge_and_a_pass_are_good_through_their_last_day() -> None:
    badge, boarding = badge_codes.encode(BADGE, KEY), boarding_codes.encode(BOARDING, KEY)
    after = DAY + timedelta(days=1)
    assert of_badge(badge, KEYS, DAY) is Verdict.GENUINE
    assert of_badge(badge, KEYS, after) is Verdict.EXPIRED
    assert of_boarding(boarding, KEYS, DAY) is Verdict.GENUINE
    assert of_boarding(boarding, KEYS, after) is Verdict.EXPIRED


def test_a_forged_badge_does_not_become_an_expired_one() -> None:
    forged = badge_codes.encode(BADGE, OTHER_KEY)
    assert of_badge(forged, KEYS, DAY + timedelta(days=1)) is Verdict.FORGED


def test_a_badge_names_nobody() -> None:
    body = base45.b45decode(badge_codes.encode(BADGE, KEY).removeprefix("LG2:"))
    assert b"id-000001" not in body
    assert badge_codes.decode(badge_codes.encode(BADGE, KEY)).code.staff_mark == staff_mark(
        StaffId("id-000001")
    )


@EACH_KIND
def test_no_log_can_show_what_would_make_the_code_again(
    text: str, envelope: Envelope, verdict_of: Verify
) -> None:
    sealed = envelope.open(text)
    assert repr(sealed) == "SealedCode(key_id=7)"


def test_values_that_do_not_fit_are_refused() -> None:
    for badge in (
        {"key_id": 1 << 24},
        {"serial": -1},
        {"staff_mark": b"short"},
        {"valid_to": date(2019, 12, 31)},
    ):
        with pytest.raises(ValueError, match="does not fit"):
            replace(BADGE, **badge)
    for boarding in (
        {"slip_key_id": -1},
        {"seat": 0},
        {"trip_no": 256},
        {"trip_day": DAY - timedelta(days=1)},
    ):
        with pytest.raises(ValueError, match="does not fit"):
            replace(BOARDING, **boarding)
