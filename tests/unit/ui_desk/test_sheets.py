"""Sheets, spelled characters and keyed days, without a screen."""

from __future__ import annotations

from datetime import date, time

import pytest

from kiosk.catalogue import LANGUAGES, load
from kiosk.domain.courses import HAZARD_CLASSES
from kiosk.domain.duties import Act
from kiosk.messages import events
from kiosk.sample.loader import sample_tables
from kiosk.ui.desk.asking import day_keyed, time_keyed
from kiosk.ui.desk.hanzi import SURNAMES, characters_read
from kiosk.ui.desk.sheets import Choice, Keys, Sheet


def sheet(keys: Keys = Keys.NONE, **options: object) -> Sheet:
    return Sheet(title="", go_word="", done=lambda answered: None, keys=keys, **options)  # type: ignore[arg-type]


def test_one_answer_replaces_the_other_and_ticks_add_up() -> None:
    one = sheet(choices=[Choice("a", "a"), Choice("b", "b")])
    assert not one.is_ready
    one.choose("a")
    one.choose("b")
    assert one.choice == "b"
    many = sheet(choices=[Choice("a", "a"), Choice("b", "b")], takes_many=True)
    assert many.is_ready
    many.choose("a")
    many.choose("b")
    many.choose("a")
    assert many.chosen == ["b"]


def test_a_syllable_that_is_not_chosen_yet_is_no_answer() -> None:
    name = sheet(Keys.HANZI, longest=4)
    for letter in "ZHANG":
        name.type(letter)
    assert name.spelled == "zhang"
    assert not name.is_ready
    name.take("张")
    assert (name.typed, name.is_ready) == ("张", True)
    name.erase()
    assert not name.is_ready


def test_a_foreign_number_begins_with_letters_and_goes_on_in_digits() -> None:
    number = sheet(Keys.NUMBER, longest=15, letters_until=3)
    first = number.keys_now
    for letter in "CAN":
        number.type(letter)
    assert (first, number.keys_now) == (Keys.LETTERS, Keys.NUMBER)


def test_a_keyed_day_takes_the_place_of_no_day() -> None:
    day = sheet(Keys.DIGITS, longest=8, choices=[Choice("no_day", "")], keys_or_choice=True)
    day.choose("no_day")
    assert day.is_ready
    day.type("2")
    assert day.chosen == []


@pytest.mark.parametrize(
    ("syllable", "surname"), [("zhang", "张"), ("li", "李"), ("lv", "吕"), ("xie", "谢"), ("ceng", "曾")]
)
def test_a_surname_is_among_the_first_six_characters(syllable: str, surname: str) -> None:
    assert surname in characters_read(syllable)[:6]


def test_every_common_surname_can_be_spelled() -> None:
    from pypinyin import Style, pinyin

    for surname in SURNAMES:
        readings = pinyin(surname, style=Style.NORMAL, heteronym=True)[0]
        assert any(surname in characters_read(reading) for reading in readings)


def test_days_and_times_that_do_not_exist_are_none() -> None:
    assert day_keyed("20280229") == date(2028, 2, 29)
    assert day_keyed("20270229") is None
    assert time_keyed("0700") == time(7)
    assert time_keyed("2460") is None


def test_every_class_that_a_job_asks_for_can_be_recorded() -> None:
    asked = {name for job in sample_tables("jobs", "job") for name in job.get("needs_classes", ())}
    assert asked <= set(HAZARD_CLASSES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_has_a_word_for_every_act_and_every_entry(language: str) -> None:
    say = load(language)
    types = {item.type for item in vars(events).values() if isinstance(item, type) and hasattr(item, "type")}
    assert all(say(f"desk.act.{act.value}") for act in Act)
    assert all(say(f"desk.entry.{name}") for name in types)
