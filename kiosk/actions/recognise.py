"""Recognise a person by the card that lies on the reader, without keeping anything of it yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records
from kiosk.domain.cards import CardKind, IdentityCard, Sex, bare_card
from kiosk.domain.eligibility.ages import MINIMUM, least_age
from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.identity import age_on, birth_date_in, check_number, normalise_number
from kiosk.domain.ids import NumberHash, PlacementId, WorkerId
from kiosk.domain.jobs import Certificate
from kiosk.domain.skills import Grade, HeldSkill
from kiosk.domain.workers import (
    Engagement,
    FirstAnswers,
    HeldCertificate,
    HeldEducation,
    Standing,
    Worker,
    WorkSpan,
)
from kiosk.messages.capsules import number_hash, unseal
from kiosk.messages.feed import CapsuleContent
from kiosk.messages.personal import Kind


class Acquaintance(StrEnum):
    """How well the hall knows the holder of a card."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NEWER_NOTICE = "newer_notice"
    TOO_YOUNG = "too_young"
    BAD_NUMBER = "bad_number"


@dataclass(frozen=True, slots=True, repr=False)
class Recognition:
    """A card in hand, for the length of a visit: never stored, never logged."""

    acquaintance: Acquaintance
    card: IdentityCard
    number_hash: NumberHash
    worker: WorkerId
    capsule: CapsuleContent | None

    def __repr__(self) -> str:
        """Show the acquaintance alone."""
        return f"Recognition({self.acquaintance.value}, …)"


def recognise(hall: Hall, card: IdentityCard) -> Recognition:
    """Return who lays this card down. Reads only; a person under the minimum age is not even looked up.

    AGE-01 (劳动法 15, 禁止使用童工规定 2): below the minimum age nothing is kept, not even a hash.
    """
    number = normalise_number(card.number)
    with hall.store.reading() as records:
        minimum = least_age(records.settings.parameters(hall.today()).whole(MINIMUM))
        birth = card.birth_date or birth_date_in(number)
        if birth is not None and age_on(birth, hall.today()) < minimum:
            return Recognition(Acquaintance.TOO_YOUNG, card, NumberHash(""), WorkerId(""), None)
        found = NumberHash(number_hash(hall.identity.city_key, number))
        capsule = _open_capsule(hall, records, found, number)
        acquaintance = _acquaintance(hall, records, card, found, capsule)
    worker = WorkerId(capsule.worker) if capsule else worker_id_of(found)
    return Recognition(acquaintance, card, found, worker, capsule)


def without_card(recognition: Recognition) -> Recognition:
    """Return who somebody is without what his card says, once he is kept here: for who comes in company."""
    blank = bare_card(recognition.card.kind, name="", number="", sex=recognition.card.sex)
    told = recognition.capsule
    capsule = told.model_copy(update={"phone": None, "trades": [], "span": None}) if told else None
    return replace(recognition, card=blank, number_hash=NumberHash(""), capsule=capsule)


def worker_id_of(found: NumberHash) -> WorkerId:
    """Return the pseudonym a new person gets: the same at every kiosk of the city, even at dark ones."""
    return WorkerId(f"w-{found[:24]}")


def standing_of(records: Records, worker: WorkerId, recognition: Recognition | None, hall: Hall) -> Standing:
    """Return all that rules may look at: what is kept here, joined with what the card's capsule tells."""
    return standing_as(records, records.workers.by_id(worker), worker, recognition, hall)


def standing_as(
    records: Records, known: Worker | None, worker: WorkerId, recognition: Recognition | None, hall: Hall
) -> Standing:
    """Return the same where the person was looked up already; None is somebody not kept here."""
    capsule = recognition.capsule if recognition else None
    birth = known.birth_date if known else (recognition.card.birth_date if recognition else None)
    return Standing(
        birth_date=birth,
        certificates=records.workers.certificates(worker) + _capsule_certificates(capsule),
        education=records.workers.education(worker) + _capsule_classes(capsule),
        engagements=_engagements(records, worker, capsule, hall),
        released=records.proofs.releases(worker),
        sex=known.sex if known else (recognition.card.sex if recognition else Sex.UNKNOWN),
    )


@dataclass(frozen=True, slots=True)
class Proven:
    """What somebody proved with a paper an attendant saw, here or at another kiosk of the city."""

    skills: tuple[HeldSkill, ...]
    hardships: tuple[HeldHardship, ...]


def proofs_of(records: Records, recognition: Recognition) -> Proven:
    """Return what is kept here, joined with what the card's capsule tells."""
    worker, capsule = recognition.worker, recognition.capsule
    return Proven(
        skills=records.proofs.skills(worker) + _capsule_skills(capsule),
        hardships=records.proofs.hardships(worker) + _capsule_hardships(capsule),
    )


def worker_from(recognition: Recognition, notice_version: int, hall: Hall) -> Worker:
    """Return the person as the hall may keep them: no nation, no photo, no full address."""
    card = recognition.card
    number = normalise_number(card.number)
    capsule = recognition.capsule
    return Worker(
        id=recognition.worker,
        number_hash=recognition.number_hash,
        kind=card.kind,
        name=card.display_name,
        number=number,
        sex=card.sex,
        birth_date=card.birth_date or birth_date_in(number),
        region=card.region_code,
        notice_version=notice_version,
        answers=answers_of(None, capsule),
        first_seen=capsule.first_seen if capsule else hall.now(),
    )


def answers_of(known: Worker | None, capsule: CapsuleContent | None) -> FirstAnswers:
    """Return a person's answers: those kept here, else what the card's capsule tells."""
    if known is not None:
        return known.answers
    if capsule is None:
        return FirstAnswers()
    span = WorkSpan(capsule.span) if capsule.span else None
    return FirstAnswers(capsule.phone, tuple(capsule.trades), span)


def _acquaintance(
    hall: Hall, records: Records, card: IdentityCard, found: NumberHash, capsule: CapsuleContent | None
) -> Acquaintance:
    kind: CardKind = card.kind
    if check_number(normalise_number(card.number), kind) is not None:
        return Acquaintance.BAD_NUMBER
    known = records.workers.by_hash(found)
    seen_version = max(known.notice_version if known else 0, capsule.notice_version if capsule else 0)
    if seen_version == 0:
        return Acquaintance.UNKNOWN
    newest = records.settings.parameters(hall.today()).whole("notice.version")
    return Acquaintance.KNOWN if seen_version >= newest else Acquaintance.NEWER_NOTICE


def _open_capsule(hall: Hall, records: Records, found: NumberHash, number: str) -> CapsuleContent | None:
    sealed = records.workers.capsule(found)
    told = unseal(hall.identity.city_key, number, sealed) if sealed else None
    return None if told is None else _without_what_was_asked(records, told)


def _without_what_was_asked(records: Records, told: CapsuleContent) -> CapsuleContent | None:
    """Return a capsule without what its person asked to be erased, of which the bureau has not heard yet."""
    asked = {kind: records.erasures.of(WorkerId(told.worker), kind) for kind in Kind}
    is_waiting = {kind for kind, known in asked.items() if known is not None and known.asked_at is not None}
    if Kind.STATUTORY in is_waiting:
        return None
    blank: dict[str, object] = {"phone": None, "trades": [], "span": None, "hardships": []}
    return told.model_copy(update=blank) if Kind.OPTIONAL in is_waiting else told


def _capsule_certificates(capsule: CapsuleContent | None) -> tuple[HeldCertificate, ...]:
    known_kinds = {kind.value for kind in Certificate}
    return tuple(
        HeldCertificate(Certificate(item.kind), item.number_tail, item.valid_until, item.review_by)
        for item in (capsule.certificates if capsule else ())
        if item.kind in known_kinds
    )


def _capsule_classes(capsule: CapsuleContent | None) -> tuple[HeldEducation, ...]:
    return tuple(
        HeldEducation(item.hazard_class, item.held_on, item.valid_until)
        for item in (capsule.classes if capsule else ())
    )


def _capsule_skills(capsule: CapsuleContent | None) -> tuple[HeldSkill, ...]:
    known_grades = {grade.value for grade in Grade}
    return tuple(
        HeldSkill(item.trade, Grade(item.grade))
        for item in (capsule.skills if capsule else ())
        if item.grade in known_grades
    )


def _capsule_hardships(capsule: CapsuleContent | None) -> tuple[HeldHardship, ...]:
    known_kinds = {kind.value for kind in Hardship}
    return tuple(
        HeldHardship(Hardship(item.kind), item.valid_until)
        for item in (capsule.hardships if capsule else ())
        if item.kind in known_kinds
    )


def _engagements(
    records: Records, worker: WorkerId, capsule: CapsuleContent | None, hall: Hall
) -> tuple[Engagement, ...]:
    here = records.workers.engagements(worker, hall.now())
    known_here = {item.placement for item in here}
    elsewhere = tuple(
        Engagement(item.placement, item.starts, item.ends, item.title)
        for item in (capsule.placements if capsule else ())
        if item.placement not in known_here
        # A placement this kiosk made itself is told by its own row; the capsule may be older than that.
        and records.placements.by_id(PlacementId(item.placement)) is None
        # Nor does it know yet what was given back here.
        and not records.placements.is_left(PlacementId(item.placement))
    )
    return here + elsewhere
