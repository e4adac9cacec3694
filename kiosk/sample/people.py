"""Forty invented people, each with a card to lay down and a story of what happens then.

Citizens carry region 999999, which was never given out. The other three kinds are synthetic test cards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.iso7064 import mod_11_2

from kiosk.domain.cards import CardKind, IdentityCard, Sex
from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.identity import age_on, previous_number
from kiosk.domain.jobs import Certificate
from kiosk.domain.sentences import Sentence
from kiosk.domain.skills import Grade, HeldSkill
from kiosk.domain.workers import HeldCertificate, HeldEducation, Standing
from kiosk.sample.loader import Table, dated, sample_tables

REGION = "999999"
_ISSUER = "示例市公安局测试分局"
_TERMS_YEARS = ((16, 5), (26, 10), (46, 20))
"""居民身份证法 5: under 16 a card holds 5 years, under 26 ten, under 46 twenty, else for life."""


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """One invented person.

    `story` is the name of what happens, `told` its sentence. `takes` is the job he may take, `tries` one that
    refuses him, `refused_by` the rule that then speaks first. Certificates, classes, skills and
    hardships are what a desk has recorded of him before (see `kiosk.sample.records`).
    """

    key: str
    story: str
    card: IdentityCard
    takes: str | None
    tries: str | None
    refused_by: str | None
    certificates: tuple[HeldCertificate, ...]
    classes: tuple[HeldEducation, ...]
    skills: tuple[HeldSkill, ...] = ()
    hardships: tuple[HeldHardship, ...] = ()

    @property
    def told(self) -> Sentence:
        """Return the story in one sentence, as it stands beside the card in a tray."""
        return Sentence(f"sample.story.{self.story}")

    @property
    def standing(self) -> Standing:
        """Return what rules may look at before he has taken anything."""
        return Standing(self.card.birth_date, self.certificates, self.classes, sex=self.card.sex)


def sample_people(day: date) -> tuple[SamplePerson, ...]:
    """Return the forty people as they are on the day of a sample morning: ages and papers follow the day.

    The number on a card stays the same within one calendar year.
    """
    return tuple(_person(table, day) for table in sample_tables("people", "person"))


def _person(table: Table, day: date) -> SamplePerson:
    return SamplePerson(
        key=table["key"],
        story=table["story"],
        card=_card(table, day),
        takes=_dated(table, "takes", day),
        tries=_dated(table, "tries", day),
        refused_by=table.get("refused_by"),
        certificates=tuple(_certificate(item, day) for item in table.get("certificates", ())),
        classes=tuple(_class(item, day) for item in table.get("classes", ())),
        skills=tuple(HeldSkill(item["trade"], Grade(item["grade"])) for item in table.get("skills", ())),
        hardships=tuple(HeldHardship(Hardship(kind), None) for kind in table.get("hardships", ())),
    )


def _dated(table: Table, name: str, day: date) -> str | None:
    return dated(table[name], day) if name in table else None


def _card(table: Table, day: date) -> IdentityCard:
    kind = CardKind(table.get("kind", "citizen"))
    birth = _birth(table, day)
    issued = table.get("valid_from", date(day.year - 1, 6, 1))
    ends = table["valid_to"] if "valid_to" in table else _term_ends(birth, issued)
    number = table["number"] if "number" in table else _citizen_number(birth, table["sequence"])
    country = table.get("country_code", "")
    association = table.get("association", "")
    return IdentityCard(
        kind=kind,
        name=table["name"],
        latin_name=table.get("latin_name", ""),
        sex=Sex(table["sex"]),
        nation_code=table.get("nation_code"),
        birth_date=birth,
        address=table.get("address", ""),
        number=number,
        issuer=table.get("issuer", _ISSUER if kind is CardKind.CITIZEN else ""),
        valid_from=issued,
        valid_to=ends,
        is_long_term=ends is None,
        travel_permit_no=table.get("travel_permit_no", ""),
        country_code=country,
        previous_number=previous_number(number, country, association) if association else None,
    )


def _birth(table: Table, day: date) -> date:
    if "birth_year_ago" in table:
        return date(day.year - table["birth_year_ago"], table["birth_month"], table["birth_day"])
    birth: date = table["birth_date"]
    return birth


def _citizen_number(birth: date, sequence: str) -> str:
    stem = f"{REGION}{birth:%Y%m%d}{sequence}"
    return stem + mod_11_2.calc_check_digit(stem)


def _term_ends(birth: date, issued: date) -> date | None:
    age = age_on(birth, issued)
    years = next((years for under, years in _TERMS_YEARS if age < under), None)
    return None if years is None else issued.replace(year=issued.year + years)


def _certificate(item: Table, day: date) -> HeldCertificate:
    return HeldCertificate(
        kind=Certificate(item["kind"]),
        number_tail=item["number_tail"],
        valid_until=day + timedelta(days=item["valid_in_days"]),
        review_by=day + timedelta(days=item["review_in_days"]) if "review_in_days" in item else None,
    )


def _class(item: Table, day: date) -> HeldEducation:
    return HeldEducation(
        hazard_class=item["hazard_class"],
        held_on=day - timedelta(days=item["held_days_ago"]),
        valid_until=day + timedelta(days=item["valid_in_days"]),
    )
