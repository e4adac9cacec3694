"""Checking in by hand keeps what a card would have said, and nothing of the young."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.actions.check_in_by_hand import KeyedCard, check_in_keyed, keyed_birth_date, recognise_keyed
from kiosk.actions.faults import Refused
from kiosk.actions.recognise import recognise
from kiosk.actions.sign_in import make_first_administrator
from kiosk.domain.cards import CardKind
from tests.halls import CLERK, SampleKiosk

TODAY = date(2026, 9, 18)


def test_a_person_keyed_by_hand_is_the_same_person_as_by_card(kiosk: SampleKiosk) -> None:
    made = make_first_administrator(kiosk.hall, "李桂芳")
    assert made is not None
    card = kiosk.people["miao"].card
    met = recognise_keyed(kiosk.hall, KeyedCard(card.kind, card.number, card.name))
    assert met is not None
    arrival = check_in_keyed(kiosk.hall, met, made[0])
    assert arrival.is_new
    assert recognise(kiosk.hall, card).worker == met.worker
    with kiosk.hall.store.reading() as records:
        person = records.workers.by_id(met.worker)
        visit = records.check_ins.of(met.worker, kiosk.hall.today())
        assert records.desk.audit_lines(1)[0].act == "check_in_by_hand"
    assert person is not None
    assert visit is not None
    assert visit.method == "by_hand"
    assert (person.birth_date, person.sex, person.name) == (card.birth_date, card.sex, card.name)


@pytest.mark.parametrize(
    ("kind", "number", "born"),
    [
        (CardKind.HMT_RESIDENT, "810000199001010019", date(1990, 1, 1)),
        (CardKind.FOREIGN_2023, "932840199003070019", date(1990, 3, 7)),
        (CardKind.FOREIGN_2017, "CAN310081010122", date(1981, 1, 1)),
    ],
)
def test_every_kind_of_card_is_keyed(kiosk: SampleKiosk, kind: CardKind, number: str, born: date) -> None:
    """One-line break: let `FOREIGN_2017` be read by `birth_date_in`."""
    met = recognise_keyed(kiosk.hall, KeyedCard(kind, number, "TEST PERSON"))
    assert met is not None
    assert check_in_keyed(kiosk.hall, met, CLERK).is_new
    with kiosk.hall.store.reading() as records:
        person = records.workers.by_id(met.worker)
    assert person is not None
    assert (person.kind, person.birth_date, person.number) == (kind, born, number)
    again = recognise_keyed(kiosk.hall, KeyedCard(kind, number))
    assert again is not None
    assert again.worker == met.worker


def test_a_number_with_a_wrong_check_digit_is_refused(kiosk: SampleKiosk) -> None:
    number = kiosk.people["miao"].card.number
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    with pytest.raises(Refused, match="bad_number"):
        recognise_keyed(kiosk.hall, KeyedCard(CardKind.CITIZEN, wrong))


def test_somebody_too_young_is_counted_and_not_kept(kiosk: SampleKiosk) -> None:
    card = kiosk.people["an"].card
    assert recognise_keyed(kiosk.hall, KeyedCard(card.kind, card.number)) is None
    with kiosk.hall.store.reading() as records:
        assert not records.workers.by_tail(card.number[-4:])


@pytest.mark.parametrize(
    ("number", "born"),
    [
        ("CAN310081010121", date(1981, 1, 1)),
        ("CAN310012601010", date(2026, 1, 1)),
        ("CAN310012612310", date(1926, 12, 31)),
    ],
)
def test_two_digits_of_a_year_mean_the_latest_that_has_been(number: str, born: date) -> None:
    number = number[:7] + f"{born:%y%m%d}" + number[13:]
    assert keyed_birth_date(CardKind.FOREIGN_2017, number, TODAY) == born
