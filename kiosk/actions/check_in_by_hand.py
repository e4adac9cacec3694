"""Check a person in whose card the reader does not read, from what an attendant keys twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.actions.check_in import Arrival, check_in, count_anonymously, register_and_check_in
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.recognise import Acquaintance, Recognition, recognise
from kiosk.actions.record_act import record_act
from kiosk.domain.cards import CardKind, IdentityCard, Sex, bare_card
from kiosk.domain.duties import Act
from kiosk.domain.identity import birth_date_in, check_number, normalise_number
from kiosk.domain.sentences import Sentence


@dataclass(frozen=True, slots=True, repr=False)
class KeyedCard:
    """What an attendant keyed: kind of card, number, and the name where the hall does not know it."""

    kind: CardKind
    number: str
    name: str = ""

    def __repr__(self) -> str:
        """Show the kind alone, as for every card."""
        return f"KeyedCard({self.kind.value}, …)"


def recognise_keyed(hall: Hall, keyed: KeyedCard) -> Recognition | None:
    """Return who this is, or None for somebody under the minimum age, of whom only a count is kept (AGE-01).

    Raises Refused when no card of that kind can carry the number.
    """
    if check_number(normalise_number(keyed.number), keyed.kind) is not None:
        raise Refused(Sentence("desk.by_hand.bad_number"))
    met = recognise(hall, _card(keyed, hall.today()))
    if met.acquaintance is Acquaintance.TOO_YOUNG:
        count_anonymously(hall, "too_young")
        return None
    return met


def check_in_keyed(hall: Hall, met: Recognition, staff: Staff) -> Arrival:
    """Check in somebody recognised by `recognise_keyed`; a person not known here has said yes to the notice.

    The act is written first: a log may tell of a check-in that a failing disk prevented, never miss one.
    """
    with hall.store.writing() as records:
        record_act(hall, records, staff, Act.CHECK_IN_BY_HAND, "worker", met.worker)
    if met.acquaintance is Acquaintance.KNOWN:
        return check_in(hall, met, "by_hand")
    return register_and_check_in(hall, met, "by_hand", staff.id)


def keyed_birth_date(kind: CardKind, number: str, today: date) -> date | None:
    """Return the birth date a number carries; a two-digit year is the latest that has been."""
    if kind is not CardKind.FOREIGN_2017:
        return birth_date_in(number)
    year, month, day = (int(number[at : at + 2]) for at in (7, 9, 11))
    for century in (2000, 1900):
        try:
            born = date(century + year, month, day)
        except ValueError:
            continue
        if born <= today:
            return born
    return None


def _card(keyed: KeyedCard, today: date) -> IdentityCard:
    number = normalise_number(keyed.number)
    born = keyed_birth_date(keyed.kind, number, today)
    return bare_card(keyed.kind, keyed.name, number, _sex(number), born)


def _sex(number: str) -> Sex:
    """Return the sex that the sequence of an 18-character number carries: odd for men (GB 11643)."""
    if len(number) != 18:
        return Sex.UNKNOWN
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
