"""What file and database together know of streams: each knows something that the other may have lost."""

from __future__ import annotations

from kiosk.domain.quotas import NumberRange, NumberSet
from kiosk.protocol.marks import GrantedMark, OlderStream, mended

PLACES = "places:j1"


def numbers(first: int, last: int) -> NumberSet:
    return NumberSet.of([NumberRange(first, last)])


def test_a_stream_before_keeps_what_either_knows_of_it() -> None:
    """Broken by taking the later word for the whole: numbers that may be on paper are given away."""
    known = GrantedMark("s2", {}, (OlderStream("s1", 3, {PLACES: numbers(1, 2)}),))
    whole = mended(known, "s2", {}, (OlderStream("s1", 2, {PLACES: numbers(2, 4)}),))
    assert whole.older == (OlderStream("s1", 3, {PLACES: numbers(1, 4)}),)


def test_a_stream_whose_end_never_came_to_be_has_all_that_it_ever_had() -> None:
    """Broken by asking the database alone, which a grant reaches after the file."""
    known = GrantedMark("never", {}, (OlderStream("s1", 3, {PLACES: numbers(1, 3)}),))
    assert mended(known, "s1", {PLACES: numbers(1, 2)}, ()) == GrantedMark("s1", {PLACES: numbers(1, 3)}, ())
