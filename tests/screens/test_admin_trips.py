"""Coaches at the desk by touch alone: papers are read in, a trip is formed, looked at, and seen off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.actions.print_test_page import begin_test_page, end_test_page
from kiosk.catalogue import load
from kiosk.domain.slips import SlipState
from kiosk.paper.manifests import Copy, manifest_blocks
from kiosk.paper.raster import render
from tests.screens.admin_desk import LOOK, Desk, open_desk
from tests.unit.actions.fleets import DRIVER_CARD, SMALL, fleet, placed
from tools.figures.people import person_card


@pytest.fixture(params=["portrait zh_CN", "landscape zh_CN", "small en"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A kiosk of some size and language that nobody is signed in at."""
    opened = open_desk(tmp_path, *request.param.split())
    yield opened
    opened.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Desk]:
    """A kiosk of the smallest size."""
    opened = open_desk(tmp_path, "small")
    yield opened
    opened.close()


def _plate(desk: Desk, area_signs: str) -> None:
    desk.tap(*(f"letter.{sign}" for sign in area_signs), "sheet.go")


def test_a_vehicle_and_a_driver_are_recorded_from_their_papers(small: Desk) -> None:
    desk = small
    desk.enter()
    desk.tap("page.trips", "plate.vehicle:")
    desk.tap("row.field:plate", "choice.other", "sheet.go")
    desk.spell("gan", "甘")
    desk.tap("sheet.go", "letter.G", "sheet.go")
    desk.look("80_plate_keys")
    _plate(desk, "00001")
    desk.tap("row.field:kind", "choice.minibus", "sheet.go", "row.field:approved")
    desk.key("12")
    desk.tap("sheet.go", "row.field:owner")
    desk.spell("che", "车")
    desk.tap("sheet.go", "row.field:permit_no")
    desk.key("0001")
    desk.tap("sheet.go")
    for name in ("permit_to", "inspection_to"):
        desk.tap(f"row.field:{name}")
        desk.key("20270901")
        desk.tap("sheet.go")
    desk.tap("row.field:insurance_to", "choice.unseen", "sheet.go")
    desk.look("81_vehicle")
    desk.tap("plate.save")
    [row] = desk.rows_of(1)
    assert (row.lamp, row.head) == ("stop", "甘G·00001")
    desk.tap("plate.driver:", "row.field:number")
    desk.key(person_card(DRIVER_CARD).number)
    desk.tap("sheet.go", "row.field:name")
    desk.spell("geng", "庚")
    desk.tap("sheet.go", "row.field:phone")
    desk.key("13900000001")
    desk.tap("sheet.go", "row.field:licence_class", "choice.B1", "sheet.go", "row.field:qualification_no")
    desk.key("0001")
    desk.tap("sheet.go")
    for name in ("licence_to", "qualification_to"):
        desk.tap(f"row.field:{name}")
        desk.key("20261001")
        desk.tap("sheet.go")
    desk.tap("row.field:had_grave_accident", "choice.no", "sheet.go", "plate.save")
    [driver] = desk.rows_of(2)
    assert (driver.lamp, driver.head) == ("warn", "*"), "a name of one sign is all hidden"
    desk.look("82_fleet")


def _come_out(desk: Desk) -> None:
    """Let the printer print what waits for it."""
    with desk.hall.store.reading() as records:
        pages = records.devices.test_pages_in(SlipState.QUEUED)
    for page in pages:
        begin_test_page(desk.hall, page.id)
        end_test_page(desk.hall, page.id, SlipState.PRINTED, "token")
    desk.pass_time(6)


def test_a_trip_is_formed_of_people_without_a_coach_and_seen_off(desk: Desk) -> None:
    people = placed(desk.stage.kiosk, 1, 3)
    fleet(desk.stage.kiosk)
    desk.enter()
    desk.tap("page.trips")
    desk.look("83_trips")
    desk.tap("plate.form", "choice.2026-09-18|j30-0918", "sheet.go")
    desk.look("84_people")
    desk.tap(f"choice.{people[2].id}", "sheet.go", f"choice.{SMALL.plate}", "sheet.go")
    desk.key("0720")
    desk.tap("sheet.go")
    desk.key("6")
    desk.tap("sheet.go", "choice.安居小区", "sheet.go")
    desk.key("1800")
    desk.tap("sheet.go")
    assert len(desk.rows_of(0)) == 2
    desk.look("85_formed")
    desk.tap("plate.add", f"choice.{people[2].id}", "sheet.go")
    desk.tap(f"row.person:{people[2].id}")
    desk.look("86_chosen")
    desk.tap("plate.off", "choice.trips.swap.reason.wishes", "sheet.go")
    desk.tap(f"row.person:{people[1].id}", "plate.swap", f"choice.{people[2].id}", "sheet.go")
    desk.tap("choice.trips.swap.reason.not_come", "sheet.go")
    assert len(desk.rows_of(0)) == 2
    desk.tap("plate.crew:", "sheet.go")
    desk.look("87_driver")
    with desk.hall.store.reading() as records:
        [driver] = records.fleet.drivers()
        crewed = records.trips.crewed(desk.hall.today(), desk.hall.today())
        [trip] = [item.trip for item in crewed if item.label == "A101"]
    desk.tap(f"choice.{driver.worker}", "sheet.go")
    for check in ("safety", "form", "belts"):
        desk.tap(f"plate.check:{check}")
        desk.look(f"88_{check}")
        desk.tap("choice.good", "sheet.go")
    desk.look("89_checked")
    desk.tap("plate.door:")
    for who in (people[0], people[2]):
        desk.tap(f"row.seat:{who.slip}", "sheet.go")
    desk.look("89_boarded")
    desk.tap("page.trips", f"row.trip:{trip}")
    desk.tap("plate.depart:", "sheet.go")
    desk.look("90_left")
    with desk.hall.store.reading() as records:
        left = records.trips.departed(trip)
    assert left is not None
    assert left.head_count == 2
    assert [paper.copy for paper in desk.health.manifests] == list(Copy)
    driver_paper, _, employer_paper = desk.health.manifests
    assert employer_paper.riders[0].card_number.count("*") == 8
    for paper in (driver_paper, employer_paper):
        sheet = render(manifest_blocks(paper, load("zh_CN")), 576)
        sheet.image.save(LOOK / f"manifest_{paper.copy.value}.png")
    _come_out(desk)
    assert desk.told
    desk.look("91_printed")
    desk.tap("plate.print")
    assert [paper.heading.copy_no for paper in desk.health.manifests] == [0, 0, 0, 1, 1, 1]
