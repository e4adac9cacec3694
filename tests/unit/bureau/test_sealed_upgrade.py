"""A bureau from before sealing: its people lose their words in the tables and keep them in the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from alembic import command
from sqlalchemy import text

from kiosk.bureau.databases import VERSION_TABLE, alembic_config, connect, migrate
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.offices import office
from kiosk.bureau.rebuilding import rebuild
from kiosk.bureau.restores import projections_digest
from kiosk.messages.capsules import number_hash
from kiosk.messages.events import Person
from tests.unit.bureau.rehearsal import HandClock, registered
from tests.unit.bureau.test_erasing import capsule
from tests.unit.bureau.test_sealed_log import ANNA, PHONE, name_of

_HASH = "0" * 64
_AT = "2026-09-17T21:10:00.000000Z"
Row = tuple[str, dict[str, object]]
"""A statement that inserts one row, and its values."""


def _insert(table: str, **values: object) -> Row:
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    return f"INSERT INTO {table} ({names}) VALUES ({marks})", values  # noqa: S608 - a test's own names


def an_old_bureau(folder: Path) -> None:
    """Bring the folder's database to where it was before sealing, and fill it as a program of then did."""
    path = BureauFolder(folder).database
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    database = connect(path, is_server=False)
    person = registered("w1", ANNA).person
    assert person is not None
    found = number_hash(BureauFolder(folder).city_key.read_bytes(), ANNA)
    with database.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        for said, values in (*_hall(), *_log(found, person), *_person(found, person)):
            connection.execute(text(said), values)
        assert VERSION_TABLE in str(connection.execute(text("SELECT name FROM sqlite_master")).all())
    database.close()


def _hall() -> Iterator[Row]:
    """Yield the bureau itself, one kiosk and its stream."""
    yield _insert("meta", key="generation", value="1-a")
    yield _insert("meta", key="name", value="测试人社局")
    yield _insert("meta", key="capsules_swept_on", value="")
    yield _insert(
        "kiosk",
        id="NZ-01",
        station="NZ",
        station_name="NZ",
        kiosk_no=1,
        letter="A",
        profile="worker",
        key_id="00",
        public_key="",
        device="d",
        seen_at=_AT,
    )
    yield _insert(
        "stream",
        id="s",
        kiosk="NZ-01",
        machine="",
        state="live",
        acked=4,
        head_hash=f"{_HASH[:-1]}4",
        boot="b",
        boottime_ms=1,
        cursors="{}",
        began_at=_AT,
        backup_upto=0,
    )


def _log(found: str, person: Person) -> Iterator[Row]:
    """Yield what its kiosk told, in clear."""
    bodies = (
        (
            "worker_registered",
            f'{{"worker":"w1","number_hash":"{found}","person":{person.model_dump_json()},'
            '"notice_version":3,"method":"card"}',
        ),
        ("first_answers_given", '{"worker":"w1","phone":null,"trades":[],"span":null}'),
        ("first_answers_given", f'{{"worker":"w1","phone":"{PHONE}","trades":["weeding"],"span":"day"}}'),
        (
            "certificate_recorded",
            '{"worker":"w1","kind":"welder","number_tail":"880012","valid_until":null,'
            '"review_by":null,"actor":"s1"}',
        ),
    )
    for seq, (kind, body) in enumerate(bodies, 1):
        yield _insert(
            "event",
            pos=seq,
            stream="s",
            seq=seq,
            type=kind,
            v=1,
            body=body,
            at=_AT,
            boot="b",
            boottime_ms=1,
            received_at=_AT,
            prev_hash=f"{_HASH[:-1]}{seq - 1}",
            hash=f"{_HASH[:-1]}{seq}",
        )


def _person(found: str, person: Person) -> Iterator[Row]:
    """Yield what was projected of that: the person with all words, and the certificate."""
    answers = {"phone": PHONE, "trades": '["weeding"]', "span": "day"}
    known = {"id": "w1", "number_hash": found, "notice_version": 3, "first_seen": _AT, "last_seen": _AT}
    yield _insert("worker", **known, **answers, **person.model_dump(mode="json"))
    yield _insert("worker_alias", alias="w1", worker="w1")
    yield _insert(
        "certificate",
        stream="s",
        seq=4,
        worker="w1",
        kind="welder",
        number_tail="880012",
        valid_until=None,
        review_by=None,
        actor="s1",
    )


def test_people_of_before_are_still_known_and_their_rows_say_nothing(folder: Path, clock: HandClock) -> None:
    an_old_bureau(folder)
    database = connect(BureauFolder(folder).database, is_server=False)
    migrate(database)
    with database.reading() as connection:
        row = connection.execute(text("SELECT * FROM worker")).one()
        before = projections_digest(connection)
    database.close()
    assert not {ANNA, PHONE, "测试甲"} & set(map(str, row))
    assert (row.identity_seq, row.answers_seq) == (1, 3)
    rebuild(folder)
    with office(folder, clock) as bureau:
        with bureau.database.reading() as connection:
            assert projections_digest(connection) == before
        assert name_of(bureau) == "测试甲"
        with bureau.database.writing() as connection:
            connection.execute(text("INSERT INTO capsule_due VALUES ('w1', 1)"))
        known = capsule(bureau)
        assert known is not None
        assert (known.phone, [item.number_tail for item in known.certificates]) == (PHONE, ["880012"])
