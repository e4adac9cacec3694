"""Cards as they really come: long names, rare characters, odd dates, codes no table knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.emulators.cards import card_from_values, card_payload, card_text, values_of
from kiosk.devices.sdt.layouts import CardMalformed, UnknownCardKind, decode_card
from kiosk.domain.cards import CardKind, IdentityCard, Sex
from tests.unit.devices import reader_cards
from tests.unit.devices.reader_cards import CITIZEN, FOREIGN_2017, FOREIGN_2023, HMT_RESIDENT


def _read(card: IdentityCard) -> IdentityCard:
    return decode_card(card_payload(card))


def _patched(card: IdentityCard, at: int, content: str) -> IdentityCard:
    """Read a card whose text was changed at a character."""
    payload = bytearray(card_payload(card))
    coded = content.encode("utf-16-le", "surrogatepass")
    payload[4 + 2 * at : 4 + 2 * at + len(coded)] = coded
    return decode_card(bytes(payload))


@pytest.mark.parametrize(
    "name",
    [
        "阿卜杜拉·买买提",
        "买买提吐尔逊·阿卜杜热合曼伊明",
        "䶮㛃",
        "王𬭎",
        "𬭎𬭎𬭎𬭎𬭎𬭎𬭎",
        "李\ue863",
    ],
)
def test_long_dotted_and_rare_names_arrive_whole(name: str) -> None:
    assert len(name.encode("utf-16-le")) <= 30
    assert _read(replace(CITIZEN, name=name)).name == name


name_signs = st.characters(exclude_categories=["Cs", "Zs", "Cc"])


@given(
    card=st.sampled_from(reader_cards.ALL),
    name=st.text(name_signs, max_size=7),
    sex=st.sampled_from(Sex),
    birth=st.dates(date(1900, 1, 1), date(2026, 1, 1)),
)
def test_every_kind_of_card_makes_the_round_trip(
    card: IdentityCard, name: str, sex: Sex, birth: date
) -> None:
    laid = replace(card, name=name, sex=sex, birth_date=birth, previous_number=None)

    assert _read(laid) == laid
    assert card_from_values(values_of(laid)) == laid


@given(st.binary(max_size=1500))
def test_no_payload_whatever_breaks_the_reader(payload: bytes) -> None:
    try:
        card = decode_card(payload)
    except (CardMalformed, UnknownCardKind):
        return
    assert card.number


@given(st.binary(min_size=256, max_size=256))
def test_no_text_whatever_breaks_the_reader(text: bytes) -> None:
    try:
        card = decode_card(b"\x01\x00\x00\x00" + text)
    except (CardMalformed, UnknownCardKind):
        return
    assert card.number


def test_a_lone_surrogate_becomes_a_replacement_sign() -> None:
    assert _patched(CITIZEN, 0, "测\ud800甲").name == "测\ufffd甲"


def test_padding_may_be_nul_or_wide_spaces() -> None:
    assert _patched(CITIZEN, 3, "\0" * 12).name == "测试甲"
    assert _patched(CITIZEN, 3, "\u3000" * 12).name == "测试甲"


def test_long_term_is_no_date() -> None:
    card = _read(reader_cards.LONG_TERM)

    assert card.is_long_term
    assert card.valid_to is None


def test_an_odd_expiry_or_birth_date_does_not_refuse_the_card() -> None:
    assert _patched(CITIZEN, 102, "20401399").valid_to is None
    assert _patched(CITIZEN, 18, "????????").birth_date is None
    assert _patched(CITIZEN, 18, "１９９００３０７").birth_date is None


@pytest.mark.parametrize("nation", ["81", "59", "99", "??", "穿青"])
def test_an_unknown_nation_is_kept_as_it_stands(nation: str) -> None:
    assert _patched(CITIZEN, 16, nation).nation_code == nation


def test_only_citizens_have_a_nation() -> None:
    assert _patched(HMT_RESIDENT, 16, "01").nation_code is None
    assert _read(FOREIGN_2023).nation_code is None


def test_a_sex_code_out_of_the_standard_is_unknown_and_not_a_woman() -> None:
    assert _patched(CITIZEN, 15, "7").sex is Sex.UNKNOWN
    assert _patched(CITIZEN, 15, "9").sex is Sex.UNSTATED


def test_a_small_x_is_read_as_a_large_one() -> None:
    assert _patched(CITIZEN, 61 + 17, "x").number == CITIZEN.number


def test_a_long_latin_name_goes_on_in_the_second_field() -> None:
    name = "TESTERINGTON-EXAMPLE, PERSON ALPHA BRAVO C"
    assert len(name) > 35

    assert _read(replace(FOREIGN_2023, latin_name=name)).latin_name == name


def test_a_latin_name_may_break_at_a_space() -> None:
    name = "T" * 35 + " ALPHA"
    assert _read(replace(FOREIGN_2023, latin_name=name)).latin_name == name


def test_a_foreign_card_without_chinese_name_shows_the_latin_one() -> None:
    card = _read(replace(FOREIGN_2017, name=""))

    assert card.name == ""
    assert card.display_name == "TEST, PERSON A"


def test_a_new_foreign_card_tells_its_former_number() -> None:
    assert _read(FOREIGN_2023).previous_number == FOREIGN_2017.number
    assert _read(replace(FOREIGN_2023, previous_number=None)).previous_number is None


def test_a_fifth_kind_of_card_is_no_citizen() -> None:
    with pytest.raises(UnknownCardKind):
        _patched(CITIZEN, 124, "Z")


@pytest.mark.parametrize("payload", [b"", b"\x01\x00\x04\x00", bytes(1284), card_payload(CITIZEN)[:-1]])
def test_lengths_that_do_not_add_up_are_no_card(payload: bytes) -> None:
    with pytest.raises(CardMalformed):
        decode_card(payload)


def test_the_length_words_are_honoured() -> None:
    text = card_text(CITIZEN)

    assert decode_card(b"\x01\x00\x00\x00" + text) == CITIZEN
    assert decode_card(b"\x00\xdc\x00\x02" + text[:220] + b"WL") == CITIZEN
    assert decode_card(b"\x01\x10\x00\x00" + text + bytes(16)) == CITIZEN


def test_a_card_that_would_not_fit_is_not_laid_out() -> None:
    with pytest.raises(ValueError, match="16 characters do not fit into 15"):
        card_text(replace(CITIZEN, name="测" * 16))
    with pytest.raises(ValueError, match="shoe"):
        card_from_values({"number": "1", "shoe_size": 43})
    with pytest.raises(ValueError, match="number"):
        card_from_values({"name": "测试"})


def test_a_card_never_shows_its_holder() -> None:
    for card in reader_cards.ALL:
        assert repr(card) == f"IdentityCard({card.kind.value}, …)"


def test_the_region_is_in_the_number_of_residents_only() -> None:
    assert CITIZEN.region_code == "110101"
    assert HMT_RESIDENT.region_code == "810000"
    assert FOREIGN_2023.region_code == ""
    assert {card.kind for card in reader_cards.ALL} == set(CardKind)
