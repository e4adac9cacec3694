"""Personal fields lie sealed in the bureau's log, and their keys in a file that no backup holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.actions.faults import StorageFault
from kiosk.bureau import key_files
from kiosk.bureau.backups import back_up
from kiosk.bureau.capsule_contents import shown_of
from kiosk.bureau.databases import looked_into
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.key_stores import KeyStore
from kiosk.bureau.offices import Office, office
from kiosk.bureau.readings import CLOSED
from kiosk.bureau.rebuilding import rebuild, rebuild_in
from kiosk.bureau.tables import dead_letter, event, feed_row, stream
from kiosk.messages.events import CertificateRecorded, FirstAnswersGiven, WorkerCorrected
from kiosk.messages.personal import Kind
from kiosk.messages.sealing import new_key
from kiosk.messages.sync import SyncReply
from tests.unit.bureau.rehearsal import (
    DAWN,
    HandClock,
    Machine,
    new_machine,
    number_of,
    pulse,
    registered,
    say,
    say_once,
)

ANNA = number_of(1)
PHONE = "13900000001"
ANSWERS = FirstAnswersGiven(worker="w1", phone=PHONE, trades=["weeding"], span="day")
SEEN = CertificateRecorded(worker="w1", kind="welder", number_tail="880012", actor="s1")
WORDS = [word.encode() for word in ("测试甲", ANNA, PHONE, "880012", "19680312", "weeding", "1968-03-12")]


@pytest.fixture
def machine(bureau: Office, folder: Path) -> Machine:
    machine = new_machine(bureau, folder)
    for body in (registered("w1", ANNA), ANSWERS, SEEN):
        machine.do(body)
    return machine


def files_with_words(folder: Path) -> list[str]:
    """Return the files in which a word about the person stands in clear."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in WORDS)]


def name_of(bureau: Office, person: str = "w1") -> str | None:
    with bureau.database.reading() as connection:
        [shown] = shown_of(connection, bureau.reader, [person], bureau.clock.now())
    return shown.identity.name if shown.identity else None


def in_tray(reply: SyncReply) -> list[tuple[int, str]]:
    return [(item.seq, item.reason) for item in reply.refusals]


def kept_entries(bureau: Office) -> int:
    with bureau.database.reading() as connection:
        return len(connection.execute(select(event)).all())


def test_what_was_put_right_holds_until_the_person_registers_anew(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    """One-line break: leave the correction standing in `register_worker`."""
    machine.do(WorkerCorrected(worker="w1", name="测试戊", sex="1", birth_date=None, actor="s1"))
    pulse(bureau, machine)
    assert name_of(bureau) == "测试戊"
    assert rebuild_in(bureau.database, bureau.reader) == 4
    assert name_of(bureau) == "测试戊"
    machine.do(registered("w1", ANNA, notice_version=2))
    pulse(bureau, machine)
    assert name_of(bureau) == "测试甲"


def test_no_file_of_the_bureau_names_anybody(bureau: Office, machine: Machine, folder: Path) -> None:
    pulse(bureau, machine)
    bureau.seal_due()
    assert name_of(bureau) == "测试甲"
    assert files_with_words(folder) == []


def test_no_backup_holds_a_key_or_a_capsule(
    bureau: Office, machine: Machine, folder: Path, tmp_path: Path
) -> None:
    """Broken by copying the key store, or the capsules, which city key and number open."""
    pulse(bureau, machine)
    bureau.seal_due()
    made = back_up(folder, tmp_path / "backups", DAWN)
    held = b"".join(path.read_bytes() for path in made.iterdir())
    keys = [key.secret for key in machine.keys.values()]
    assert len(keys) == 2
    assert not any(secret.encode() in held or bytes.fromhex(secret) in held for secret in keys)
    with looked_into(made) as connection:
        capsules = connection.execute(select(feed_row).where(feed_row.c.topic == "capsule")).all()
    assert [(row.body, row.is_deleted) for row in capsules] == [("", True)]


def test_an_entry_is_not_acknowledged_before_its_key_is_on_the_disk(
    bureau: Office, machine: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by committing without `keep_told`: a power cut then leaves an entry that nobody can read."""
    monkeypatch.setattr(key_files, "_BUSY_S", 0.01)
    bureau.reader.keys.tell([new_key("w9", Kind.OPTIONAL, 0)])
    bureau.reader.keys.keep_told()
    machine.hello = say_once(bureau, machine, machine.request()).hello
    with closing(sqlite3.connect(BureauFolder(folder).worker_keys)) as beside:
        beside.execute("BEGIN IMMEDIATE")  # the file can be read, and not written
        with pytest.raises(StorageFault):
            say_once(bureau, machine, machine.request())
    assert kept_entries(bureau) == 0
    assert say_once(bureau, machine, machine.request()).acked == 3
    with closing(KeyStore(BureauFolder(folder).worker_keys)) as after_a_power_cut:
        assert after_a_power_cut.secrets("w1", Kind.STATUTORY) == bureau.reader.keys.secrets(
            "w1", Kind.STATUTORY
        )
        assert len(after_a_power_cut.secrets("w1", Kind.OPTIONAL)) == 1


def test_the_key_store_is_for_its_owner_alone(bureau: Office, machine: Machine, folder: Path) -> None:
    pulse(bureau, machine)
    assert BureauFolder(folder).worker_keys.stat().st_mode & 0o777 == 0o600


def test_an_entry_whose_key_never_came_is_kept_and_its_kiosk_is_told(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    """Broken by taking it in silently: nobody asks the person again while that can be done."""
    reply = say(bureau, machine, machine.request().model_copy(update={"keys": []}))
    assert (reply.acked, in_tray(reply)) == (3, [(1, CLOSED), (2, CLOSED), (3, CLOSED)])
    assert name_of(bureau) is None
    bureau.seal_due()
    assert rebuild(folder) == 3
    assert check_invariants(folder) == []
    assert in_tray(say(bureau, machine, machine.request(first=1))) == in_tray(reply)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"kind": "optional"},
        {"kind": "of next year"},
        {"worker": "w2"},
        {"worker": ""},
        {"secret": ""},
        {"secret": "00" * 16},
        {"epoch": 2**70},
    ],
    ids=str,
)
def test_a_key_that_does_not_fit_costs_its_own_entries_alone(
    bureau: Office, machine: Machine, folder: Path, spoilt: dict[str, object]
) -> None:
    said = machine.request()
    keys = [key.model_copy(update=spoilt if key.kind == "statutory" else {}) for key in said.keys]
    reply = say(bureau, machine, said.model_copy(update={"keys": keys}))
    assert (reply.acked, in_tray(reply)) == (3, [(1, CLOSED), (3, CLOSED)])
    assert check_invariants(folder) == []


def test_what_came_closed_hides_no_loss_of_what_came_open(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    """Broken by counting only what no kiosk was ever told of, or by telling it anew in a rebuild."""
    say(bureau, machine, machine.request().model_copy(update={"keys": []}))
    other = new_machine(bureau, folder, no=2)
    other.do(registered("w2", number_of(2)))
    pulse(bureau, other)
    bureau.reader.keys.close()
    BureauFolder(folder).worker_keys.unlink()
    rebuild(folder)
    assert check_invariants(folder) == ["1 entries are sealed by keys that are lost"]


def test_a_dead_letter_needs_no_key(bureau: Office, folder: Path) -> None:
    machine = new_machine(bureau, folder)
    machine.do(SEEN)  # of somebody whom nobody registered
    machine.write("first_answers_given", 2, '{"sealed":"00"}')
    said = machine.request(count=1).model_copy(update={"events": machine.journal, "keys": []})
    reply = say(bureau, machine, said)
    reasons = ["bureau.refused.unknown_worker", "bureau.refused.malformed"]
    assert in_tray(reply) == list(enumerate(reasons, start=1))
    assert check_invariants(folder) == []


def test_a_key_that_comes_later_opens_what_is_here(bureau: Office, machine: Machine, folder: Path) -> None:
    say(bureau, machine, machine.request().model_copy(update={"keys": []}))
    pulse(bureau, machine)
    say(bureau, machine, machine.request(first=1))
    assert name_of(bureau) == "测试甲"
    rebuild(folder)
    assert check_invariants(folder) == []


def test_a_rebuild_without_keys_closes_what_they_opened_and_breaks_nothing(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    pulse(bureau, machine)
    bureau.reader.keys.close()
    BureauFolder(folder).worker_keys.unlink()
    assert rebuild(folder) == 3
    assert check_invariants(folder) == ["3 entries are sealed by keys that are lost"]
    assert name_of(bureau) is None


def test_what_opens_to_nonsense_is_a_dead_letter(bureau: Office, folder: Path) -> None:
    machine = new_machine(bureau, folder)
    machine.do(registered("w1", ANNA))
    machine.do(registered("w1", ANNA).model_copy(update={"person": None, "sealed": ""}))
    machine.write("first_answers_given", 2, '{"worker":"w1","sealed":"no hex"}')
    assert pulse(bureau, machine).acked == 3
    with bureau.database.reading() as connection:
        rows = connection.execute(select(dead_letter.c.seq, dead_letter.c.reason).order_by(dead_letter.c.seq))
        assert [tuple(row) for row in rows] == [
            (2, "bureau.refused.malformed"),
            (3, "bureau.refused.malformed"),
        ]


def test_a_strange_key_stops_no_round(bureau: Office, machine: Machine) -> None:
    said = machine.request()
    changes = ({"kind": "of next year"}, {"secret": "?" * 999}, {"secret": ""}, {"epoch": 2**70})
    strange = [said.keys[0].model_copy(update=change) for change in changes]
    reply = say(bureau, machine, said.model_copy(update={"keys": [*strange, *said.keys]}))
    assert reply.acked == 3
    assert name_of(bureau) == "测试甲"


def test_one_person_of_two_dark_kiosks_has_two_keys_and_is_one_person(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    other = new_machine(bureau, folder, no=2)
    other.do(registered("w1", ANNA))
    pulse(bureau, machine)
    pulse(bureau, other)
    assert len(bureau.reader.keys.secrets("w1", Kind.STATUTORY)) == 2
    assert name_of(bureau) == "测试甲"
    assert check_invariants(folder) == []


def test_keys_outlive_the_server(bureau: Office, machine: Machine, folder: Path, clock: HandClock) -> None:
    pulse(bureau, machine)
    bureau.reader.keys.close()
    with office(folder, clock) as again:
        assert name_of(again) == "测试甲"
        with again.database.reading() as connection:
            assert connection.execute(select(stream.c.acked)).scalar_one() == 3
