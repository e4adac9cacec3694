"""What people ask at kiosks: consent's fields go at once, the others wait for a person, and nothing twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.bureau.counting import counts
from kiosk.bureau.erasing import restricted
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.readings import CLOSED
from kiosk.bureau.rebuilding import rebuild
from kiosk.bureau.tables import dead_letter
from kiosk.cli.bureau import commands
from kiosk.messages.events import ErasureAsked, FirstAnswersGiven
from kiosk.messages.feed import ErasureBody
from kiosk.messages.personal import Kind
from tests.unit.bureau.rehearsal import (
    TODAY,
    HandClock,
    Machine,
    new_machine,
    number_of,
    pulse,
    registered,
    say,
)
from tests.unit.bureau.test_erasing import (
    BOTH,
    ask,
    capsule,
    digest,
    hear,
    machine,
    take_a_place,
    told,
)
from tests.unit.bureau.test_sealed_log import ANNA, ANSWERS, name_of

__all__ = ["machine"]


def wish(kind: str, epoch: int = 0, worker: str = "w1") -> ErasureAsked:
    return ErasureAsked.model_validate({"worker": worker, "kind": kind, "epoch": epoch, "method": "card"})


def test_consent_that_is_withdrawn_at_a_kiosk_is_gone_at_once(bureau: Office, machine: Machine) -> None:
    machine.do(wish("optional"))
    pulse(bureau, machine)
    assert bureau.reader.keys.secrets("w1", Kind.OPTIONAL) == []
    known = capsule(bureau)
    assert known is not None
    assert (known.phone, known.trades) == (None, [])
    assert name_of(bureau) == "测试甲"
    assert told(bureau, Kind.OPTIONAL) == ErasureBody(worker="w1", kind="optional", epoch=1, void=1)


def test_what_is_erased_before_it_was_told_stays_closed_and_troubles_nobody(
    bureau: Office, folder: Path
) -> None:
    """Broken by leaving in the tray what nobody may read: the kiosk destroyed its key with the wish."""
    one = new_machine(bureau, folder)
    for body in (registered("w1", ANNA), ANSWERS, wish("optional")):
        one.do(body)
    del one.keys["w1", Kind.OPTIONAL, 0]
    first = say(bureau, one, one.request(count=2))
    assert [(item.seq, item.reason) for item in first.refusals] == [(2, CLOSED)]
    assert pulse(bureau, one).refusals == []
    assert check_invariants(folder) == []


def test_a_wish_that_comes_with_what_it_erases_tells_of_no_closed_entry(bureau: Office, folder: Path) -> None:
    one = new_machine(bureau, folder)
    for body in (registered("w1", ANNA), ANSWERS, registered("w2", number_of(2)), wish("optional")):
        one.do(body)
    one.keys = {key: kept for key, kept in one.keys.items() if key == ("w1", Kind.STATUTORY, 0)}
    assert [(item.seq, item.reason) for item in pulse(bureau, one).refusals] == [(3, CLOSED)]


def test_a_key_that_comes_with_the_wish_is_destroyed_with_it(bureau: Office, folder: Path) -> None:
    """Broken by keeping what a round told after the wish in it was carried out."""
    one = new_machine(bureau, folder)
    for body in (registered("w1", ANNA), ANSWERS, wish("optional")):
        one.do(body)
    pulse(bureau, one)
    assert bureau.reader.keys.secrets("w1", Kind.OPTIONAL) == []
    say(bureau, one, one.request(first=1))
    assert bureau.reader.keys.secrets("w1", Kind.OPTIONAL) == []
    known = capsule(bureau)
    assert known is not None
    assert known.phone is None


def test_what_is_given_after_the_wish_in_the_same_round_stays(bureau: Office, machine: Machine) -> None:
    machine.do(wish("optional"))
    machine.epochs["w1", Kind.OPTIONAL] = 1
    machine.do(FirstAnswersGiven(worker="w1", phone="13900000002", trades=[], span=None))
    pulse(bureau, machine)
    known = capsule(bureau)
    assert known is not None
    assert known.phone == "13900000002"


def test_a_wish_that_comes_late_spares_what_was_given_since(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    """Broken by erasing whenever a wish is heard: a dark kiosk's wish is of what was known before it."""
    dark = new_machine(bureau, folder, no=2)
    dark.do(registered("w1", ANNA))
    dark.do(wish("optional"))
    machine.do(wish("optional"))
    pulse(bureau, machine)
    hear(machine, bureau)
    machine.do(FirstAnswersGiven(worker="w1", phone="13900000002", trades=[], span=None))
    pulse(bureau, machine)
    pulse(bureau, dark)
    known = capsule(bureau)
    assert known is not None
    assert known.phone == "13900000002"
    erased = told(bureau, Kind.OPTIONAL)
    assert erased is not None
    assert erased.epoch == 1


def test_a_wish_told_again_changes_nothing(bureau: Office, machine: Machine, folder: Path) -> None:
    machine.do(wish("optional"))
    machine.do(wish("statutory"))
    pulse(bureau, machine)
    before = [told(bureau, kind) for kind in Kind], counts(folder)
    say(bureau, machine, machine.request(first=1))
    assert ([told(bureau, kind) for kind in Kind], counts(folder)) == before


def test_who_it_is_waits_for_a_persons_look_though_no_law_holds_it(
    bureau: Office, machine: Machine, folder: Path, clock: HandClock
) -> None:
    machine.do(wish("statutory"))
    pulse(bureau, machine)
    until = TODAY + timedelta(days=15)
    assert told(bureau, Kind.STATUTORY) == ErasureBody(
        worker="w1", kind="statutory", epoch=1, void=0, held_until=until
    )
    assert (capsule(bureau), name_of(bureau)) == (None, None)
    assert len(bureau.reader.keys.secrets("w1", Kind.STATUTORY)) == 1
    assert [item.worker for item in restricted(folder)] == ["w1"]
    clock.instant += timedelta(days=15)
    bureau.seal_due()
    assert bureau.reader.keys.secrets("w1", Kind.STATUTORY) == []
    assert restricted(folder) == []
    assert check_invariants(folder) == []


def test_a_person_at_the_bureau_may_carry_it_out_before(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    machine.do(wish("statutory"))
    pulse(bureau, machine)
    assert [item.is_destroyed for item in ask(bureau, BOTH)] == [True, True]
    assert restricted(folder) == []


def test_what_law_holds_is_listed_with_law_and_day(bureau: Office, machine: Machine, folder: Path) -> None:
    take_a_place(bureau, machine)
    machine.do(wish("statutory"))
    pulse(bureau, machine)
    held = told(bureau, Kind.STATUTORY)
    assert held is not None
    assert held.held_until == TODAY.replace(year=TODAY.year + 3)
    assert "人力资源市场暂行条例" in held.law
    listed = CliRunner().invoke(commands, ["erasures", "--data", str(folder)])
    assert listed.exit_code == 0
    worker, kind, asked, until, law = listed.output.strip().split("\t")
    assert (worker, kind, until, law) == ("w1", "statutory", str(held.held_until), held.law)
    assert asked.startswith("2026-09-18")


def test_what_a_dark_kiosk_brings_meanwhile_makes_law_hold_it(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    """Broken by destroying on the day that was said, without another look."""
    machine.do(wish("statutory"))
    pulse(bureau, machine)
    take_a_place(bureau, machine)
    clock.instant += timedelta(days=15)
    bureau.seal_due()
    held = told(bureau, Kind.STATUTORY)
    assert held is not None
    assert (held.void, held.held_until) == (0, TODAY.replace(year=TODAY.year + 3))


@pytest.mark.parametrize("kind", ["optional", "statutory"])
def test_a_rebuild_asks_nothing_again(bureau: Office, machine: Machine, folder: Path, kind: str) -> None:
    machine.do(wish(kind))
    pulse(bureau, machine)
    before = digest(bureau), told(bureau, Kind(kind))
    assert rebuild(folder) == len(machine.journal)
    assert (digest(bureau), told(bureau, Kind(kind))) == before


def test_a_wish_of_somebody_unknown_is_put_aside(bureau: Office, machine: Machine) -> None:
    machine.do(wish("optional", worker="w9"))
    assert [item.reason for item in pulse(bureau, machine).refusals] == ["bureau.refused.unknown_worker"]
    with bureau.database.reading() as connection:
        assert connection.execute(dead_letter.select()).one().reason == "bureau.refused.unknown_worker"
