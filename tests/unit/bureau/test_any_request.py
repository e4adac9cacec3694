"""Whatever the bureau's own description lets anybody send, or forbids, gets an answer that is described."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from kiosk.bureau.describing import openapi
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.limits import Limits, Rate
from kiosk.messages.signing import sign_request
from kiosk.messages.sync import Problem
from tests.unit.bureau.rehearsal import HandClock, Machine, on_the_wire
from tests.unit.bureau.test_wire import enrolled, greeted

EXAMPLES = int(os.environ.get("API_EXAMPLES", "25"))
"""Of each route; `./run soak api` asks for more."""
NO_LIMIT = Rate(at_once=10**9, per_s=10**9)
SCHEMA = schemathesis.openapi.from_dict(openapi())
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]


@pytest.fixture
def spoken(folder: Path, clock: HandClock) -> Iterator[tuple[httpx.Client, Machine]]:
    limits = Limits(clock.monotonic, kiosk=NO_LIMIT)
    with on_the_wire(folder, clock, limits) as client:
        yield client, greeted(client, enrolled(client, folder))
    assert check_invariants(folder) == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda found: f"{found.method} {found.path}")
def test_no_request_that_anybody_can_think_of_is_our_fault(
    spoken: tuple[httpx.Client, Machine], operation: APIOperation[Any, Any, Any, Any]
) -> None:
    """Broken by any handler that trusts what it reads."""
    client, machine = spoken
    modes = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes))

    @settings(
        max_examples=EXAMPLES,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
        deadline=None,
    )
    @given(case=cases, is_signed=st.booleans(), is_named=st.booleans())
    def ask(case: Case[Any], is_signed: bool, is_named: bool) -> None:
        body = _bytes_of(case.body, machine.reply.kiosk if is_named else "")
        headers = {name: value for name, value in (case.headers or {}).items() if _may_be_sent(name, value)}
        if is_signed:
            token = secrets.token_hex(16)
            headers |= sign_request(
                machine.key, operation.method, operation.path, machine.reply.kiosk, token, body
            )
        answer = client.request(operation.method, operation.path, content=body, headers=headers)
        assert str(answer.status_code) in operation.definition.raw["responses"]
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert Problem.model_validate_json(answer.content).detail == ""

    ask()


def _bytes_of(body: object, kiosk: str) -> bytes:
    """Return a generated body as it is sent, perhaps in the name of the kiosk that signs it."""
    if isinstance(body, bytes):
        return body
    if not isinstance(body, dict | list | str | int | float | bool | None):
        return b""
    if isinstance(body, dict) and kiosk:
        body = body | {"kiosk": kiosk, "protocol": 1}
    return json.dumps(body).encode("utf-8", "surrogatepass")


def _may_be_sent(name: str, value: object) -> bool:
    """Return whether a client can put this into a head at all."""
    text = f"{name}{value}"
    return isinstance(value, str) and text.isascii() and text.isprintable() and value == value.strip()
