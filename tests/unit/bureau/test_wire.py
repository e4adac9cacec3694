"""The bureau over real TLS: who may speak, what an error says, how it starts and stops."""

from __future__ import annotations

import json
import secrets
import signal
import socket
import ssl
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import update
from sqlalchemy.schema import DropTable

from kiosk.bureau.counting import counts
from kiosk.bureau.databases import opened
from kiosk.bureau.enrol import CODE_LASTS, Post, issue_code
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.server import MAX_BODY_BYTES, listen
from kiosk.bureau.tables import kiosk, request_token
from kiosk.catalogue import load
from kiosk.messages.sync import EnrolReply, Problem, SyncReply
from tests.unit.bureau.rehearsal import (
    DAWN,
    HandClock,
    Machine,
    checked_in,
    enrol_request,
    number_of,
    registered,
)

POST = Post("NZ", "南站", 1, "A", "worker")


def enrolled(wire: httpx.Client, folder: Path, no: int = 1) -> Machine:
    key = Ed25519PrivateKey.generate()
    code = issue_code(folder, replace(POST, kiosk_no=no), DAWN)
    answer = wire.post("/enrol", content=enrol_request(code, key).model_dump_json())
    return Machine(EnrolReply.model_validate_json(answer.content), key)


def sync(wire: httpx.Client, machine: Machine, token: str | None = None) -> httpx.Response:
    body = machine.request().model_dump_json().encode()
    return wire.post("/sync", content=body, headers=machine.headers(body, token))


def greeted(wire: httpx.Client, machine: Machine) -> Machine:
    """Let a new stream hear what it must repeat."""
    machine.hello = SyncReply.model_validate_json(sync(wire, machine).content).hello
    return machine


def problem(answer: httpx.Response) -> tuple[int, str]:
    said = Problem.model_validate_json(answer.content)
    assert all(said.key in load(language).sentences for language in ("zh_CN", "en"))
    return answer.status_code, said.key


def test_no_part_of_an_answer_waits_for_the_part_before_it(folder: Path, clock: HandClock) -> None:
    _, listening = listen(folder, "127.0.0.1", 0, clock)
    with listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_kiosk_enrols_and_its_entries_are_acknowledged(wire: httpx.Client, folder: Path) -> None:
    machine = greeted(wire, enrolled(wire, folder))
    machine.do(registered("w1"))
    machine.do(checked_in("w1"))
    reply = SyncReply.model_validate_json(sync(wire, machine).content)
    assert (machine.reply.kiosk, reply.acked, reply.refusals) == ("NZ-01", 2, [])
    counted = counts(folder)
    assert (counted["events"], counted["workers"], counted["check_ins"]) == (2, 1, 1)
    assert check_invariants(folder) == []


def test_a_client_that_trusts_another_authority_cannot_connect(wire: httpx.Client) -> None:
    with (
        httpx.Client(base_url=wire.base_url, trust_env=False) as stranger,
        pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        stranger.get("/healthz")


def test_a_code_makes_one_kiosk_and_answers_that_one_again(wire: httpx.Client, folder: Path) -> None:
    code = issue_code(folder, POST, DAWN)
    request = enrol_request(code, Ed25519PrivateKey.generate()).model_dump_json()
    first, again = wire.post("/enrol", content=request), wire.post("/enrol", content=request)
    other = enrol_request(code, Ed25519PrivateKey.generate()).model_dump_json()
    assert first.content == again.content
    assert problem(wire.post("/enrol", content=other)) == (403, "bureau.problem.code_used")
    assert counts(folder)["kiosks"] == 1


def test_a_code_ends_after_a_day(wire: httpx.Client, folder: Path, clock: HandClock) -> None:
    code = issue_code(folder, POST, DAWN)
    clock.forward(CODE_LASTS + timedelta(seconds=1))
    request = enrol_request(code, Ed25519PrivateKey.generate()).model_dump_json()
    assert problem(wire.post("/enrol", content=request)) == (403, "bureau.problem.code_expired")


def test_a_guessed_code_and_a_key_that_is_none_are_refused(wire: httpx.Client, folder: Path) -> None:
    guess = enrol_request("23456789ABCDEFGH", Ed25519PrivateKey.generate())
    assert problem(wire.post("/enrol", content=guess.model_dump_json())) == (
        403,
        "bureau.problem.code_unknown",
    )
    no_key = guess.model_copy(update={"public_key": "AAAA"})
    assert problem(wire.post("/enrol", content=no_key.model_dump_json())) == (400, "bureau.problem.malformed")


def test_the_code_is_not_kept_in_clear(folder: Path) -> None:
    code = issue_code(folder, POST, DAWN)
    kept = b"".join(path.read_bytes() for path in folder.iterdir())
    assert code.encode() not in kept


def test_an_unknown_kiosk_is_turned_away(wire: httpx.Client, folder: Path) -> None:
    machine = enrolled(wire, folder)
    machine.reply = machine.reply.model_copy(update={"kiosk": "NZ-09"})
    assert problem(sync(wire, machine)) == (401, "bureau.problem.unknown_kiosk")


def test_a_wrong_signature_is_turned_away(wire: httpx.Client, folder: Path) -> None:
    machine = enrolled(wire, folder)
    body = machine.request().model_dump_json().encode()
    headers = machine.headers(body + b" ")
    assert problem(wire.post("/sync", content=body, headers=headers)) == (401, "bureau.problem.bad_signature")
    machine.key = Ed25519PrivateKey.generate()
    assert problem(sync(wire, machine)) == (401, "bureau.problem.bad_signature")


def test_a_request_played_again_is_turned_away(wire: httpx.Client, folder: Path) -> None:
    machine = enrolled(wire, folder)
    token = secrets.token_hex(16)
    assert sync(wire, machine, token).status_code == 200
    assert problem(sync(wire, machine, token)) == (409, "bureau.problem.token_used")


def test_a_request_that_makes_no_sense_says_so_and_no_more(wire: httpx.Client, folder: Path) -> None:
    machine = enrolled(wire, folder)
    body = b'{"kiosk": "secret"}'
    answer = wire.post("/sync", content=body, headers=machine.headers(body))
    assert problem(answer) == (400, "bureau.problem.malformed")
    assert "secret" not in answer.text


def test_a_kiosk_cannot_speak_for_another(wire: httpx.Client, folder: Path) -> None:
    machine = enrolled(wire, folder)
    body = machine.request().model_copy(update={"kiosk": "NZ-02"}).model_dump_json().encode()
    answer = wire.post("/sync", content=body, headers=machine.headers(body))
    assert problem(answer) == (403, "bureau.problem.not_your_stream")


def test_a_body_beyond_the_limit_is_not_read_to_its_end(wire: httpx.Client) -> None:
    answer = wire.post("/sync", content=b"x" * (MAX_BODY_BYTES + 1))
    assert problem(answer) == (413, "bureau.problem.too_large")


def test_unknown_addresses_and_methods_answer_with_a_problem(wire: httpx.Client) -> None:
    assert problem(wire.get("/docs")) == (404, "bureau.problem.no_such_route")
    assert problem(wire.get("/sync")) == (405, "bureau.problem.no_such_route")


def test_health_is_told_to_anyone(wire: httpx.Client) -> None:
    assert wire.get("/healthz").json() == {"state": "ok"}


def test_the_server_says_where_it_is_and_stops_when_told(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kiosk.bureau.server import serve;"
        "from kiosk.system_clock import SystemClock;"
        "serve(Path(sys.argv[1]), '127.0.0.1', 0, SystemClock())"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        line = json.loads(process.stdout.readline())
        context = ssl.create_default_context(cafile=line["ca"])
        with httpx.Client(verify=context, trust_env=False) as client:
            assert client.get(f"https://127.0.0.1:{line['port']}/healthz").status_code == 200
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0


def test_a_database_in_trouble_is_said_to_be_ours_and_not_the_kiosks_fault(
    wire: httpx.Client, folder: Path
) -> None:
    machine = enrolled(wire, folder)
    with opened(folder) as database, database.writing() as connection:
        connection.execute(DropTable(request_token))
    answer = sync(wire, machine)
    assert problem(answer) == (503, "bureau.problem.storage")
    assert "request_token" not in answer.text


def test_a_fault_of_ours_is_told_without_its_inside(
    wire: httpx.Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = enrolled(wire, folder)
    with opened(folder) as database, database.writing() as connection:
        connection.execute(update(kiosk).values(public_key="secret of ours"))
    answer = sync(wire, machine)
    assert problem(answer) == (500, "bureau.problem.internal")
    assert "secret of ours" not in answer.text + "".join(capsys.readouterr())


def test_no_log_line_names_a_person(
    wire: httpx.Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = enrolled(wire, folder)
    machine.do(registered("w1"))
    machine.write("worker_registered", 1, registered("w1").model_dump_json().replace("citizen", "x" * 40))
    sync(wire, machine)
    written = "".join(capsys.readouterr())
    assert "round" in written
    assert "测试甲" not in written
    assert number_of(1) not in written
