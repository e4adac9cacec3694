"""Which answers move a watermark, and how far."""

from __future__ import annotations

import pytest

from kiosk.protocol.watermarks import (
    Told,
    Watermark,
    heard,
    in_new_generation,
    is_answer_to,
    prunable,
    pruned,
)

HERE = {3: "c", 5: "e"}
"""The hashes of what this kiosk has written, by seq."""


@pytest.mark.parametrize(
    ("told", "moves"),
    [
        (Told(4, 5, "e"), True),
        (Told(2, 3, "c"), True),
        (Told(4, 3, "c"), True),
        (Told(4, 5, "x"), False),
        (Told(4, 6, "f"), False),
        (Told(5, 5, "e"), False),
    ],
    ids=["next", "late", "with no entries", "written otherwise", "never written here", "behind a gap"],
)
def test_an_answer_counts_for_what_is_written_here_and_leaves_no_gap(told: Told, moves: bool) -> None:
    """Broken by believing every answer of the present life: an old copy loses entries by it."""
    assert is_answer_to(told, Watermark(head=5, acked=3), HERE.get(told.last)) is moves


def test_nothing_is_acknowledged_that_was_not_told() -> None:
    mark = Watermark(head=9, acked=3)
    assert heard(mark, Told(4, 5, "e"), acked=8).acked == 5
    assert heard(mark, Told(4, 5, "e"), acked=4).acked == 4
    assert heard(mark, Told(4, 5, "e"), acked=1).acked == 3


def test_the_bureau_may_ask_again_but_not_for_what_is_gone() -> None:
    mark = Watermark(head=9, acked=8, floor=2, prune_ok=4)
    assert heard(mark, Told(9, 9, "i"), acked=5, need_from=6).acked == 5
    assert heard(mark, Told(9, 9, "i"), acked=0, need_from=1).acked == 2


def test_a_backup_holds_no_more_than_what_is_acknowledged() -> None:
    mark = Watermark(head=9, acked=3, prune_ok=1)
    assert heard(mark, Told(4, 5, "e"), acked=5, prune_ok=7).prune_ok == 5
    assert heard(mark, Told(4, 5, "e"), acked=5, prune_ok=0).prune_ok == 1


def test_a_restored_bureau_has_saved_nothing_until_it_says_so() -> None:
    """Broken by keeping what the life before had saved: a copy older than that one holds less."""
    restored = in_new_generation(Watermark(head=9, acked=8, floor=2, prune_ok=6))
    assert restored == Watermark(head=9, acked=2, floor=2, prune_ok=2)
    assert prunable(heard(restored, Told(3, 9, "i"), acked=9, prune_ok=0)) == 2


def test_no_more_is_pruned_than_may_be() -> None:
    mark = Watermark(head=9, acked=8, floor=2, prune_ok=4)
    assert [pruned(mark, up_to).floor for up_to in (1, 3, 7)] == [2, 3, 4]
