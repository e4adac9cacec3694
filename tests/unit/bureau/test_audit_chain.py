"""The bureau keeps every line of a hall's log, and says which of them do not hang on their chain."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.rebuilding import rebuild
from kiosk.bureau.tables import staff_act
from kiosk.messages.audit_chain import AuditLine, audit_hash
from kiosk.messages.events import FIRST_HASH, StaffActed
from tests.unit.bureau.rehearsal import DAWN, new_machine, pulse


def acts(count: int) -> list[StaffActed]:
    """Return a chain of so many acts."""
    chain, before = [], FIRST_HASH
    for seq in range(1, count + 1):
        line = AuditLine(seq, DAWN, "s1", "answer_help", "help_call", f"h{seq}", "")
        after = audit_hash(line, before)
        chain.append(
            StaffActed(
                actor=line.actor,
                act=line.act,
                entity=line.entity,
                entity_id=line.entity_id,
                line=seq,
                at=DAWN,
                prev_hash=before,
                hash=after,
            )
        )
        before = after
    return chain


def broken(bureau: Office, folder: Path, told: list[StaffActed]) -> list[str]:
    machine = new_machine(bureau, folder, no=1)
    for body in told:
        machine.do(body)
        assert pulse(bureau, machine).refusals == []
    with bureau.database.reading() as connection:
        assert len(connection.execute(select(staff_act)).all()) == len(told)
    return check_invariants(folder)


def test_a_chain_that_arrives_whole_is_well(bureau: Office, folder: Path) -> None:
    assert broken(bureau, folder, acts(4)) == []


def test_the_chain_of_a_kiosk_that_told_without_before_may_begin_in_the_middle(
    bureau: Office, folder: Path
) -> None:
    old = StaffActed(actor="s1", act="answer_help", entity="help_call", entity_id="h0")
    assert broken(bureau, folder, [old, *acts(4)[2:]]) == []


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ([0, 1, 3], 4),
        ([0, 1, 1], 2),
        ([0, 2, 1], 3),
    ],
    ids=["one is missing", "one is told twice", "one comes too early"],
)
def test_a_line_out_of_place_is_named(bureau: Office, folder: Path, told: list[int], line: int) -> None:
    chain = acts(4)
    wrong = broken(bureau, folder, [chain[at] for at in told])
    assert f"NZ-01: line {line} of the audit log does not hang on its chain" in wrong
    rebuild(folder)
    assert wrong == check_invariants(folder)


def test_a_line_with_other_words_is_named(bureau: Office, folder: Path) -> None:
    first, second = acts(2)
    wrong = broken(bureau, folder, [first, second.model_copy(update={"actor": "s9"})])
    assert wrong == ["NZ-01: line 2 of the audit log does not hang on its chain"]
