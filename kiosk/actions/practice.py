"""Practice (练习): the whole way with everything real but what is kept, for whoever wants to try it first.

A practice hall is a hall like any other. It has the present board and rules, a store that nobody else ever
reads, and an identity that no kiosk has: what is done in it is done by the very same actions, and is gone
with it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from kiosk.actions.hall import Hall, SlipSigner, nobody_hears
from kiosk.actions.ports import KioskIdentity, Staff, Store
from kiosk.actions.printing import PaperWay, PrintNews
from kiosk.actions.record_act import record_act
from kiosk.domain.cards import CardKind, bare_card
from kiosk.domain.duties import Act
from kiosk.paper.practice import PRACTICE_LETTER

PRACTICE_KIOSK_NO = 0
"""Kiosks are counted from one, so no number on a paper of practice is ever one of a real paper."""
_CITY_KEY_BYTES = 32

PRACTICE_CARD = bare_card(
    CardKind.CITIZEN, name="练习生", number="999999199001010008", birth_date=date(1990, 1, 1)
)
"""Whoever practises: nobody. Region 999999 was never given out, and no reader ever delivers this card."""


@dataclass(frozen=True, slots=True)
class PracticeHall:
    """A hall for one practice, and the way to paper that belongs to it; `close` ends it, nothing is left.

    `keep` is told what the printer says of any paper, and keeps what concerns this hall.
    """

    hall: Hall
    printing: PaperWay
    keep: Callable[[PrintNews], None]
    close: Callable[[], None]


OpenPractice = Callable[[], PracticeHall]
"""Makes a new practice hall; raises WorldFault where that fails."""


def practice_hall(hall: Hall, store: Store, signer: SlipSigner) -> Hall:
    """Return the same hall over a throw-away store.

    Its pseudonyms and tags are made with a key of its own, and nobody hears of a job looked at in vain.
    """
    return replace(
        hall,
        store=store,
        identity=practice_identity(hall.identity),
        signer=signer,
        missed=nobody_hears,
        lacking=nobody_hears,
    )


def practice_identity(identity: KioskIdentity) -> KioskIdentity:
    """Return who a kiosk is while somebody practises at it."""
    return replace(
        identity,
        kiosk=f"practice-{identity.kiosk}",
        kiosk_no=PRACTICE_KIOSK_NO,
        letter=PRACTICE_LETTER,
        city_key=secrets.token_bytes(_CITY_KEY_BYTES),
    )


def note_practice(hall: Hall, staff: Staff) -> None:
    """Keep that a member of staff gave the screen to somebody who practises."""
    with hall.store.writing() as records:
        record_act(hall, records, staff, Act.BEGIN_PRACTICE, "device", "screen")
