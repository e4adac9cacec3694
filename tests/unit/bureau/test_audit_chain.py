"""The bureau keeps every line of a hall's log, and says which of them do not hang on their chain."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.bureau.desk_tables import staff_act
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.rebuilding import rebuild
from kiosk.messages.audit_chain import AuditLine, audit_hash
from kiosk.messages.events import FIRST_HASH, StaffActed
from tests.unit.bureau.rehearsal import DAWN, Machine, new_machine, pulse, say


def acts(
    count: int, after: Sequence[StaffActed] = (), actor: str = "s1", begins: str = FIRST_HASH
) -> list[StaffActed]:
    """Return a chain of so many acts, behind others, or from the hash that it begins with."""
    chain, before = [], after[-1].hash if after else begins
    for seq in range(len(after) + 1, len(after) + count + 1):
        line = AuditLine(seq, DAWN, actor, "answer_help", "help_call", f"h{seq}", "")
        digest = audit_hash(line, before)
        chain.append(
            StaffActed(
                actor=line.actor,
                act=line.act,
                entity=line.entity,
                entity_id=line.entity_id,
                line=seq,
                at=DAWN,
                prev_hash=before,
                hash=digest,
            )
        )
        before = digest
    return chain


def tell(bureau: Office, machine: Machine, told: Sequence[StaffActed]) -> None:
    for body in told:
        machine.do(body)
        assert pulse(bureau, machine).refusals == []


def broken(bureau: Office, folder: Path, told: Sequence[StaffActed]) -> list[str]:
    tell(bureau, new_machine(bureau, folder, no=1), told)
    with bureau.database.reading() as connection:
        assert len(connection.execute(select(staff_act)).all()) == len(told)
    return check_invariants(folder)


def on_another_stream(machine: Machine) -> Machine:
    """Return the kiosk with another database: a copy put back, or an empty one."""
    return Machine(machine.reply, machine.key)


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


def test_a_first_line_that_hangs_on_another_is_named(bureau: Office, folder: Path) -> None:
    """Broken by letting any first line begin a chain: what stood before it would not be missed."""
    wrong = broken(bureau, folder, acts(2, begins="f" * len(FIRST_HASH)))
    assert wrong == ["NZ-01: line 1 of the audit log does not hang on its chain"]


@pytest.mark.parametrize("kept", [0, 1, 2, 4], ids=["nothing", "one line", "two lines", "all"])
def test_a_kiosk_put_back_from_a_copy_goes_on_with_the_lines_it_has(
    bureau: Office, folder: Path, kept: int
) -> None:
    """Broken by one chain a kiosk: the lines it tells anew would be red for ever, and the next ones too."""
    machine, chain = new_machine(bureau, folder, no=1), acts(4)
    tell(bureau, machine, chain)
    tell(bureau, on_another_stream(machine), acts(6, chain[:kept], "s2"))
    assert check_invariants(folder) == []
    rebuild(folder)
    assert check_invariants(folder) == []


def test_a_log_written_anew_does_not_go_on_where_the_bureau_knows_other_words(
    bureau: Office, folder: Path
) -> None:
    machine = new_machine(bureau, folder, no=1)
    tell(bureau, machine, acts(3))
    tell(bureau, on_another_stream(machine), acts(2, acts(3, actor="s9")))
    assert check_invariants(folder) == ["NZ-01: line 4 of the audit log does not hang on its chain"]


def test_lines_of_before_a_copy_was_put_back_may_come_after_those_of_since(
    bureau: Office, folder: Path
) -> None:
    machine, chain = new_machine(bureau, folder, no=1), acts(5)
    tell(bureau, machine, chain[:1])
    tell(bureau, on_another_stream(machine), chain[3:])
    tell(bureau, machine, chain[1:3])
    assert check_invariants(folder) == []


def test_a_line_behind_entries_that_nobody_has_any_more_may_follow_what_was_in_them(
    bureau: Office, folder: Path
) -> None:
    """Broken by naming the hall for what an older backup of the bureau forgot."""
    machine, chain = new_machine(bureau, folder, no=1), acts(6)
    tell(bureau, machine, chain[:2])
    for body in chain[2:]:
        machine.do(body)
    say(bureau, machine, machine.request(first=5).model_copy(update={"floor": 4}))
    assert check_invariants(folder) == []
    machine.acked = 6
    tell(bureau, machine, acts(1, acts(6, actor="s9")))
    assert check_invariants(folder) == ["NZ-01: line 7 of the audit log does not hang on its chain"]


def test_a_line_behind_lost_entries_does_not_follow_one_that_is_known_with_other_words(
    bureau: Office, folder: Path
) -> None:
    """Broken by letting any line follow what was lost."""
    machine, chain = new_machine(bureau, folder, no=1), acts(2)
    tell(bureau, machine, chain)
    for body in (*acts(2), *acts(1, acts(2, actor="s9"))):
        machine.do(body)
    say(bureau, machine, machine.request(first=5).model_copy(update={"floor": 4}))
    assert check_invariants(folder) == ["NZ-01: line 3 of the audit log does not hang on its chain"]
