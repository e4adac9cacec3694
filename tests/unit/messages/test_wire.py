"""What a value read from the wire leaves behind in memory."""

from __future__ import annotations

from kiosk.messages.events import FirstAnswersGiven

SAID = '{"worker": "w-1", "phone": "13900000001", "trades": [], "span": null}'


def test_what_a_person_said_is_not_kept_for_the_next_value() -> None:
    """Broken by letting the reader of JSON keep the strings it has met, thousands of them until the end."""
    first, second = (FirstAnswersGiven.model_validate_json(SAID) for _ in range(2))
    assert first.phone == second.phone == "13900000001"
    assert first.phone is not second.phone
