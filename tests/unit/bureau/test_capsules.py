"""Worker capsules: known at every kiosk of the city once his card lies there, and to nobody without it."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from kiosk.bureau.feeds import CITY, Changes, current_body
from kiosk.bureau.met import KEPT
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish
from kiosk.bureau.sealing import SealMinder
from kiosk.bureau.tables import capsule_due, feed_row
from kiosk.domain.clock import hall_day
from kiosk.messages.capsules import content_key, number_hash, unseal
from kiosk.messages.events import (
    CertificateRecorded,
    ClassHeld,
    FirstAnswersGiven,
    HardshipVerified,
    SkillRecorded,
    WorkerRegistered,
)
from kiosk.messages.feed import CapsuleBody, CapsuleContent
from kiosk.messages.sync import Want
from tests.unit.bureau.rehearsal import (
    TODAY,
    HandClock,
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
    taken,
)

ANNA, OTHER = number_of(1), number_of(2)


@pytest.fixture
def machine(bureau: Office, folder: Path) -> Machine:
    publish(bureau.database, CITY, [employer(), job("j1"), job("j2")])
    machine = new_machine(bureau, folder)
    machine.do(registered("w1", ANNA, notice_version=3))
    pulse(bureau, machine, [Want(quota=f"places:{name}", count=5) for name in ("j1", "j2")])
    return machine


def sealed(bureau: Office, number: str = ANNA) -> str | None:
    with bureau.database.reading() as connection:
        said = current_body(connection, Changes(), [CITY], "capsule", number_hash(bureau.city_key, number))
    return CapsuleBody.model_validate_json(said[1]).sealed if said else None


def opened(bureau: Office, number: str = ANNA) -> CapsuleContent:
    bureau.seal_due()
    text = sealed(bureau)
    assert text is not None
    content = unseal(bureau.city_key, number, text)
    assert content is not None
    return content


@pytest.mark.both_databases
def test_a_capsule_tells_what_another_kiosk_must_know(bureau: Office, machine: Machine) -> None:
    machine.do(checked_in("w1"))
    machine.do(FirstAnswersGiven(worker="w1", phone="13900000001", trades=["pick"], span="day"))
    machine.do(
        CertificateRecorded(
            worker="w1", kind="welder", number_tail="0012", valid_until=TODAY, review_by=None, actor="s1"
        )
    )
    machine.do(
        ClassHeld(worker="w1", hazard_class="farm", held_on=TODAY, valid_until=date(2027, 9, 18), actor="s1")
    )
    machine.do(taken("w1", "p1", 1))
    pulse(bureau, machine)
    content = opened(bureau)
    assert (content.worker, content.notice_version, content.phone, content.trades, content.span) == (
        "w1", 3, "13900000001", ["pick"], "day",
    )  # fmt: skip
    assert (content.checked_in_on, content.check_in_queue_number) == (TODAY, "A1")
    assert [held.kind for held in content.certificates] == ["welder"]
    assert [held.hazard_class for held in content.classes] == ["farm"]
    assert [open_one.slip for open_one in content.placements] == ["PG-p1"]


@pytest.mark.both_databases
def test_a_capsule_tells_what_was_proven_as_it_was_seen_last(bureau: Office, machine: Machine) -> None:
    for grade in ("junior", "senior"):
        machine.do(SkillRecorded(worker="w1", trade="masonry", grade=grade, actor="s1"))
    for until in (None, TODAY):
        machine.do(HardshipVerified(worker="w1", kind="disabled", valid_until=until, actor="s1"))
    machine.do(taken("w1", "p1", 1))
    pulse(bureau, machine)
    content = opened(bureau)
    assert [(held.trade, held.grade) for held in content.skills] == [("masonry", "senior")]
    assert [(held.kind, held.valid_until) for held in content.hardships] == [("disabled", TODAY)]
    assert content.last_worked_on == hall_day(content.placements[0].ends)


def test_a_capsule_opens_with_the_number_and_not_otherwise(bureau: Office, machine: Machine) -> None:
    bureau.seal_due()
    text = sealed(bureau)
    assert text is not None
    assert unseal(bureau.city_key, ANNA, text) is not None
    assert unseal(bureau.city_key, OTHER, text) is None
    assert unseal(bytes(32), ANNA, text) is None


def test_a_duplicate_is_told_by_the_capsule(bureau: Office, machine: Machine) -> None:
    machine.do(taken("w1", "p1", 1))
    machine.do(taken("w1", "p2", 1, "j2"))
    pulse(bureau, machine)
    assert [open_one.placement for open_one in opened(bureau).placements] == ["p1"]


def test_a_person_of_two_ids_has_one_capsule(bureau: Office, machine: Machine, folder: Path) -> None:
    other = new_machine(bureau, folder, no=2)
    other.do(WorkerRegistered(**registered("w2", ANNA, notice_version=2).model_dump()))
    pulse(bureau, other)
    assert (opened(bureau).worker, opened(bureau).notice_version) == ("w1", 3)


def test_nothing_of_a_person_stands_in_the_feed_in_clear(bureau: Office, machine: Machine) -> None:
    bureau.seal_due()
    pages = pulse(bureau, machine).pages
    text = "".join(page.model_dump_json() for page in pages)
    assert ANNA not in text
    assert "测试甲" not in text


def test_a_crash_before_sealing_leaves_it_to_the_next_start(
    bureau: Office, machine: Machine, folder: Path, clock: HandClock
) -> None:
    assert sealed(bureau) is None
    with office(folder, clock) as after:
        assert sealed(after) is not None
    with bureau.database.reading() as connection:
        assert connection.execute(select(capsule_due)).all() == []


def test_a_change_during_sealing_is_sealed_again(
    bureau: Office, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.do(checked_in("w1"))
    due = bureau.sealer._next_due(1)
    assert due
    pulse(bureau, machine)
    bureau.sealer._seal(due, bureau.clock.now())
    assert bureau.sealer.seal_due(bureau.clock.now()) == 1
    assert opened(bureau).checked_in_on == TODAY


@pytest.mark.both_databases
def test_of_several_people_the_one_who_changed_meanwhile_is_sealed_again(
    bureau: Office, machine: Machine
) -> None:
    """Broken by taking everybody off the list who was asked about, whatever was heard of him since."""
    machine.do(registered("w2", OTHER))
    pulse(bureau, machine)
    due = bureau.sealer._next_due(2)
    assert due.keys() == {"w1", "w2"}
    machine.do(checked_in("w1"))
    pulse(bureau, machine)
    bureau.sealer._seal(due, bureau.clock.now())
    assert (sealed(bureau), sealed(bureau, OTHER) is None) == (None, False)
    assert bureau.sealer.seal_due(bureau.clock.now()) == 1
    assert opened(bureau).checked_in_on == TODAY


def test_nobody_waits_behind_somebody_who_changes_again_and_again(bureau: Office, machine: Machine) -> None:
    """Broken by beginning with the first id each time."""
    machine.do(registered("w2", OTHER))
    for visit in ("v1", "v2"):
        machine.do(checked_in("w1", visit))
        pulse(bureau, machine)
        assert bureau.sealer.seal_due(bureau.clock.now(), 1) == 1
    assert sealed(bureau, OTHER) is not None


def test_whoever_cannot_be_sealed_keeps_nobody_else_waiting(bureau: Office, machine: Machine) -> None:
    """Broken by trying the same people again together: all of them would wait for the one."""
    for number in (2, 3):
        machine.do(registered(f"w{number}", number_of(number)))
    machine.do(taken("w2", "p1", 1).model_copy(update={"due_h": 24}))
    pulse(bureau, machine)
    with bureau.database.writing() as connection:
        connection.execute(update(feed_row).where(feed_row.c.id == "j1").values(body="{"))
    for _ in range(3):
        with suppress(ValueError):
            bureau.seal_due()
    assert [sealed(bureau, number_of(number)) is None for number in (1, 2, 3)] == [False, True, False]
    with bureau.database.reading() as connection:
        assert [row.worker for row in connection.execute(select(capsule_due))] == ["w2"]


@pytest.mark.both_databases
def test_the_key_of_a_capsule_is_derived_once_and_kept(bureau: Office, machine: Machine) -> None:
    """Broken by deriving it whenever somebody changes: 20 ms of a core, three or four times a visit."""
    bureau.seal_due()
    kept, found_by = bureau.reader.keys, number_hash(bureau.city_key, ANNA)
    assert kept.capsule_key("w1", found_by) == content_key(bureau.city_key, ANNA)
    assert kept.capsule_key("w1", number_hash(bureau.city_key, OTHER)) is None
    machine.do(registered("w2", OTHER))
    pulse(bureau, machine)
    with bureau.database.writing():
        kept.tell_capsule_key("w2", number_hash(bureau.city_key, OTHER), bytes(32))
    bureau.seal_due()
    text = sealed(bureau, OTHER)
    assert text is not None
    assert unseal(bureau.city_key, OTHER, text) is None  # what is kept was taken, and here it is another one


def test_someone_not_seen_for_thirty_days_is_forgotten_by_the_kiosks(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    bureau.seal_due()
    clock.forward(KEPT + timedelta(days=1))
    bureau.seal_due()
    assert sealed(bureau) is None


def test_someone_with_an_open_placement_is_not_forgotten_while_it_takes_his_time(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    machine.do(taken("w1", "p1", 1, hours=24 * 40))
    pulse(bureau, machine)
    bureau.seal_due()
    clock.forward(KEPT + timedelta(days=1))
    assert len(opened(bureau).placements) == 1
    clock.forward(KEPT + timedelta(days=11))
    bureau.seal_due()
    assert sealed(bureau) is None


def test_a_thread_seals_what_a_round_leaves_and_ends_when_told(bureau: Office, machine: Machine) -> None:
    assert sealed(bureau) is None
    minder = SealMinder(bureau.sealer, bureau.clock)
    with minder.at_work():
        minder.wake()
        began_s = time.monotonic()
        while sealed(bureau) is None:
            assert time.monotonic() - began_s < 20
    assert opened(bureau).checked_in_on is None
