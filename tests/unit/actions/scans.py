"""Codes held before the scanner of a sample kiosk: whose keys are known, and how what was read is said."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.compose_slip import read_document
from kiosk.actions.read_scan import read_scan
from kiosk.actions.scan_readings import ShownReading, SlipReading
from kiosk.catalogue import load
from kiosk.domain.ids import SlipNumber
from kiosk.domain.jobs import PayUnit
from kiosk.domain.slips import SlipKind
from kiosk.messages.feed import FeedRow, KeyBody
from kiosk.messages.slip_codes import SlipCode
from kiosk.storage.code_keys import SqlCodeKeys
from kiosk.ui.presenting import spoken
from tests import answers
from tests.halls import SampleKiosk
from tests.unit.actions.visits import place_of, slip_of

OUR_KEY, OUR_KEY_ID = Ed25519PrivateKey.from_private_bytes(bytes(32)), 0x0A1B2C
THEIR_KEY, THEIR_KEY_ID = Ed25519PrivateKey.from_private_bytes(bytes([1] * 32)), 0x0000D7
BUREAU_KEY, BUREAU_KEY_ID = Ed25519PrivateKey.from_private_bytes(bytes([2] * 32)), 0xBBBBBB
STRANGE_KEY = Ed25519PrivateKey.from_private_bytes(bytes([3] * 32))
DAY = date(2026, 9, 18)
THEIR_SLIP = SlipCode(
    THEIR_KEY_ID, SlipKind.REFERRAL, DAY, 41, 18_000, PayUnit.DAY, DAY + timedelta(days=1), 12, 3, b"12345"
)


def key_row(key_id: int, kiosk: str, station: str, key: Ed25519PrivateKey) -> FeedRow:
    """Return the feed's word of one key."""
    public_key = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    body = KeyBody(key_id=f"{key_id:06x}", kiosk=kiosk, station=station, public_key=public_key)
    return FeedRow(topic="key", id=body.key_id, pos=1, body=body.model_dump_json())


def told_keys(kiosk: SampleKiosk) -> SqlCodeKeys:
    """Let the keys of two kiosks and of the bureau come down, and return them."""
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
    """Let somebody take a place here, and return its slip."""
    record = slip_of(kiosk, place_of(kiosk).slip)
    document = read_document(record.document)
    return Taken(record.number, document.code, document.trade_title)


def read_slip(kiosk: SampleKiosk, keys: SqlCodeKeys, text: str) -> SlipReading:
    """Read what must be a slip."""
    reading = read_scan(kiosk.hall, keys, text)
    assert isinstance(reading, SlipReading)
    return reading


def return_code_of(kiosk: SampleKiosk, number: SlipNumber) -> str:
    """Return the code on the return part of a slip of this kiosk."""
    return read_document(slip_of(kiosk, number).document).return_code


def says(reading: ShownReading, language: str = "zh_CN") -> str:
    """Return what a reading says on the screen."""
    return spoken(load(language), reading.sentence)


def adds(reading: ShownReading, language: str = "zh_CN") -> str:
    """Return what a reading adds below."""
    return spoken(load(language), replace(reading.sentence, key=f"{reading.sentence.key}.note"))
