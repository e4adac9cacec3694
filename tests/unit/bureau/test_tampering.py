"""A signed request is heard once, and as it was signed; all else is refused, with no look inside."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.bureau.counting import counts
from kiosk.bureau.couriers import take_bundle
from kiosk.bureau.offices import Office
from kiosk.bureau.problems import RequestRefused
from kiosk.messages.packing import MEDIA_TYPE
from kiosk.messages.signing import sign_request
from tests.unit.bureau.rehearsal import DAWN, Machine, new_machine, pulse, registered

ROUTES: dict[str, Callable[[Office, dict[str, str], bytes], object]] = {
    "/sync": lambda bureau, headers, body: bureau.sync(headers, body),
    "/post": lambda bureau, headers, body: bureau.post(headers, body),
    "/courier": take_bundle,
}
INSIDE = re.compile(r"Traceback|File |\.py\b|/tmp|/dev/shm|SELECT|INSERT|sqlite|psycopg|0x[0-9a-f]{6}")
"""What tells of files, statements and addresses in memory."""


def refused_at(bureau: Office, route: str, headers: dict[str, str], body: bytes) -> tuple[int, str]:
    with pytest.raises(RequestRefused) as refused:
        ROUTES[route](bureau, headers, body)
    assert refused.value.detail == ""
    return refused.value.status, refused.value.key.removeprefix("bureau.problem.")


def signed(machine: Machine, route: str, body: bytes) -> dict[str, str]:
    kiosk = machine.reply.kiosk
    headers = sign_request(machine.key, "POST", route, kiosk, secrets.token_hex(16), body)
    return {name.lower(): value for name, value in headers.items()}


def say(machine: Machine, **changed: object) -> bytes:
    return machine.request().model_copy(update=changed).model_dump_json().encode()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_changed_of_a_signed_request_is_refused_and_changes_nothing(
    bureau: Office, folder: Path, data: st.DataObject
) -> None:
    """Broken by signing less than route, kiosk, token and body."""
    machine, other = new_machine(bureau, folder), new_machine(bureau, folder, no=2)
    machine.do(registered("w1"))
    body = say(machine)
    headers, route = signed(machine, "/sync", body), "/sync"
    how = data.draw(st.sampled_from(["body", "token", "kiosk", "suite", "signature", "route", "signer"]))
    if how == "body":
        at = data.draw(st.integers(0, len(body) - 1))
        changed = data.draw(st.integers(0, 255).filter(lambda value: value != body[at]))
        body = body[:at] + bytes([changed]) + body[at + 1 :]
    elif how == "token":
        headers["kiosk-token"] = data.draw(st.text("0123456789abcdef", max_size=40))
    elif how == "kiosk":
        headers["kiosk-id"] = data.draw(st.sampled_from(["NZ-02", "NZ-03", "", "NZ-01 "]))
    elif how == "suite":
        headers["kiosk-suite"] = data.draw(st.sampled_from(["", "none", "ed25519", "sm2-sm3"]))
    elif how == "signature":
        headers["kiosk-signature"] = data.draw(st.text(max_size=90))
    elif how == "route":
        route = data.draw(st.sampled_from(["/post", "/courier"]))
    else:
        headers = {**headers, "kiosk-signature": signed(other, "/sync", body)["kiosk-signature"]}
    before = counts(folder)
    assert refused_at(bureau, route, headers, body)[0] == 401
    assert counts(folder) == before


def test_a_request_of_any_route_is_heard_once(bureau: Office, folder: Path) -> None:
    machine = new_machine(bureau, folder)
    me = machine.reply
    said = {"kiosk": me.kiosk, "station_name": me.station_name, "letter": me.letter, "key_id": me.key_id}
    body = json.dumps(said).encode()
    headers = signed(machine, "/post", body)
    bureau.post(headers, body)
    assert refused_at(bureau, "/post", headers, body) == (409, "token_used")
    headers = signed(machine, "/courier", b"x")
    assert refused_at(bureau, "/courier", headers, b"x")[0] == 400
    assert refused_at(bureau, "/courier", headers, b"x") == (409, "token_used")


@pytest.mark.parametrize("off", [timedelta(days=-20_000), timedelta(days=20_000)])
def test_a_request_is_fresh_by_its_token_and_no_clock_keeps_a_kiosk_out(
    bureau: Office, folder: Path, off: timedelta
) -> None:
    machine = new_machine(bureau, folder)
    pulse(bureau, machine)
    request = machine.request()
    clock = request.clock.model_copy(update={"wall": DAWN.astimezone(UTC) + off})
    body = say(machine, clock=clock)
    headers = signed(machine, "/sync", body)
    assert bureau.sync(headers, body).server_time == DAWN
    assert refused_at(bureau, "/sync", headers, body) == (409, "token_used")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_answer_and_no_log_line_lets_anybody_look_inside(
    bureau: Office, folder: Path, capsys: pytest.CaptureFixture[str], data: st.DataObject
) -> None:
    """Any bytes, genuinely signed, at any route: nothing of files, statements or what was said comes out.

    Broken by logging what could not be read.
    """
    machine = new_machine(bureau, folder)
    mark = "秘密4321"
    plain = data.draw(st.sampled_from([b"", say(machine), json.dumps({"kiosk": mark}).encode()]))
    at = data.draw(st.integers(0, len(plain)))
    body = plain[:at] + data.draw(st.binary(max_size=40)) + mark.encode() + plain[at:]
    route = data.draw(st.sampled_from(sorted(ROUTES)))
    headers = signed(machine, route, body)
    if data.draw(st.booleans()):
        headers["content-type"] = data.draw(st.sampled_from([MEDIA_TYPE, "text/plain", "\0"]))
    try:
        ROUTES[route](bureau, headers, body)
    except RequestRefused as refused:
        is_ours = refused.status >= 500 or bool(refused.detail)
    else:
        is_ours = False  # what was put in stood where any text may stand
    assert not is_ours
    written = "".join(capsys.readouterr())
    assert not INSIDE.search(written)
    assert mark not in written
