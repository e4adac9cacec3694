"""Every form by its name, in the order in which a bureau that begins fills them in."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.intake.calendar import CALENDAR
from kiosk.intake.courses import COURSES
from kiosk.intake.fleet import DRIVERS, TRIPS, VEHICLES
from kiosk.intake.forms import Form
from kiosk.intake.work import EMPLOYERS, JOBS, PARAMETERS
from kiosk.messages.course_bodies import CourseBody
from kiosk.messages.feed import EmployerBody, JobBody, ParameterBody, TripBody
from kiosk.messages.fleet import VehicleBody
from kiosk.messages.wire import Wire

FORMS: Mapping[str, Form] = {
    form.name: form for form in (PARAMETERS, CALENDAR, COURSES, EMPLOYERS, VEHICLES, DRIVERS, TRIPS, JOBS)
}

TOLD: Mapping[str, tuple[str, type[Wire]]] = {
    PARAMETERS.name: ("parameter", ParameterBody),
    CALENDAR.name: ("parameter", ParameterBody),
    COURSES.name: ("course", CourseBody),
    EMPLOYERS.name: ("employer", EmployerBody),
    VEHICLES.name: ("vehicle", VehicleBody),
    TRIPS.name: ("trip", TripBody),
    JOBS.name: ("job", JobBody),
}
"""Under which topic, and in which words, the halls are told what came in by a form.

Not drivers: their numbers are kept by nobody, so a table of them could not come in again.
"""
