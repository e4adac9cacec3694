"""Paper of a key that the bureau retired: genuine up to the key's last day, and of no later one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.actions.read_scan import read_scan
from kiosk.actions.scan_readings import BoardingReading
from kiosk.domain.slips import SlipKind
from kiosk.messages import boarding_codes, slip_codes
from kiosk.messages.boarding_codes import BoardingCode
from kiosk.messages.code_envelopes import Verdict
from kiosk.messages.feed import KeyBody
from kiosk.storage.code_keys import SqlCodeKeys
from tests import answers
from tests.halls import SampleKiosk
from tests.unit.actions.scans import DAY, THEIR_KEY, THEIR_KEY_ID, THEIR_SLIP, key_row, read_slip


@pytest.fixture
def keys(kiosk: SampleKiosk) -> SqlCodeKeys:
    """The key of a kiosk whose last day is that of its slip."""
    row = key_row(THEIR_KEY_ID, "DZ-03", "DZ", THEIR_KEY)
    body = KeyBody.model_validate_json(row.body).model_copy(update={"last_day": DAY})
    told = row.model_copy(update={"body": body.model_dump_json()})
    answers.tell(kiosk.opened, [told], 1, scope="hall:NZ", feed_gen="g", is_snapshot=True)
    return SqlCodeKeys(kiosk.opened.database)


def test_a_retired_key_signs_no_paper_of_a_later_day(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    """Broken by believing every signature of a key that was once given out."""
    of_its_day = slip_codes.encode(THEIR_SLIP, THEIR_KEY)
    later = replace(THEIR_SLIP, day=DAY + timedelta(days=1), starts_on=DAY + timedelta(days=2))
    assert read_slip(kiosk, keys, of_its_day).verdict is Verdict.GENUINE
    assert read_slip(kiosk, keys, slip_codes.encode(later, THEIR_KEY)).verdict is Verdict.FORGED
    for days, verdict in ((1, Verdict.GENUINE), (2, Verdict.FORGED)):
        trip_day = DAY + timedelta(days=days)
        code = BoardingCode(THEIR_KEY_ID, THEIR_KEY_ID, DAY, 37, SlipKind.DISPATCH, trip_day, 12, 7)
        reading = read_scan(kiosk.hall, keys, boarding_codes.encode(code, THEIR_KEY))
        assert isinstance(reading, BoardingReading)
        assert reading.verdict is verdict
