"""The page of trips: coaches of today and tomorrow, vehicles and drivers, and what a desk does with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from kiosk.actions.day_ports import CoachOfDay
from kiosk.domain.drivers import Driver, driver_remarks
from kiosk.domain.duties import Act
from kiosk.domain.ids import TripId, WorkerId
from kiosk.domain.parameters import Parameters
from kiosk.domain.road_papers import Remark, is_stopped
from kiosk.domain.sights import Mask
from kiosk.domain.vehicles import Vehicle, vehicle_remarks
from kiosk.ui.desk.coaches import coach_row
from kiosk.ui.desk.fleet_forms import DriverForm, FleetForm, VehicleForm
from kiosk.ui.desk.one_trip import OneTrip
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.trip_forming import TripForming, seats_of
from kiosk.ui.presenting import day_word, spoken


class TripsPage:
    """Lists, one trip, or a form while a vehicle or driver is recorded; a form outlives a locked screen."""

    def __init__(self, scene: DeskScene) -> None:
        """Show the lists."""
        self._scene = scene
        self._form: FleetForm | None = None
        self._forming = TripForming(scene, self._show)
        self._one = OneTrip(scene, self._forming)

    def face(self) -> Page:
        """Read the form, the trip or the lists."""
        if self._form is not None:
            return self._form_face(self._form)
        return self._one.face() or self._lists_face()

    def press(self, key: str) -> None:
        """Open a trip, a vehicle or a driver, fill a field, form a trip, or do what a trip's page says."""
        kind, _, subject = key.partition(":")
        if kind == "back":
            self._one.forget()
        elif kind == "trip":
            self._one.open(TripId(subject))
        elif self._form is not None:
            self._press_form(self._form, kind, subject)
        elif self._one.of is not None:
            self._one.press(key)
        elif kind == "form":
            self._forming.begin()
        elif kind == "vehicle":
            self._form = VehicleForm(self._scene, self._vehicle(subject))
        elif kind == "driver":
            self._form = DriverForm(self._scene, self._driver(subject))

    def watch(self) -> None:
        """Look whether the papers of a coach that left have come out."""
        self._one.watch()

    def forget(self) -> None:
        """Forget which trip was looked at and whose papers were being read."""
        self._one.forget()
        self._form = None

    def _show(self, of: TripId) -> None:
        self._one.open(of)

    def _press_form(self, form: FleetForm, kind: str, subject: str) -> None:
        if kind == "field":
            form.ask(subject)
        elif kind in {"save", "retire"}:
            form.save(is_active=kind == "save")
            self._form = None
            self._scene.tell("ok", self._scene.say()("trips.form.kept"))
        elif kind == "drop":
            self._form = None

    def _form_face(self, form: FleetForm) -> Page:
        say = self._scene.say()
        rows = form.rows()
        retire = (Plate("retire", say("trips.form.retire")),) if form.is_known else ()
        return Page(
            (Panel(say(form.title), f"{sum(row.lamp != 'waiting' for row in rows)}/{len(rows)}", rows),),
            plates=(
                Plate("drop", say("trips.form.drop")),
                *retire,
                Plate("save", say("trips.form.save"), is_main=True, is_ready=form.is_whole),
            ),
        )

    def _lists_face(self) -> Page:
        say, hall = self._scene.say(), self._scene.hall
        today = hall.today()
        with hall.store.reading() as records:
            coaches = [
                coach
                for day in (today, today + timedelta(days=1))
                for coach in records.days.coaches(day)
                if coach.trip.station == hall.identity.station
            ]
            vehicles, drivers = records.fleet.vehicles(), records.fleet.drivers()
            parameters = records.settings.parameters(today)
        board = Panel(
            say("desk.coaches.title"),
            say("desk.coaches.seats"),
            tuple(self._coaches(coaches)),
            say("desk.coaches.none"),
        )
        return Page(
            (
                board,
                Panel(
                    say("trips.vehicles"),
                    say("trips.count", count=len(vehicles)),
                    tuple(self._vehicle_row(item, parameters) for item in vehicles),
                    say("trips.no_vehicles"),
                ),
                Panel(
                    say("trips.drivers"),
                    say("trips.people_count", count=len(drivers)),
                    tuple(self._driver_row(item, parameters) for item in drivers),
                    say("trips.no_drivers"),
                ),
            ),
            plates=(
                Plate("driver:", say("trips.record_driver"), duty=Act.RECORD_DRIVER),
                Plate("vehicle:", say("trips.record_vehicle"), duty=Act.RECORD_VEHICLE),
                Plate("form", say("trips.form"), is_main=True, duty=Act.FORM_TRIP),
            ),
        )

    def _coaches(self, coaches: Sequence[CoachOfDay]) -> Iterator[Row]:
        say, today = self._scene.say(), self._scene.hall.today()
        for coach in coaches:
            row = replace(coach_row(self._scene, coach), key=f"trip:{coach.trip.id}")
            is_today = coach.trip.day == today
            yield row if is_today else replace(row, note=day_word(say, coach.trip.day, today))

    def _vehicle_row(self, vehicle: Vehicle, parameters: Parameters) -> Row:
        remarks = list(vehicle_remarks(vehicle, self._scene.hall.today(), parameters))
        seats = seats_of(self._scene.say(), vehicle)
        return self._row(f"vehicle:{vehicle.plate}", vehicle.plate, seats, remarks, Act.RECORD_VEHICLE)

    def _driver_row(self, driver: Driver, parameters: Parameters) -> Row:
        remarks = list(driver_remarks(driver, None, self._scene.hall.today(), parameters))
        phone = self._scene.shown(Mask.DRIVER_PHONE, driver.phone)
        note = f"{driver.licence_class.value} · {phone}"
        name = self._scene.shown(Mask.DRIVER_NAME, driver.name)
        return self._row(f"driver:{driver.worker}", name, note, remarks, Act.RECORD_DRIVER)

    def _row(self, key: str, head: str, note: str, remarks: Sequence[Remark], duty: Act) -> Row:
        """Return what is known of one, with the gravest thing that is to be said of it."""
        say = self._scene.say()
        first = next(iter(sorted(remarks, key=lambda remark: not remark.is_stop)), None)
        lamp = "ok" if first is None else "stop" if is_stopped(remarks) else "warn"
        return Row(key, lamp, head, spoken(say, first.sentence) if first else note, duty=duty)

    def _vehicle(self, plate: str) -> Vehicle | None:
        with self._scene.hall.store.reading() as records:
            return records.fleet.vehicle(plate) if plate else None

    def _driver(self, worker: str) -> Driver | None:
        with self._scene.hall.store.reading() as records:
            return records.fleet.driver(WorkerId(worker)) if worker else None
