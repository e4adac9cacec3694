"""A bureau from before sealing: its people lose their words in the tables and keep them in the log."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from sqlalchemy import text

from kiosk.bureau.databases import VERSION_TABLE, alembic_config, connect, migrate
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.offices import office
from kiosk.bureau.rebuilding import rebuild
from kiosk.bureau.restores import projections_digest
from kiosk.messages.capsules import number_hash
from tests.unit.bureau.rehearsal import HandClock, registered
from tests.unit.bureau.test_erasing import capsule
from tests.unit.bureau.test_sealed_log import ANNA, PHONE, name_of

_HASH = "0" * 64


def _insert(table: str, **values: object) -> tuple[str, dict[str, object]]:
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
    at = "2026-09-17T21:10:00.000000Z"
    found = number_hash(BureauFolder(folder).city_key.read_bytes(), ANNA)
    bodies = [
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
    ]
    with database.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        rows = [
            _insert("meta", key="generation", value="1-a"),
            _insert("meta", key="name", value="测试人社局"),
            _insert("meta", key="capsules_swept_on", value=""),
            _insert(
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
                seen_at=at,
            ),
            _insert(
                "stream",
                id="s",
                kiosk="NZ-01",
                machine="",
                state="live",
                acked=4,
                head_hash=_HASH[:-1] + "4",
                boot="b",
                boottime_ms=1,
                cursors="{}",
                began_at=at,
                backup_upto=0,
            ),
            *(
                _insert(
                    "event",
                    pos=seq,
                    stream="s",
                    seq=seq,
                    type=kind,
                    v=1,
                    at=at,
                    boot="b",
                    boottime_ms=1,
                    prev_hash=_HASH[:-1] + str(seq - 1),
                    hash=_HASH[:-1] + str(seq),
                    body=body,
                    received_at=at,
                )
                for seq, (kind, body) in enumerate(bodies, 1)
            ),
            _insert(
                "worker",
                id="w1",
                number_hash=found,
                notice_version=3,
                phone=PHONE,
                trades='["weeding"]',
                span="day",
                first_seen=at,
                last_seen=at,
                **person.model_dump(mode="json"),
            ),
            _insert("worker_alias", alias="w1", worker="w1"),
            _insert(
                "certificate",
                stream="s",
                seq=4,
                worker="w1",
                kind="welder",
                number_tail="880012",
                valid_until=None,
                review_by=None,
                actor="s1",
            ),
        ]
        for said, values in rows:
            connection.execute(text(said), values)
        assert VERSION_TABLE in str(connection.execute(text("SELECT name FROM sqlite_master")).all())
    database.close()


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
