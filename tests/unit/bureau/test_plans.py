"""What a round asks is found by an index: PostgreSQL reads no whole table of a province for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import (
    Column,
    Insert,
    String,
    Table,
    Text,
    UniqueConstraint,
    cast,
    func,
    insert,
    select,
    text,
    true,
)

from kiosk.bureau.feeds import CITY
from kiosk.bureau.halls import set_district
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish
from kiosk.bureau.tables import (
    check_in,
    kiosk,
    placement,
    quota,
    rights,
    seen_in_hall,
    spent_number,
    stream,
    worker,
    worker_alias,
)
from kiosk.messages.sync import Want
from tests.unit.bureau.conftest import ENGINES
from tests.unit.bureau.rehearsal import (
    DAWN,
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    number_of,
    parameters,
    pulse,
    registered,
    taken,
)

LARGE = (
    kiosk,
    stream,
    quota,
    rights,
    worker,
    worker_alias,
    seen_in_hall,
    check_in,
    placement,
    spent_number,
)
ROWS = 6_000


@pytest.mark.parametrize("engine", ENGINES[1:])
def test_a_round_reads_no_large_table_whole(bureau: Office, folder: Path, engine: str) -> None:
    """Broken by asking for a list with `IN (SELECT …)`: it is taken for a hundred, and all rows are read."""
    publish(bureau.database, CITY, [*parameters(), employer()])
    machine = new_machine(bureau, folder)
    set_district(folder, "NZ", "520502", DAWN)
    publish(bureau.database, "district:520502", [job()])
    visit(bureau, machine, 1)
    with bureau.database.writing() as connection:
        for table in LARGE:
            connection.execute(_many_more(table))
    with bureau.database.writing() as connection:
        connection.execute(text("ANALYZE"))
    before = whole_reads(bureau)
    for number in range(2, 5):
        visit(bureau, machine, number)
    after = whole_reads(bureau)
    assert {name: after[name] - count for name, count in before.items() if after[name] != count} == {}


def visit(bureau: Office, machine: Machine, number: int) -> None:
    """Let somebody come, register and take a place, a round each, and seal what is to be told of him."""
    who, place = f"w{number}", [Want(quota="places:j1", count=5, waiting=5)]
    machine.do(registered(who, number_of(number)))
    machine.do(checked_in(who, f"c{number}"))
    pulse(bureau, machine, place)
    [*held] = (at for item in machine.granted["places:j1"].ranges for at in range(item.first, item.last + 1))
    machine.do(taken(who, f"p{number}", held[number - 1]))
    pulse(bureau, machine, place)
    pulse(bureau, machine)
    bureau.seal_due()


def whole_reads(bureau: Office) -> dict[str, int]:
    """Return how often each large table was read whole so far."""
    told = "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname = ANY(:large)"
    bureau.database.writer.dispose()  # a session tells all it knows when it ends
    bureau.database.reader.dispose()
    names = [table.name for table in LARGE]
    with bureau.database.reading() as connection:
        return {row.relname: row.seq_scan for row in connection.execute(text(told), {"large": names})}


def _many_more(table: Table) -> Insert:
    """Return the statement that copies the rows of a table, each copy under a name of its own."""
    unique = [item for item in table.constraints if isinstance(item, UniqueConstraint)]
    keys = {column.name for item in unique for column in item.columns}
    keys |= {column.name for column in table.primary_key}
    keys |= {key.parent.name for key in table.foreign_keys}
    copy = func.generate_series(1, ROWS).table_valued("n").render_derived()
    values = [
        column.concat(cast(copy.c.n, Text)) if column.name in keys and _is_text(column) else column
        for column in table.columns
    ]
    copied = select(*values).select_from(table.join(copy, true()))
    return insert(table).from_select(list(table.columns.keys()), copied)


def _is_text(column: Column[object]) -> bool:
    return isinstance(column.type, String)
