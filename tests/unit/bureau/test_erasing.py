"""Erasure: what consent allowed goes at once, what law holds is hidden until its day, nothing comes back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from kiosk.actions.faults import Refused
from kiosk.bureau.backups import back_up
from kiosk.bureau.counting import counts
from kiosk.bureau.erasing import erase, erase_in
from kiosk.bureau.feeds import CITY, Changes, current_body
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import meta_value
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.key_stores import Erasure, KeyStore
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish
from kiosk.bureau.rebuilding import rebuild
from kiosk.bureau.restores import projections_digest, rehearse, restore
from kiosk.bureau.tables import event
from kiosk.cli.bureau import commands
from kiosk.messages.capsules import number_hash, unseal
from kiosk.messages.events import ClassHeld, FirstAnswersGiven
from kiosk.messages.feed import CapsuleBody, CapsuleContent, ErasureBody, ParameterBody
from kiosk.messages.personal import Kind
from kiosk.messages.sync import Want
from tests.unit.bureau.rehearsal import (
    DAWN,
    TODAY,
    HandClock,
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
    say,
    taken,
)
from tests.unit.bureau.test_sealed_log import ANNA, ANSWERS, PHONE, SEEN, name_of

OPTIONAL, BOTH = [Kind.OPTIONAL], [Kind.OPTIONAL, Kind.STATUTORY]


@pytest.fixture
def machine(bureau: Office, folder: Path) -> Machine:
    """A kiosk at which one person registered, answered and showed a certificate."""
    publish(bureau.database, CITY, [employer(), job("j1")])
    machine = new_machine(bureau, folder)
    for body in (registered("w1", ANNA, notice_version=3), ANSWERS, SEEN, checked_in("w1")):
        machine.do(body)
    pulse(bureau, machine, [Want(quota="places:j1", count=3)])
    bureau.seal_due()
    return machine


def ask(bureau: Office, kinds: list[Kind], whom: str = "w1", days: float = 0) -> list[Erasure]:
    asked_at = bureau.clock.now() + timedelta(days=days)
    return erase_in(bureau.database, bureau.reader, whom, kinds, asked_at)


def take_a_place(bureau: Office, machine: Machine) -> None:
    machine.do(taken("w1", "p1", 1))
    pulse(bureau, machine)
    bureau.seal_due()


def capsule(bureau: Office) -> CapsuleContent | None:
    bureau.seal_due()
    with bureau.database.reading() as connection:
        said = current_body(connection, Changes(), [CITY], "capsule", number_hash(bureau.city_key, ANNA))
    return unseal(bureau.city_key, ANNA, CapsuleBody.model_validate_json(said[1]).sealed) if said else None


def told(bureau: Office, kind: Kind) -> ErasureBody | None:
    with bureau.database.reading() as connection:
        said = current_body(connection, Changes(), [CITY], "erasure", f"w1/{kind.value}")
    return ErasureBody.model_validate_json(said[1]) if said else None


def hear(machine: Machine, bureau: Office) -> None:
    """Let a kiosk carry out the erasures that it was told."""
    for kind in Kind:
        erased = told(bureau, kind)
        if erased is not None:
            machine.epochs["w1", kind] = erased.epoch
            machine.keys = {
                of: key for of, key in machine.keys.items() if of[:2] != ("w1", kind) or of[2] >= erased.void
            }


def digest(bureau: Office) -> str:
    with bureau.database.reading() as connection:
        return projections_digest(connection)


@contextmanager
def restored(folder: Path, made: Path, clock: HandClock) -> Iterator[Office]:
    """Put a backup back where all else lies that no backup holds."""
    copy = Path(shutil.copytree(folder, folder.parent / "restored"))
    restore(copy, made, DAWN)
    with office(copy, clock) as again:
        yield again


def generation_of(bureau: Office) -> str:
    with bureau.database.reading() as connection:
        return meta_value(connection, "generation")


def test_what_consent_allowed_goes_at_once_and_spares_who_it_is(bureau: Office, machine: Machine) -> None:
    """Broken by destroying both keys where one was asked for."""
    (erased,) = ask(bureau, OPTIONAL)
    assert erased.is_destroyed
    known = capsule(bureau)
    assert known is not None
    assert (known.phone, known.trades, known.span, len(known.certificates)) == (None, [], None, 1)
    assert name_of(bureau) == "测试甲"
    assert told(bureau, Kind.OPTIONAL) == ErasureBody(worker="w1", kind="optional", epoch=1, void=1)
    assert told(bureau, Kind.STATUTORY) is None


def test_who_it_is_can_go_without_what_consent_allowed(bureau: Office, machine: Machine) -> None:
    """Broken by destroying the optional key with the statutory one."""
    (erased,) = ask(bureau, [Kind.STATUTORY])
    assert erased.is_destroyed
    assert bureau.reader.keys.secrets("w1", Kind.STATUTORY) == []
    assert len(bureau.reader.keys.secrets("w1", Kind.OPTIONAL)) == 1
    assert capsule(bureau) is None


def test_somebody_whom_no_law_holds_is_erased_at_once(bureau: Office, machine: Machine, folder: Path) -> None:
    before = counts(folder)
    assert [item.is_destroyed for item in ask(bureau, BOTH)] == [True, True]
    assert (capsule(bureau), name_of(bureau)) == (None, None)
    assert counts(folder) == before
    assert check_invariants(folder) == []
    with pytest.raises(Refused):
        ask(bureau, BOTH, whom=ANNA)
    assert [item.is_destroyed for item in ask(bureau, BOTH)] == [True, True]


def test_a_person_is_found_by_the_number_on_the_card(bureau: Office, machine: Machine) -> None:
    assert ask(bureau, OPTIONAL, whom=ANNA)[0].worker == "w1"
    with pytest.raises(Refused):
        ask(bureau, OPTIONAL, whom=number_of(77))


def test_what_law_holds_is_shown_to_nobody_and_goes_on_its_day(
    bureau: Office, machine: Machine, folder: Path, clock: HandClock
) -> None:
    """Broken by showing what is only restricted, in a capsule or a list."""
    take_a_place(bureau, machine)
    optional, statutory = ask(bureau, BOTH)
    assert optional.is_destroyed
    assert (statutory.is_destroyed, statutory.held_until) == (False, TODAY.replace(year=TODAY.year + 3))
    assert "人力资源市场暂行条例" in statutory.law
    assert (capsule(bureau), name_of(bureau)) == (None, None)
    held = told(bureau, Kind.STATUTORY)
    assert held is not None
    assert (held.epoch, held.void, held.law, held.held_until) == (1, 0, statutory.law, statutory.held_until)
    assert len(bureau.reader.keys.secrets("w1", Kind.STATUTORY)) == 1, "law still reads it"
    clock.instant += timedelta(days=3 * 366 - 5)
    bureau.seal_due()
    assert len(bureau.reader.keys.secrets("w1", Kind.STATUTORY)) == 1
    clock.instant += timedelta(days=10)
    bureau.seal_due()
    assert bureau.reader.keys.secrets("w1", Kind.STATUTORY) == []
    assert told(bureau, Kind.STATUTORY) == ErasureBody(worker="w1", kind="statutory", epoch=1, void=1)
    assert check_invariants(folder) == []


def test_the_longest_law_counts_and_its_years_are_parameters(bureau: Office, machine: Machine) -> None:
    held = ClassHeld(worker="w1", hazard_class="farm", held_on=TODAY, valid_until=TODAY, actor="s1")
    machine.do(held)
    pulse(bureau, machine)
    years = ParameterBody(
        key="retention.safety_class_years",
        value="5",
        unit="years",
        source="示例",
        effective_from=date(2020, 1, 1),
    )
    publish(bureau.database, CITY, [years])
    take_a_place(bureau, machine)
    (erased,) = ask(bureau, [Kind.STATUTORY])
    assert (erased.held_until, erased.law) == (TODAY.replace(year=TODAY.year + 5), "示例")


def test_a_kiosk_that_was_dark_does_not_bring_it_back(bureau: Office, machine: Machine, folder: Path) -> None:
    """Broken by believing a key that was destroyed, or one made before its maker heard of the erasure."""
    dark = new_machine(bureau, folder, no=2)
    dark.do(registered("w1", ANNA))
    dark.do(ANSWERS)
    ask(bureau, BOTH)
    pulse(bureau, dark)
    say(bureau, machine, machine.request(first=1))
    for kind in Kind:
        assert bureau.reader.keys.secrets("w1", kind) == []
    assert (capsule(bureau), name_of(bureau)) == (None, None)
    assert check_invariants(folder) == []


def test_a_destroyed_key_is_known_again_whatever_is_said_of_it(bureau: Office, machine: Machine) -> None:
    """Broken by looking at the epoch alone."""
    old = [key for key in machine.keys.values() if key.kind == "optional"]
    ask(bureau, OPTIONAL)
    lie = [key.model_copy(update={"epoch": 7}) for key in old]
    say(bureau, machine, machine.request(first=1).model_copy(update={"keys": lie}))
    assert bureau.reader.keys.secrets("w1", Kind.OPTIONAL) == []


def test_an_erasure_from_before_stays_when_another_is_only_restricted(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    """Broken by letting old keys in while the present ones are held by law."""
    dark = new_machine(bureau, folder, no=2)
    dark.do(registered("w1", ANNA))
    ask(bureau, BOTH)
    hear(machine, bureau)
    machine.do(registered("w1", ANNA, notice_version=4))
    pulse(bureau, machine)
    take_a_place(bureau, machine)
    (again,) = ask(bureau, [Kind.STATUTORY])
    assert (again.epoch, again.void) == (2, 1)
    pulse(bureau, dark)
    assert len(bureau.reader.keys.secrets("w1", Kind.STATUTORY)) == 1


def test_who_comes_again_is_known_again_by_what_is_said_then(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    ask(bureau, BOTH)
    hear(machine, bureau)
    machine.do(registered("w1", ANNA, notice_version=4))
    machine.do(FirstAnswersGiven(worker="w1", phone="13900000002", trades=[], span=None))
    pulse(bureau, machine)
    known = capsule(bureau)
    assert known is not None
    assert (known.phone, known.notice_version, known.certificates) == ("13900000002", 4, [])
    assert name_of(bureau) == "测试甲"
    before = digest(bureau)
    rebuild(folder)
    assert digest(bureau) == before


def test_a_registration_from_the_dark_hides_nobody_who_came_again_since(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    """Broken by believing whichever registration comes last: one whose key is gone names nobody."""
    dark = new_machine(bureau, folder, no=2)
    dark.do(registered("w1", ANNA))
    ask(bureau, BOTH)
    hear(machine, bureau)
    machine.do(registered("w1", ANNA, notice_version=4).model_copy(update={"epoch": 1}))
    pulse(bureau, machine)
    pulse(bureau, dark)
    known = capsule(bureau)
    assert known is not None
    assert (known.notice_version, name_of(bureau)) == (4, "测试甲")
    before = digest(bureau)
    rebuild(folder)
    assert digest(bureau) == before


@pytest.mark.parametrize("kinds", [OPTIONAL, BOTH])
def test_a_rebuild_gives_the_same_tables_after_an_erasure(
    bureau: Office, machine: Machine, folder: Path, kinds: list[Kind]
) -> None:
    other = new_machine(bureau, folder, no=2)
    other.do(registered("w2", ANNA))  # the same person, whom a dark kiosk named otherwise
    other.do(checked_in("w2", "c2", TODAY + timedelta(days=1)))
    pulse(bureau, other)
    ask(bureau, kinds, whom="w2")
    before = digest(bureau)
    assert rebuild(folder) == len(machine.journal) + len(other.journal)
    assert digest(bureau) == before


def test_both_ids_of_a_person_are_erased(bureau: Office, machine: Machine, folder: Path) -> None:
    other = new_machine(bureau, folder, no=2)
    other.do(registered("w2", ANNA))
    pulse(bureau, other)
    ask(bureau, BOTH, whom="w2")
    assert bureau.reader.keys.secrets("w1", Kind.STATUTORY) == []
    assert bureau.reader.keys.secrets("w2", Kind.STATUTORY) == []


@pytest.mark.parametrize("is_lawful", [False, True])
def test_no_backup_brings_it_back(
    bureau: Office, machine: Machine, folder: Path, tmp_path: Path, clock: HandClock, *, is_lawful: bool
) -> None:
    """Broken by backing the keys up, or by a restore that does not hear of erasures again."""
    if is_lawful:
        take_a_place(bureau, machine)
    made = back_up(folder, tmp_path / "backups", DAWN)
    ask(bureau, BOTH)
    assert rehearse(folder, made, DAWN).problems == []
    with restored(folder, made, clock) as again:
        assert told(again, Kind.OPTIONAL) == ErasureBody(worker="w1", kind="optional", epoch=1, void=1)
        machine.reply = machine.reply.model_copy(update={"generation": generation_of(again)})
        say(again, machine, machine.request(first=1))
        assert (capsule(again), name_of(again)) == (None, None)
        assert again.reader.keys.secrets("w1", Kind.OPTIONAL) == []


def test_a_restore_without_its_key_store_reads_nothing_until_kiosks_tell(
    bureau: Office, machine: Machine, folder: Path, tmp_path: Path, clock: HandClock
) -> None:
    made = back_up(folder, tmp_path / "backups", DAWN)
    elsewhere = tmp_path / "new machine"
    restore(elsewhere, made, DAWN)
    with office(elsewhere, clock) as again:
        assert (capsule(again), name_of(again)) == (None, None)
        machine.reply = machine.reply.model_copy(update={"generation": generation_of(again)})
        say(again, machine, machine.request(first=1))
        assert name_of(again) == "测试甲"
        bureau.seal_due()


def test_a_crash_between_the_two_files_is_made_good_at_the_next_start(
    bureau: Office, machine: Machine, folder: Path, clock: HandClock
) -> None:
    """Broken by hearing of erasures only when they are asked: no kiosk would ever learn of this one."""
    asked = Erasure("w1", Kind.STATUTORY, "w1", epoch=1, void=1, asked_at=DAWN)
    bureau.reader.keys.note(asked)
    with office(folder, clock) as again:
        assert told(again, Kind.STATUTORY) == ErasureBody(worker="w1", kind="statutory", epoch=1, void=1)
        assert capsule(again) is None


def test_entries_of_older_programs_lose_their_words(bureau: Office, folder: Path) -> None:
    machine = new_machine(bureau, folder)
    person = registered("w1", ANNA).person
    assert person is not None
    body = '{"worker":"w1","number_hash":"","person":' + person.model_dump_json()
    machine.write("worker_registered", 1, body + ',"notice_version":1,"method":"card"}')
    answers = f'"phone":"{PHONE}","trades":[],"span":null}}'
    machine.write("first_answers_given", 1, '{"worker":"w1",' + answers)
    machine.write("first_answers_given", 1, '{"worker":"nobody",' + answers)
    pulse(bureau, machine)
    known = capsule(bureau)
    assert known is not None
    assert known.phone == PHONE
    ask(bureau, BOTH)
    with bureau.database.reading() as connection:
        bodies = connection.scalars(select(event.c.body).order_by(event.c.seq)).all()
    assert not any(word in text for text in bodies[:2] for word in (ANNA, PHONE, "测试甲"))
    before = digest(bureau)
    assert rebuild(folder) == 2
    assert digest(bureau) == before
    assert check_invariants(folder) == []


def test_a_command_beside_the_server_destroys_keys_for_both(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    erase(folder, "w1", BOTH, DAWN)
    assert (capsule(bureau), name_of(bureau)) == (None, None)
    say(bureau, machine, machine.request(first=1))
    assert name_of(bureau) is None


def test_the_key_store_keeps_no_byte_of_a_destroyed_key(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    """Broken by leaving `secure_delete` off, or the journal of the file as it was."""
    bureau.seal_due()
    secrets = [key.secret.encode() for key in machine.keys.values()]
    of_capsule = bureau.reader.keys.capsule_key("w1", number_hash(bureau.city_key, ANNA))
    assert of_capsule is not None
    secrets.append(of_capsule.hex().encode())
    files = [path for path in folder.iterdir() if path.name.startswith(BureauFolder(folder).worker_keys.name)]
    assert all(any(secret in path.read_bytes() for path in files) for secret in secrets)
    ask(bureau, BOTH)
    assert not any(secret in path.read_bytes() for path in files for secret in secrets)
    with closing(KeyStore(BureauFolder(folder).worker_keys)) as store:
        assert [item.void for item in store.erasures()] == [1, 1]


def test_a_lost_key_store_does_not_forget_what_was_erased(
    bureau: Office, machine: Machine, folder: Path, clock: HandClock
) -> None:
    """Broken by taking an empty key store at its word: a dark kiosk's key would be a good one."""
    dark = new_machine(bureau, folder, no=2)
    dark.do(registered("w1", ANNA))
    ask(bureau, BOTH)
    bureau.reader.keys.close()
    BureauFolder(folder).worker_keys.unlink()
    with office(folder, clock) as again:
        pulse(again, dark)
        assert again.reader.keys.secrets("w1", Kind.STATUTORY) == []
        assert name_of(again) is None


def test_the_command_says_what_is_gone_and_what_law_holds(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    take_a_place(bureau, machine)
    told = CliRunner().invoke(commands, ["erase", "--data", str(folder), "--what", "all"], input=ANNA)
    assert told.exit_code == 0
    assert ANNA not in told.output
    optional, statutory = [line.split("\t") for line in told.output.splitlines()[-2:]]
    assert optional[:2] == ["optional", "erased"]
    assert statutory[:2] == ["statutory", "restricted"]
    assert "人力资源市场暂行条例" in statutory[3]
