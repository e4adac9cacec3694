"""What comes down about a person: a capsule, sealed as the bureau seals it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kiosk.actions.recognise import recognise
from kiosk.domain.cards import IdentityCard
from kiosk.domain.restrictions import Restriction
from kiosk.messages.capsules import content_key, number_hash, seal
from kiosk.messages.feed import CapsuleContent, CapsulePay, FeedRow
from tests import answers
from tests.halls import SampleKiosk


def sealed_for(city_key: bytes, number: str, content: CapsuleContent) -> str:
    """Return what the bureau says of the holder of this number."""
    return seal(content, key=content_key(city_key, number), found_by=number_hash(city_key, number))


def tell_capsule(
    kiosk: SampleKiosk,
    card: IdentityCard,
    pos: int,
    due: Sequence[CapsulePay] = (),
    answered: Sequence[str] = (),
    notice_version: int = 1,
    restriction: Restriction | None = None,
) -> None:
    """Let the city know of the holder of a card, and of what he is to be asked about money."""
    said = restriction or Restriction()
    met = recognise(kiosk.hall, card)
    content = CapsuleContent(
        worker=met.worker,
        person_kind=card.kind.value,
        notice_version=notice_version,
        phone=None,
        trades=[],
        span=None,
        first_seen=kiosk.hall.now(),
        checked_in_on=None,
        check_in_queue_number=None,
        certificates=[],
        classes=[],
        placements=[],
        pay_due=list(due),
        pay_answered=list(answered),
        is_restricted=said.is_restricted,
        restriction_step=said.step,
    )
    sealed = sealed_for(kiosk.hall.identity.city_key, card.number, content)
    row = FeedRow(topic="capsule", id=met.number_hash, pos=pos, body=f'{{"sealed":"{sealed}"}}')
    answers.tell(kiosk.opened, [row], pos, feed_gen="g")


def owed(kiosk: SampleKiosk, placement: str, hours: float = 1) -> CapsulePay:
    """Return a place of another kiosk whose money was due so many hours ago."""
    return CapsulePay(
        placement=placement,
        title="摘苹果",
        worked_on=kiosk.hall.today(),
        due_at=kiosk.hall.now() - timedelta(hours=hours),
        trade="pick_fruit",
        fen=18000,
    )
