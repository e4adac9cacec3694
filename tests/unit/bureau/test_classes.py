"""Safety education at the bureau: courses that make sense go out, classes come in, signatures stay sealed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.bureau.feeds import CITY, Changes, current_body
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish
from kiosk.bureau.rebuilding import rebuild
from kiosk.bureau.tables import class_held
from kiosk.intake.courses import first_courses
from kiosk.messages.capsules import number_hash, unseal
from kiosk.messages.course_bodies import CourseBody
from kiosk.messages.events import ClassHeld
from kiosk.messages.feed import CapsuleBody
from tests.unit.bureau.rehearsal import TODAY, Machine, new_machine, number_of, pulse, registered

SIGNATURE = "0a0ac846.c80a0a46"
NEXT_YEAR = date(2027, 9, 18)


@pytest.fixture
def machine(bureau: Office, folder: Path) -> Machine:
    machine = new_machine(bureau, folder)
    machine.do(registered("w1", number_of(1)))
    machine.do(
        ClassHeld(
            worker="w1",
            hazard_class="site",
            held_on=TODAY,
            valid_until=NEXT_YEAR,
            actor="",
            record="AJ-NZ-0918-01-0001",
            course_version=1,
            mode="alone",
            score_percent=80,
            tries=2,
            spent_min=4,
            signature=SIGNATURE,
        )
    )
    pulse(bureau, machine)
    return machine


def test_the_file_of_education_knows_the_result_and_not_how_somebody_signs(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    with bureau.database.reading() as connection:
        [row] = connection.execute(select(class_held)).all()
    assert (row.hazard_class, row.mode, row.score_percent, row.tries) == ("site", "alone", 80, 2)
    assert (row.record, row.course_version, row.spent_min) == ("AJ-NZ-0918-01-0001", 1, 4)
    for file in folder.rglob("*"):
        assert not file.is_file() or SIGNATURE.encode() not in file.read_bytes()
    assert rebuild(folder) > 0
    with bureau.database.reading() as connection:
        assert connection.execute(select(class_held)).all() == [row]


def test_a_class_passed_at_one_kiosk_is_known_at_every_other(bureau: Office, machine: Machine) -> None:
    bureau.seal_due()
    with bureau.database.reading() as connection:
        said = current_body(
            connection, Changes(), [CITY], "capsule", number_hash(bureau.city_key, number_of(1))
        )
    assert said is not None
    content = unseal(bureau.city_key, number_of(1), CapsuleBody.model_validate_json(said[1]).sealed)
    assert content is not None
    assert [(held.hazard_class, held.valid_until) for held in content.classes] == [("site", NEXT_YEAR)]


def test_a_course_that_cannot_be_held_is_never_said(bureau: Office) -> None:
    easy = CourseBody.model_validate(first_courses()[0].model_dump() | {"pass_percent": 40})
    with pytest.raises(ValueError, match="eighty"):
        publish(bureau.database, CITY, [easy])
    with bureau.database.reading() as connection:
        assert current_body(connection, Changes(), [CITY], "course", easy.hazard_class) is None
