"""Kiosks renamed, given new keys and revoked: what each hears, what is refused, and what is never lost."""

from __future__ import annotations

import base64
import secrets
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from typer.testing import CliRunner

from kiosk.actions.faults import Refused
from kiosk.bureau.counting import counts
from kiosk.bureau.enrol import key_id_of
from kiosk.bureau.feeds import CITY, Changes, bodies
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.kept_beside import registry_of
from kiosk.bureau.offices import Office
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.publishing import publish
from kiosk.bureau.restoring import begin_generation
from kiosk.bureau.tables import rights, stream
from kiosk.bureau.trusting import ask_for_key, enrolled_kiosks, rename_kiosk, revoke_kiosk
from kiosk.bureau.write_offs import write_off_stream
from kiosk.cli import app
from kiosk.domain.quotas import NumberRange, NumberSet
from kiosk.messages.feed import KeyBody
from kiosk.messages.signing import prove_key, sign_request
from kiosk.messages.sync import PostReply, PostRequest, Want
from tests.unit.bureau.rehearsal import (
    DAWN,
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    pulse,
    registered,
    say_once,
    taken,
)

pytestmark = pytest.mark.both_databases
WANTS = (Want(quota="places:j1", count=3),)


def public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def come(
    bureau: Office, machine: Machine, new: Ed25519PrivateKey | None = None, proof_of: str | None = None
) -> PostReply:
    """Let a kiosk come to /post as it believes to be called, perhaps with a new key."""
    me, offered = machine.reply, public(new) if new else ""
    proof = prove_key(new, me.kiosk, proof_of or public(machine.key), offered) if new else ""
    request = PostRequest(
        kiosk=me.kiosk,
        station_name=me.station_name,
        letter=me.letter,
        key_id=me.key_id,
        new_key=offered,
        proof=proof,
    )
    body = request.model_dump_json().encode()
    signed = sign_request(machine.key, "POST", "/post", me.kiosk, secrets.token_hex(16), body)
    return bureau.post({name.lower(): value for name, value in signed.items()}, body)


def told(refused: pytest.ExceptionInfo[RequestRefused]) -> tuple[int, str]:
    return refused.value.status, refused.value.key.removeprefix("bureau.problem.")


def key_bodies(bureau: Office) -> dict[str, KeyBody]:
    with bureau.database.reading() as connection:
        said = [KeyBody.model_validate_json(body) for body in bodies(connection, CITY, "key")]
    return {body.key_id: body for body in said}


@pytest.fixture
def machine(bureau: Office, folder: Path) -> Machine:
    """A kiosk that holds three places, of which one is taken in an entry not yet told."""
    publish(bureau.database, "city", [employer(), job()])
    made = new_machine(bureau, folder)
    pulse(bureau, made)
    pulse(bureau, made, WANTS)
    made.do(registered("w1"))
    made.do(checked_in("w1"))
    made.do(taken("w1", "p1", 1))
    assert "places:j1" in made.granted
    return made


def states(bureau: Office) -> set[str]:
    with bureau.database.reading() as connection:
        return set(connection.scalars(select(stream.c.state)))


def test_a_revoked_kiosk_hands_in_what_it_wrote_and_is_told_and_given_nothing(
    bureau: Office, folder: Path, machine: Machine
) -> None:
    """Broken by telling a revoked machine pages and rights as if it were a kiosk."""
    streams = revoke_kiosk(folder, "NZ-01", "被盗", DAWN)
    assert streams == [machine.stream]
    publish(bureau.database, "city", [job("j2")])
    reply = pulse(bureau, machine, (Want(quota="places:j2", count=3),))
    assert (reply.is_revoked, reply.acked, reply.refusals) == (True, 3, [])
    assert (reply.pages, reply.rights, reply.recalls, reply.open_places) == ([], [], [], {})
    assert not reply.calls_in
    assert states(bureau) == {"superseded"}
    assert counts(folder)["placements"] == 1
    assert check_invariants(folder) == []
    assert [item.state for item in enrolled_kiosks(folder)] == ["revoked"]
    with pytest.raises(RequestRefused) as refused:
        come(bureau, machine)
    assert told(refused) == (403, "revoked")
    assert revoke_kiosk(folder, "NZ-01", "再说一遍", DAWN) == [machine.stream]
    write_off_stream(folder, machine.stream, None, "清点", DAWN)
    assert revoke_kiosk(folder, "NZ-01", "", DAWN) == []


def test_a_revoked_kiosk_claims_no_number_and_begins_no_stream_that_gets_any(
    bureau: Office, folder: Path, machine: Machine
) -> None:
    """Broken by believing what a revoked machine says it was given."""
    revoke_kiosk(folder, "NZ-01", "被盗", DAWN)
    machine.granted["places:j1"] = NumberSet.of([NumberRange(1, 5)])
    pulse(bureau, machine, WANTS)
    with bureau.database.reading() as connection:
        held = connection.execute(
            select(rights.c.granted).where(rights.c.stream == machine.stream)
        ).scalar_one()
    assert len(held) < 5
    other = Machine(machine.reply, machine.key, machine="machine-1")
    other.do(registered("w2"))
    reply = pulse(bureau, other, WANTS)
    assert (reply.is_revoked, reply.acked, reply.rights) == (True, 1, [])
    assert states(bureau) == {"superseded"}
    strange = machine.request().model_copy(update={"generation": "9-" + "a" * 32})
    assert say_once(bureau, machine, strange).generation == machine.reply.generation
    assert check_invariants(folder) == []


def test_whoever_takes_a_revoked_kiosks_place_does_not_keep_it_from_telling(
    bureau: Office, folder: Path, machine: Machine
) -> None:
    """Broken by knowing the key of the present machine alone."""
    revoke_kiosk(folder, "NZ-01", "换机", DAWN)
    heir = new_machine(bureau, folder)
    pulse(bureau, heir)
    assert not pulse(bureau, heir).is_revoked
    assert pulse(bureau, machine).acked == 3
    reply = pulse(bureau, heir, WANTS)
    assert not reply.is_revoked
    assert not reply.is_superseded
    with pytest.raises(RequestRefused) as refused:
        come(bureau, Machine(heir.reply, machine.key))
    assert told(refused) == (403, "revoked")


def test_a_restored_bureau_does_not_trust_a_revoked_key_again(
    bureau: Office, folder: Path, machine: Machine
) -> None:
    """Broken by keeping revocations in the database alone, which a backup takes back."""
    revoke_kiosk(folder, "NZ-01", "被盗", DAWN)
    registry = registry_of(BureauFolder(folder))
    with bureau.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM revoked_key")
    bureau.speakers.forget("NZ-01")
    changes = Changes()
    with bureau.database.writing() as connection:
        begin_generation(connection, registry, "", changes)
        changes.stamp(connection)
    assert pulse(bureau, machine).is_revoked
    assert key_bodies(bureau)[machine.reply.key_id].last_day == DAWN.date() + timedelta(days=1)


def test_a_key_is_rolled_by_the_old_one_and_counts_alone_from_then_on(
    bureau: Office, folder: Path, machine: Machine
) -> None:
    """Broken by leaving the old key where requests are proven."""
    old, old_id = machine.key, machine.reply.key_id
    new, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    with pytest.raises(RequestRefused) as refused:
        come(bureau, machine, new)
    assert told(refused) == (403, "no_key_asked")
    ask_for_key(folder, "NZ-01", DAWN)
    assert pulse(bureau, machine).calls_in
    assert come(bureau, machine).asks_key
    with pytest.raises(RequestRefused) as refused:
        come(bureau, machine, new, proof_of=public(other))
    assert told(refused) == (403, "key_unproven")
    reply = come(bureau, machine, new)
    assert (reply.asks_key, reply.key_id) == (False, key_of(new))
    with pytest.raises(RequestRefused) as refused:
        pulse(bureau, machine)
    assert told(refused) == (401, "bad_signature")
    machine.key, machine.reply = new, machine.reply.model_copy(update={"key_id": reply.key_id})
    assert pulse(bureau, machine).calls_in
    assert come(bureau, machine, new).key_id == reply.key_id
    assert not pulse(bureau, machine).calls_in
    assert key_bodies(bureau)[old_id].last_day == DAWN.date() + timedelta(days=2)
    assert key_bodies(bureau)[reply.key_id].last_day is None
    assert public(old) != public(machine.key)


def key_of(key: Ed25519PrivateKey) -> str:
    return key_id_of(key.public_key().public_bytes_raw())


def test_a_kiosk_is_called_until_it_says_its_new_name(bureau: Office, folder: Path, machine: Machine) -> None:
    second = new_machine(bureau, folder, no=2)
    with pytest.raises(Refused):
        rename_kiosk(folder, "NZ-01", "B", None, DAWN)
    rename_kiosk(folder, "NZ-01", "K", "新站", DAWN)
    assert [item.state for item in enrolled_kiosks(folder)] == ["renamed", "renamed"]
    assert pulse(bureau, machine).calls_in
    reply = come(bureau, machine)
    assert (reply.station_name, reply.letter) == ("新站", "K")
    assert pulse(bureau, machine).calls_in
    named = {"station_name": reply.station_name, "letter": reply.letter}
    machine.reply = machine.reply.model_copy(update=named)
    come(bureau, machine)
    assert not pulse(bureau, machine).calls_in
    assert come(bureau, second).station_name == "新站"


def test_the_command_line_lists_renames_rolls_and_revokes(folder: Path, bureau: Office) -> None:
    new_machine(bureau, folder)
    run, data = CliRunner(), ["--data", str(folder)]
    listed = run.invoke(app, ["bureau", "kiosks", *data]).stdout.split("\t")
    assert (listed[0], listed[5]) == ("NZ-01", "in use")
    assert run.invoke(app, ["bureau", "kiosks", "rename", "NZ-01", *data, "--letter", "C"]).exit_code == 0
    assert run.invoke(app, ["bureau", "kiosks", "roll", "NZ-01", *data]).exit_code == 0
    listed = run.invoke(app, ["bureau", "kiosks", *data]).stdout.split("\t")
    assert (listed[1], listed[5]) == ("C", "new key")
    revoked = run.invoke(app, ["bureau", "kiosks", "revoke", "NZ-01", *data, "--reason", "被盗"])
    assert (revoked.exit_code, revoked.stdout) == (0, "")
    assert "\trevoked\t" in run.invoke(app, ["bureau", "kiosks", *data]).stdout
    with pytest.raises(Refused):
        ask_for_key(folder, "NZ-01", DAWN)
    for wrong in (["rename", "NZ-01"], ["rename", "NZ-01", "--letter", "no"], ["revoke", "NZ-01"]):
        assert run.invoke(app, ["bureau", "kiosks", *wrong, *data]).exit_code == 2
