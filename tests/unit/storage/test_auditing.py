"""The audit log gives no line back, and whoever goes around that is found out, here and at the bureau."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update
from typer.testing import CliRunner

from kiosk.actions.faults import IntegrityFault
from kiosk.actions.print_test_page import ask_test_page
from kiosk.cli import app
from kiosk.messages.audit_chain import audit_hash
from kiosk.messages.events import FIRST_HASH
from kiosk.storage.auditing import check_audit
from kiosk.storage.desk import line_of
from kiosk.storage.tables import audit_line
from tests.halls import CLERK, SampleKiosk, open_sample_kiosk

LINES = 5


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[SampleKiosk]:
    """A kiosk with five lines in its log."""
    sample = open_sample_kiosk(tmp_path / "kiosk")
    for _ in range(LINES):
        ask_test_page(sample.hall, CLERK)
    yield sample
    sample.opened.close()


def forge(kiosk: SampleKiosk, statement: str) -> None:
    """Change the log as somebody would who holds the file and its key."""
    with forging(kiosk) as connection:
        connection.exec_driver_sql(statement)


@contextmanager
def forging(kiosk: SampleKiosk) -> Iterator[Connection]:
    with kiosk.opened.database.writing() as connection:
        for act in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER audit_line_refuses_{act}")
        yield connection


def broken_at(kiosk: SampleKiosk) -> int | None:
    return check_audit(kiosk.opened.database).broken_at


@pytest.mark.parametrize("statement", ["UPDATE audit_line SET actor = 'x'", "DELETE FROM audit_line"])
def test_the_database_itself_refuses_to_change_or_forget_a_line(kiosk: SampleKiosk, statement: str) -> None:
    with (
        pytest.raises(IntegrityFault, match="append-only"),
        kiosk.opened.database.writing() as connection,
    ):
        connection.exec_driver_sql(statement)
    verdict = check_audit(kiosk.opened.database)
    assert (verdict.lines, verdict.broken_at) == (LINES, None)


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE audit_line SET reason = 'other' WHERE seq = 3", 3),
        ("UPDATE audit_line SET second = 's9' WHERE seq = 2", 2),
        ("DELETE FROM audit_line WHERE seq = 4", 4),
        ("DELETE FROM audit_line WHERE seq = 5", 5),
        ("DELETE FROM audit_line", 1),
    ],
)
def test_a_line_changed_taken_out_or_cut_off_is_found(kiosk: SampleKiosk, statement: str, line: int) -> None:
    forge(kiosk, statement)
    assert broken_at(kiosk) == line


@pytest.mark.parametrize("first", [2, LINES])
def test_a_log_written_anew_with_hashes_that_fit_is_not_what_was_journalled(
    kiosk: SampleKiosk, first: int
) -> None:
    """Broken by asking of the journal no more than how many lines there are."""
    with forging(kiosk) as connection:
        rows = connection.execute(select(audit_line).order_by(audit_line.c.seq)).all()
        before = FIRST_HASH
        for row in rows:
            line = line_of(row)
            said = replace(line, actor="s9") if line.seq == first else line
            forged = {"actor": said.actor, "prev_hash": before, "hash": audit_hash(said, before)}
            connection.execute(update(audit_line).where(audit_line.c.seq == line.seq).values(forged))
            before = forged["hash"]
    assert broken_at(kiosk) == first


def test_the_command_line_says_how_the_log_is(kiosk: SampleKiosk, tmp_path: Path) -> None:
    def checked() -> tuple[int, str]:
        done = CliRunner().invoke(app, ["audit", "check", "--data", str(tmp_path / "kiosk")])
        return done.exit_code, done.output

    assert checked()[0] == 0
    assert str(LINES) in checked()[1]
    forge(kiosk, "UPDATE audit_line SET act = 'sign_in' WHERE seq = 2")
    assert checked()[0] == 1
    assert "2" in checked()[1]
