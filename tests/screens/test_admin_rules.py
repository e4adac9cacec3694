"""The page of rules, touched: what is judged here by which numbers, and what the bureau alone judges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.actions.rulebook import BUREAU_RULES, KIOSK_RULES
from kiosk.messages.feed import FeedRow, ParameterBody
from tests import answers
from tests.screens.admin_desk import Desk, open_desk

AGE = ParameterBody(
    key="age.minimum_years", value="17", unit="years", source="示例：测试", effective_from=date(2026, 9, 1)
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An upright kiosk at its page of rules."""
    opened = open_desk(tmp_path)
    opened.enter()
    opened.tap("page.rules")
    yield opened
    opened.close()


def test_every_rule_of_the_code_stands_on_the_page(desk: Desk) -> None:
    assert len(desk.lines) == len(KIOSK_RULES)
    desk.tap("plate.other")
    assert len(desk.lines) == len(BUREAU_RULES)
    desk.tap("plate.other")
    assert len(desk.lines) == len(KIOSK_RULES)


def test_a_number_is_shown_with_its_source_its_first_day_and_when_it_was_told(desk: Desk) -> None:
    name = f"{AGE.key}@{AGE.effective_from}"
    row = FeedRow(topic="parameter", id=name, pos=1_000_001, body=AGE.model_dump_json())
    answers.tell(desk.stage.kiosk.opened, [row], 1_000_001)
    desk.pass_time(6)
    (shown,) = desk.rows_of(1)
    assert shown.head == "最小年龄：17 岁"
    assert shown.note == "示例：测试\n2026年9月1日起 · 2026年9月18日收到"


def test_every_number_of_every_rule_has_a_name(desk: Desk) -> None:
    """One-line break: name a number by a sentence that nobody wrote: touching its rule ended the page."""
    for rule in (rule for rule in KIOSK_RULES if rule.numbers):
        desk.tap(f"row.{rule.name}.touch")
        shown = desk.rows_of(1)
        assert len(shown) == len(rule.numbers), rule.name
        assert all(row.head for row in shown), rule.name


def test_a_number_that_was_taken_back_is_said_to_lack(desk: Desk) -> None:
    name = "education.is_required@2025-01-01"
    gone = FeedRow(topic="parameter", id=name, pos=1_000_001, body="", is_deleted=True)
    answers.tell(desk.stage.kiosk.opened, [gone], 1_000_001)
    desk.tap("row.edu_01.touch")
    (shown,) = desk.rows_of(1)
    assert (shown.lamp, shown.head) == ("warn", "要不要安全课：还没收到")
    (rule,) = (row for row in desk.rows_of(0) if row.key == "edu_01")
    assert rule.lamp == "warn"


def test_a_rule_of_the_bureau_shows_how_it_refuses(desk: Desk) -> None:
    desk.tap("plate.other", "row.fork.touch")
    assert [row.head for row in desk.rows_of(1)] == ["这条记录来自旧副本，已另存待查。"]


def test_the_chosen_rule_stays_in_sight(desk: Desk) -> None:
    desk.tap("plate.other", "row.unknown.touch")
    assert desk.screen.find("row.unknown") is not None


def test_a_certificate_is_called_as_it_is_everywhere(desk: Desk) -> None:
    desk.tap("row.cert_01.touch")
    assert [row.head for row in desk.rows_of(1)] == ["高处作业证：要", "电工证：要", "焊工证：要"]
