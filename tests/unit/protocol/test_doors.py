"""Which words about a paper free its numbers: the present door's, about what it was asked to keep out."""

from __future__ import annotations

import pytest

from kiosk.protocol.doors import Door, acknowledged, blocked, handed_to, scanned_in

DOOR = Door("t1", "stream-a", open_blocks=frozenset({"P1"}), settled=frozenset({"P2"}))


@pytest.mark.parametrize(
    ("stream", "slip", "freed"),
    [
        ("stream-a", "P1", True),
        ("stream-b", "P1", False),
        ("stream-a", "P2", False),
        ("stream-a", "P3", False),
    ],
    ids=["kept out by the door", "kept out by another device", "answered before", "nobody asked for it"],
)
def test_an_answer_frees_what_the_door_was_asked_to_keep_out_and_once(
    stream: str, slip: str, freed: bool
) -> None:
    """Broken by believing whatever is told: a number in use, or with somebody else by now, is free again."""
    after, free = acknowledged(DOOR, stream, [slip], aboard=[])
    assert free == (frozenset({slip}) if freed else frozenset())
    assert (after == DOOR) is not freed


@pytest.mark.parametrize("slip", ["P2", "P3"], ids=["settled before", "nobody asked for it"])
def test_a_scanned_paper_that_need_not_stay_out_frees_nothing(slip: str) -> None:
    """Broken by freeing whatever is scanned: the number of a paper in use is handed out again."""
    assert scanned_in(DOOR, slip, 0, is_over=True) == (DOOR, frozenset())


def test_what_is_settled_is_not_asked_again_and_stays_settled_at_the_next_door() -> None:
    assert blocked(DOOR, "P2") == DOOR
    assert handed_to(DOOR, "stream-b", is_closed=True, is_quarantined=False).settled == DOOR.settled
