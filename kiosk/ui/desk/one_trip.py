"""One coach at the desk: its crew, the six checks, who rides on which seat, and the step that comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.actions.compose_manifest import manifest_papers
from kiosk.actions.crew_trip import crew_trip
from kiosk.actions.depart_coach import depart, say_check
from kiosk.actions.departure_case import checks_of
from kiosk.actions.door_ports import Holding, Rider
from kiosk.actions.form_trip import take_off
from kiosk.actions.trip_ports import Departed, Passenger
from kiosk.domain.clock import clock_text
from kiosk.domain.departures import TICKED, Check, Checked, Result, may_depart
from kiosk.domain.devices import Device
from kiosk.domain.drivers import Driver
from kiosk.domain.duties import Act
from kiosk.domain.ids import JobId, PlacementId, SlipNumber, TripId, WorkerId
from kiosk.domain.jobs import Job
from kiosk.domain.manifests import short_code
from kiosk.domain.sights import Mask
from kiosk.domain.trips import Trip, TripState
from kiosk.domain.vehicles import Vehicle
from kiosk.ui.desk.asking import ask_reason
from kiosk.ui.desk.page_watch import PageWatch
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Sheet
from kiosk.ui.desk.trip_forming import TripForming, seats_of
from kiosk.ui.presenting import job_title, spoken

_GOOD, _BAD = "good", "bad"
OFF_REASONS = ("not_come", "not_fit", "wishes")
_LAMPS = {Result.PASSED: "ok", Result.FAILED: "stop", Result.OPEN: "waiting"}


@dataclass(frozen=True, slots=True)
class _Seen:
    """Everything that the page of one trip shows, read at once."""

    trip: Trip
    vehicle: Vehicle | None
    driver: Driver | None
    checks: tuple[Checked, ...]
    riders: Sequence[Rider]
    passengers: Sequence[Passenger]
    aboard: Mapping[SlipNumber, datetime]
    holding: Holding
    departed: Departed | None
    jobs: Mapping[JobId, Job]

    @property
    def is_ahead(self) -> bool:
        """Return whether it has not left."""
        return self.trip.state is TripState.PLANNED and self.departed is None

    @property
    def may_change(self) -> bool:
        """Return whether people are chosen for it, and at this device."""
        return self.is_ahead and self.trip.is_formed and self.holding is Holding.OPEN

    @property
    def seated(self) -> frozenset[PlacementId]:
        """Return who was given a seat at this device."""
        return frozenset(passenger.placement for passenger in self.passengers)


class OneTrip:
    """The page of one trip, shown by the page of trips."""

    def __init__(self, scene: DeskScene, forming: TripForming) -> None:
        """Look at no trip yet."""
        self._scene = scene
        self._forming = forming
        self.of: TripId | None = None
        self._chosen: PlacementId | None = None
        self._printing = PageWatch(scene, lambda end: f"trips.manifest.{end}")

    def watch(self) -> None:
        """Look whether the papers that were asked for have come out."""
        self._printing.watch()

    def open(self, of: TripId) -> None:
        """Look at a trip."""
        self.of, self._chosen = of, None

    def forget(self) -> None:
        """Look at no trip any more."""
        self.of = self._chosen = None
        self._printing.forget()

    def face(self) -> Page | None:
        """Read the trip; None where it is told no more."""
        seen = self._seen()
        if seen is None:
            return None
        say, trip = self._scene.say(), seen.trip
        people = Panel(
            say("trips.title", at=clock_text(trip.departs_at), place=trip.destination, bay=trip.bay),
            say("trips.people", aboard=len(seen.aboard), listed=len(seen.riders), seats=trip.seats),
            (*(self._person(seen, rider) for rider in seen.riders), *self._gave_back(seen)),
            say("trips.nobody_rides"),
        )
        return Page((people, self._gate(seen)), plates=self._plates(seen))

    def press(self, key: str) -> None:
        """Do what a row or plate says."""
        kind, _, subject = key.partition(":")
        seen = self._seen()
        if seen is None:
            return
        chosen, trip = self._chosen, seen.trip
        acts: dict[str, Callable[[], None]] = {
            "person": lambda: self._choose(PlacementId(subject)),
            "crew": lambda: self._ask_vehicle(trip),
            "check": lambda: self._ask_check(trip, Check(subject)),
            "door": lambda: self._scene.turn_to("door", f"trip:{trip.id}"),
            "depart": lambda: self._ask_depart(seen),
            "roll": lambda: self._scene.turn_to("roll", f"coach:{trip.id}"),
            "outing": lambda: self._scene.turn_to("outing", f"trip:{trip.id}"),
            "print": lambda: self._print(trip.id),
            "add": lambda: self._forming.add(trip.id, trip.day),
        }
        if chosen is not None:
            acts["swap"] = lambda: self._forming.swap(trip.id, trip.day, chosen)
            acts["off"] = lambda: self._ask_off(trip, chosen)
        acts[kind]()

    def _choose(self, who: PlacementId) -> None:
        self._chosen = None if self._chosen == who else who

    # --- what is shown ---------------------------------------------------------------------------

    def _seen(self) -> _Seen | None:
        if self.of is None:
            return None
        with self._scene.hall.store.reading() as records:
            trip = records.board.trip(self.of)
            if trip is None:
                return None
            riders = records.riders.of(trip.id)
            return _Seen(
                trip=trip,
                vehicle=records.fleet.vehicle(trip.plate),
                driver=records.fleet.driver(trip.driver) if trip.driver else None,
                checks=checks_of(records, trip),
                riders=riders,
                passengers=records.trips.passengers(trip.id),
                aboard=records.doors.aboard(trip.id),
                holding=records.doors.holding(trip.id),
                departed=records.trips.departed(trip.id),
                jobs=records.board.jobs([*{rider.job for rider in riders}]),
            )

    def _person(self, seen: _Seen, rider: Rider) -> Row:
        say, at = self._scene.say(), seen.aboard.get(rider.slip)
        job = seen.jobs.get(rider.job)
        name = self._scene.named(rider.name, rider.number_tail) if rider.number_tail else rider.slip
        return Row(
            key=f"person:{rider.placement}" if seen.may_change and rider.placement in seen.seated else "",
            lamp="ok" if at else "waiting",
            head=f"{say('trips.seat', seat=rider.seat)}  {rider.queue_number}  {name}".replace("    ", "  "),
            note=job_title(say, job) if job else "",
            aside=say("trips.aboard_at", at=self._scene.at(at)) if at else "",
            is_chosen=rider.placement == self._chosen,
        )

    def _gave_back(self, seen: _Seen) -> Iterator[Row]:
        """Yield who gave his work back and has a seat of a formed trip still; nobody gets it by itself."""
        say, riding = self._scene.say(), {rider.placement for rider in seen.riders}
        for passenger in seen.passengers:
            if passenger.placement not in riding:
                yield Row(
                    key=f"person:{passenger.placement}" if seen.may_change else "",
                    lamp="stop",
                    head=f"{say('trips.seat', seat=passenger.seat)}  {passenger.slip}",
                    note=say("trips.gave_back"),
                    is_chosen=passenger.placement == self._chosen,
                )

    def _gate(self, seen: _Seen) -> Panel:
        say = self._scene.say()
        if seen.departed is not None:
            return Panel(say("trips.departed"), "", self._left_rows(seen.departed))
        if not seen.is_ahead:
            return Panel(say("trips.gate"), "", (), say(f"desk.coaches.{seen.trip.state.value}"))
        passed = sum(item.result is Result.PASSED for item in seen.checks)
        rows = tuple(self._check_row(seen, item) for item in seen.checks)
        return Panel(say("trips.gate"), f"{passed}/{len(seen.checks)}", rows)

    def _left_rows(self, left: Departed) -> tuple[Row, ...]:
        say = self._scene.say()
        count, at = left.head_count, self._scene.at(left.manifest.departed_at)
        return (
            Row(lamp="ok", head=say("trips.left", at=at)),
            Row(lamp="ok", head=say("trips.head_count", count=count), note=say("trips.head_count.note")),
            Row(lamp="ok", head=short_code(left.digest), note=say("trips.digest")),
        )

    def _check_row(self, seen: _Seen, item: Checked) -> Row:
        say = self._scene.say()
        said = [spoken(say, remark.sentence) for remark in item.remarks]
        head, note, act = say(f"trips.check.{item.check.value}"), self._who_said(item), ""
        key = f"check:{item.check.value}" if item.check in TICKED and seen.driver is not None else ""
        if key and item.result is not Result.PASSED:
            act = say("trips.look")
        if item.check is Check.DRIVER and seen.driver is not None:
            head = f"{head}  {self._scene.shown(Mask.DRIVER_NAME, seen.driver.name)}"
            phone = self._scene.shown(Mask.DRIVER_PHONE, seen.driver.phone)
            note, act = f"{seen.driver.licence_class.value} · {phone}", say("trips.change")
            key = "crew:"
        if item.check is Check.PAPERS and seen.vehicle is not None:
            head, note = f"{head}  {seen.vehicle.plate}", seats_of(say, seen.vehicle)
        duty = Act.CREW_TRIP if key == "crew:" else Act.CHECK_DEPARTURE
        told = say("desk.comma").join(said) or note
        return Row(key, _LAMPS[item.result], head, told, act=act, duty=duty)

    def _who_said(self, item: Checked) -> str:
        say = self._scene.say()
        if item.tick is None:
            return ""
        with self._scene.hall.store.reading() as records:
            member = records.desk.member(item.tick.actor)
        name = member.name if member else say("desk.audit.former")
        return say("trips.check.said", name=name, at=self._scene.at(item.tick.at))

    def _plates(self, seen: _Seen) -> tuple[Plate, ...]:
        say = self._scene.say()
        back = Plate("back", say("trips.back"))
        if seen.departed is not None:
            return (back, Plate("outing", say("trips.on_the_way")), self._print_plate())
        if not seen.is_ahead:
            return (back,)
        main = self._next(seen)
        roll = Plate("roll", say("trips.roll"))
        door = Plate("door:", say("door.here"), duty=Act.OPEN_DOOR)
        has_door = seen.holding is Holding.OPEN and main.key != door.key
        if not seen.may_change:
            return (back, roll, door, main) if has_door else (back, roll, main)
        if self._chosen not in seen.seated:
            add = Plate("add", say("trips.add"), duty=Act.CHANGE_PASSENGERS)
            return (back, add, door if has_door else roll, main)
        off = Plate("off", say("trips.off"), duty=Act.CHANGE_PASSENGERS)
        return (back, off, Plate("swap", say("trips.swap"), duty=Act.CHANGE_PASSENGERS), main)

    def _print_plate(self) -> Plate:
        is_ready = self._scene.health.device(Device.PRINTER).may_be_used and not self._printing.is_waiting
        word = self._scene.say()("trips.print")
        return Plate("print", word, is_main=True, is_ready=is_ready, duty=Act.PRINT_MANIFEST)

    def _next(self, seen: _Seen) -> Plate:
        """Return the step that comes next: a crew, then what a person looks at, then the departure."""
        say = self._scene.say()
        if seen.driver is None or seen.vehicle is None:
            return Plate("crew:", say("trips.next.crew"), is_main=True, duty=Act.CREW_TRIP)
        passed = {item.check for item in seen.checks if item.result is Result.PASSED}
        asked = next((check.value for check in TICKED if check not in passed), None)
        if asked is not None:
            word = say(f"trips.check.{asked}")
            return Plate(f"check:{asked}", word, is_main=True, duty=Act.CHECK_DEPARTURE)
        if not seen.aboard and seen.holding is Holding.OPEN:
            return Plate("door:", say("door.here"), is_main=True, duty=Act.OPEN_DOOR)
        is_ready = may_depart(seen.checks) and seen.holding is Holding.OPEN and bool(seen.aboard)
        return Plate("depart:", say("trips.next.depart"), is_main=True, is_ready=is_ready, duty=Act.DEPART)

    # --- what is asked ---------------------------------------------------------------------------

    def _ask_vehicle(self, trip: Trip) -> None:
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            vehicles = [item for item in records.fleet.vehicles() if item.is_active]
        if not vehicles:
            self._scene.tell("unknown", say("trips.no_vehicles"))
            return
        self._scene.ask(
            Sheet(
                title=say("trips.next.crew"),
                sentence=say("trips.ask_vehicle"),
                go_word=say("desk.next"),
                choices=[self._forming.vehicle_choice(item) for item in vehicles],
                done=lambda sheet: self._ask_driver(trip, sheet.choice),
                chosen=[trip.plate] if trip.plate in {item.plate for item in vehicles} else [],
            )
        )

    def _driver_choice(self, driver: Driver) -> Choice:
        """Return a driver to choose: two of one mask are told apart by their telephones."""
        phone = self._scene.shown(Mask.DRIVER_PHONE, driver.phone)
        name = self._scene.shown(Mask.DRIVER_NAME, driver.name)
        return Choice(driver.worker, name, f"{driver.licence_class.value} · {phone}")

    def _ask_driver(self, trip: Trip, plate: str) -> None:
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            drivers = [item for item in records.fleet.drivers() if item.is_active]
        if not drivers:
            self._scene.tell("unknown", say("trips.no_drivers"))
            return
        self._scene.ask(
            Sheet(
                title=say("trips.next.crew"),
                sentence=say("trips.ask_driver", plate=plate),
                go_word=say("trips.crew_go"),
                choices=[self._driver_choice(item) for item in drivers],
                done=lambda sheet: self._crew(trip, plate, WorkerId(sheet.choice)),
            )
        )

    def _crew(self, trip: Trip, plate: str, driver: WorkerId) -> None:
        crew_trip(self._scene.hall, trip.id, plate, driver, self._scene.staff())
        self._scene.tell("ok", self._scene.say()("trips.crewed", plate=plate))

    def _ask_check(self, trip: Trip, check: Check) -> None:
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say(f"trips.check.{check.value}"),
                sentence=say(f"trips.check.{check.value}.how"),
                go_word=say("trips.check.keep"),
                choices=[
                    Choice(_GOOD, say("trips.check.good")),
                    Choice(_BAD, say(f"trips.check.{check.value}.bad")),
                ],
                done=lambda sheet: say_check(
                    self._scene.hall, trip.id, check, self._scene.staff(), is_good=sheet.choice == _GOOD
                ),
            )
        )

    def _ask_depart(self, seen: _Seen) -> None:
        say, absent = self._scene.say(), len(seen.riders) - len(seen.aboard)
        word = "trips.depart.all" if absent <= 0 else "trips.depart.some"
        self._scene.ask(
            Sheet(
                title=say("trips.next.depart"),
                sentence=say(word, aboard=len(seen.aboard), absent=absent),
                go_word=say("trips.next.depart"),
                done=lambda sheet: self._depart(seen.trip),
            )
        )

    def _depart(self, trip: Trip) -> None:
        left = depart(self._scene.hall, trip.id, self._scene.staff())
        if self._scene.health.device(Device.PRINTER).may_be_used:
            self._print(trip.id)
        else:
            self._scene.tell("warn", self._scene.say()("trips.depart.unprinted", count=left.head_count))

    def _print(self, of: TripId) -> None:
        """Print the three papers; how the last of them ends is told."""
        papers = manifest_papers(self._scene.hall, of, self._scene.kept_in("desk.audit.former"))
        pages = [self._scene.health.print_manifest(paper, self._scene.staff()) for paper in papers]
        self._printing.begin(pages[-1])

    def _ask_off(self, trip: Trip, who: PlacementId) -> None:
        say = self._scene.say()
        ask_reason(
            self._scene,
            title=say("trips.off"),
            consequence=say("trips.off.consequence"),
            reasons=[f"trips.swap.reason.{name}" for name in OFF_REASONS],
            go_word=say("trips.off"),
            then=lambda reason: self._take_off(trip, who, reason),
        )

    def _take_off(self, trip: Trip, who: PlacementId, reason: str) -> None:
        take_off(self._scene.hall, trip.id, who, reason, self._scene.staff())
        self._chosen = None
        self._scene.tell("ok", self._scene.say()("trips.off.done"))
