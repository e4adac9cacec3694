"""The power goes while a newer program changes the schema: all of it is the old one, or all of it the new."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path, PurePath

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from kiosk.actions.faults import StorageFault
from kiosk.storage.database import Database, Role
from kiosk.storage.keys import load_key
from kiosk.storage.migrating import BACKUPS, _config, head_revision
from kiosk.storage.opening import DATABASE_FILE
from tests.durability.mornings import DATABASE_FOLDER, MARKER_FOLDER, opened, recorded
from tests.durability.oracles import SCRATCH, lay
from tests.durability.platters import PROMISED, Image, Loss, NamesFlushed
from tests.halls import MovableClock

CUTS = 4
_KEPT = text("SELECT value FROM setting WHERE key = 'kept'")


@pytest.mark.parametrize("is_closed", [True, False], ids=["closed", "cut as well"])
def test_an_upgrade_that_is_cut_is_done_again_and_its_copy_lies_there_first(
    tmp_path: Path, is_closed: bool
) -> None:
    """One-line break: in `_back_up` of `migrating.py`, do not flush the new folder's own name."""
    root = tmp_path / "kiosk"
    before = made_by_the_program_before(tmp_path / "before", root, is_closed=is_closed)
    with recorded(root) as morning:
        opened(root).close()
    operations = morning.recording.operations
    dice = random.Random(random.getrandbits(32))
    # A flush covers all that is in the log by then, the new schema too, before it covers the names beside it.
    named = {at for at, item in enumerate(operations) if item == NamesFlushed(PurePath(DATABASE_FOLDER))}
    moments = {*named, *(dice.randint(1, len(operations)) for _ in range(CUTS))}
    platter = morning.recording.platter()
    for at, operation in enumerate(operations, 1):
        platter.take(operation)
        if at in moments:
            image = platter.image(Loss.ALL if at in named else dice.choice(PROMISED), dice)
            found, copies = looked_into(image)
            assert found in {before, head_revision()}
            if found == head_revision():
                assert copies == [before]
    assert looked_into(platter.image(Loss.ALL, dice)) == (head_revision(), [before])


def made_by_the_program_before(root: Path, left: Path, *, is_closed: bool) -> str:
    """Leave a store as the program of one revision earlier would, with a word in it; return that revision.

    Where it is not closed, its log lies there too.
    """
    for folder in (DATABASE_FOLDER, MARKER_FOLDER):
        (root / folder).mkdir(parents=True)
    path = root / DATABASE_FOLDER / DATABASE_FILE
    database = Database(path, load_key(path.parent, path), Role.SCREEN)
    config = _config()
    before = ScriptDirectory.from_config(config).get_revision(head_revision()).down_revision
    assert isinstance(before, str)
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, before)
        connection.execute(text("INSERT INTO setting VALUES ('kept', 'a word')"))
    if is_closed:
        database.close()
    shutil.copytree(root, left, ignore=shutil.ignore_patterns("*-shm"))
    database.close()
    return before


def looked_into(image: Image) -> tuple[str, list[str]]:
    """Return the revisions of the store and of its copies; the next start must bring the store up to date."""
    copies = [path for path in image if path.parent.name == BACKUPS and path.suffix == ".db"]
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        root = Path(folder)
        lay(image, root)
        found = revision_in(root, PurePath(DATABASE_FOLDER, DATABASE_FILE))
        assert found is not None
        revisions = [revision_in(root, path) for path in copies]
        clock = MovableClock()
        clock.pass_time(60)
        kept = opened(root, clock)
        with kept.database.reading() as connection:
            assert connection.execute(_KEPT).scalar() == "a word"
        kept.close()
    return found, [revision for revision in revisions if revision is not None]


def revision_in(root: Path, path: PurePath) -> str | None:
    """Return the revision of a database, None of one that is not whole."""
    database = Database(root / path, load_key(root / DATABASE_FOLDER, root / path), Role.SCREEN)
    try:
        with database.reading() as connection:
            if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                return None
            if not inspect(connection).has_table("alembic_version"):
                return None
            revision: str = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
            return revision
    except StorageFault:
        return None
    finally:
        database.close()
