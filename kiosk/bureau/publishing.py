"""What the bureau publishes: parameters, courses, employers, trips, jobs, staff; and the quotas they open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection

from kiosk.bureau.databases import Database
from kiosk.bureau.doors import door_words, forget_blocks
from kiosk.bureau.feeds import Changes, current_body
from kiosk.bureau.quotas import Limit, set_limit
from kiosk.bureau.riders import forget_riders
from kiosk.domain.clock import instant_of
from kiosk.domain.ids import JobId, TripId, places_of, seats_of
from kiosk.domain.jobs import JobState
from kiosk.domain.trips import TripState
from kiosk.messages.course_bodies import CourseBody, course_of
from kiosk.messages.feed import EmployerBody, JobBody, ParameterBody, StaffBody, TripBody
from kiosk.messages.fleet import DriverBody, VehicleBody, driver_of, vehicle_of
from kiosk.messages.wire import Wire

Published = (
    ParameterBody | CourseBody | EmployerBody | VehicleBody | DriverBody | TripBody | JobBody | StaffBody
)


def publish(database: Database, scope: str, bodies: Iterable[Published]) -> None:
    """Say the newest value of things in one scope (`city`, `hall:NZ`), all of them or none.

    Jobs and trips open or resize their quota in the same transaction, or close it when they are over.
    Publishing the same again moves nothing.
    """
    with database.writing() as connection:
        changes = Changes()
        say(connection, changes, scope, bodies)
        changes.stamp(connection)


def say(connection: Connection, changes: Changes, scope: str, bodies: Iterable[Wire]) -> None:
    """Say the newest value of things in one scope, within a transaction."""
    for body in bodies:
        _SAY[type(body)](connection, changes, scope, body)


def retract(database: Database, scope: str, topic: str, row_id: str) -> None:
    """Say that a thing is gone: kiosks forget it; the quota of a job or trip closes."""
    with database.writing() as connection:
        changes = Changes()
        said = current_body(connection, changes, [scope], topic, row_id)
        if said is not None and topic == "job":
            job = JobBody.model_validate_json(said[1])
            set_limit(connection, scope, _places(job.model_copy(update={"state": JobState.CLOSED})))
        if said is not None and topic == "trip":
            trip = TripBody.model_validate_json(said[1])
            set_limit(connection, scope, _seats(trip.model_copy(update={"state": TripState.CANCELLED})))
            forget_blocks(connection, changes, trip)
            forget_riders(connection, changes, trip)
        changes.take_back(scope, topic, row_id)
        changes.stamp(connection)


def say_job(connection: Connection, changes: Changes, scope: str, body: JobBody) -> None:
    """Say a job, and open its places while it is published."""
    set_limit(connection, scope, _places(body))
    changes.say(scope, "job", body.id, body)


def say_trip(connection: Connection, changes: Changes, scope: str, body: TripBody) -> None:
    """Say a trip with whoever is its door, and sell its seats while it is planned."""
    set_limit(connection, scope, _seats(body))
    changes.say(scope, "trip", body.id, body.model_copy(update=door_words(connection, body.id)))


def _say_parameter(_: Connection, changes: Changes, scope: str, body: ParameterBody) -> None:
    changes.say(scope, "parameter", f"{body.key}@{body.effective_from.isoformat()}", body)


def _say_course(_: Connection, changes: Changes, scope: str, body: CourseBody) -> None:
    course_of(body)  # one that cannot be held is our mistake, and raises before anything is said
    changes.say(scope, "course", body.hazard_class, body)


def _say_employer(_: Connection, changes: Changes, scope: str, body: EmployerBody) -> None:
    changes.say(scope, "employer", body.id, body)


def _say_vehicle(_: Connection, changes: Changes, scope: str, body: VehicleBody) -> None:
    vehicle_of(body)
    changes.say(scope, "vehicle", body.plate, body)


def _say_driver(_: Connection, changes: Changes, scope: str, body: DriverBody) -> None:
    driver_of(body)
    changes.say(scope, "driver", body.worker, body)


def _say_staff(_: Connection, changes: Changes, scope: str, body: StaffBody) -> None:
    changes.say(scope, "staff", body.id, body)


# Any: each function takes the very body it stands beside, which the type system cannot say of a table.
_SAY: dict[type[Wire], Callable[[Connection, Changes, str, Any], None]] = {
    ParameterBody: _say_parameter,
    CourseBody: _say_course,
    EmployerBody: _say_employer,
    VehicleBody: _say_vehicle,
    DriverBody: _say_driver,
    TripBody: say_trip,
    JobBody: say_job,
    StaffBody: _say_staff,
}


def _places(job: JobBody) -> Limit:
    is_open = job.state == JobState.PUBLISHED
    return Limit(
        places_of(JobId(job.id)), "job", job.id, job.headcount, job.valid_until, is_open, job.dawn_percent
    )


def _seats(trip: TripBody) -> Limit:
    is_open = trip.state == TripState.PLANNED
    leaves = instant_of(trip.day, trip.departs_at)
    return Limit(seats_of(TripId(trip.id)), "trip", trip.id, trip.seats, leaves, is_open, trip.dawn_percent)
