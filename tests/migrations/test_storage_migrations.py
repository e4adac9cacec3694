"""Schema and models agree, a newer schema is refused, and what was there before is there afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.faults import StorageFault
from kiosk.domain.traits import read_traits
from kiosk.messages.events import FIRST_HASH
from kiosk.messages.feed import PlaceBody
from kiosk.protocol.watermarks import Watermark
from kiosk.storage import migrating
from kiosk.storage.all_tables import METADATA
from kiosk.storage.database import Database, Role
from kiosk.storage.keys import load_key
from kiosk.storage.known_streams import old_streams, present_stream
from kiosk.storage.migrating import BACKUPS, _config, migrate
from kiosk.storage.opening import DATABASE_FILE, OpenedStore
from tests.unit.storage.samples import NOW, check_in, feed, job_body, joined, opened, person


def filled(data_dir: Path) -> OpenedStore:
    kept = opened(data_dir)
    with kept.store.writing() as records:
        records.workers.add(person())
        check_in(records, person().id)
    return kept


def set_revision(kept: OpenedStore, revision: str) -> None:
    with kept.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (revision,))


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    fresh = Database(tmp_path / "fresh.db", kept.key, Role.SCREEN)
    with fresh.writing() as modelled, kept.database.reading() as migrated:
        METADATA.create_all(modelled)
        context = MigrationContext.configure(migrated, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
        # The comparison above sees neither checks nor the conditions of partial indexes.
        assert checks_of(migrated) == checks_of(modelled)
        assert indexes_of(migrated) == indexes_of(modelled)
    fresh.close()
    kept.close()


def checks_of(connection: Connection) -> dict[str, list[tuple[str, str]]]:
    reader = inspect(connection)
    return {
        table: sorted((str(item["name"]), item["sqltext"]) for item in reader.get_check_constraints(table))
        for table in METADATA.tables
    }


def indexes_of(connection: Connection) -> dict[str, str]:
    statement = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    return {row.name: row.sql for row in connection.exec_driver_sql(statement)}


def test_there_is_one_newest_revision() -> None:
    assert ScriptDirectory.from_config(_config()).get_heads() == [migrating.head_revision()]


def test_a_start_without_change_makes_no_copy(tmp_path: Path) -> None:
    filled(tmp_path).close()
    opened(tmp_path).close()
    assert not (tmp_path / BACKUPS).exists()


@pytest.mark.parametrize("opening", [opened, joined])
def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path, opening: object) -> None:
    kept = filled(tmp_path)
    set_revision(kept, "9999")
    kept.close()
    before = (tmp_path / DATABASE_FILE).read_bytes()
    with pytest.raises(StorageFault, match=r"storage\.schema_newer"):
        opened(tmp_path) if opening is opened else joined(tmp_path)
    assert (tmp_path / DATABASE_FILE).read_bytes() == before


def test_the_second_process_refuses_a_schema_nobody_brought_up_to_date(tmp_path: Path) -> None:
    kept = filled(tmp_path)
    with kept.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    kept.close()
    with pytest.raises(StorageFault, match=r"storage\.schema_older"):
        joined(tmp_path)


def test_people_are_still_there_after_an_upgrade_and_in_the_copy_made_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = filled(tmp_path)
    later = tmp_path / "migrations"
    add_a_revision(later)
    monkeypatch.setattr("kiosk.storage.migrating._SCRIPTS", later)
    copy = migrate(kept.database, tmp_path, NOW)
    with kept.store.reading() as records:
        assert records.workers.by_id(person().id) == person()
        assert records.settings.get("added by the upgrade") == "yes"
    assert copy is not None
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    before = Database(copy, kept.key, Role.SCREEN)
    with before.reading() as connection:
        assert connection.exec_driver_sql("SELECT id FROM worker").scalars().all() == [person().id]
        assert (
            connection.exec_driver_sql("SELECT count(*) FROM setting WHERE key LIKE 'added%'").scalar() == 0
        )
    before.close()
    kept.close()


def test_an_upgrade_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = filled(tmp_path)
    later = tmp_path / "migrations"
    add_a_revision(later, then="raise LookupError")
    monkeypatch.setattr("kiosk.storage.migrating._SCRIPTS", later)
    with pytest.raises(LookupError):
        migrate(kept.database, tmp_path, NOW)
    with kept.store.reading() as records:
        assert records.workers.by_id(person().id) == person()
        assert records.settings.get("added by the upgrade") is None
    kept.close()


def add_a_revision(folder: Path, then: str = "pass") -> None:
    """Copy the product's migrations and add one that writes a setting, and then does as told."""
    (folder / "versions").mkdir(parents=True)
    for script in (*migrating._SCRIPTS.glob("*.*"), *migrating._SCRIPTS.glob("versions/*.py")):
        (folder / script.relative_to(migrating._SCRIPTS)).write_bytes(script.read_bytes())
    lines = [
        "from alembic import op",
        'revision = "later"',
        f'down_revision = "{migrating.head_revision()}"',
        "def upgrade():",
        "    op.execute(\"INSERT INTO setting VALUES ('added by the upgrade', 'yes')\")",
        f"    {then}",
    ]
    (folder / "versions" / "later.py").write_text("\n".join(lines))


def test_a_floor_of_before_knows_the_hash_of_its_entry_afterwards(tmp_path: Path) -> None:
    """At revision 0003 an entry at the floor was always there, and its hash only there."""
    key = load_key(tmp_path, tmp_path / DATABASE_FILE)
    before = Database(tmp_path / DATABASE_FILE, key, Role.SCREEN)
    config = _config()
    with before.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        for statement in (
            "INSERT INTO current_stream VALUES (1, 'now', 'machine', '1-g', 3, 'h3', 2, 2, 2, 0)",
            "INSERT INTO orphan_stream VALUES ('then', 1, 1, 1, 0), ('never', 0, 0, 0, 0)",
            "INSERT INTO orphan_entry VALUES ('then', 1, 't', 1, 0, 'b', 0, 'h0', 'old', '{}', NULL)",
            "INSERT INTO journal VALUES (1, 't', 1, 0, 'b', 0, 'h0', 'h1', '', NULL),"
            " (2, 't', 1, 0, 'b', 0, 'h1', 'h2', '', NULL), (3, 't', 1, 0, 'b', 0, 'h2', 'h3', '{}', NULL)",
        ):
            connection.exec_driver_sql(statement)
    migrate(before, tmp_path, NOW)
    with before.reading() as connection:
        present = present_stream(connection)
        assert (present.mark, present.floor_hash) == (Watermark(3, 2, 2, 2), "h2")
        old = {known.id: (known.mark, known.floor_hash) for known in old_streams(connection)}
    assert old == {"then": (Watermark(1, 1, 1, 0), "old"), "never": (Watermark(0), FIRST_HASH)}
    before.close()


def test_jobs_of_before_can_be_ranked_after_the_upgrade(tmp_path: Path) -> None:
    """Broken by filling columns with their defaults: everything would be a way of nought minutes."""
    body = job_body(
        7,
        place=PlaceBody(town="远村", spot="", distance_m=0, travel_min=75),
        hazards=["height", "dust"],
        needs_education="heat",
        needs_classes=["heat", "height"],
    )
    kept = opened(tmp_path)
    feed(kept, body)
    with kept.store.reading() as records:
        (fresh,) = records.board.weighables(BoardQuery(), NOW)
    assert read_traits(fresh[1]).demands.needs_classes == {"heat", "height"}
    with kept.database.writing() as connection:
        connection.exec_driver_sql("DROP INDEX board_full")
        for index in ("board_by_pay", "board_takeable"):
            connection.exec_driver_sql(f"DROP INDEX {index}")
            connection.exec_driver_sql(f"CREATE INDEX {index} ON job (is_open)")
        for column in ("town", "travel_min", "traits"):
            connection.exec_driver_sql(f"ALTER TABLE job DROP COLUMN {column}")
        added = ("sign_up", "left_place", "decision", "shift", "team_place", "restriction", "released_review")
        of_trips = ("vehicle", "driver", "passenger", "trip_tick", "departure")
        on_the_way = ("outing", "hand_over", "incident", "return_mark")
        books = [table.name for table in METADATA.sorted_tables if table.name.startswith("book_")]
        for table in (
            "held_skill",
            "held_hardship",
            "rider",
            "returned_part",
            "closed_door",
            "rider_call",
            "name_initials",
            *added,
            *on_the_way,
            *of_trips,
            "found_card",
            "merge",
            *books,
        ):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("ALTER TABLE slip_key DROP COLUMN last_day")
        connection.exec_driver_sql("DROP INDEX worker_unspelled")
        connection.exec_driver_sql("ALTER TABLE worker DROP COLUMN is_spelled")
        for index in ("placement_by_kind", "placement_by_start"):
            connection.exec_driver_sql(f"DROP INDEX {index}")
        for column in ("valid_until", "badge_serial"):
            connection.exec_driver_sql(f"ALTER TABLE staff_member DROP COLUMN {column}")
        for act in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER audit_line_refuses_{act}")
        connection.exec_driver_sql("ALTER TABLE audit_line DROP COLUMN second")
        for column in ("newest_reason", "newest_at"):
            connection.exec_driver_sql(f"ALTER TABLE refused_entry DROP COLUMN {column}")
    set_revision(kept, "0011")
    kept.close()
    again = opened(tmp_path)
    with again.store.reading() as records:
        assert records.board.weighables(BoardQuery(), NOW) == [fresh]
        assert [stop.stop.town for stop in records.board.stops(BoardQuery(), NOW)] == ["远村"]
    again.close()
