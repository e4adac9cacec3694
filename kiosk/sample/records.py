"""What a desk recorded of the sample people before the morning, as the journal entries it would have sent.

Papers reach a kiosk only through the bureau: these entries go up on a desk's stream, the bureau makes
capsules of them, and a kiosk opens a capsule when the card lies on its reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.actions.recognise import worker_id_of
from kiosk.domain.ids import NumberHash
from kiosk.messages.capsules import number_hash
from kiosk.messages.events import (
    CertificateRecorded,
    ClassHeld,
    EventBody,
    HardshipVerified,
    Person,
    SkillRecorded,
    WorkerRegistered,
)
from kiosk.sample.people import SamplePerson


def desk_records(
    people: Iterable[SamplePerson], city_key: bytes, notice_version: int, actor: str
) -> Iterator[EventBody]:
    """Yield the entries of everyone with any paper: registered first, then each paper."""
    for person in people:
        if person.certificates or person.classes or person.skills or person.hardships:
            yield from _records_of(person, city_key, notice_version, actor)


def _records_of(
    person: SamplePerson, city_key: bytes, notice_version: int, actor: str
) -> Iterator[EventBody]:
    card = person.card
    found = NumberHash(number_hash(city_key, card.number))
    worker = worker_id_of(found)
    yield WorkerRegistered(
        worker=worker,
        person=Person(
            kind=card.kind.value,
            name=card.display_name,
            number=card.number,
            sex=card.sex.value,
            birth_date=card.birth_date,
            region=card.region_code,
        ),
        notice_version=notice_version,
        method="card",
    )
    for held in person.certificates:
        yield CertificateRecorded(
            worker=worker,
            kind=held.kind.value,
            number_tail=held.number_tail,
            valid_until=held.valid_until,
            review_by=held.review_by,
            actor=actor,
        )
    for attended in person.classes:
        yield ClassHeld(
            worker=worker,
            hazard_class=attended.hazard_class,
            held_on=attended.held_on,
            valid_until=attended.valid_until,
            actor=actor,
        )
    for skill in person.skills:
        yield SkillRecorded(worker=worker, trade=skill.trade, grade=skill.grade.value, actor=actor)
    for hardship in person.hardships:
        yield HardshipVerified(
            worker=worker, kind=hardship.kind.value, valid_until=hardship.valid_until, actor=actor
        )
