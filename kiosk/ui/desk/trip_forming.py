"""Forming a trip sheet by sheet: which work, who goes, which vehicle, when, from where and where to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from kiosk.actions.ask_paper import passes_of
from kiosk.actions.form_trip import Route, add_passengers, form_trip, swap_passenger
from kiosk.actions.trip_ports import Waiting
from kiosk.domain.ids import JobId, PlacementId, TripId
from kiosk.domain.jobs import Job
from kiosk.domain.vehicles import Vehicle
from kiosk.ui.desk.asking import ask_reason, time_keyed
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet
from kiosk.ui.presenting import Say, day_word, job_title, short_time

_NO_WAY_BACK = "none"
_OTHER = "other"
_LONGEST_PLACE = 12
SWAP_REASONS = ("not_come", "not_fit", "wishes")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What was answered so far."""

    day: date
    people: tuple[PlacementId, ...] = ()
    plate: str = ""
    departs_at: time = time()
    bay: str = ""
    destination: str = ""
    towns: tuple[str, ...] = ()


def seats_of(say: Say, vehicle: Vehicle) -> str:
    """Return what a vehicle is and how many passengers it seats."""
    kind = say(f"trips.kind.{vehicle.kind.value}")
    return say("trips.seats", kind=kind, seats=vehicle.passenger_seats)


class TripForming:
    """Asks for all that a formed trip needs; `formed` is told which trip it became."""

    def __init__(self, scene: DeskScene, formed: Callable[[TripId], None]) -> None:
        """Ask through this scene."""
        self._scene = scene
        self._formed = formed

    def begin(self) -> None:
        """Ask which work people without a coach go to, today or tomorrow; say so where there is nobody."""
        groups = self._groups()
        if not groups:
            self._scene.tell("unknown", self._scene.say()("trips.form.nobody"))
            return
        say, today = self._scene.say(), self._scene.hall.today()
        choices = [
            Choice(
                f"{day.isoformat()}|{of}",
                self._title(job, waiting),
                say("trips.form.group", day=day_word(say, day, today), count=len(waiting)),
            )
            for (day, of), (job, waiting) in groups.items()
        ]
        self._ask("work", lambda sheet: self._ask_people(sheet.choice), choices=choices)

    def add(self, of: TripId, day: date) -> None:
        """Ask who else rides with a trip."""

        def chosen(sheet: Sheet) -> None:
            people = [PlacementId(key) for key in sheet.chosen]
            add_passengers(self._scene.hall, of, people, self._scene.staff())
            self._say_done(of, "trips.form.added", len(people))

        self._ask_many("add", self._people_of(day), (), chosen)

    def swap(self, of: TripId, day: date, leaves: PlacementId) -> None:
        """Ask who rides in the place of somebody, and why."""
        people = self._people_of(day)

        def chosen(sheet: Sheet) -> None:
            ask_reason(
                self._scene,
                title=self._scene.say()("trips.swap"),
                consequence=self._scene.say()("trips.swap.consequence"),
                reasons=[f"trips.swap.reason.{name}" for name in SWAP_REASONS],
                go_word=self._scene.say()("trips.swap"),
                then=lambda reason: self._swap(of, leaves, PlacementId(sheet.choice), reason),
            )

        if not people:
            self._scene.tell("unknown", self._scene.say()("trips.form.nobody"))
            return
        self._ask("swap", chosen, choices=[self._choice(item) for item in people])

    def _swap(self, of: TripId, leaves: PlacementId, comes: PlacementId, reason: str) -> None:
        swap_passenger(self._scene.hall, of, leaves, comes, reason, self._scene.staff())
        self._say_done(of, "trips.swap.done", 1)

    def _groups(self) -> Mapping[tuple[date, JobId], tuple[Job | None, Sequence[Waiting]]]:
        today = self._scene.hall.today()
        found: dict[tuple[date, JobId], tuple[Job | None, list[Waiting]]] = {}
        with self._scene.hall.store.reading() as records:
            for day in (today, today + timedelta(days=1)):
                for item in records.trips.waiting(day):
                    job = records.board.job(item.job)
                    found.setdefault((day, item.job), (job, []))[1].append(item)
        return found

    def _people_of(self, day: date) -> Sequence[Waiting]:
        with self._scene.hall.store.reading() as records:
            return records.trips.waiting(day)

    def _ask_people(self, group: str) -> None:
        day, _, of = group.partition("|")
        plan = _Plan(date.fromisoformat(day))
        job, people = self._groups()[plan.day, JobId(of)]
        others = [item for item in self._people_of(plan.day) if item.job != of]
        towns = (job.place.town,) if job else ()

        def chosen(sheet: Sheet) -> None:
            picked = tuple(PlacementId(key) for key in sheet.chosen)
            self._ask_vehicle(replace(plan, people=picked, towns=towns))

        self._ask_many("people", [*people, *others], [item.placement for item in people], chosen)

    def _ask_vehicle(self, plan: _Plan) -> None:
        with self._scene.hall.store.reading() as records:
            vehicles = [item for item in records.fleet.vehicles() if item.is_active]
        fitting = [item for item in vehicles if item.passenger_seats >= len(plan.people)]
        if not fitting:
            self._scene.tell("stop", self._scene.say()("trips.form.no_vehicle", count=len(plan.people)))
            return
        choices = [self.vehicle_choice(item) for item in fitting]
        self._ask("vehicle", lambda sheet: self._ask_time(replace(plan, plate=sheet.choice)), choices=choices)

    def vehicle_choice(self, vehicle: Vehicle) -> Choice:
        """Return a vehicle to choose, with its seats for passengers."""
        return Choice(vehicle.plate, vehicle.plate, seats_of(self._scene.say(), vehicle))

    def _ask_time(self, plan: _Plan) -> None:
        def kept(sheet: Sheet) -> None:
            at = time_keyed(sheet.typed)
            assert at is not None, "the sheet is whole with a time alone"
            self._ask_bay(replace(plan, departs_at=at))

        self._ask_clock("departs_at", kept)

    def _ask_bay(self, plan: _Plan) -> None:
        sheet = self._sheet("bay", lambda answered: self._ask_place(replace(plan, bay=answered.typed)))
        sheet.keys, sheet.longest = Keys.DIGITS, 2
        self._scene.ask(sheet)

    def _ask_place(self, plan: _Plan) -> None:
        def chosen(sheet: Sheet) -> None:
            if sheet.choice == _OTHER:
                self._spell_place(plan)
            else:
                self._ask_back(replace(plan, destination=sheet.choice))

        other = Choice(_OTHER, self._scene.say()("desk.own_words"))
        choices = [*(Choice(town, town) for town in plan.towns), other]
        self._ask("destination", chosen, choices=choices)

    def _spell_place(self, plan: _Plan) -> None:
        def spelled(sheet: Sheet) -> None:
            self._ask_back(replace(plan, destination=sheet.typed))

        sheet = self._sheet("destination", spelled)
        sheet.keys, sheet.longest = Keys.HANZI, _LONGEST_PLACE
        self._scene.ask(sheet)

    def _ask_back(self, plan: _Plan) -> None:
        none = Choice(_NO_WAY_BACK, self._scene.say()("trips.form.no_way_back"))
        self._ask_clock("returns_at", lambda sheet: self._form(plan, time_keyed(sheet.typed)), none)

    def _form(self, plan: _Plan, returns_at: time | None) -> None:
        route = Route(plan.day, plan.departs_at, plan.bay, plan.destination, returns_at)
        of = form_trip(self._scene.hall, route, plan.plate, plan.people, self._scene.staff())
        self._say_done(of, "trips.form.done", len(plan.people))
        self._formed(of)

    def _say_done(self, of: TripId, word: str, count: int) -> None:
        """Say what was done, and print the passes of those who have none, as far as their slips are out."""
        passes = passes_of(self._scene.hall, of)
        for number in passes:
            self._scene.printing.print_paper(number)
        say = self._scene.say()
        printed = say("trips.form.passes", count=len(passes)) if passes else ""
        self._scene.tell("ok", f"{say(word, count=count)}{printed}")

    # --- sheets ----------------------------------------------------------------------------------

    def _ask_clock(self, name: str, done: Callable[[Sheet], None], *others: Choice) -> None:
        sheet = self._sheet(name, done)
        sheet.choices, sheet.keys, sheet.longest = others, Keys.DIGITS, 4
        sheet.keys_or_choice = bool(others)
        sheet.is_whole = lambda text: time_keyed(text) is not None
        sheet.hint = lambda text: short_time(at) if (at := time_keyed(text)) else ""
        self._scene.ask(sheet)

    def _ask_many(
        self,
        name: str,
        people: Sequence[Waiting],
        ticked: Sequence[PlacementId],
        done: Callable[[Sheet], None],
    ) -> None:
        if not people:
            self._scene.tell("unknown", self._scene.say()("trips.form.nobody"))
            return
        sheet = self._sheet(name, done)
        sheet.choices, sheet.takes_many = [self._choice(item) for item in people], True
        sheet.chosen = [str(item) for item in ticked]
        self._scene.ask(sheet)

    def _ask(self, name: str, done: Callable[[Sheet], None], *, choices: Sequence[Choice]) -> None:
        sheet = self._sheet(name, done)
        sheet.choices = choices
        self._scene.ask(sheet)

    def _sheet(self, name: str, done: Callable[[Sheet], None]) -> Sheet:
        say = self._scene.say()
        title, sentence = say(f"trips.form.{name}"), say(f"trips.form.{name}.how")
        return Sheet(title=title, sentence=sentence, go_word=say("desk.next"), done=done)

    def _choice(self, item: Waiting) -> Choice:
        name = self._scene.named(item.name, item.number_tail)
        return Choice(item.placement, f"{item.queue_number}  {name}".strip(), item.title)

    def _title(self, job: Job | None, waiting: Sequence[Waiting]) -> str:
        return job_title(self._scene.say(), job) if job else waiting[0].title
