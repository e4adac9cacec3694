"""Every word about a card that was not read has its picture."""

from __future__ import annotations

import pytest

from kiosk.catalogue import LANGUAGES, load
from kiosk.devices.reader_events import CardUnreadable, ReaderLost
from kiosk.devices.reader_words import worker_sentence
from kiosk.devices.sdt.commands import ReaderFault
from kiosk.resources import assets
from kiosk.ui.views.card_troubles import TROUBLES, USUAL
from kiosk.ui.views.scan_view import WHAT_GOES_WITH

LONGEST_LINE = 12
"""Signs in one line that somebody reads from two steps away."""
LONGEST_DETAIL = 16
"""Signs in a line that holds a coach and a seat, or a day and a time; a figure is half a sign."""
DETAILS = {"trip": "103", "seat": "12", "day": "11月22日", "time": "05:10"}


@pytest.mark.parametrize("fault", list(ReaderFault))
def test_whatever_a_worker_is_told_has_a_picture(fault: ReaderFault) -> None:
    for event in (CardUnreadable(fault), ReaderLost(fault)):
        assert worker_sentence(event).key in TROUBLES


def test_each_thing_to_do_has_a_picture_of_its_own_and_the_drawing_is_there() -> None:
    said = {key: trouble for key, trouble in TROUBLES.items() if key.startswith("devices.reader.")}
    assert len({trouble.picture for trouble in said.values()}) == len(said)
    for trouble in (*TROUBLES.values(), USUAL):
        assert assets("icons", f"{trouble.picture}.svg").is_file()


def test_the_words_are_short() -> None:
    words = load("zh_CN")
    for key, trouble in TROUBLES.items():
        assert len(words(key)) <= LONGEST_LINE
        assert len(words(trouble.note)) <= LONGEST_LINE
    for language in LANGUAGES:
        assert all(load(language)(key) for key in TROUBLES)


def test_a_code_that_is_not_ours_is_named_in_a_few_words_and_what_helps_in_a_few_more() -> None:
    words = load("zh_CN")
    for key, note in WHAT_GOES_WITH.items():
        plain, said = words(note), words(note, **DETAILS)
        assert len(words(key)) <= LONGEST_LINE
        assert signs(said) <= (LONGEST_LINE + 1 if plain == said else LONGEST_DETAIL)
        assert "。" not in words(key) + said


def signs(said: str) -> float:
    """Return how many signs' room a line takes."""
    return sum(0.5 if sign.isascii() else 1 for sign in said)


def test_nobody_is_told_that_a_card_was_not_read_which_was_read() -> None:
    """The number on the card was read, and is wrong; and where the reader is out, no card was laid down."""
    titles = {key: trouble.title for key, trouble in TROUBLES.items()}
    unread = {key for key, title in titles.items() if title == USUAL.title}
    assert unread == {
        f"devices.reader.{name}" for name in ("lay_id_card", "lay_again", "hold_still", "ask_staff")
    }


def test_a_card_that_is_not_accepted_is_not_suspected() -> None:
    for language, words in (("zh_CN", "假伪"), ("en", ("fake", "counterfeit", "false", "forged"))):
        told = load(language)(worker_sentence(CardUnreadable(ReaderFault.COUNTERFEIT, 0x32)).key)
        assert not any(word in told.lower() for word in words)
