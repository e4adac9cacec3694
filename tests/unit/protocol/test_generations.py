"""Which life of the bureau is believed, and which words prove that it went back unannounced."""

from __future__ import annotations

import pytest

from kiosk.protocol.generations import NONE_YET, Belief, belief_in, following, knows_more


@pytest.mark.parametrize(
    ("said", "proves"), [("3-a", False), ("2-a", False), (NONE_YET, False), ("4-b", True), ("3-b", True)]
)
def test_who_heard_of_a_later_life_or_of_another_as_old_proves_a_step_back(said: str, proves: bool) -> None:
    """Broken by asking for later ones alone: a kiosk of the other life believes nothing, for ever."""
    assert knows_more(said, ours="3-a") is proves


@pytest.mark.parametrize(
    ("told", "belief"),
    [("3-a", Belief.SAME), ("4-b", Belief.NEWER), ("3-b", Belief.STRANGE), ("2-a", Belief.STRANGE)],
)
def test_an_older_life_and_another_as_old_are_not_believed(told: str, belief: Belief) -> None:
    assert belief_in(told, known="3-a") is belief


def test_a_life_that_follows_is_believed_by_everybody() -> None:
    assert belief_in(following("3-a", "b"), known="3-a") is Belief.NEWER
