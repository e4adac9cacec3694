"""Who comes in by a PIN, with the hash that a kiosk really keeps."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from kiosk.actions.faults import Refused
from kiosk.actions.sign_in import make_first_administrator, sign_in
from tests.halls import SampleKiosk


def test_the_first_administrator_comes_in_by_a_pin_that_takes_time_to_guess(kiosk: SampleKiosk) -> None:
    """A hash of less cost than its library asks for breaks it; other tests are at the desk by such a one."""
    made = make_first_administrator(kiosk.hall, "李桂芳")
    assert made is not None
    first, pin = made
    assert first.pin_hash.startswith("$argon2id$")
    assert not PasswordHasher().check_needs_rehash(first.pin_hash)
    with pytest.raises(Refused, match="wrong"):
        sign_in(kiosk.hall, "".join(str(9 - int(digit)) for digit in pin))
    assert sign_in(kiosk.hall, pin) == first
    assert make_first_administrator(kiosk.hall, "陈志强") is None
