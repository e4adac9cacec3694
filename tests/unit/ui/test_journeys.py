"""Navigation as data: the table of steps holds together."""

from __future__ import annotations

from kiosk.ui.journeys import PERSONAL_STEPS, RULES, WARN_BEFORE_S, Step
from kiosk.ui.windows import QML


def test_every_step_has_a_rule_and_every_rule_a_step() -> None:
    assert set(RULES) == set(Step)


def test_every_step_but_the_first_ends_by_itself() -> None:
    endless = {step for step, rule in RULES.items() if rule.timeout_s is None}
    assert endless == {Step.HOME}


def test_a_step_that_warns_is_shown_longer_than_its_warning() -> None:
    short = {step for step, rule in RULES.items() if rule.warns and (rule.timeout_s or 0) < 2 * WARN_BEFORE_S}
    assert short == set()


def test_time_out_leads_home_or_past_the_reminder_of_the_card() -> None:
    elsewhere = {step: rule.after for step, rule in RULES.items() if rule.after is not Step.HOME}
    assert elsewhere.pop(Step.TEAM_PRINTING) is Step.TEAM_END, "nor for a team"
    for step in (Step.PRINTING, Step.TAKE_SLIP):
        assert elsewhere.pop(step) is Step.UNCERTAIN, "a printer that says nothing is no success"
    assert elsewhere.pop(Step.PAPER_COMING) is Step.PAPER_END, "nor for a ticket"
    assert set(elsewhere.values()) == {Step.GOODBYE}


def test_no_personal_step_is_the_first_one() -> None:
    assert Step.HOME not in PERSONAL_STEPS


def test_every_step_has_a_page_and_every_page_of_a_step_exists() -> None:
    pages = {path.stem for path in (QML / "Kiosk" / "Pages").glob("*.qml")}
    wanted = {"".join(part.capitalize() for part in step.value.split("_")) for step in Step}
    assert wanted <= pages
