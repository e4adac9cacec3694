"""Whatever comes over the wire gets a clear no or a lawful yes, never a fault of ours or a look inside."""

from __future__ import annotations

import json
import secrets
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kiosk.bureau import server
from kiosk.bureau.capsules import Sealer
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.publishing import publish
from kiosk.bureau.rebuilding import rebuild_in
from kiosk.bureau.tables import check_in
from kiosk.catalogue import load
from kiosk.messages.signing import sign_request
from kiosk.messages.sync import EnrolReply, Problem, Want
from tests.unit.bureau.rehearsal import (
    DAWN,
    Machine,
    checked_in,
    employer,
    enrol_request,
    job,
    new_machine,
    pulse,
    registered,
    say,
    taken,
)
from tests.unit.bureau.test_wire import enrolled, greeted

LATEST = datetime(9999, 12, 31, 23, 59, 59, 999999, timezone(timedelta(hours=-14)))
FORGOT_ITS_ZONE = LATEST.replace(tzinfo=None)
EARLIEST = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))


def body_of(machine: Machine, **changed: object) -> bytes:
    """A round of this machine with some of its values replaced."""
    return json.dumps(json.loads(machine.request().model_dump_json()) | changed).encode()


def refused(answer: httpx.Response) -> tuple[int, str]:
    said = Problem.model_validate_json(answer.content)
    assert said.detail == ""
    assert all(said.key in load(language).sentences for language in ("zh_CN", "en"))
    return answer.status_code, said.key.removeprefix("bureau.problem.")


@pytest.fixture
def machine(wire: httpx.Client, folder: Path) -> Machine:
    return greeted(wire, enrolled(wire, folder))


def send(wire: httpx.Client, machine: Machine, body: bytes) -> httpx.Response:
    return wire.post("/sync", content=body, headers=machine.headers(body))


@pytest.mark.parametrize(
    "changed",
    [
        {"stream": ""},
        {"stream": "s" * 65},
        {"head": -1},
        {"head": 10**400},
        {"first": 0},
        {"first": 10**30},
        {"events": None},
        {"events": [{}]},
        {"events": [{}] * 501},
        {"clock": {"wall": "yesterday", "boot": "b", "boottime_ms": 1}},
        {"clock": {"wall": "2026-09-18T00:00:00Z", "boot": "b", "boottime_ms": -1}},
        {"clock": {"wall": "2026-09-18T00:00:00Z", "boot": "b", "boottime_ms": 10**4000}},
        {"cursors": [{"scope": "city", "feed_gen": "x", "pos": -1}]},
        {"cursors": [{"scope": "city", "feed_gen": "x", "pos": 10**4000}]},
        {"wants": [{"quota": "places:j1", "count": 0}]},
        {"rights": [{"quota": "q", "granted": [[3, 1]], "returned": [], "spent": 0}]},
    ],
    ids=lambda changed: str(changed)[:40],
)
def test_an_envelope_that_no_kiosk_could_have_written_is_refused(
    wire: httpx.Client, machine: Machine, changed: dict[str, object]
) -> None:
    assert refused(send(wire, machine, body_of(machine, **changed))) == (400, "malformed")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"kiosk": "\xed\xa0\x80"}',
        b'{"kiosk": "\\ud800"}',
        b'{"kiosk": 1e999}',
    ],
    ids=lambda body: repr(body[:20]),
)
def test_a_body_that_is_no_message_is_refused_at_both_doors(
    wire: httpx.Client, machine: Machine, body: bytes
) -> None:
    assert refused(send(wire, machine, body)) == (400, "malformed")
    assert refused(wire.post("/enrol", content=body))[0] in {400, 413}


def test_a_message_cut_anywhere_is_refused(wire: httpx.Client, machine: Machine) -> None:
    machine.do(registered("w1"))
    whole = machine.request().model_dump_json().encode()
    for end in range(0, len(whole), 37):
        assert refused(send(wire, machine, whole[:end])) == (400, "malformed")


@pytest.mark.parametrize("missing", ["Kiosk-Id", "Kiosk-Token", "Kiosk-Suite", "Kiosk-Signature"])
def test_a_header_that_is_missing_or_empty_is_no_proof(
    wire: httpx.Client, machine: Machine, missing: str
) -> None:
    body = machine.request().model_dump_json().encode()
    headers = machine.headers(body)
    for spoilt in (headers | {missing: ""}, {name: headers[name] for name in headers if name != missing}):
        assert wire.post("/sync", content=body, headers=spoilt).status_code == 401


@pytest.mark.parametrize("token", ["", "x" * 65])
def test_even_a_signed_token_must_be_one(wire: httpx.Client, machine: Machine, token: str) -> None:
    body = machine.request().model_dump_json().encode()
    headers = sign_request(machine.key, "POST", "/sync", machine.reply.kiosk, token, body)
    assert refused(wire.post("/sync", content=body, headers=headers)) == (400, "malformed")
    if not token:
        del headers["Kiosk-Token"]
        assert refused(wire.post("/sync", content=body, headers=headers)) == (400, "malformed")


@pytest.mark.parametrize("signature", ["AAAA", "no base64", "ÿ", "=" * 9000])
def test_a_signature_of_any_shape_is_only_wrong(wire: httpx.Client, machine: Machine, signature: str) -> None:
    body = machine.request().model_dump_json().encode()
    signed = machine.headers(body) | {"Kiosk-Signature": signature}
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in signed.items()]
    assert refused(wire.post("/sync", content=body, headers=headers)) == (401, "bad_signature")


def test_a_signature_for_another_suite_path_or_token_is_wrong(wire: httpx.Client, machine: Machine) -> None:
    body = machine.request().model_dump_json().encode()
    name, token = machine.reply.kiosk, secrets.token_hex(16)
    for headers in (
        sign_request(machine.key, "GET", "/sync", name, token, body),
        sign_request(machine.key, "POST", "/enrol", name, token, body),
        machine.headers(body) | {"Kiosk-Token": token},
        machine.headers(body) | {"Kiosk-Suite": "none"},
    ):
        assert refused(wire.post("/sync", content=body, headers=headers)) == (401, "bad_signature")


def test_another_kiosks_stream_is_not_added_to(wire: httpx.Client, folder: Path, machine: Machine) -> None:
    machine.do(registered("w1"))
    assert send(wire, machine, machine.request().model_dump_json().encode()).status_code == 200
    other = enrolled(wire, folder, no=2)
    other.stream = machine.stream
    assert refused(send(wire, other, body_of(other))) == (403, "not_your_stream")


def test_what_a_stranger_sends_is_not_read_beyond_a_little(wire: httpx.Client) -> None:
    long = enrol_request("A" * 16, Ed25519PrivateKey.generate()).model_copy(
        update={"device": "d" * server.MAX_ENROL_BYTES}
    )
    assert refused(wire.post("/enrol", content=long.model_dump_json())) == (413, "too_large")


@pytest.mark.parametrize("at", [LATEST, EARLIEST, FORGOT_ITS_ZONE, datetime(1970, 1, 1, tzinfo=UTC)], ids=str)
def test_a_clock_gone_mad_stops_no_stream(bureau: Office, folder: Path, at: datetime) -> None:
    """Broken by keeping the time as it was said: the calendar's ends cannot be turned to UTC."""
    machine = new_machine(bureau, folder)
    machine.do(registered("w1"), at)
    machine.do(checked_in("w1"), at)
    assert pulse(bureau, machine).acked == 2
    assert rebuild_in(bureau.database, bureau.reader) == 2


def test_a_visit_in_the_year_one_can_be_read_again(bureau: Office, folder: Path) -> None:
    """Broken by writing instants with strftime, which leaves the zeros of an early year out."""
    machine = new_machine(bureau, folder)
    machine.do(registered("w1"))
    machine.do(checked_in("w1").model_copy(update={"arrived_at": EARLIEST + timedelta(days=1)}))
    machine.do(checked_in("w1", "c2", date(2026, 9, 19)).model_copy(update={"arrived_at": LATEST}))
    reply = pulse(bureau, machine)
    assert [(item.seq, item.reason) for item in reply.refusals] == [(3, "bureau.refused.malformed")]
    with bureau.database.reading() as connection:
        assert connection.execute(select(check_in.c.arrived_at)).scalar_one().year == 1
    bureau.seal_due()
    assert check_invariants(folder) == []


def test_a_gap_is_asked_for_and_never_acknowledged(bureau: Office, folder: Path) -> None:
    machine = new_machine(bureau, folder)
    for number in range(4):
        machine.do(registered(f"w{number}"))
    late = say(bureau, machine, machine.request(first=3))
    assert (late.acked, late.need_from) == (0, 1)
    assert pulse(bureau, machine).acked == 4


@contextmanager
def raw_line(folder: Path, wire: httpx.Client) -> Iterator[ssl.SSLSocket]:
    context = ssl.create_default_context(cafile=str(BureauFolder(folder).ca_certificate))
    plain = socket.create_connection(("127.0.0.1", wire.base_url.port or 0), timeout=20)
    with context.wrap_socket(plain, server_hostname="127.0.0.1") as line:
        yield line


HEAD = b"POST /sync HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"


def test_a_line_cut_in_the_middle_of_a_body_is_no_fault_of_ours(
    wire: httpx.Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with raw_line(folder, wire) as line:
        line.sendall(HEAD + b"{")
    assert wire.get("/healthz").status_code == 200
    wire.post("/enrol", content=b"{")
    assert "we_failed" not in "".join(capsys.readouterr())


def test_a_body_that_never_ends_is_not_waited_for(
    wire: httpx.Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "BODY_S", 0.05)
    with raw_line(folder, wire) as line:
        line.sendall(HEAD + b"{")
        assert b"408" in line.recv(4096).split(b"\r\n")[0]


def test_a_round_does_not_wait_for_another_rounds_capsules(bureau: Office, folder: Path) -> None:
    """Broken by waiting for the lock: every thread of the server would end up behind one long sealing."""
    machine = new_machine(bureau, folder)
    machine.do(registered("w1"))
    pulse(bureau, machine)
    sealer: Sealer = bureau.sealer
    with sealer.lock:
        beside = threading.Thread(target=bureau.seal_due)
        beside.start()
        beside.join(20)
        assert not beside.is_alive()
    assert sealer.seal_due(DAWN) == 1


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_in_any_place_gets_a_lawful_answer(
    bureau: Office, folder: Path, data: st.DataObject
) -> None:
    """A signed round in which one value, wherever it stands, is something else altogether."""
    publish(bureau.database, "city", [employer(), job()])
    machine = new_machine(bureau, folder)
    pulse(bureau, machine)
    machine.do(registered("w1"))
    machine.do(taken("w1", "p1", 1))
    said = json.loads(machine.request(wants=[Want(quota="places:j1", count=2)]).model_dump_json())
    place, key = data.draw(st.sampled_from(list(_places(said))))
    place[key] = data.draw(ANYTHING)
    body = json.dumps(said).encode("utf-8", "surrogatepass")
    headers = {name.lower(): value for name, value in machine.headers(body).items()}
    with suppress(RequestRefused):
        bureau.sync(headers, body)
    assert check_invariants(folder) == []


def _places(value: object) -> Iterator[tuple[dict[str, object], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield value, key
            yield from _places(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _places(inner)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_in_the_body_of_an_entry_is_taken_in_and_stops_nothing(
    bureau: Office, folder: Path, data: st.DataObject
) -> None:
    """The chain is right and the body is not: it is put aside, and the entry behind it gets its turn."""
    machine = new_machine(bureau, folder)
    body = json.loads(data.draw(st.sampled_from(BODIES)))
    place, key = data.draw(st.sampled_from(list(_places(body))))
    place[key] = data.draw(ANYTHING)
    kind = data.draw(st.sampled_from(KINDS))
    machine.write(kind, 1, json.dumps(body))
    machine.do(registered("behind"))
    reply = pulse(bureau, machine)
    assert reply.acked == 2
    assert not any(refusal.seq == 2 for refusal in reply.refusals)
    bureau.seal_due()
    assert check_invariants(folder) == []


BODIES = [body.model_dump_json() for body in (registered("w1"), checked_in("w1"), taken("w1", "p1", 1))] + [
    json.dumps({"job": json.loads(job().model_dump_json()), "actor": "x"})
]
KINDS = ["worker_registered", "checked_in", "place_taken", "job_posted", "rights_returned", "unheard_of"]


def test_the_answer_to_an_enrolment_is_the_only_place_of_the_city_key(
    wire: httpx.Client, folder: Path, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(machine.reply, EnrolReply)
    machine.do(registered("w1"))
    answer = send(wire, machine, machine.request().model_dump_json().encode())
    assert machine.reply.city_key not in answer.text + "".join(capsys.readouterr())
