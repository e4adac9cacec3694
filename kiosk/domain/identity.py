"""Numbers and names of people: are they well formed, and how are they shown without giving them away.

Citizens and holders of residence permits have 18 characters (GB 11643): 6 region, 8 birth date, 3 sequence
and a check character by ISO 7064 MOD 11-2. Foreign cards from 2023 have the same shape: 9, 2 province,
3 country, 8 birth date, 3 sequence, check. Foreign cards from 2017 have 15: 3 letters of country, 4 digits of
province and city, YYMMDD, sequence, and a check digit with weights 7-3-1.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum
from itertools import cycle

from stdnum.iso7064 import mod_11_2

from kiosk.domain.cards import CardKind

HMT_REGIONS = ("810000", "820000", "830000")
"""Region codes of residence permits: Hong Kong, Macao, Taiwan."""

_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_FIFTEEN = re.compile(r"[A-Z]{3}[0-9]{12}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0[12][0-9]|0[3-9][0-9]{2})([0-9]{7,8})")
_LONGEST_VEIL = 3


class NumberFault(StrEnum):
    """Why a number cannot be the number of a card."""

    LENGTH = "length"
    CHARACTERS = "characters"
    BIRTH_DATE = "birth_date"
    CHECK_CHARACTER = "check_character"
    OTHER_KIND = "other_kind"


class PhoneFault(StrEnum):
    """Why a phone number cannot be called."""

    LENGTH = "length"
    CHARACTERS = "characters"
    UNKNOWN_PREFIX = "unknown_prefix"


def normalise_number(text: str) -> str:
    """Return a card number as it is compared: half-width, upper case, without spaces or hyphens."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def check_number(number: str, kind: CardKind | None = None) -> NumberFault | None:
    """Return what is wrong with a normalised number, or None.

    Without a kind every number that some card could carry is accepted. The region is not looked up: people do
    hold numbers whose region code is younger or older than they are.
    """
    is_old_foreign = kind is CardKind.FOREIGN_2017 or (kind is None and len(number) == 15)
    fault = _check_fifteen(number) if is_old_foreign else _check_eighteen(number)
    if fault is None and not _fits_kind(number, kind):
        return NumberFault.OTHER_KIND
    return fault


def birth_date_in(number: str) -> date | None:
    """Return the birth date an 18-character number carries; None for other numbers and impossible dates."""
    if len(number) != 18 or not number[6:14].isdecimal():
        return None
    return _day(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def previous_number(number: str, country_code: str, association: str) -> str | None:
    """Return the 15-character number that a foreign card of 2023 replaces, or None when it replaces none.

    `association` is the card's three-character link to its former number: two digits of the city and the
    sequence digit. Country, province and birth date come from the new card.
    """
    stem = country_code + number[1:3] + association[:2] + number[8:14] + association[2:3]
    if not re.fullmatch(r"[A-Z]{3}[0-9]{11}", stem):
        return None
    return stem + _check_digit_731(stem)


def age_on(birth: date, day: date) -> int:
    """Return the full years of age on a day, counting from the birthday itself.

    Someone born on 29 February turns on 1 March of a common year. Before birth the age is negative.
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def mask_name(name: str) -> str:
    """Return a name as a public screen may show it: 张*, 张*强, 阿***提, T***N.

    The first glyph stays, and the last one from three glyphs on. At most three stars stand for what is
    hidden, so a long name does not give away its length. Combining marks stay with their base.
    """
    glyphs = _glyphs(name)
    if len(glyphs) < 2:
        return "*" * len(glyphs)
    if len(glyphs) == 2:
        return glyphs[0] + "*"
    return glyphs[0] + "*" * min(len(glyphs) - 2, _LONGEST_VEIL) + glyphs[-1]


def last_four(number: str) -> str:
    """Return the last four characters of a number, which a slip and the door compare."""
    return number[-4:]


def mask_number(number: str) -> str:
    """Return a card number with its middle hidden: 999999********0012; short numbers show two at the end."""
    if len(number) < 12:
        return "*" * max(len(number) - 2, 0) + number[-2:] if len(number) > 4 else "*" * len(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def normalise_phone(text: str) -> str:
    """Return a phone number as it is kept: 13900000001, or 0936-0000012 for a landline."""
    digits = re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", text))
    digits = digits.removeprefix("+86")
    landline = _LANDLINE.fullmatch(digits)
    return f"{landline[1]}-{landline[2]}" if landline else digits


def check_phone(phone: str) -> PhoneFault | None:
    """Return what is wrong with a phone number, or None: a mobile, or a landline with area code."""
    digits = normalise_phone(phone).replace("-", "")
    if not re.fullmatch(r"[0-9]+", digits):
        return PhoneFault.CHARACTERS
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return None
    if digits[0] == "0":
        return PhoneFault.UNKNOWN_PREFIX if digits[:2] == "00" else PhoneFault.LENGTH
    return PhoneFault.LENGTH if len(digits) != 11 else PhoneFault.UNKNOWN_PREFIX


def mask_phone(phone: str) -> str:
    """Return a phone number with its middle hidden: 139****0001, 0936-***0012."""
    whole = normalise_phone(phone)
    area, hyphen, subscriber = whole.rpartition("-")
    if hyphen:
        return f"{area}-{'*' * (len(subscriber) - 4)}{subscriber[-4:]}"
    if len(whole) < 11:
        return "*" * len(whole)
    return whole[:3] + "*" * (len(whole) - 7) + whole[-4:]


def _check_eighteen(number: str) -> NumberFault | None:
    if len(number) != 18:
        return NumberFault.LENGTH
    if not _EIGHTEEN.fullmatch(number):
        return NumberFault.CHARACTERS
    if birth_date_in(number) is None:
        return NumberFault.BIRTH_DATE
    return None if mod_11_2.is_valid(number) else NumberFault.CHECK_CHARACTER


def _check_fifteen(number: str) -> NumberFault | None:
    if len(number) != 15:
        return NumberFault.LENGTH
    if not _FIFTEEN.fullmatch(number):
        return NumberFault.CHARACTERS
    year, month, day = (int(number[at : at + 2]) for at in (7, 9, 11))
    # The number does not tell the century, and only one of two years may have a 29 February.
    if _day(1900 + year, month, day) is None and _day(2000 + year, month, day) is None:
        return NumberFault.BIRTH_DATE
    return None if number[14] == _check_digit_731(number[:14]) else NumberFault.CHECK_CHARACTER


def _fits_kind(number: str, kind: CardKind | None) -> bool:
    if kind is CardKind.HMT_RESIDENT:
        return number.startswith(HMT_REGIONS)
    if kind is CardKind.FOREIGN_2023:
        return number.startswith("9")
    return True


def _check_digit_731(stem: str) -> str:
    """Return the check digit of travel documents: weights 7, 3, 1, letters counting from A = 10."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(stem, cycle((7, 3, 1)), strict=False))
    return str(total % 10)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _glyphs(text: str) -> list[str]:
    """Split a name into what a reader sees as one sign each; spaces and name dots are not signs."""
    glyphs: list[str] = []
    for sign in text:
        if glyphs and unicodedata.category(sign) in {"Mn", "Mc", "Me"}:
            glyphs[-1] += sign
        elif not sign.isspace() and unicodedata.category(sign) not in {"Po", "Pd"}:
            glyphs.append(sign)
    return glyphs
