"""The signed code: small, free of personal data, and impossible to change unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import base45  # type: ignore[import-untyped]  # it ships no types
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.jobs import PayUnit
from kiosk.domain.slips import SlipKind
from kiosk.messages.code_envelopes import NotOurCode, Verdict
from kiosk.messages.slip_codes import (
    ENVELOPE,
    SlipCode,
    check_code,
    decode,
    encode,
    promise_digest,
    verify,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
DAY = date(2025, 9, 18)
CODE = SlipCode(7, SlipKind.DISPATCH, DAY, 37, 18_000, PayUnit.DAY, DAY, 3, 3, promise_digest(("a", "b")))
PREFIX = ENVELOPE.prefix
QR_ALPHABET = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

codes = st.builds(
    SlipCode,
    key_id=st.integers(0, (1 << 24) - 1),
    kind=st.sampled_from(SlipKind),
    day=st.just(DAY),
    counter=st.integers(0, 65_535),
    pay_fen=st.integers(0, (1 << 24) - 1),
    pay_unit=st.sampled_from(PayUnit),
    starts_on=st.integers(0, 255).map(lambda days: DAY + timedelta(days=days)),
    trip_no=st.integers(0, 255),
    bay_no=st.integers(0, 255),
    promise=st.binary(min_size=5, max_size=5),
)


@given(codes)
def test_what_is_encoded_is_decoded(code: SlipCode) -> None:
    assert decode(encode(code, KEY)).code == code


@given(codes)
def test_a_code_fits_version_6_of_the_qr_alphabet(code: SlipCode) -> None:
    text = encode(code, KEY)
    assert set(text) <= QR_ALPHABET
    assert len(text) == 130
    assert len(base45.b45decode(text.removeprefix(PREFIX))) == 84


def test_a_code_is_genuine_forged_or_of_an_unknown_key() -> None:
    signed = decode(encode(CODE, KEY))
    assert verify(signed, {7: KEY.public_key()}) is Verdict.GENUINE
    assert verify(signed, {7: OTHER_KEY.public_key()}) is Verdict.FORGED
    assert verify(signed, {8: KEY.public_key()}) is Verdict.UNKNOWN_KEY


@given(st.integers(0, 83), st.integers(1, 255))
def test_a_changed_byte_is_never_genuine(position: int, change: int) -> None:
    raw = bytearray(base45.b45decode(encode(CODE, KEY).removeprefix(PREFIX)))
    raw[position] ^= change
    text = PREFIX + base45.b45encode(bytes(raw)).decode()
    try:
        verdict = verify(decode(text), {7: KEY.public_key()})
    except NotOurCode:
        return
    assert verdict is not Verdict.GENUINE


@given(st.text(max_size=200) | st.text(max_size=200).map(lambda text: PREFIX + text))
def test_any_other_text_is_politely_refused(text: str) -> None:
    with pytest.raises(NotOurCode):
        decode(text)


def test_the_bytes_of_a_slip_are_those_that_are_on_paper_in_the_halls() -> None:
    body = base45.b45decode(encode(CODE, KEY).removeprefix("LG1:"))[:20]
    assert body.hex(" ") == "11 00 00 07 08 27 00 25 00 46 50 00 00 03 03 " + CODE.promise.hex(" ")


def test_a_value_that_does_not_fit_is_refused() -> None:
    for change in ({"key_id": 1 << 24}, {"pay_fen": -1}, {"bay_no": 256}, {"promise": b"four"}):
        with pytest.raises(ValueError, match="does not fit"):
            replace(CODE, **change)
    with pytest.raises(ValueError, match="does not fit"):
        replace(CODE, starts_on=DAY - timedelta(days=1))


def test_the_digest_notices_a_word_that_moved() -> None:
    assert promise_digest(("晨禾", "合作社")) != promise_digest(("晨禾合", "作社"))


def test_the_check_code_is_eight_signs_that_cannot_be_mistaken() -> None:
    sign = check_code(promise_digest(("晨禾", "南沟村", "17:30")))
    assert len(sign) == 8
    assert set(sign) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
