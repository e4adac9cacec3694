"""What an identity card says of its holder, for as long as a check-in takes; no photo and no fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sex(StrEnum):
    """Sex as GB/T 2261.1 codes it; a code the standard does not know counts as unknown."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    UNSTATED = "9"


class CardKind(StrEnum):
    """The four cards a hall's reader can read."""

    CITIZEN = "citizen"
    """居民身份证"""
    HMT_RESIDENT = "hmt_resident"
    """港澳台居民居住证"""
    FOREIGN_2017 = "foreign_2017"
    """外国人永久居留身份证, the card issued from 2017, with a number of 15 characters"""
    FOREIGN_2023 = "foreign_2023"
    """外国人永久居留身份证, the card issued from December 2023, with a number of 18 digits"""


@dataclass(frozen=True, slots=True, repr=False)
class IdentityCard:
    """One card as it was read. A field the card leaves blank is an empty string or None.

    `nation_code` is the two-digit code of GB/T 3304, kept as it stands even when no table knows it.
    `valid_to` is None when the card is long-term or its date cannot be read. `issuer` of a 2017 foreign card
    is the code of the office that took the application. `previous_number` is the 15-character number that a
    2023 foreign card replaces. The address serves the check-in alone and is never stored.
    """

    kind: CardKind
    name: str
    latin_name: str
    sex: Sex
    nation_code: str | None
    birth_date: date | None
    address: str
    number: str
    issuer: str
    valid_from: date | None
    valid_to: date | None
    is_long_term: bool
    travel_permit_no: str
    country_code: str
    previous_number: str | None

    @property
    def display_name(self) -> str:
        """The Chinese name, or the Latin one of a holder who has no Chinese name."""
        return self.name or self.latin_name

    @property
    def region_code(self) -> str:
        """The six digits of home region in the number; empty for foreign cards, which carry none."""
        is_regional = self.kind in {CardKind.CITIZEN, CardKind.HMT_RESIDENT}
        return self.number[:6] if is_regional else ""

    def __repr__(self) -> str:
        """Show the kind alone: no log line or traceback may carry a person."""
        return f"IdentityCard({self.kind.value}, …)"


def bare_card(
    kind: CardKind, name: str, number: str, sex: Sex = Sex.UNKNOWN, birth_date: date | None = None
) -> IdentityCard:
    """Return a card that says no more than this: keyed by hand, of nobody, or with the rest taken away."""
    return IdentityCard(
        kind=kind,
        name=name,
        latin_name="",
        sex=sex,
        nation_code=None,
        birth_date=birth_date,
        address="",
        number=number,
        issuer="",
        valid_from=None,
        valid_to=None,
        is_long_term=False,
        travel_permit_no="",
        country_code="",
        previous_number=None,
    )
