"""The ten fields of a posting, and the questions that fill each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

from kiosk.actions.board_ports import BoardQuery
from kiosk.domain.courses import HAZARD_CLASSES, class_key
from kiosk.domain.families import Family
from kiosk.domain.jobs import Hazard, Insurance, PayRule, PayUnit, PayWay, Ppe, Workplace
from kiosk.domain.trips import TripState
from kiosk.ui.desk.asking import time_keyed
from kiosk.ui.desk.draft import Draft
from kiosk.ui.desk.field_sheets import FieldSheets
from kiosk.ui.desk.pages import Row
from kiosk.ui.desk.said import said
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet
from kiosk.ui.presenting import day_word, figure, short_time

FIELDS = ("employer", "trade", "content", "people", "pay", "when", "place", "coach", "safety", "terms")
DAYS_AHEAD = 6
BREAKS_MIN = (0, 30, 60, 90, 120)
PIECES = ("斤", "件", "筐", "亩")
_PLACES_READ = 300
_HEAVIEST_KG = 500
_NONE = "none"
_OTHER = "other"
_LONGEST_TEXT = 40
_LONGEST_PLACE = 12
_RULES = (PayRule.SAME_DAY, PayRule.AFTER_WORK, PayRule.WEEKLY, PayRule.MONTHLY)
_UNITS = (PayUnit.DAY, PayUnit.HOUR, PayUnit.PIECE, PayUnit.LUMP, PayUnit.MONTH)


class PostingForm:
    """Fills one draft; every answer goes into it at once, so nothing is lost between two sheets."""

    def __init__(self, scene: DeskScene, draft: Draft) -> None:
        """Ask through this scene."""
        self._scene = scene
        self._draft = draft
        self._sheets = FieldSheets(scene)

    def rows(self) -> tuple[Row, ...]:
        """Return the fields, each with what was said or what to say."""
        return tuple(self._row(name) for name in FIELDS)

    def _row(self, name: str) -> Row:
        say, answer = self._scene.say(), said(self._scene, self._draft, name)
        return Row(
            key=f"field:{name}",
            lamp="ok" if answer else "waiting",
            head=answer or say(f"desk.field.{name}.unsaid"),
            note=say(f"desk.field.{name}"),
        )

    def ask(self, name: str) -> None:
        """Lay the first sheet of a field over the page."""
        asks: dict[str, Callable[[], None]] = {
            "employer": self._ask_employer,
            "trade": self._ask_family,
            "content": self._ask_content,
            "people": self._ask_people,
            "pay": self._ask_pay,
            "when": self._ask_day,
            "place": self._ask_place,
            "coach": self._ask_coach,
            "safety": self._ask_hazards,
            "terms": self._ask_instant,
        }
        asks[name]()

    # --- who, what, how many ---------------------------------------------------------------------

    def _ask_employer(self) -> None:
        with self._scene.hall.store.reading() as records:
            employers = {employer.id: employer for employer in records.board.employers()}

        def keep(sheet: Sheet) -> None:
            self._draft.employer = next(item for key, item in employers.items() if key == sheet.choice)

        choices = [Choice(key, employer.name) for key, employer in employers.items()]
        self._sheets.choose("employer", choices, keep)

    def _ask_family(self) -> None:
        say = self._scene.say()
        choices = [
            Choice(
                key=family.value,
                word=say(f"ui.family.{family.value}"),
                picture=figure(family.value),
                family=family.value,
            )
            for family in Family
        ]
        self._sheets.choose("family", choices, lambda sheet: self._ask_trade(Family(sheet.choice)))

    def _ask_trade(self, family: Family) -> None:
        choices = [
            Choice(trade.key, self._scene.trade_word(trade.key), "", figure(trade.pictogram), family.value)
            for trade in self._scene.trades.of_family(family)
        ]
        self._sheets.choose("trade", choices, lambda sheet: self._keep_trade(sheet.choice))

    def _keep_trade(self, key: str) -> None:
        hall = self._scene.hall
        with hall.store.reading() as records:
            lines = records.board.page(BoardQuery(trades=(key,)), hall.now(), 0, 1)
        self._draft.follow(self._scene.trades.by_key[key], lines[0].job if lines else None)

    def _ask_content(self) -> None:
        def keep(sheet: Sheet) -> None:
            self._draft.content = sheet.typed

        sheet = self._sheets.sheet("content", keep)
        sheet.keys, sheet.longest, sheet.typed = Keys.HANZI, _LONGEST_TEXT, self._draft.content
        self._scene.ask(sheet)

    def _ask_people(self) -> None:
        def keep(sheet: Sheet) -> None:
            self._draft.headcount = int(sheet.typed)

        self._sheets.pad("people", 3, keep, lambda text: text.isdecimal() and int(text) > 0)

    def _ask_pay(self) -> None:
        say = self._scene.say()

        def keep(sheet: Sheet) -> None:
            self._draft.pay_fen, self._draft.unit = int(sheet.typed) * 100, PayUnit(sheet.choice)
            if self._draft.unit is PayUnit.PIECE:
                self._sheets.choose("piece", [Choice(piece, piece) for piece in PIECES], self._keep_piece)
            else:
                self._draft.piece_name = ""
                self._ask_rule()

        sheet = self._sheets.sheet("pay", keep)
        sheet.keys, sheet.longest = Keys.DIGITS, 5
        sheet.is_whole = lambda text: text.isdecimal() and int(text) > 0
        sheet.choices = [
            Choice(unit.value, say(f"ui.unit.{unit.value}", piece=say("ui.piece"))) for unit in _UNITS
        ]
        sheet.chosen = [self._draft.unit.value]
        self._scene.ask(sheet)

    def _keep_piece(self, sheet: Sheet) -> None:
        self._draft.piece_name = sheet.choice
        self._ask_rule()

    def _ask_rule(self) -> None:
        say = self._scene.say()

        def keep(sheet: Sheet) -> None:
            self._draft.rule = PayRule(sheet.choice)
            ways = [Choice(way.value, say(f"desk.way.{way.value}")) for way in PayWay]
            self._sheets.choose("way", ways, self._keep_way)

        self._sheets.choose(
            "rule", [Choice(rule.value, say(f"ui.payday.{rule.value}")) for rule in _RULES], keep
        )

    def _keep_way(self, sheet: Sheet) -> None:
        self._draft.way = PayWay(sheet.choice)

    # --- when, where, how to get there -----------------------------------------------------------

    def _ask_day(self) -> None:
        say, today = self._scene.say(), self._scene.hall.today()
        days = [today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)]

        def keep(sheet: Sheet) -> None:
            self._draft.day = date.fromisoformat(sheet.choice)
            self._draft.trip, self._draft.is_coach_said = None, False
            self._ask_time("starts", self._keep_start)

        self._sheets.choose("day", [Choice(day.isoformat(), day_word(say, day, today)) for day in days], keep)

    def _keep_start(self, at: time) -> None:
        self._draft.starts_at = at
        self._ask_time("ends", self._keep_end)

    def _keep_end(self, at: time) -> None:
        say = self._scene.say()

        def keep(sheet: Sheet) -> None:
            self._draft.break_min = int(sheet.choice)

        self._draft.ends_at = at
        breaks = [Choice(str(count), say("desk.said.break", count=count)) for count in BREAKS_MIN]
        self._sheets.choose("break", breaks, keep)

    def _ask_time(self, name: str, then: Callable[[time], None]) -> None:
        say = self._scene.say()

        def keep(sheet: Sheet) -> None:
            at = time_keyed(sheet.typed)
            if at is not None:
                then(at)

        def hint(text: str) -> str:
            at = time_keyed(text)
            if at:
                return short_time(at)
            return say("desk.time.no_such") if len(text) == 4 else say("desk.time.example")

        sheet = self._sheets.sheet(name, keep)
        sheet.keys, sheet.longest, sheet.hint = Keys.DIGITS, 4, hint
        sheet.is_whole = lambda text: time_keyed(text) is not None
        self._scene.ask(sheet)

    def _ask_place(self) -> None:
        say, hall = self._scene.say(), self._scene.hall
        with hall.store.reading() as records:
            lines = records.board.page(BoardQuery(order="start"), hall.now(), 0, _PLACES_READ)
        known: dict[str, Workplace] = {}
        for line in sorted(lines, key=lambda line: line.job.employer != self._employer_id):
            known.setdefault(f"{line.job.place.town} {line.job.place.spot}", line.job.place)

        def keep(sheet: Sheet) -> None:
            if sheet.choice == _OTHER:
                self._ask_town()
            else:
                self._draft.place = known[sheet.choice]

        places = [Choice(name, place.spot, place.town) for name, place in known.items()]
        self._sheets.choose("place", [Choice(_OTHER, say("desk.field.place.other")), *places], keep)

    @property
    def _employer_id(self) -> str:
        return self._draft.employer.id if self._draft.employer else ""

    def _ask_town(self) -> None:
        self._sheets.spell("town", _LONGEST_PLACE, lambda sheet: self._ask_spot(sheet.typed))

    def _ask_spot(self, town: str) -> None:
        def keep(sheet: Sheet) -> None:
            self._draft.place = Workplace(town, sheet.typed, distance_m=0, travel_min=0)

        self._sheets.spell("spot", _LONGEST_PLACE, keep)

    def _ask_coach(self) -> None:
        say, hall = self._scene.say(), self._scene.hall
        day = self._draft.day or hall.today()
        with hall.store.reading() as records:
            trips = {
                trip.id: trip
                for trip in records.board.trips_of(day)
                if trip.station == hall.identity.station and trip.state is TripState.PLANNED
            }

        def keep(sheet: Sheet) -> None:
            self._draft.trip = next((trip for key, trip in trips.items() if key == sheet.choice), None)
            self._draft.is_coach_said = True

        coaches = [
            Choice(
                key,
                f"{short_time(trip.departs_at)} {trip.destination}",
                say("desk.said.seats", count=trip.seats),
            )
            for key, trip in trips.items()
        ]
        self._sheets.choose("coach", [Choice(_NONE, say("desk.said.no_coach")), *coaches], keep)

    # --- safety and terms -------------------------------------------------------------------------

    def _ask_hazards(self) -> None:
        say = self._scene.say()

        def keep(sheet: Sheet) -> None:
            self._draft.face({Hazard(item) for item in sheet.chosen})
            if Hazard.LIFTING in self._draft.hazards:
                self._ask_load()
            else:
                self._ask_ppe()

        choices = [Choice(item.value, say(f"ui.hazard_short.{item.value}")) for item in Hazard]
        self._sheets.tick("hazards", choices, [item.value for item in self._draft.hazards], keep)

    def _ask_load(self) -> None:
        def keep(sheet: Sheet) -> None:
            self._draft.strain = replace(self._draft.strain, lift_kg=int(sheet.typed))
            self._sheets.pad("lifts", 3, keep_lifts, str.isdecimal)

        def keep_lifts(sheet: Sheet) -> None:
            self._draft.strain = replace(self._draft.strain, lifts_an_hour=int(sheet.typed))
            self._ask_ppe()

        self._sheets.pad("load", 3, keep, lambda text: text.isdecimal() and 0 < int(text) <= _HEAVIEST_KG)

    def _ask_ppe(self) -> None:
        say = self._scene.say()

        def keep(sheet: Sheet) -> None:
            self._draft.ppe = {Ppe(item) for item in sheet.chosen}
            self._ask_classes()

        choices = [Choice(item.value, say(f"ui.ppe.{item.value}")) for item in Ppe]
        self._sheets.tick("ppe", choices, [item.value for item in self._draft.ppe], keep)

    def _ask_classes(self) -> None:
        say = self._scene.say()

        def keep(sheet: Sheet) -> None:
            self._draft.classes = set(sheet.chosen)
            self._draft.is_safety_said = True

        names = dict.fromkeys((*HAZARD_CLASSES, *sorted(self._draft.classes)))
        choices = [Choice(name, say(class_key(name))) for name in names]
        self._sheets.tick("classes", choices, sorted(self._draft.classes), keep)

    def _ask_instant(self) -> None:
        say = self._scene.say()

        def keep(sheet: Sheet) -> None:
            self._draft.is_instant = sheet.choice == "yes"
            self._draft.is_talked_over = sheet.choice == "talk"
            self._ask_insurance()

        answers = [
            Choice(answer, say(f"desk.instant.{answer}"), say(f"desk.instant.{answer}_note"))
            for answer in ("yes", "talk", "no")
        ]
        self._sheets.choose("instant", answers, keep)

    def _ask_insurance(self) -> None:
        say = self._scene.say()

        def keep(sheet: Sheet) -> None:
            self._draft.insurance = Insurance(sheet.choice)
            meals = [Choice("yes", say("desk.said.meal")), Choice("no", say("desk.said.no_meal"))]
            self._sheets.choose("meal", meals, self._keep_meal)

        choices = [Choice(item.value, say(f"desk.insurance.{item.value}")) for item in Insurance]
        self._sheets.choose("insurance", choices, keep)

    def _keep_meal(self, sheet: Sheet) -> None:
        self._draft.has_meal = sheet.choice == "yes"
