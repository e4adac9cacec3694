"""The page of rules: what this kiosk judges by itself, by which numbers, and what the bureau alone judges.

Everything comes from `kiosk.actions.rulebook` and from the numbers in force today; nothing is listed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kiosk.actions.rulebook import BUREAU_RULES, KIOSK_RULES, KnownRule
from kiosk.domain.clock import hall_time
from kiosk.domain.jobs import Hazard
from kiosk.domain.parameters import Parameter, Parameters
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.presenting import day_of_a_year, yuan_figure

_UNITS = {
    unit: unit for unit in ("years", "months", "min", "days", "version", "kg", "times", "grade", "h")
} | {"℃": "celsius"}
"""Units that are said with their number, as the catalogue calls them."""
_OTHER = "other"


class RulesPage:
    """The rules of one judge, and what stands behind the chosen one; a plate shows the other judge's."""

    def __init__(self, scene: DeskScene) -> None:
        """Read through this scene; the kiosk's own rules come first, and of those the first one is chosen."""
        self._scene = scene
        self._is_bureau = False
        self._chosen = KIOSK_RULES[0]

    def face(self) -> Page:
        """Read the numbers in force today."""
        say, hall = self._scene.say(), self._scene.hall
        with hall.store.reading() as records:
            parameters = records.settings.parameters(hall.today())
            told = records.settings.parameters_told()
        other = Plate(
            _OTHER, say("rulebook.show_here" if self._is_bureau else "rulebook.show_there"), is_main=True
        )
        if self._is_bureau:
            rows = tuple(self._there(rule) for rule in BUREAU_RULES)
            behind = tuple(Row(head=say(key)) for key in self._chosen.refusals)
            below = Panel(say("rulebook.says"), "", behind, say("rulebook.says_nothing"))
        else:
            rows = tuple(self._here(rule, parameters) for rule in KIOSK_RULES)
            behind = tuple(self._number(key, parameters, told) for key in self._chosen.numbers)
            below = Panel(say("rulebook.numbers"), self._chosen.label, behind, say("rulebook.no_number"))
        title = say("rulebook.there" if self._is_bureau else "rulebook.here")
        return Page((Panel(title, say("rulebook.count", count=len(rows)), rows), below), plates=(other,))

    def press(self, key: str) -> None:
        """Choose another rule, or look at the other judge's."""
        if key == _OTHER:
            self._is_bureau = not self._is_bureau
            self._chosen = self._rules[0]
        else:
            self._chosen = next(rule for rule in self._rules if rule.name == key)

    def forget(self) -> None:
        """Rules name nobody; begin with the first one again."""
        self._is_bureau, self._chosen = False, KIOSK_RULES[0]

    @property
    def _rules(self) -> tuple[KnownRule, ...]:
        return BUREAU_RULES if self._is_bureau else KIOSK_RULES

    def _there(self, rule: KnownRule) -> Row:
        say = self._scene.say()
        return Row(
            key=rule.name,
            head=say(f"rulebook.bureau.{rule.name}"),
            note=say(f"rulebook.bureau.{rule.name}.why"),
            is_chosen=rule is self._chosen,
        )

    def _here(self, rule: KnownRule, parameters: Parameters) -> Row:
        say = self._scene.say()
        lacks = any(key not in parameters.values for key in rule.numbers)
        return Row(
            key=rule.name,
            lamp="warn" if lacks else "ok",
            head=say(f"rulebook.kiosk.{rule.name}"),
            note=say("rulebook.lacks") if lacks else say(f"rulebook.kiosk.{rule.name}.why"),
            aside=rule.label,
            is_chosen=rule is self._chosen,
        )

    def _number(self, key: str, parameters: Parameters, told: Mapping[str, datetime]) -> Row:
        say, number = self._scene.say(), parameters.values.get(key)
        name = self._name(key)
        if number is None:
            return Row(
                lamp="warn",
                head=say("rulebook.fact", name=name, value=say("rulebook.not_told")),
                note=say("rulebook.not_told.why"),
            )
        heard = told.get(f"{key}@{number.effective_from.isoformat()}")
        since = say("rulebook.since", day=day_of_a_year(say, number.effective_from))
        came = say("rulebook.told", day=day_of_a_year(say, hall_time(heard).date())) if heard else ""
        return Row(
            head=say("rulebook.fact", name=name, value=self._value(number)),
            note="\n".join((number.source, " · ".join(part for part in (since, came) if part))),
        )

    def _name(self, key: str) -> str:
        """Return what people call a number; whether a certificate is asked for is called as that is."""
        is_certificate = key.startswith("certificate.")
        known_as = f"rules.{key.removesuffix('.is_required')}" if is_certificate else f"rulebook.number.{key}"
        return self._scene.say()(known_as)

    def _value(self, number: Parameter) -> str:
        """Return a number as people say it; one that cannot be read is shown as it came."""
        say = self._scene.say()
        if number.unit == "hazards":
            named = {word.strip() for word in number.value.split(",")}
            return say("desk.comma").join(
                say(f"ui.hazard_short.{item.value}") for item in Hazard if item in named
            )
        if not number.value.isdecimal():
            return number.value
        if number.unit == "flag":
            return say("rulebook.unit.flag.yes" if int(number.value) else "rulebook.unit.flag.no")
        if number.unit == "fen":
            return say("rulebook.unit.fen", value=yuan_figure(int(number.value)))
        if unit := _UNITS.get(number.unit):
            return say(f"rulebook.unit.{unit}", value=int(number.value))
        return number.value
