"""What is recorded of a vehicle or a driver, as a form: each field is one question, read off the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from kiosk.actions.keep_fleet import DriverPapers, correct_driver, record_driver, record_vehicle
from kiosk.domain.drivers import Driver, LicenceClass
from kiosk.domain.identity import check_number, check_phone
from kiosk.domain.sights import Mask
from kiosk.domain.vehicles import Vehicle, VehicleKind
from kiosk.ui.desk.asking import day_keyed
from kiosk.ui.desk.pages import Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet
from kiosk.ui.presenting import dated, day_of_a_year

_UNSEEN, _OTHER = "unseen", "other"
_LONGEST_NAME = 12
_Answers = dict[str, Any]
_MASKS = {
    "name": Mask.DRIVER_NAME,
    "phone": Mask.DRIVER_PHONE,
    "qualification_no": Mask.DRIVER_NUMBER,
}


class FleetForm(Protocol):
    """What the page of trips needs of a form that is being filled."""

    @property
    def title(self) -> str:
        """Return the key of what is being recorded."""
        ...

    @property
    def is_known(self) -> bool:
        """Return whether it was recorded before."""
        ...

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is left unsaid."""
        ...

    def rows(self) -> tuple[Row, ...]:
        """Return the fields with what was said."""
        ...

    def ask(self, name: str) -> None:
        """Lay the sheet of a field over the page."""
        ...

    def save(self, *, is_active: bool = True) -> None:
        """Keep it; raises Refused."""
        ...


@dataclass(slots=True)
class _Form:
    """The answers so far by field; None in a day means that the paper was not seen."""

    scene: DeskScene
    title: str
    fields: Sequence[str]
    answers: _Answers = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is left unsaid."""
        return all(name in self.answers for name in self.fields)

    def rows(self) -> tuple[Row, ...]:
        """Return the fields with what was said."""
        return tuple(self._row(name) for name in self.fields)

    def _row(self, name: str) -> Row:
        say, is_said = self.scene.say(), name in self.answers
        value = self.answers.get(name)
        lamp = "waiting" if not is_said else "warn" if value is None else "ok"
        said = self._said(name, value) if is_said else say("trips.unsaid")
        return Row(f"field:{name}", lamp, said, say(f"trips.field.{name}"))

    def _said(self, name: str, value: object) -> str:
        say = self.scene.say()
        if value is None:
            return say("trips.unseen")
        if isinstance(value, date):
            return day_of_a_year(say, value)
        if isinstance(value, bool):
            return say(f"trips.{name}.{'yes' if value else 'no'}")
        return (
            say(f"trips.kind.{value.value}")
            if isinstance(value, VehicleKind)
            else self.shown(name, str(value))
        )

    def shown(self, name: str, value: str) -> str:
        """Return a text as it may stand on the page: what was said just now stands as it was said."""
        return value

    def keep(self, name: str, value: object) -> None:
        """Keep an answer."""
        self.answers[name] = value

    def sheet(self, name: str, done: Callable[[Sheet], None]) -> Sheet:
        """Return the bare sheet of a field."""
        say = self.scene.say()
        title, sentence = say(f"trips.field.{name}"), say(f"trips.ask.{name}")
        return Sheet(title=title, sentence=sentence, go_word=say("desk.next"), done=done)

    def ask_digits(self, name: str, longest: int, is_whole: Callable[[str], bool], *, is_count: bool) -> None:
        """Ask for a number by keys; it is kept as text unless it counts something."""

        def kept(answered: Sheet) -> None:
            self.keep(name, int(answered.typed) if is_count else answered.typed)

        sheet = self.sheet(name, kept)
        sheet.keys, sheet.longest, sheet.is_whole = Keys.DIGITS, longest, is_whole
        self.scene.ask(sheet)

    def ask_words(self, name: str) -> None:
        """Ask for a few characters by their sound."""
        sheet = self.sheet(name, lambda answered: self.keep(name, answered.typed))
        said = str(self.answers.get(name, ""))
        sheet.keys, sheet.longest = Keys.HANZI, _LONGEST_NAME
        sheet.typed = said if self.shown(name, said) == said else ""
        self.scene.ask(sheet)

    def ask_choice(self, name: str, choices: Mapping[str, object], word: Callable[[str], str]) -> None:
        """Ask for one of some values."""
        sheet = self.sheet(name, lambda answered: self.keep(name, choices[answered.choice]))
        sheet.choices = [Choice(key, word(key)) for key in choices]
        self.scene.ask(sheet)

    def ask_day(self, name: str) -> None:
        """Ask for the last day of a paper, or that it was not seen."""
        say = self.scene.say()

        def hint(text: str) -> str:
            day = day_keyed(text)
            if day is not None:
                return say("desk.day.full", year=day.year, day=dated(say, day))
            return say("desk.day.no_such") if len(text) == 8 else say("desk.day.example")

        sheet = self.sheet(name, lambda answered: self.keep(name, day_keyed(answered.typed)))
        sheet.choices = [Choice(_UNSEEN, say("trips.unseen"))]
        sheet.keys, sheet.keys_or_choice, sheet.longest = Keys.DIGITS, True, 8
        sheet.hint, sheet.is_whole = hint, lambda text: day_keyed(text) is not None
        self.scene.ask(sheet)


class VehicleForm(_Form):
    """A vehicle, new or known."""

    FIELDS = (
        "plate",
        "kind",
        "approved",
        "crew",
        "owner",
        "permit_no",
        "permit_to",
        "inspection_to",
        "insurance_to",
    )

    def __init__(self, scene: DeskScene, known: Vehicle | None = None) -> None:
        """Begin with what is known; a crew is one unless somebody says more."""
        answers: _Answers = {"crew": 1}
        if known is not None:
            answers = {name: getattr(known, name) for name in self.FIELDS}
        super().__init__(scene, "trips.record_vehicle", self.FIELDS, answers)
        self._known = known

    @property
    def is_known(self) -> bool:
        """Return whether it was recorded before."""
        return self._known is not None

    def ask(self, name: str) -> None:
        """Lay the sheet of a field over the page."""
        if name == "plate":
            self._ask_area()
        elif name == "kind":
            kinds: dict[str, object] = {kind.value: kind for kind in VehicleKind}
            say = self.scene.say()
            self.ask_choice(name, kinds, lambda key: say(f"trips.kind.{key}"))
        elif name in {"approved", "crew"}:
            self.ask_digits(name, 2, lambda text: bool(text) and int(text) > 0, is_count=True)
        elif name == "permit_no":
            self.ask_digits(name, 12, bool, is_count=False)
        elif name == "owner":
            self.ask_words(name)
        else:
            self.ask_day(name)

    def save(self, *, is_active: bool = True) -> None:
        """Keep it; raises Refused."""
        record_vehicle(self.scene.hall, Vehicle(**self.answers, is_active=is_active), self.scene.staff())

    def _ask_area(self) -> None:
        """Ask for the first two signs, those of known plates first; the plate of a known vehicle stays."""
        if self._known is not None:
            return
        with self.scene.hall.store.reading() as records:
            areas = sorted({vehicle.plate[:2] for vehicle in records.fleet.vehicles()})
        say = self.scene.say()
        sheet = self.sheet("plate", lambda answered: self._ask_rest(answered.choice))
        sheet.choices = [*(Choice(area, area) for area in areas), Choice(_OTHER, say("trips.other_area"))]
        self.scene.ask(sheet)

    def _ask_rest(self, area: str) -> None:
        if area == _OTHER:
            sheet = self.sheet("plate", lambda answered: self._ask_letter(answered.typed))
            sheet.keys, sheet.longest = Keys.HANZI, 1
            self.scene.ask(sheet)
            return
        sheet = self.sheet("plate", lambda answered: self.keep("plate", f"{area}·{answered.typed}"))
        sheet.keys, sheet.longest, sheet.is_whole = Keys.PLATE, 6, lambda text: len(text) >= 5
        sheet.hint = lambda text: f"{area}·{text}"
        self.scene.ask(sheet)

    def _ask_letter(self, province: str) -> None:
        sheet = self.sheet("plate", lambda answered: self._ask_rest(province + answered.typed))
        sheet.keys, sheet.longest = Keys.LETTERS, 1
        sheet.hint = lambda text: province + text
        self.scene.ask(sheet)


class DriverForm(_Form):
    """A driver, new or known; the number of the card is asked once and not kept."""

    PAPERS = (
        "name",
        "phone",
        "licence_class",
        "licence_to",
        "qualification_no",
        "qualification_to",
        "had_grave_accident",
    )

    def __init__(self, scene: DeskScene, known: Driver | None = None) -> None:
        """Begin with what is known."""
        fields = self.PAPERS if known is not None else ("number", *self.PAPERS)
        answers = {} if known is None else {name: getattr(known, name) for name in self.PAPERS}
        super().__init__(scene, "trips.record_driver", fields, answers)
        self._known = known

    @property
    def is_known(self) -> bool:
        """Return whether he was recorded before."""
        return self._known is not None

    def shown(self, name: str, value: str) -> str:
        """Return a text as it may stand on the page: what was known, as far as a role is shown it."""
        is_known = self._known is not None and getattr(self._known, name) == value
        return self.scene.shown(_MASKS.get(name, Mask.NOTHING), value) if is_known else value

    def ask(self, name: str) -> None:
        """Lay the sheet of a field over the page."""
        say = self.scene.say()
        if name == "number":
            sheet = self.sheet(name, lambda answered: self.keep(name, answered.typed))
            sheet.keys, sheet.longest = Keys.NUMBER, 18
            sheet.is_whole = lambda text: check_number(text) is None
            self.scene.ask(sheet)
        elif name == "name":
            self.ask_words(name)
        elif name == "phone":
            self.ask_digits(name, 12, lambda text: check_phone(text) is None, is_count=False)
        elif name == "licence_class":
            classes: dict[str, object] = {item.value: item for item in LicenceClass}
            self.ask_choice(name, classes, str)
        elif name == "qualification_no":
            self.ask_digits(name, 20, bool, is_count=False)
        elif name == "had_grave_accident":
            word = {"no": False, "yes": True}
            self.ask_choice(name, dict(word), lambda key: say(f"trips.had_grave_accident.{key}"))
        else:
            self.ask_day(name)

    def save(self, *, is_active: bool = True) -> None:
        """Keep him; raises Refused."""
        scene = self.scene
        if self._known is not None:
            changed = replace(self._known, **self.answers, is_active=is_active)
            correct_driver(scene.hall, changed, scene.staff())
            return
        papers = DriverPapers(**{name: self.answers[name] for name in self.PAPERS})
        record_driver(scene.hall, self.answers["number"], papers, scene.staff())
