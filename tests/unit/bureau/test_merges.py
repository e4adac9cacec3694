"""One person under two numbers at the bureau: known by either card, and two again when it is undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.bureau.erasing import erase_in
from kiosk.bureau.feeds import CITY, bodies
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish
from kiosk.bureau.tables import placement
from kiosk.messages.capsules import unseal
from kiosk.messages.events import ClassHeld, MergeUndone, PayAnswered, UseRestricted, WorkersMerged
from kiosk.messages.feed import CapsuleContent
from kiosk.messages.merge_bodies import MergeBody
from kiosk.messages.personal import Kind
from kiosk.messages.sync import Want
from tests.unit.bureau.rehearsal import (
    DAWN,
    TODAY,
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
from tests.unit.bureau.test_capsules import sealed

CARDS = {"a": number_of(1), "b": number_of(3), "c": number_of(5)}
MERGED = WorkersMerged(merge="m1", kept="a", joined="b", actor="s1")
UNDONE = MergeUndone(merge="m1", kept="a", joined="b", actor="s1")

pytestmark = pytest.mark.both_databases


@pytest.fixture
def two(bureau: Office, folder: Path) -> tuple[Machine, Machine]:
    """Two kiosks, each of which registered some cards, and hold numbers of two jobs of the same hours."""
    publish(bureau.database, CITY, [employer(), job("j1"), job("j2")])
    machines = new_machine(bureau, folder, no=1), new_machine(bureau, folder, no=2)
    for name, number in CARDS.items():
        machines[0].do(registered(name, number))
    for machine in machines:
        pulse(bureau, machine, [Want(quota=f"places:{job_id}", count=5) for job_id in ("j1", "j2")])
    return machines


def known(bureau: Office, card: str) -> CapsuleContent:
    bureau.seal_due()
    text = sealed(bureau, CARDS[card])
    content = unseal(bureau.city_key, CARDS[card], text) if text else None
    assert content is not None
    return content


def states(bureau: Office) -> dict[str, str]:
    with bureau.database.reading() as connection:
        return {row.id: row.state for row in connection.execute(select(placement))}


def told(bureau: Office) -> list[MergeBody]:
    with bureau.database.reading() as connection:
        return [MergeBody.model_validate_json(text) for text in bodies(connection, CITY, "merge")]


def test_a_place_that_the_other_card_took_in_the_dark_is_a_duplicate_from_the_merge_on(
    bureau: Office, two: tuple[Machine, Machine]
) -> None:
    """Broken by looking for overlapping places of the very registration alone."""
    two[0].do(taken("a", "p1", 1, "j1"))
    two[0].do(MERGED)
    assert pulse(bureau, two[0]).refusals == []
    two[1].do(taken("b", "p2", 4, "j2"))
    [refusal] = pulse(bureau, two[1]).refusals
    assert refusal.reason == "bureau.refused.time_overlap"
    two[0].do(UNDONE)
    pulse(bureau, two[0])
    two[1].do(taken("b", "p3", 5, "j2"))
    assert pulse(bureau, two[1]).refusals == []
    assert states(bureau) == {"p1": "confirmed", "p2": "duplicate", "p3": "confirmed"}


def test_places_of_one_time_that_stood_before_the_merge_are_told_to_its_desk(
    bureau: Office, two: tuple[Machine, Machine]
) -> None:
    two[1].do(taken("b", "p2", 4, "j2"))
    pulse(bureau, two[1])
    two[0].do(taken("a", "p1", 1, "j1"))
    seq = two[0].do(MERGED)
    [refusal] = pulse(bureau, two[0]).refusals
    assert (refusal.seq, refusal.reason) == (seq, "bureau.notice.merged_clash")
    assert states(bureau) == {"p1": "confirmed", "p2": "confirmed"}


def test_each_card_is_known_as_all_of_the_person_until_it_is_undone(
    bureau: Office, two: tuple[Machine, Machine]
) -> None:
    """Broken by sealing a capsule of its own registration alone."""
    two[0].do(checked_in("a"))
    two[0].do(taken("a", "p1", 1, "j1"))
    held = ClassHeld(worker="b", hazard_class="height", held_on=TODAY, valid_until=TODAY, actor="s1")
    two[0].do(held)
    two[0].do(UseRestricted(worker="a", is_restricted=True, step=1, method="card"))
    two[0].do(MERGED)
    pulse(bureau, two[0])
    one, other = known(bureau, "a"), known(bureau, "b")
    assert (one.worker, other.worker) == ("a", "b")
    assert one.model_dump(exclude={"worker"}) == other.model_dump(exclude={"worker"})
    assert [item.placement for item in other.placements] == ["p1"]
    assert [item.hazard_class for item in one.classes] == ["height"]
    assert other.is_restricted
    assert other.check_in_queue_number == "A1"
    two[1].do(PayAnswered(placement="p1", worker="b", answer="full"))
    assert pulse(bureau, two[1]).refusals == []
    two[0].do(UNDONE)
    pulse(bureau, two[0])
    one, other = known(bureau, "a"), known(bureau, "b")
    assert ([item.placement for item in one.placements], other.placements) == ([], [])
    assert (one.classes, [item.hazard_class for item in other.classes]) == ([], ["height"])
    assert (one.is_restricted, other.is_restricted) == (True, False)
    assert known(bureau, "c").placements == []


def test_every_kiosk_is_told_and_an_undoing_holds_though_it_is_heard_first(
    bureau: Office, two: tuple[Machine, Machine]
) -> None:
    """Broken by letting a merge stand that is heard of behind its undoing: a restored bureau hears it so."""
    two[1].do(UNDONE)
    assert pulse(bureau, two[1]).refusals == []
    two[0].do(MERGED)
    two[0].do(MERGED.model_copy(update={"merge": "m2", "joined": "c"}))
    assert pulse(bureau, two[0]).refusals == []
    assert {(item.kept, item.joined, item.is_undone) for item in told(bureau)} == {
        ("a", "b", True),
        ("a", "c", False),
    }
    two[1].do(MERGED.model_copy(update={"merge": "m3", "joined": "nobody"}))
    [refusal] = pulse(bureau, two[1]).refusals
    assert refusal.reason == "bureau.refused.unknown_worker"


def test_an_erasure_reaches_all_of_a_person_and_whoever_is_erased_is_merged_with_nobody(
    bureau: Office, two: tuple[Machine, Machine]
) -> None:
    """Broken by erasing the very registration alone."""
    two[0].do(MERGED)
    pulse(bureau, two[0])
    erase_in(bureau.database, bureau.reader, "b", [Kind.STATUTORY], DAWN)
    keys = bureau.reader.keys
    assert [keys.erasure_of(of, Kind.STATUTORY) is not None for of in "abc"] == [True, True, False]
    seq = two[0].do(MERGED.model_copy(update={"merge": "m2", "joined": "c"}))
    [refusal] = pulse(bureau, two[0]).refusals
    assert (refusal.seq, refusal.reason) == (seq, "bureau.refused.merged_erased")
    assert [item.joined for item in told(bureau)] == ["b"]
