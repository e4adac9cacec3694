"""What takes long runs beside the screen once, and how it ended is not lost."""

from __future__ import annotations

import threading

import pytest

from kiosk.app.opening import Opening


class Unforeseen(Exception):
    """A defect."""


def test_what_was_made_beside_the_screen_is_handed_over() -> None:
    ended = threading.Event()
    opening = Opening(threading.get_ident, ended.set)
    opening.start()
    assert ended.wait(10)
    assert opening.result() not in {None, threading.get_ident()}


def test_a_second_start_changes_nothing() -> None:
    made: list[int] = []
    opening = Opening(lambda: made.append(1), lambda: None)
    opening.start()
    opening.start()
    opening.result()
    assert made == [1]


def test_what_never_began_made_nothing() -> None:
    assert Opening(lambda: 1, lambda: None).result() is None


def test_what_went_wrong_is_raised_where_the_result_is_asked_for() -> None:
    def fail() -> None:
        raise Unforeseen

    ended = threading.Event()
    opening = Opening(fail, ended.set)
    opening.start()
    assert ended.wait(10)
    with pytest.raises(Unforeseen):
        opening.result()
