"""Every form by its name, in the order in which a bureau that begins fills them in."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.intake.fleet import DRIVERS, TRIPS, VEHICLES
from kiosk.intake.forms import Form
from kiosk.intake.work import EMPLOYERS, JOBS, PARAMETERS

FORMS: Mapping[str, Form] = {
    form.name: form for form in (PARAMETERS, EMPLOYERS, VEHICLES, DRIVERS, TRIPS, JOBS)
}
