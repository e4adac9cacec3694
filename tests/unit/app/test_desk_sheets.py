"""Sheets of the desk that are no slips go the way of every slip, and each is the one that was asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.app.health import HeardHealth
from kiosk.app.supervisor import Supervisor
from kiosk.domain.devices import Device
from kiosk.domain.slips import SlipState
from kiosk.paper.raster import Sheet
from tests.halls import CLERK, SampleKiosk
from tests.patience import wait_until
from tests.unit.app.news import PATIENCE_S
from tests.unit.app.test_supervisor import SHEETS, state_of, supervised
from tests.unit.devices.printer_stand import Stand, shows
from tests.unit.ledgers.sheets import SHEET
from tests.unit.paper.test_class_papers import paper as class_paper
from tests.unit.paper.test_found_papers import paper as found_paper
from tests.unit.paper.test_manifests import paper as manifest_paper

RECORD = class_paper()
MANIFEST = manifest_paper()
FOUND = found_paper()


@pytest.mark.parametrize(
    ("ask", "draw"),
    [
        (lambda health: health.print_test_page(CLERK), SHEETS.test_page),
        (lambda health: health.print_training_card(CLERK), SHEETS.training_card),
        (lambda health: health.print_class_record(RECORD, CLERK), lambda: SHEETS.class_record(RECORD)),
        (lambda health: health.print_shift(SHEET, CLERK), lambda: SHEETS.shift(SHEET)),
        (lambda health: health.print_manifest(MANIFEST, CLERK), lambda: SHEETS.manifest(MANIFEST)),
        (lambda health: health.print_found_receipt(FOUND, CLERK), lambda: SHEETS.found_receipt(FOUND)),
    ],
    ids=["test page", "training card", "class record", "shift", "manifest", "found receipt"],
)
def test_what_comes_out_is_the_sheet_that_was_asked_for(
    kiosk: SampleKiosk, printer: Stand, ask: Callable[[HeardHealth], str], draw: Callable[[], Sheet]
) -> None:
    with supervised(kiosk, printer.url, Supervisor(kiosk.hall, {Device.PRINTER})) as (_, health, _news):
        page = ask(health)
        wait_until(lambda: state_of(kiosk, page) is SlipState.PRINTED, "the sheet", PATIENCE_S)
    [sheet] = printer.pictures()
    assert shows(sheet, draw().image)
