"""State comes down by position: every change is seen, in any pages, by any reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from kiosk.bureau.databases import Database, connect
from kiosk.bureau.feeds import CITY, Changes, page_of
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish, retract
from kiosk.bureau.tables import feed_row, metadata, scope_head
from kiosk.messages.feed import Cursor, JobBody, KeyBody
from kiosk.messages.sync import Want
from tests.unit.bureau.rehearsal import employer, job, new_machine, parameters, pulse

Truth = dict[str, str]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = connect(tmp_path_factory.mktemp("feed") / "feed.sqlite", is_server=True)
    with database.writing() as connection:
        metadata.create_all(connection)
    yield database
    database.close()


def put(database: Database, truth: Truth, row_id: str, value: int) -> None:
    """Change one row; a value of 0 takes it back."""
    changes = Changes()
    if value:
        body = KeyBody(key_id=row_id, kiosk=str(value), station="NZ", public_key="")
        changes.say(CITY, "key", row_id, body)
        truth[row_id] = body.model_dump_json()
    else:
        changes.take_back(CITY, "key", row_id)
        truth.pop(row_id, None)
    with database.writing() as connection:
        changes.stamp(connection)


def read(database: Database, seen: Truth, cursor: Cursor | None, limit: int) -> tuple[Cursor, bool]:
    """Read one page as a kiosk does."""
    with database.reading() as connection:
        page = page_of(connection, CITY, cursor, limit)
    if page.is_snapshot:
        seen.clear()
    for row in page.rows:
        if row.is_deleted:
            seen.pop(row.id, None)
        else:
            seen[row.id] = row.body
    return Cursor(scope=CITY, feed_gen=page.feed_gen, pos=page.pos), page.has_more


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 3), st.booleans()), max_size=30),
    limit=st.integers(1, 4),
)
def test_a_reader_in_any_pages_ends_with_every_committed_change(
    plain: Database, steps: list[tuple[str, int, bool]], limit: int
) -> None:
    """Breaks when `feeds.page_of` asks for rows whose position is greater than `after + 1`."""
    with plain.writing() as connection:
        connection.execute(delete(feed_row))
        connection.execute(delete(scope_head))
    truth: Truth = {}
    seen: Truth = {}
    cursor: Cursor | None = None
    for row_id, value, reads in steps:
        put(plain, truth, row_id, value)
        if reads:
            cursor, _ = read(plain, seen, cursor, limit)
    cursor, has_more = read(plain, seen, cursor, limit)
    while has_more:
        cursor, has_more = read(plain, seen, cursor, limit)
    assert seen == truth


def test_a_cursor_of_another_life_gets_the_scope_from_its_beginning(bureau: Office) -> None:
    publish(bureau.database, CITY, [employer(), job()])
    retract(bureau.database, CITY, "employer", "e1")
    with bureau.database.reading() as connection:
        page = page_of(connection, CITY, Cursor(scope=CITY, feed_gen="older", pos=99))
    assert page.is_snapshot
    assert [row.topic for row in page.rows] == ["job"]


def test_a_cursor_ahead_of_the_feed_gets_a_snapshot(bureau: Office) -> None:
    publish(bureau.database, CITY, [employer()])
    with bureau.database.reading() as connection:
        life = page_of(connection, CITY, None).feed_gen
        assert page_of(connection, CITY, Cursor(scope=CITY, feed_gen=life, pos=99)).is_snapshot


def test_employers_stand_before_the_jobs_that_name_them(bureau: Office) -> None:
    publish(bureau.database, CITY, [job(), employer(), *parameters()])
    with bureau.database.reading() as connection:
        topics = [row.topic for row in page_of(connection, CITY, None).rows]
    assert topics == ["parameter"] * len(parameters()) + ["employer", "job"]


def test_publishing_the_same_again_moves_nothing(bureau: Office) -> None:
    publish(bureau.database, CITY, [employer(), job()])
    publish(bureau.database, CITY, [employer(), job()])
    with bureau.database.reading() as connection:
        assert page_of(connection, CITY, None).pos == 2


def test_a_kiosk_hears_the_city_and_its_own_hall_only(bureau: Office, folder: Path) -> None:
    publish(bureau.database, "hall:XM", [employer()])
    machine = new_machine(bureau, folder, "NZ")
    scopes = [(page.scope, len(page.rows)) for page in pulse(bureau, machine).pages]
    assert scopes == [("city", 1), ("hall:NZ", 0)]  # the city tells every kiosk's key


def test_a_job_taken_back_is_told_as_gone_and_gives_no_more_rights(bureau: Office, folder: Path) -> None:
    publish(bureau.database, CITY, [employer(), job()])
    machine = new_machine(bureau, folder)
    pulse(bureau, machine)
    retract(bureau.database, CITY, "job", "j1")
    reply = pulse(bureau, machine, [Want(quota="places:j1", count=1)])
    assert [(row.id, row.is_deleted) for row in reply.pages[0].rows] == [("j1", True)]
    assert reply.rights == []


def test_a_page_holds_at_most_five_hundred_rows(bureau: Office, folder: Path) -> None:
    publish(bureau.database, CITY, [job(f"j{number}") for number in range(1001)])
    machine = new_machine(bureau, folder)
    pages = [pulse(bureau, machine).pages[0] for _ in range(3)]
    assert [len(page.rows) for page in pages] == [500, 500, 2]
    assert [page.has_more for page in pages] == [True, True, False]
    assert JobBody.model_validate_json(pages[0].rows[0].body).id == "j0"
