"""The page of rules is made from the code: every entry has its rule, and every rule its entry."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from importlib.util import find_spec
from pathlib import Path

from kiosk import catalogue
from kiosk.actions.rulebook import BUREAU_RULES, KIOSK_RULES, KnownRule
from kiosk.domain.cards import Sex
from kiosk.domain.eligibility import ASKED, Rule
from kiosk.domain.eligibility.cases import Case
from kiosk.domain.families import Family
from kiosk.domain.jobs import Certificate, Hazard, Strain
from kiosk.domain.parameters import Parameter, Parameters
from kiosk.domain.workers import Engagement, Standing
from tests.unit.domain.example_jobs import DAY, JOB, forecast

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "data" / "sample" / "parameters.toml"
NO_RULE = {
    "hotline.rights",
    "hotline.complaint",
    "hall.phone",
    "hall.duty_name",
    "privacy.contact",
    "eligibility.version",
    "retention.service_ledger_years",
    "retention.passenger_list_years",
    "retention.safety_class_years",
}
"""Told like numbers of law, but only printed or shown, or how long the bureau keeps: they judge nobody."""


@dataclass(frozen=True)
class Watched(Mapping[str, Parameter]):
    """Numbers in force that remember which of them were asked for."""

    values_known: Mapping[str, Parameter]
    asked: set[str] = field(default_factory=set)

    def __getitem__(self, key: str) -> Parameter:
        self.asked.add(key)
        return self.values_known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_known)

    def __len__(self) -> int:
        return len(self.values_known)


def _trees(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name != "rulebook.py":
                yield path, ast.parse(path.read_text("utf-8"))


def _texts(tree: ast.AST) -> set[str]:
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _refuses(tree: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused"
        for node in ast.walk(tree)
    )


def _of(rules: tuple[KnownRule, ...], what: str) -> set[str]:
    return {value for rule in rules for value in getattr(rule, what)}


def test_every_rule_of_eligibility_is_asked_once_and_shown_by_its_name() -> None:
    assert sorted(item.rule for item in ASKED) == sorted(Rule)
    assert {rule.label for rule in KIOSK_RULES if rule.label} == {rule.value for rule in Rule}


def test_every_refusal_of_an_action_belongs_to_a_rule() -> None:
    sentences = catalogue.load(catalogue.SOURCE_LANGUAGE).sentences
    said = {
        text
        for _, tree in _trees("kiosk/actions")
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and _refuses(function)
        for text in _texts(function)
        if text in sentences
    }
    assert said == _of(KIOSK_RULES, "refusals")


def test_every_refusal_of_the_bureau_belongs_to_a_rule() -> None:
    said = {
        text
        for _, tree in _trees("kiosk/bureau")
        for text in _texts(tree)
        if re.fullmatch(r"bureau\.(refused|notice)\.[a-z_]+", text)
    }
    assert said == _of(BUREAU_RULES, "refusals")


def test_every_rule_says_its_refusals_where_it_lives() -> None:
    for rule in (*KIOSK_RULES, *BUREAU_RULES):
        said: set[str] = set()
        for home in rule.homes:
            found = find_spec(home)
            assert found is not None, home
            assert found.origin is not None, home
            said |= _texts(ast.parse(Path(found.origin).read_text("utf-8")))
        assert set(rule.refusals) <= said, rule.name


OF_STATIONS = ("station.minutes.", "station.name.")
"""What the bureau tells of each station of its city; no rule rests on these."""


def test_every_number_that_the_program_asks_for_belongs_to_a_rule() -> None:
    told = {item["key"] for item in tomllib.loads(SAMPLE.read_text("utf-8"))["parameter"]}
    told = {key for key in told if not key.startswith(OF_STATIONS)}
    named = {
        text
        for _, tree in _trees("kiosk/domain", "kiosk/actions", "kiosk/ui", "kiosk/bureau")
        for text in _texts(tree)
    }
    asked = {key for key in told if key in named or key.startswith("certificate.")}
    assert asked == told, "a number that nobody asks for"
    assert set(OF_STATIONS) <= named
    assert told == _of(KIOSK_RULES, "numbers") | NO_RULE


def test_a_rule_of_eligibility_asks_for_the_numbers_that_it_names_and_no_other() -> None:
    for item in ASKED:
        seen = Watched(forecast(38).values)
        for case in _cases(Parameters(seen)):
            list(item.ask(case))
        assert seen.asked == set(item.numbers), item.rule


def test_a_rule_stands_on_the_page_once() -> None:
    for rules in (KIOSK_RULES, BUREAU_RULES):
        names = [rule.name for rule in rules]
        assert len(names) == len(set(names))


def _cases(known: Parameters) -> Iterator[Case]:
    """Give somebody before a job without a danger, a child and an old person before one that has each.

    That one asks for every paper, too.
    """
    job = replace(
        JOB,
        hazards=frozenset(Hazard),
        is_dangerous=True,
        certificates=frozenset(Certificate),
        needs_classes=frozenset({"site"}),
        family=Family.BUILD,
        strain=Strain(lift_kg=20, lifts_an_hour=6),
        shift=replace(JOB.shift, ends_at=time(14), break_min=0),
    )
    held = Engagement("p", job.shift.starts, job.shift.ends, "装菜")
    plain = replace(job, hazards=frozenset[Hazard]())
    yield Case(plain, None, Standing(DAY.replace(year=DAY.year - 30)), DAY, DAY, known)
    for years in (10, 17, 70):
        birth = DAY.replace(year=DAY.year - years)
        for sex in (Sex.MALE, Sex.FEMALE):
            yield Case(job, None, Standing(birth, engagements=(held,), sex=sex), DAY, DAY, known)
