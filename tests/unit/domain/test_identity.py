"""Numbers, names and phones of people."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from kiosk.domain import identity
from kiosk.domain.cards import CardKind
from kiosk.domain.identity import NumberFault, PhoneFault


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("11010119900307002X", CardKind.CITIZEN),
        ("110101195001010017", CardKind.CITIZEN),
        ("810000199001010019", CardKind.HMT_RESIDENT),
        ("932840199003070019", CardKind.FOREIGN_2023),
        ("USA320190030716", CardKind.FOREIGN_2017),
        ("USA320190030716", None),
        ("11010119900307002X", None),
    ],
)
def test_sound_numbers_pass(number: str, kind: CardKind | None) -> None:
    assert identity.check_number(number, kind) is None


@pytest.mark.parametrize(
    ("number", "kind", "fault"),
    [
        ("110101199003070021", CardKind.CITIZEN, NumberFault.CHECK_CHARACTER),
        ("11010119900307002x", CardKind.CITIZEN, NumberFault.CHARACTERS),
        ("1101011990030700X2", CardKind.CITIZEN, NumberFault.CHARACTERS),
        ("１10101199003070020", CardKind.CITIZEN, NumberFault.CHARACTERS),
        ("1101011990030700", CardKind.CITIZEN, NumberFault.LENGTH),
        ("", None, NumberFault.LENGTH),
        ("110101199002300013", CardKind.CITIZEN, NumberFault.BIRTH_DATE),
        ("110101195001010017", CardKind.HMT_RESIDENT, NumberFault.OTHER_KIND),
        ("110101195001010017", CardKind.FOREIGN_2023, NumberFault.OTHER_KIND),
        ("USA320190030717", CardKind.FOREIGN_2017, NumberFault.CHECK_CHARACTER),
        ("US1320190030716", CardKind.FOREIGN_2017, NumberFault.CHARACTERS),
        ("USA320190133716", CardKind.FOREIGN_2017, NumberFault.BIRTH_DATE),
        ("932840199003070019", CardKind.FOREIGN_2017, NumberFault.LENGTH),
    ],
)
def test_each_fault_of_a_number_has_its_name(number: str, kind: CardKind | None, fault: NumberFault) -> None:
    assert identity.check_number(number, kind) is fault


@given(
    st.dates(date(1930, 1, 1), date(2020, 1, 1)),
    st.integers(0, 999),
    st.sampled_from([1, 2, 4, 8]),
    st.integers(0, 16),
)
def test_one_mistyped_digit_is_always_noticed(born: date, sequence: int, slip: int, at: int) -> None:
    stem = f"999999{born:%Y%m%d}{sequence:03d}"
    number = stem + mod_11_2.calc_check_digit(stem)
    mistyped = number[:at] + str((int(number[at]) + slip) % 10) + number[at + 1 :]

    assert identity.check_number(number, CardKind.CITIZEN) is None
    assert identity.birth_date_in(number) == born
    assert identity.check_number(mistyped, CardKind.CITIZEN) is not None


@given(st.text("0123456789Xx-AUS １９·", max_size=20))
def test_whatever_is_typed_is_normalised_once_and_masked_in_part(text: str) -> None:
    number, phone = identity.normalise_number(text), identity.normalise_phone(text)

    assert identity.normalise_number(number) == number
    assert identity.normalise_phone(phone) == phone
    assert len(identity.mask_number(number)) == len(number)
    assert "*" in identity.mask_number(number) or not number
    assert "*" in identity.mask_phone(text) or not phone
    assert identity.check_phone(phone) is identity.check_phone(text)


def test_numbers_are_compared_in_one_form() -> None:
    assert identity.normalise_number(" 110101 19900307 002x\n") == "11010119900307002X"
    assert identity.normalise_number("１１０１０１１９９００３０７００２ｘ") == "11010119900307002X"


def test_the_former_number_of_a_new_foreign_card_is_derived() -> None:
    assert identity.previous_number("932840199003070019", "USA", "011") == "USA320190030716"
    assert identity.previous_number("932840199003070019", "USA", "") is None
    assert identity.previous_number("932840199003070019", "", "011") is None


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2010, 11, 21), date(2026, 11, 20), 15),
        (date(2010, 11, 21), date(2026, 11, 21), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2030, 1, 1), date(2026, 1, 1), -4),
    ],
)
def test_age_is_counted_from_the_birthday(born: date, day: date, age: int) -> None:
    assert identity.age_on(born, day) == age


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张强", "张*"),
        ("张自强", "张*强"),
        ("欧阳自强", "欧**强"),
        ("阿卜杜拉·买买提", "阿***提"),
        ("TEST, PERSON A", "T***A"),
        ("王𬭎", "王*"),
        ("王一𬭎", "王*𬭎"),
        ("葛\U000e0100小\U000e0101强\U000e0102", "葛\U000e0100*强\U000e0102"),
        ("强", "*"),
        ("", ""),
    ],
)
def test_a_masked_name_keeps_its_first_and_last_glyph(name: str, masked: str) -> None:
    assert identity.mask_name(name) == masked


def test_a_masked_number_hides_the_birth_date() -> None:
    assert identity.mask_number("11010119900307002X") == "110101********002X"
    assert identity.mask_number("USA320190030716") == "USA320*****0716"
    assert identity.mask_number("H00000001") == "*******01"
    assert identity.mask_number("123") == "***"
    assert identity.last_four("11010119900307002X") == "002X"


@pytest.mark.parametrize(
    ("typed", "kept", "masked"),
    [
        ("139 0000 0001", "13900000001", "139****0001"),
        ("+86-139-0000-0001", "13900000001", "139****0001"),
        ("1３９00000001", "13900000001", "139****0001"),
        ("09360000012", "0936-0000012", "0936-***0012"),
        ("(010) 0000 0012", "010-00000012", "010-****0012"),
    ],
)
def test_phones_are_kept_in_one_form_and_shown_in_part(typed: str, kept: str, masked: str) -> None:
    assert identity.check_phone(typed) is None
    assert identity.normalise_phone(typed) == kept
    assert identity.mask_phone(typed) == masked


@pytest.mark.parametrize(
    ("phone", "fault"),
    [
        ("1390000001", PhoneFault.LENGTH),
        ("139000000011", PhoneFault.LENGTH),
        ("12900000001", PhoneFault.UNKNOWN_PREFIX),
        ("0000000001", PhoneFault.UNKNOWN_PREFIX),
        ("0936-00", PhoneFault.LENGTH),
        ("12345", PhoneFault.LENGTH),
        ("1390000000a", PhoneFault.CHARACTERS),
        ("", PhoneFault.CHARACTERS),
    ],
)
def test_each_fault_of_a_phone_has_its_name(phone: str, fault: PhoneFault) -> None:
    assert identity.check_phone(phone) is fault
