"""Keep a card that was left behind, and hand it back: by its number where that is known, else by looks.

The number is never kept. Its hash is, so that its owner can be told where it lies when he comes again; of
somebody under the least age not even that (AGE-01), and once the card is handed back nothing at all.
"""

from __future__ import annotations

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.eligibility.ages import MINIMUM, least_age
from kiosk.domain.found_cards import FoundCard, FoundKind, Lies, Proof
from kiosk.domain.identity import age_on, birth_date_in, check_number, normalise_number
from kiosk.domain.ids import NumberHash
from kiosk.domain.sentences import Sentence
from kiosk.messages.capsules import number_hash
from kiosk.messages.events import CardFound, CardHandedBack


def keep_found_card(hall: Hall, kind: FoundKind, lies: Lies, number: str, staff: Staff) -> FoundCard:
    """Keep that a card lies at the desk; `number` is empty where it bears none or cannot be read.

    Raises Refused for a number that cannot be on such a card, and for a card that lies here already.
    """
    if number and (kind.card is None or check_number(normalise_number(number), kind.card) is not None):
        raise Refused(Sentence("desk.by_hand.bad_number"))
    with hall.store.writing() as records:
        owner = _owner(hall, records, number)
        if owner and records.found_cards.of(owner) is not None:
            raise Refused(Sentence("found.lies_here"))
        card = FoundCard(hall.fresh_id(), kind, lies, owner, hall.now())
        records.found_cards.add(card)
        entry = CardFound(card=card.id, kind=kind.value, lies=lies.value, actor=staff.id)
        records.journal.append(entry, hall.now())
        record_act(hall, records, staff, Act.KEEP_FOUND_CARD, "found_card", card.id, kind.value)
    return card


def hand_back_card(hall: Hall, card_id: str, number: str, staff: Staff) -> Proof:
    """Hand a card back; where its number is known, whoever fetches it has to say the same. Return the proof.

    Raises Refused where the number is another one, or the card does not wait here.
    """
    with hall.store.writing() as records:
        card = next((item for item in records.found_cards.waiting() if item.id == card_id), None)
        if card is None:
            raise Refused(Sentence("found.not_here"))
        if card.number_hash and card.number_hash != _hash(hall, number):
            raise Refused(Sentence("found.another_number"))
        proof = Proof.NUMBER if card.number_hash else Proof.LOOKS
        records.found_cards.hand_back(card.id, hall.now())
        entry = CardHandedBack(card=card.id, proof=proof.value, actor=staff.id)
        records.journal.append(entry, hall.now())
        record_act(hall, records, staff, Act.HAND_BACK_CARD, "found_card", card.id, proof.value)
    return proof


def _owner(hall: Hall, records: Records, number: str) -> NumberHash:
    birth = birth_date_in(normalise_number(number)) if number else None
    least = least_age(records.settings.parameters(hall.today()).whole(MINIMUM))
    if not number or (birth is not None and age_on(birth, hall.today()) < least):
        return NumberHash("")
    return _hash(hall, number)


def _hash(hall: Hall, number: str) -> NumberHash:
    return NumberHash(number_hash(hall.identity.city_key, normalise_number(number)))
