"""How pay, days, hours and ways are said on a screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.actions.board_ports import JobOnBoard
from kiosk.catalogue import LANGUAGES, load
from kiosk.domain.clock import instant_of
from kiosk.domain.families import Family
from kiosk.domain.ids import EmployerId, JobId, StationCode
from kiosk.domain.jobs import (
    Employer,
    EmployerType,
    Hazard,
    Insurance,
    Job,
    Pay,
    PayRule,
    PayUnit,
    PayWay,
    Ppe,
    Shift,
    Workplace,
)
from kiosk.domain.sentences import Sentence
from kiosk.ui import presenting
from kiosk.ui.faces import card_face, detail_face

TODAY = date(2026, 9, 18)
ZH, EN = load("zh_CN"), load("en")
DAY_PAY = Pay(18000, PayUnit.DAY, PayRule.SAME_DAY, PayWay.CASH, "晨禾果蔬合作社", due_at=time(17, 30))
DAY_WORK = Shift(TODAY, TODAY, time(7), time(17), 90)


def job(**changes: object) -> Job:
    """Return a plain day's work, with changes."""
    plain = Job(
        id=JobId("j1"),
        version=1,
        employer=EmployerId("e1"),
        station=StationCode("NZ"),
        trade="pick_fruit",
        family=Family.FARM,
        title="摘苹果",
        title_en="Apple picking",
        content="摘果、挑拣、装筐",
        content_en="Pick, sort, fill crates",
        headcount=20,
        pay=DAY_PAY,
        shift=DAY_WORK,
        place=Workplace("沙井镇", "南沟村", 18000, 30),
        trip=None,
        has_meal=True,
        has_lodging=False,
        hazards=frozenset(),
        ppe=frozenset(),
        certificates=frozenset(),
        insurance=Insurance.ACCIDENT,
        age_min=16,
        is_instant=True,
        is_dangerous=False,
        needs_classes=frozenset(),
        meeting_point="",
        valid_until=datetime(2026, 9, 18, 6, tzinfo=UTC),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # fields by name


def employer(kind: EmployerType = EmployerType.COOPERATIVE) -> Employer:
    """Return who asks for the work."""
    return Employer(
        EmployerId("e1"), "晨禾果蔬合作社", kind, None, "王", "0936-0000012", "", is_verified=True
    )


@pytest.mark.parametrize(
    ("fen", "figure"),
    [(18000, "180"), (120, "1.2"), (125, "1.25"), (1205, "12.05"), (1200000, "12000"), (5, "0.05")],
)
def test_pay_is_shown_in_yuan_with_fen_only_where_there_are_some(fen: int, figure: str) -> None:
    assert presenting.pay_figure(replace(DAY_PAY, fen=fen)) == figure


@given(st.integers(1, 10_000_000))
def test_the_pay_figure_says_exactly_the_fen(fen: int) -> None:
    yuan, _, rest = presenting.pay_figure(replace(DAY_PAY, fen=fen)).partition(".")
    assert int(yuan) * 100 + int(rest.ljust(2, "0") or 0) == fen


@pytest.mark.parametrize(
    ("days", "word"), [(0, "今天"), (1, "明天"), (2, "后天"), (3, "9月21日 周一"), (-1, "9月17日 周四")]
)
def test_a_day_is_said_from_where_the_hall_stands(days: int, word: str) -> None:
    assert presenting.day_word(ZH, TODAY + timedelta(days=days), TODAY) == word


def test_a_date_follows_the_habit_of_the_language() -> None:
    assert presenting.dated(EN, TODAY) == "Fri 18 Sep"


@pytest.mark.parametrize(
    ("pay", "said"),
    [
        (DAY_PAY, "今天 17:30 给钱"),
        (replace(DAY_PAY, due_at=None), "当天给钱"),
        (replace(DAY_PAY, rule=PayRule.AFTER_WORK, due_at=None), "干完就给钱"),
        (replace(DAY_PAY, rule=PayRule.MONTHLY), "每月给钱"),
        (replace(DAY_PAY, rule=PayRule.ON_DATE, due_at=None, due_on=date(2026, 9, 25)), "9月25日 周五 给钱"),
    ],
)
def test_the_payday_is_one_sentence(pay: Pay, said: str) -> None:
    assert presenting.payday(ZH, job(pay=pay), TODAY) == said


def test_midnight_is_a_time_like_any_other() -> None:
    midnight = replace(DAY_PAY, due_at=time(0, 0))
    assert presenting.payday(ZH, job(pay=midnight), TODAY) == "今天 0:00 给钱"
    assert presenting.hours(Shift(TODAY, TODAY, time(16), time(0), 0)) == "16:00–0:00"


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [(0, 0, ""), (1, 1, "明天"), (0, 6, "7天"), (0, 27, "长期"), (3, 3, "9月21日 周一")],
)
def test_a_card_says_which_days_its_hours_belong_to(first: int, last: int, word: str) -> None:
    shift = replace(DAY_WORK, first_day=TODAY + timedelta(first), last_day=TODAY + timedelta(last))
    assert presenting.span_word(ZH, shift, TODAY) == word


@pytest.mark.parametrize(("metres", "said"), [(0, ""), (800, "800米"), (17600, "18公里")])
def test_a_distance_nobody_measured_is_not_shown(metres: int, said: str) -> None:
    assert presenting.distance(ZH, metres) == said


def test_an_employer_who_pays_is_not_named_twice() -> None:
    assert presenting.pay_note(ZH, DAY_PAY, "晨禾果蔬合作社") == "现金，老板付"
    assert presenting.pay_note(ZH, DAY_PAY, "安禾劳务队") == "现金，晨禾果蔬合作社付"


def test_a_card_counts_the_places_of_the_whole_city_also_when_none_lies_here() -> None:
    card = card_face(ZH, JobOnBoard(job(), None, 0, 7), TODAY, lambda _: "pick")
    assert (card.places_before, card.places, card.places_after) == ("还要", "7", "人")


def test_the_number_of_places_stands_apart_from_its_words() -> None:
    line = JobOnBoard(job(), None, 3, 8)
    chinese = card_face(ZH, line, TODAY, lambda _: "pick")
    english = card_face(EN, line, TODAY, lambda _: "pick")
    assert (chinese.places_before, chinese.places, chinese.places_after) == ("还要", "8", "人")
    assert (english.places_before, english.places, english.places_after) == ("", "8", "left")


def test_a_household_never_promises_statutory_insurance() -> None:
    line = JobOnBoard(job(insurance=Insurance.INJURY), None, 1, 1)
    at_home = detail_face(ZH, line, employer(EmployerType.HOUSEHOLD), TODAY, lambda _: "pick")
    at_work = detail_face(ZH, line, employer(), TODAY, lambda _: "pick")
    assert at_home.facts[6].head == "没登记保险"
    assert at_work.facts[6].head == "有工伤险"


def test_the_gravest_hazard_comes_first_and_none_is_dropped() -> None:
    line = JobOnBoard(job(hazards=frozenset({Hazard.HEAT, Hazard.HEIGHT, Hazard.DUST})), None, 1, 1)
    fact = detail_face(ZH, line, employer(), TODAY, lambda _: "pick").facts[4]
    assert (fact.icon, fact.head, fact.note) == ("pictograms/fall", "要上高处，会摔", "还有：高温、灰尘")


def test_every_protective_thing_is_named() -> None:
    line = JobOnBoard(job(ppe=frozenset(Ppe)), None, 1, 1)
    fact = detail_face(ZH, line, employer(), TODAY, lambda _: "pick").facts[5]
    assert all(ZH(f"ui.ppe.{thing.value}") in fact.head + fact.note for thing in Ppe)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", list(PayRule))
@pytest.mark.parametrize("unit", list(PayUnit))
def test_every_kind_of_pay_has_its_words(language: str, rule: PayRule, unit: PayUnit) -> None:
    pay = replace(DAY_PAY, rule=rule, unit=unit, piece_name="斤", due_on=date(2026, 10, 15))
    say = load(language)
    line = JobOnBoard(job(pay=pay), None, 1, 1)
    card = card_face(say, line, TODAY, lambda _: "pick")
    detail = detail_face(say, line, employer(), TODAY, lambda _: "pick")
    assert all((card.unit, card.payday, detail.payday, detail.pay_note))


def test_a_job_nobody_translated_keeps_its_chinese_name() -> None:
    assert presenting.job_title(EN, job(title_en="")) == "摘苹果"


@pytest.mark.parametrize(
    ("starts", "ends", "hours", "days"),
    [
        (time(6, 20), time(18, 10), "06:20–18:10", "9月18日"),
        (time(0, 0), time(0, 30), "00:00–00:30", "9月18日"),
    ],
)
def test_a_span_of_one_day_names_the_day_once(starts: time, ends: time, hours: str, days: str) -> None:
    first, last = instant_of(TODAY, starts), instant_of(TODAY, ends)
    assert presenting.clock_span(first, last) == hours
    assert presenting.day_span(ZH, first, last) == days


def test_a_span_over_midnight_names_both_days_of_the_hall() -> None:
    first, last = instant_of(TODAY, time(21)), instant_of(TODAY + timedelta(days=1), time(5, 5))
    assert first.date() == last.date(), "one day in UTC, two in the hall"
    assert presenting.clock_span(first, last) == "21:00–05:05"
    assert presenting.day_span(ZH, first, last) == "9月18日–9月19日"
    assert presenting.day_span(EN, first, last) == "18 Sep–19 Sep"


def test_a_day_in_a_sentence_is_said_as_the_language_says_it() -> None:
    expired = Sentence("rules.cert.expired_detail", {"day": date(2024, 8, 19)})
    assert presenting.spoken(ZH, expired) == "2024年8月19日到期"
    assert presenting.spoken(EN, expired) == "Ended 19 Aug 2024"
    assert presenting.spoken(ZH, None) == ""
