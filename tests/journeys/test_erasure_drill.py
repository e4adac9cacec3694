"""The erasure drill: somebody asks, and no byte of name, number or telephone is left, at bureau or halls.

Two kiosks with encrypted stores and one bureau, spoken to without a wire between; one is dark meanwhile.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlcipher3 import dbapi2

from kiosk.actions.check_in import give_first_answers, register_and_check_in
from kiosk.actions.own_data import ask_erasure, look_at
from kiosk.actions.recognise import Acquaintance, recognise
from kiosk.actions.record_papers import hold_class, record_certificate
from kiosk.actions.verify_hardship import record_skill, verify_hardship
from kiosk.bureau.backups import back_up
from kiosk.bureau.counting import counts
from kiosk.bureau.erasing import erase
from kiosk.bureau.feeds import CITY
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish
from kiosk.bureau.rebuilding import rebuild
from kiosk.bureau.restores import projections_digest, restore
from kiosk.bureau.tables import event
from kiosk.domain.cards import IdentityCard
from kiosk.domain.clock import hall_day
from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.jobs import Certificate
from kiosk.domain.skills import Grade, HeldSkill
from kiosk.domain.workers import FirstAnswers, HeldCertificate, WorkSpan
from kiosk.messages.events import EVENT_TYPES, FIRST_HASH, chain_hash
from kiosk.messages.personal import Kind
from kiosk.messages.sync import ClockView
from kiosk.protocol.kiosk_side import request_of, take_in
from kiosk.storage.keys import DatabaseKey
from tests.halls import CITY_KEY, CLERK, MovableClock, SampleKiosk, open_sample_kiosk
from tests.unit.bureau.rehearsal import Machine, new_machine, say_once

PHONE = "13900000001"
TAIL = "88001234"
BOTH = [Kind.OPTIONAL, Kind.STATUTORY]


@dataclass
class Hall:
    """A kiosk that speaks with the bureau whenever a test says so."""

    kiosk: SampleKiosk
    speaker: Machine
    folder: Path

    def speak(self, bureau: Office) -> None:
        """Do rounds until nothing is left to say or to read."""
        book, clock = self.kiosk.opened.sync_book, self.kiosk.clock
        for _ in range(30):
            clock.pass_time(1)
            view = ClockView(wall=clock.now(), boot="b", boottime_ms=int(clock.monotonic() * 1000))
            said = request_of(book.outgoing(500), self.speaker.reply.kiosk, view)
            reply = say_once(bureau, self.speaker, said)
            if not take_in(book, said, reply, clock.now(), lambda: None).speaks_again:
                return

    def words(self) -> str:
        """Return everything that stands in the store, read with its key."""
        key = self.kiosk.opened.key
        return "".join(_dump(path, key) for path in self.folder.rglob("*.db"))


@dataclass
class Town:
    """The bureau, its folder, and two halls."""

    bureau: Office
    folder: Path
    first: Hall
    second: Hall
    card: IdentityCard

    @property
    def secret_words(self) -> list[str]:
        """Return what must be found nowhere."""
        number, name = self.card.number, self.card.display_name
        return [number, number[:17], number[6:14], name, PHONE, TAIL, "weeding", "disabled", "technician"]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def town(tmp_path: Path, clock: MovableClock) -> Iterator[Town]:
    folder = tmp_path / "bureau"
    init_bureau(folder, "测试人社局")
    BureauFolder(folder).city_key.write_bytes(CITY_KEY)
    with office(folder, clock) as bureau:
        halls = []
        for no in (1, 2):
            place = tmp_path / f"kiosk-{no}"
            kiosk = open_sample_kiosk(place, clock, has_rights=False, is_made_anew=True)
            publish(bureau.database, CITY, kiosk.sample.parameters)
            halls.append(Hall(kiosk, new_machine(bureau, folder, no=no), place))
        card = next(item.card for item in halls[0].kiosk.people.values() if item.story == "rare_character")
        yield Town(bureau, folder, halls[0], halls[1], card)
        for hall in halls:
            hall.kiosk.opened.close()


def come_in(town: Town, at: Hall, *, answers: bool = True) -> str:
    hall = at.kiosk.hall
    met = recognise(hall, town.card)
    register_and_check_in(hall, met)
    if answers:
        give_first_answers(hall, met.worker, FirstAnswers(PHONE, ("weeding",), WorkSpan.DAY))
        record_certificate(hall, met.worker, HeldCertificate(Certificate.WELDER, TAIL, None, None), CLERK)
        verify_hardship(hall, met.worker, HeldHardship(Hardship.DISABLED, None), CLERK)
        record_skill(hall, met.worker, HeldSkill("masonry", Grade.TECHNICIAN), CLERK)
    return met.worker


def found_in(folder: Path, words: list[str]) -> set[str]:
    """Return which words stand in clear in any file of a folder, in either spelling of Chinese."""
    content = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    return {word for word in words for code in ("utf-8", "gb18030") if word.encode(code) in content}


def read_by(bureau: Office, words: list[str]) -> set[str]:
    """Return which words somebody can read with every key that the bureau has."""
    with bureau.database.reading() as connection:
        said = []
        for row in connection.execute(select(event)):
            body = bureau.reader.entry(connection, EVENT_TYPES[row.type], row.stream, row.seq)
            said.append("" if body is None else body.model_dump_json())
    return {word for word in words if word in "".join(said)}


def assert_chains_hold(bureau: Office) -> None:
    """Every hash still follows from its entry: what was destroyed was never part of the chain."""
    with bureau.database.reading() as connection:
        rows = connection.execute(select(event).order_by(event.c.stream, event.c.seq)).all()
    before: dict[str, str] = {}
    for row in rows:
        last = before.get(row.stream, FIRST_HASH)
        assert chain_hash(row.stream, row.seq, row.type, row.v, last, row.body) == row.hash
        before[row.stream] = row.hash


def test_nothing_of_a_person_who_asks_is_left_anywhere(
    town: Town, tmp_path: Path, clock: MovableClock
) -> None:
    """Broken by anything that keeps a word or a key: a table, a backup, a capsule, a kiosk that was dark."""
    person = come_in(town, town.first)
    come_in(town, town.second, answers=False)  # dark: the same person, by a key of its own
    town.first.speak(town.bureau)
    town.bureau.seal_due()
    old = back_up(town.folder, tmp_path / "backups", clock.now())
    assert read_by(town.bureau, town.secret_words) >= {town.card.number, PHONE, TAIL}
    assert town.card.number in town.first.words()
    assert found_in(town.folder, town.secret_words) == set(), "even before, no file names anybody"
    before = counts(town.folder)

    done = erase(town.folder, person, BOTH, clock.now())

    assert [item.is_destroyed for item in done] == [True, True]
    assert counts(town.folder) == before
    town.first.speak(town.bureau)
    town.second.speak(town.bureau)
    town.bureau.seal_due()
    assert read_by(town.bureau, town.secret_words) == set()
    for hall in (town.first, town.second):
        assert {word for word in town.secret_words if word in hall.words()} <= {"weeding"}, "it is a trade"
        assert found_in(hall.folder, town.secret_words) == set()
    assert_chains_hold(town.bureau)
    with town.bureau.database.reading() as connection:
        tables = projections_digest(connection)
    rebuild(town.folder)
    with town.bureau.database.reading() as connection:
        assert projections_digest(connection) == tables
    assert check_invariants(town.folder) == []

    copy = Path(shutil.copytree(town.folder, tmp_path / "restored"))
    restore(copy, old, clock.now())
    with office(copy, clock) as again:
        for hall in (town.first, town.second):
            hall.speak(again)
        assert read_by(again, town.secret_words) == set()
        assert_chains_hold(again)
    assert found_in(copy, town.secret_words) == set()
    assert found_in(tmp_path / "backups", town.secret_words) == set()


def test_who_asks_for_the_answers_alone_is_still_known(town: Town, clock: MovableClock) -> None:
    person = come_in(town, town.first)
    town.first.speak(town.bureau)
    erase(town.folder, person, [Kind.OPTIONAL], clock.now())
    town.bureau.seal_due()
    town.first.speak(town.bureau)
    town.second.speak(town.bureau)
    assert read_by(town.bureau, town.secret_words) >= {town.card.number, TAIL}
    assert not read_by(town.bureau, [PHONE, "weeding", "disabled"])
    assert PHONE not in town.first.words()
    assert "disabled" not in town.first.words()
    known = recognise(town.second.kiosk.hall, town.card)
    assert known.capsule is not None
    assert (known.capsule.phone, known.capsule.trades) == (None, [])
    assert [item.number_tail for item in known.capsule.certificates] == [TAIL]
    assert [item.trade for item in known.capsule.skills] == ["masonry"]
    assert known.capsule.hardships == []


def test_whom_law_holds_is_told_so_and_goes_when_it_lets_go(town: Town, clock: MovableClock) -> None:
    person = come_in(town, town.first)
    hold_class(town.first.kiosk.hall, recognise(town.first.kiosk.hall, town.card).worker, "farm", CLERK)
    town.first.speak(town.bureau)
    _, statutory = erase(town.folder, person, BOTH, clock.now())
    assert statutory.held_until is not None
    assert "安全生产法" in statutory.law
    town.first.speak(town.bureau)
    assert town.card.number not in town.first.words(), "no kiosk keeps what is only held by law"
    assert recognise(town.first.kiosk.hall, town.card).capsule is None
    clock.instant += timedelta(days=3 * 366)
    town.bureau.seal_due()
    town.first.speak(town.bureau)
    assert town.bureau.reader.keys.secrets(person, Kind.STATUTORY) == []
    assert check_invariants(town.folder) == []


def test_who_asks_in_the_dark_is_forgotten_by_everybody_when_the_line_is_back(
    town: Town, clock: MovableClock
) -> None:
    """Told at a kiosk, carried out at the bureau, answered to every kiosk, and said to whoever asks again."""
    come_in(town, town.first)
    town.first.speak(town.bureau)
    town.bureau.seal_due()
    town.second.speak(town.bureau)
    asker = town.second.kiosk.hall
    assert ask_erasure(asker, recognise(asker, town.card))
    assert recognise(asker, town.card).acquaintance is Acquaintance.UNKNOWN
    town.second.speak(town.bureau)
    town.first.speak(town.bureau)
    assert read_by(town.bureau, town.secret_words) == set()
    for hall in (town.first, town.second):
        assert {word for word in town.secret_words if word in hall.words()} <= {"weeding"}
        told = look_at(hall.kiosk.hall, recognise(hall.kiosk.hall, town.card))
        assert told.worker is None
        assert told.optional is not None
        assert told.optional.void == told.optional.epoch == 1
        assert told.statutory is not None
        assert told.statutory.held_until == hall_day(clock.now()) + timedelta(days=15)
    clock.instant += timedelta(days=16)
    town.bureau.seal_due()
    town.first.speak(town.bureau)
    told = look_at(town.first.kiosk.hall, recognise(town.first.kiosk.hall, town.card))
    assert told.statutory is not None
    assert told.statutory.void == 1
    assert check_invariants(town.folder) == []


def _dump(path: Path, key: DatabaseKey) -> str:
    """Return every value of a database."""
    connection = dbapi2.connect(str(path))
    try:
        connection.execute(f"PRAGMA key = \"x'{key.raw.hex()}{key.salt.hex()}'\"")
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return "".join(_rows(connection, name) for (name,) in tables)
    finally:
        connection.close()


def _rows(connection: dbapi2.Connection, table: str) -> str:
    return repr(connection.execute(f'SELECT * FROM "{table}"').fetchall())  # noqa: S608 - a name of the schema
