"""Cards that were left behind: nothing of their owner is kept but a hash, and they go back to him alone."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.actions.faults import Refused
from kiosk.actions.keep_found_card import hand_back_card, keep_found_card
from kiosk.domain.found_cards import FoundKind, Lies, Proof
from kiosk.messages.capsules import number_hash
from tests.halls import CITY_KEY, CLERK, SampleKiosk
from tools.figures.people import citizen_card, person_card


def test_a_card_goes_back_to_whoever_says_its_number_and_is_forgotten_then(kiosk: SampleKiosk) -> None:
    """Broken by asking for no number: whoever comes first has somebody else's card."""
    number = kiosk.people["miao"].card.number
    card = keep_found_card(kiosk.hall, FoundKind.CITIZEN, Lies.SAFE, number, CLERK)
    with pytest.raises(Refused, match="lies_here"):
        keep_found_card(kiosk.hall, FoundKind.CITIZEN, Lies.DRAWER, number, CLERK)
    for wrong in (person_card(1).number, ""):
        with pytest.raises(Refused, match="another_number"):
            hand_back_card(kiosk.hall, card.id, wrong, CLERK)
    assert hand_back_card(kiosk.hall, card.id, number, CLERK) is Proof.NUMBER
    with pytest.raises(Refused, match="not_here"):
        hand_back_card(kiosk.hall, card.id, number, CLERK)
    with kiosk.opened.database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT number_hash, handed_at FROM found_card").all()
    assert [row.number_hash for row in kept] == [""]
    assert kept[0].handed_at is not None


def test_no_entry_and_no_line_of_the_log_says_whose_card_it_was(kiosk: SampleKiosk) -> None:
    """Broken by telling the hash: the bureau knows whose card lay where."""
    number = kiosk.people["miao"].card.number
    found = number_hash(CITY_KEY, number)
    card = keep_found_card(kiosk.hall, FoundKind.CITIZEN, Lies.SAFE, number, CLERK)
    hand_back_card(kiosk.hall, card.id, number, CLERK)
    head = kiosk.opened.sync_book.outgoing(1).head
    told = "".join(entry.body for entry in kiosk.opened.sync_book.outgoing(head).events)
    assert '"kind":"citizen"' in told
    assert not any(word in told for word in (number, number[-4:], found, found[:24]))


def test_of_somebody_under_the_least_age_not_even_a_hash_is_kept(kiosk: SampleKiosk) -> None:
    """Broken by hashing whatever is keyed: AGE-01 keeps nothing of a child."""
    child = citizen_card(date(2015, 1, 1), 1).number
    card = keep_found_card(kiosk.hall, FoundKind.CITIZEN, Lies.SAFE, child, CLERK)
    assert card.number_hash == ""
    assert hand_back_card(kiosk.hall, card.id, "", CLERK) is Proof.LOOKS


@pytest.mark.parametrize(("kind", "number"), [(FoundKind.CITIZEN, "1"), (FoundKind.BANK, "6222020000000000")])
def test_a_number_that_no_such_card_bears_is_refused(
    kiosk: SampleKiosk, kind: FoundKind, number: str
) -> None:
    with pytest.raises(Refused, match="bad_number"):
        keep_found_card(kiosk.hall, kind, Lies.SAFE, number, CLERK)
