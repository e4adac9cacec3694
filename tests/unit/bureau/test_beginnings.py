"""A new bureau, its schema, its ticket and its sentences."""

from __future__ import annotations

import re
import shutil
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import column, table, text, update

from kiosk.actions.faults import StorageFault
from kiosk.bureau.authority import hosts_named
from kiosk.bureau.databases import VERSION_TABLE, alembic_config, opened
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau, meta_value
from kiosk.bureau.tables import metadata
from kiosk.catalogue import load
from kiosk.messages.tickets import BadTicket, Ticket, parse_ticket
from kiosk.revisions import revisions_in
from tests.interpreters import said_alone

TICKET = Ticket("https://10.0.0.5:8443", "23456789ABCDEFGH", bytes(range(32)))


def test_making_a_bureau_again_changes_nothing(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".sqlite"}
    with opened(folder) as database, database.reading() as connection:
        generation = meta_value(connection, "generation")
    init_bureau(folder, "another name")
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".sqlite"}
    with opened(folder) as database, database.reading() as connection:
        assert (meta_value(connection, "generation"), meta_value(connection, "name")) == (
            generation,
            "测试人社局",
        )
    assert after == before


def test_a_new_address_gets_a_new_certificate_from_the_same_authority(folder: Path) -> None:
    files = BureauFolder(folder)
    authority, key = files.ca_certificate.read_bytes(), files.server_key.read_bytes()
    init_bureau(folder, "x", hosts=["10.0.0.5", "bureau.example"])
    init_bureau(folder, "x", hosts=["10.0.0.5"])
    named = hosts_named(files.server_certificate.read_bytes())
    assert named == {"127.0.0.1", "localhost", "10.0.0.5", "bureau.example"}
    assert (files.ca_certificate.read_bytes(), files.server_key.read_bytes()) == (authority, key)


def test_a_set_up_that_was_cut_short_is_completed(tmp_path: Path, fresh_bureau: Path) -> None:
    folder = Path(shutil.copytree(fresh_bureau, tmp_path / "cut"))
    for name in ("bureau.sqlite", "server.pem", "city.key"):
        (folder / name).unlink()
    init_bureau(folder, "测试人社局")
    assert len(BureauFolder(folder).city_key.read_bytes()) == 32
    with opened(folder) as database, database.reading() as connection:
        assert meta_value(connection, "name") == "测试人社局"


def test_only_the_owner_reads_what_a_bureau_keeps(fresh_bureau: Path) -> None:
    assert stat.S_IMODE(fresh_bureau.stat().st_mode) == 0o700
    for path in fresh_bureau.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


def test_migrations_lead_to_the_tables_the_program_uses(folder: Path) -> None:
    with opened(folder) as database, database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []


def test_there_is_one_newest_migration() -> None:
    script = ScriptDirectory.from_config(alembic_config())
    head, known = revisions_in(Path(script.dir))
    assert script.get_heads() == [head]
    assert known == {item.revision for item in script.walk_revisions()}


def test_a_server_is_loaded_without_what_it_never_asks_for() -> None:
    loaded = set(said_alone("import sys, kiosk.bureau.server; print(*sys.modules)").split())
    assert loaded & {"alembic", "typer", "fastapi", "httpx", "openpyxl", "PIL", "PySide6"} == set()


def test_a_database_of_a_newer_program_is_left_alone(folder: Path) -> None:
    with opened(folder) as database, database.writing() as connection:
        version = table(VERSION_TABLE, column("version_num"))
        connection.execute(update(version).values(version_num="9999"))
    with pytest.raises(StorageFault) as fault, opened(folder):
        pass
    assert fault.value.sentence.key == "bureau.fault.newer_schema"


def test_a_folder_without_a_bureau_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(StorageFault) as fault, opened(tmp_path):
        pass
    assert fault.value.sentence.key == "bureau.fault.no_bureau"


def test_a_reader_cannot_write(folder: Path) -> None:
    with opened(folder) as database, pytest.raises(StorageFault), database.reading() as connection:
        connection.execute(text("DELETE FROM meta"))


def test_a_commit_is_flushed_to_the_disk_before_it_is_told(folder: Path) -> None:
    with opened(folder) as database, database.writing() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"


def test_a_ticket_says_what_was_put_in() -> None:
    assert parse_ticket(TICKET.text()) == TICKET
    assert parse_ticket(f"  {TICKET.text().lower()[:40]}\n{TICKET.text()[40:]} ") == TICKET


@given(at=st.integers(6, len(TICKET.text()) - 1), sign=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_wrong_letter_in_a_ticket_is_found(at: int, sign: str) -> None:
    whole = TICKET.text()
    spoilt = whole[:at] + sign + whole[at + 1 :]
    if spoilt != whole:
        try:
            # The last letter of base32 may hold bits that count for nothing.
            assert parse_ticket(spoilt) == TICKET
        except BadTicket:
            return
        assert at == len(whole) - 1


@pytest.mark.parametrize("bad", ["", "HALL1-", "HALL1-1", "HALL1-AAAA", "https://x", TICKET.text()[:-8]])
def test_a_text_that_is_no_ticket_is_refused(bad: str) -> None:
    with pytest.raises(BadTicket):
        parse_ticket(bad)


def test_a_ticket_shows_no_code_in_a_log() -> None:
    assert TICKET.code not in repr(TICKET)


def test_every_sentence_the_bureau_says_stands_in_both_languages() -> None:
    sources = Path(init_bureau.__code__.co_filename).parent.rglob("*.py")
    said = {
        key
        for path in sources
        for key in re.findall(r'"(bureau\.[a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    for language in ("zh_CN", "en"):
        known = {key for key in load(language).sentences if key.startswith("bureau.")}
        assert known == said
