"""Lines break where a Chinese reader expects them to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.paper.line_breaks import NO_BREAK_SPACE, lines_of

HANZI = "甘州区沙井镇晨禾果蔬种植加工销售农民专业合作社"
CLOSING = "，。、：；！？）"


def wide(text: str) -> int:
    """Measure ten dots for every sign."""
    return 10 * len(text)


def test_a_text_that_fits_stays_on_one_line() -> None:
    assert lines_of("回站刷卡，或打", wide, 70) == ("回站刷卡，或打",)


def test_no_single_character_is_left_alone() -> None:
    assert lines_of("甘州区沙井镇晨禾合作社", wide, 100) == ("甘州区沙井镇", "晨禾合作社")


def test_a_thing_of_a_list_is_not_torn_where_that_costs_no_line() -> None:
    things = "发安全帽、手套、口罩、安全带、反光衣"
    assert lines_of(things, wide, 130) == ("发安全帽、手套、", "口罩、安全带、反光衣")
    assert lines_of("安全帽、手套", wide, 50) == ("安全帽、", "手套")
    assert lines_of("兹推荐张强到合作社，去", wide, 60) == ("兹推荐张强到", "合作社，去")


def test_numbers_and_units_stay_together() -> None:
    text = f"干完约{NO_BREAK_SPACE}12800{NO_BREAK_SPACE}元"
    assert all("12800" in line or "1" not in line for line in lines_of(text, wide, 110))
    assert lines_of("每天 07:00–17:00", wide, 120) == ("每天 07:00–", "17:00")


def test_a_masked_name_breaks_after_its_middle_dot() -> None:
    assert lines_of("买买提·*****·䶮", wide, 70) == ("买买提·", "*****·䶮")


def test_a_piece_longer_than_the_line_breaks_where_it_must() -> None:
    assert "".join(lines_of("A" * 35, wide, 100)) == "A" * 35


def test_a_number_longer_than_the_line_breaks_behind_a_dash_where_that_costs_no_line() -> None:
    assert lines_of("CC-GYNZ-0918-A101-12-0037", wide, 210) == ("CC-GYNZ-0918-A101-12-", "0037")
    assert lines_of("JH-GYNZ-0918-A12-3F09", wide, 190) == ("JH-GYNZ-0918-A12-", "3F09")
    assert lines_of("a-" + "b" * 17, wide, 100) == ("a-bbbbbbbb", "bbbbbbbbb")


@given(st.text(alphabet=HANZI + CLOSING + "（·", min_size=1, max_size=80), st.integers(5, 30))
def test_every_sign_is_kept_and_no_line_is_too_long(text: str, signs: int) -> None:
    lines = lines_of(text, wide, 10 * signs)
    assert "".join(lines) == text
    assert all(wide(line) <= 10 * signs for line in lines)


@given(st.text(alphabet=HANZI, min_size=2, max_size=80), st.integers(4, 30), st.sampled_from(CLOSING))
def test_a_line_never_begins_with_closing_punctuation(text: str, signs: int, mark: str) -> None:
    lines = lines_of(text[:-1] + mark + text[-1] * 3, wide, 10 * signs)
    assert all(line[0] not in CLOSING for line in lines)


@given(st.text(alphabet=HANZI, min_size=2, max_size=80), st.integers(4, 30))
def test_the_last_line_holds_more_than_one_character(text: str, signs: int) -> None:
    assert len(lines_of(text, wide, 10 * signs)[-1]) > 1
