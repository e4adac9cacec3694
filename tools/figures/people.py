"""Invented people by number; light to load, so playing journeys weighs what the screen process weighs."""

from __future__ import annotations

from datetime import date, timedelta

from stdnum.iso7064 import mod_11_2

from kiosk.domain.cards import CardKind, IdentityCard, Sex

_FIRST_BIRTH = date(1970, 1, 1)


def person_card(number: int) -> IdentityCard:
    """Return the card of one of many invented people, all grown up: each was born on a day of his own."""
    return citizen_card(_FIRST_BIRTH + timedelta(days=number), 1)


def citizen_card(born: date, sequence: int) -> IdentityCard:
    """Return the card of an invented citizen; region 999999 was never given out.

    `sequence`, 1 to 999, tells apart who was born on one day, and is odd for a man.
    """
    stem = f"999999{born:%Y%m%d}{sequence:03d}"
    return IdentityCard(
        kind=CardKind.CITIZEN,
        name="测试" + "甲乙丙丁戊己庚辛壬癸"[(born.toordinal() + sequence) % 10],
        latin_name="",
        sex=Sex.MALE if sequence % 2 else Sex.FEMALE,
        nation_code="01",
        birth_date=born,
        address="示例市测试区1号",
        number=stem + mod_11_2.calc_check_digit(stem),
        issuer="示例市公安局测试分局",
        valid_from=date(2020, 1, 1),
        valid_to=date(2040, 1, 1),
        is_long_term=False,
        travel_permit_no="",
        country_code="",
        previous_number=None,
    )
