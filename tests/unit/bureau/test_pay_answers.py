"""Were you paid? What the bureau keeps of the answers, and what it lets other kiosks know of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.bureau.feeds import CITY, Changes, current_body
from kiosk.bureau.met import KEPT
from kiosk.bureau.offices import Office
from kiosk.bureau.pay_tables import pay_answer
from kiosk.bureau.publishing import publish, retract
from kiosk.bureau.tables import placement
from kiosk.domain.paydays import ASKED_FOR
from kiosk.messages.capsules import number_hash, unseal
from kiosk.messages.events import PayAnswered, PlaceGivenBack, PlaceTaken, SlipStateChanged
from kiosk.messages.feed import CapsuleBody, CapsuleContent
from kiosk.messages.sync import Want
from tests.unit.bureau.rehearsal import (
    TODAY,
    HandClock,
    Machine,
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
    """A kiosk at which Anna has taken a place."""
    publish(bureau.database, CITY, [employer(), job("j1"), job("j2")])
    machine = new_machine(bureau, folder)
    machine.do(registered("w1", ANNA))
    pulse(bureau, machine, [Want(quota=f"places:{name}", count=5) for name in ("j1", "j2")])
    return machine


def promised(worker: str, placement_id: str, number: int, hours: float = 0) -> PlaceTaken:
    """Return a place whose money is due two hours after the work."""
    body = taken(worker, placement_id, number, hours=hours)
    return body.model_copy(update={"due_h": 2})


def answered(placement_id: str, answer: str, worker: str = "w1") -> PayAnswered:
    """Return an answer."""
    return PayAnswered.model_validate({"placement": placement_id, "worker": worker, "answer": answer})


def capsule(bureau: Office, number: str = ANNA) -> CapsuleContent | None:
    """Return what any kiosk may read of a person now."""
    bureau.seal_due()
    hashed = number_hash(bureau.city_key, number)
    with bureau.database.reading() as connection:
        said = current_body(connection, Changes(), [CITY], "capsule", hashed)
    sealed = CapsuleBody.model_validate_json(said[1]).sealed if said else None
    return unseal(bureau.city_key, number, sealed) if sealed else None


def due_in(bureau: Office) -> list[str]:
    """Return the places that the capsule asks about."""
    content = capsule(bureau)
    assert content is not None
    return [item.placement for item in content.pay_due]


def states(bureau: Office) -> dict[str, str]:
    """Return the states of all places."""
    with bureau.database.reading() as connection:
        return {row.id: row.state for row in connection.execute(select(placement))}


def test_the_capsule_asks_before_payday_has_come_so_that_a_dark_kiosk_asks_when_it_has(
    bureau: Office, machine: Machine
) -> None:
    body = promised("w1", "p1", 1)
    machine.do(body)
    pulse(bureau, machine)
    content = capsule(bureau)
    assert content is not None
    [item] = content.pay_due
    assert (item.placement, item.title, item.worked_on) == ("p1", body.title, TODAY)
    assert item.due_at == body.ends + timedelta(hours=2)
    assert (item.trade, item.fen, item.unit) == ("pick", 18000, "day")


def test_pay_is_told_only_of_the_version_that_was_taken(bureau: Office, machine: Machine) -> None:
    machine.do(promised("w1", "p1", 1))
    publish(bureau.database, CITY, [job("j1", version=2)])
    pulse(bureau, machine)
    content = capsule(bureau)
    assert content is not None
    assert [(item.trade, item.fen) for item in content.pay_due] == [("pick", None)]
    retract(bureau.database, CITY, "job", "j1")
    machine.do(promised("w1", "p2", 2, hours=24))
    pulse(bureau, machine)
    content = capsule(bureau)
    assert content is not None
    assert [(item.trade, item.fen) for item in content.pay_due] == [("", None)] * 2


@pytest.mark.parametrize(
    ("answer", "state"), [("full", "settled"), ("partial", "disputed"), ("none", "disputed")]
)
def test_an_answer_moves_the_place_and_is_asked_at_no_other_kiosk(
    bureau: Office, machine: Machine, folder: Path, answer: str, state: str
) -> None:
    machine.do(promised("w1", "p1", 1))
    machine.do(promised("w1", "p2", 2, hours=24))
    pulse(bureau, machine)
    assert due_in(bureau) == ["p1", "p2"]
    other = new_machine(bureau, folder, no=2)
    other.do(registered("w2", ANNA))
    other.do(answered("p1", answer, "w2"))
    assert pulse(bureau, other).refusals == []
    assert states(bureau) == {"p1": state, "p2": "confirmed"}
    assert due_in(bureau) == ["p2"]
    content = capsule(bureau)
    assert content is not None
    assert content.pay_answered == ["p1"]


def test_a_later_answer_stands_and_the_first_one_is_kept(bureau: Office, machine: Machine) -> None:
    machine.do(promised("w1", "p1", 1))
    for answer in ("none", "full", "partial", "full"):
        machine.do(answered("p1", answer))
    pulse(bureau, machine)
    assert states(bureau) == {"p1": "settled"}
    with bureau.database.reading() as connection:
        kept = connection.scalars(select(pay_answer.c.answer).order_by(pay_answer.c.seq))
        assert list(kept) == ["none", "full", "partial", "full"]


def test_nobody_answers_for_somebody_else(bureau: Office, machine: Machine) -> None:
    machine.do(promised("w1", "p1", 1))
    machine.do(registered("w9", OTHER))
    seqs = [machine.do(answered("p1", "full", "w9")), machine.do(answered("moon", "full"))]
    refusals = pulse(bureau, machine).refusals
    assert [(item.seq, item.reason) for item in refusals] == [
        (seq, "bureau.refused.unknown_placement") for seq in seqs
    ]
    assert states(bureau) == {"p1": "confirmed"}


def test_a_place_that_was_given_back_is_not_asked_about_and_stays_what_it_is(
    bureau: Office, machine: Machine
) -> None:
    machine.do(promised("w1", "p1", 1))
    machine.do(PlaceGivenBack(placement="p1", slip="PG-p1", spent=[], reason="sick"))
    machine.do(answered("p1", "none"))
    assert pulse(bureau, machine).refusals == []
    assert states(bureau) == {"p1": "cancelled"}
    assert due_in(bureau) == []


def test_a_referral_that_nobody_confirmed_is_not_asked_about(bureau: Office, machine: Machine) -> None:
    machine.do(promised("w1", "p1", 1).model_copy(update={"kind": "referral"}))
    pulse(bureau, machine)
    assert due_in(bureau) == []


def test_a_slip_that_is_told_late_does_not_open_a_settled_place_again(
    bureau: Office, machine: Machine
) -> None:
    machine.do(promised("w1", "p1", 1))
    machine.do(answered("p1", "full"))
    machine.do(SlipStateChanged(slip="PG-p1", placement="p1", copy_no=0, state="printed", evidence="reply"))
    assert pulse(bureau, machine).refusals == []
    assert states(bureau) == {"p1": "settled"}


def test_time_that_was_paid_for_was_still_its_workers(bureau: Office, machine: Machine) -> None:
    machine.do(promised("w1", "p1", 1))
    machine.do(answered("p1", "full"))
    machine.do(taken("w1", "p2", 2, "j2", hours=1))
    refusals = pulse(bureau, machine).refusals
    assert "bureau.refused.time_overlap" in [item.reason for item in refusals]
    assert states(bureau) == {"p1": "settled", "p2": "duplicate"}


def test_whoever_is_to_be_asked_is_known_in_the_city_until_the_month_after_payday_is_over(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    """Broken where only people who were here lately are sealed: a month's pay is due later than that."""
    machine.do(promised("w1", "p1", 1).model_copy(update={"due_h": 24 * 31}))
    pulse(bureau, machine)
    bureau.seal_due()
    clock.forward(KEPT + timedelta(days=2))
    assert due_in(bureau) == ["p1"]
    clock.forward(ASKED_FOR)
    assert capsule(bureau) is None


def test_a_capsule_does_not_grow_with_every_place_of_the_past(
    bureau: Office, machine: Machine, clock: HandClock
) -> None:
    machine.do(promised("w1", "p1", 1))
    machine.do(promised("w1", "p2", 2, hours=72))
    pulse(bureau, machine)
    clock.forward(timedelta(days=2))
    machine.do(answered("p1", "none"))
    pulse(bureau, machine)
    content = capsule(bureau)
    assert content is not None
    assert [item.placement for item in content.placements] == ["p2"]
