"""The key of a capsule is the same whichever library derives it, so capsules of every version open."""

from __future__ import annotations

import hashlib

from kiosk.messages.capsules import content_key

CITY_KEY = bytes(range(32))
NUMBER = "999999198001010014"


def test_a_capsules_key_is_the_one_that_earlier_versions_derived() -> None:
    salt = hashlib.sha256(CITY_KEY).digest()
    derived = hashlib.scrypt(NUMBER.encode(), salt=salt, n=2**13, r=8, p=1, dklen=32)
    assert content_key(CITY_KEY, NUMBER) == derived
