"""Who speaks too often hears when to come again, and takes nothing from anybody else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from kiosk.app.enrolling import enrol_by_ticket
from kiosk.app.pulse import run_pulse
from kiosk.app.settings import read_settings
from kiosk.bureau.enrol import Post
from kiosk.bureau.limits import Limits, Rate, Throttle, network_of
from kiosk.bureau.offices import office
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.server import create_app
from kiosk.bureau.ticketing import make_ticket
from kiosk.messages.sync import Problem
from kiosk.storage.opening import join_store
from kiosk.system_clock import SystemClock
from tests.unit.bureau.rehearsal import DAWN, HandClock, Machine, new_machine, on_the_wire

FEW = Rate(at_once=3, per_s=0.5)


def ask_from(app: Starlette, talk: Callable[[Speak], Coroutine[None, None, None]]) -> None:
    """Let `talk` speak to the application of a bureau, as from any address."""

    async def run() -> None:
        async with app.router.lifespan_context(app):

            async def speak(address: str, method: str, path: str, **said: object) -> httpx.Response:
                transport = httpx.ASGITransport(app, client=(address, 1))
                async with httpx.AsyncClient(transport=transport, base_url="https://bureau") as client:
                    return await client.request(method, path, **said)  # type: ignore[arg-type]

            await talk(speak)

    asyncio.run(run())


Speak = Callable[..., Coroutine[None, None, httpx.Response]]


def test_an_address_that_comes_too_often_is_told_when_to_come_again_and_no_other(
    folder: Path, clock: HandClock
) -> None:
    """Broken by counting everybody under one name."""

    async def talk(speak: Speak) -> None:
        guesses = [await speak("203.0.113.7", "POST", "/enrol", content=b"{}") for _ in range(4)]
        assert [answer.status_code for answer in guesses] == [400, 400, 400, 429]
        assert guesses[3].headers["retry-after"] == "2"
        assert Problem.model_validate_json(guesses[3].content).key == "bureau.problem.too_many"
        assert (await speak("203.0.113.8", "POST", "/enrol", content=b"{}")).status_code == 400
        assert (await speak("203.0.113.7", "GET", "/healthz")).status_code == 200
        assert (await speak("127.0.0.1", "POST", "/enrol", content=b"{}")).status_code == 400
        clock.forward(timedelta(seconds=2))
        assert (await speak("203.0.113.7", "POST", "/enrol", content=b"{}")).status_code == 400

    ask_from(create_app(folder, clock, Limits(clock.monotonic, enrolling=FEW)), talk)


def test_a_kiosk_that_runs_wild_is_stopped_and_nobody_can_stop_it_in_its_name(
    folder: Path, clock: HandClock
) -> None:
    """Broken by counting a kiosk before it is proven: anybody could use up what is its."""
    with office(folder, clock) as bureau:
        machine, other = new_machine(bureau, folder), new_machine(bureau, folder, no=2)

    async def talk(speak: Speak) -> None:
        body = machine.request().model_dump_json().encode()
        for _ in range(10):
            forged = {**machine.headers(body), "Kiosk-Signature": "AAAA"}
            assert (
                await speak("203.0.113.7", "POST", "/sync", content=body, headers=forged)
            ).status_code == 401
        statuses = [await _round(speak, machine) for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        assert await _round(speak, other) == 200

    ask_from(create_app(folder, clock, Limits(clock.monotonic, kiosk=FEW)), talk)


async def _round(speak: Speak, machine: Machine) -> int:
    body = machine.request().model_dump_json().encode()
    return (
        await speak("203.0.113.7", "POST", "/sync", content=body, headers=machine.headers(body))
    ).status_code


@settings(max_examples=40)
@given(st.lists(st.floats(min_value=0, max_value=30), min_size=1, max_size=60))
def test_nobody_ever_gets_more_than_the_rate_and_whoever_waits_as_told_is_heard(steps: list[float]) -> None:
    """Broken by refilling more than there is room for."""
    now = 0.0
    throttle = Throttle(FEW, lambda: now)
    heard: list[float] = []
    for step in steps:
        now += step
        try:
            throttle.admit("x")
        except RequestRefused as refused:
            now += refused.retry_after_s or 0
            throttle.admit("x")
        heard.append(now)
    for first, begin in enumerate(heard):
        for last in range(first, len(heard)):
            assert last - first + 1 <= FEW.at_once + (heard[last] - begin) * FEW.per_s + 1e-6


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("127.0.0.1", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        ("", None),
        ("testclient", None),
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_an_address_is_counted_as_whoever_can_choose_it(address: str, name: str | None) -> None:
    assert network_of(address) == name


def test_a_kiosk_that_is_sent_away_comes_when_it_was_told_and_says_so_at_the_desk(
    folder: Path, clock: HandClock, tmp_path: Path
) -> None:
    """Broken by trying again as after any other failure."""
    limits = Limits(clock.monotonic, kiosk=Rate(at_once=1, per_s=0.01))
    with on_the_wire(folder, clock, limits) as client:
        ticket = make_ticket(folder, str(client.base_url), Post("NZ", "南站", 1, "A", "worker"), DAWN)
        enrol_by_ticket(tmp_path / "kiosk", ticket)
        run_pulse(read_settings(tmp_path / "kiosk"), is_once=True)
    opened = join_store(tmp_path / "kiosk", SystemClock(), trade_names={})
    with opened.store.reading() as records:
        sync = records.settings.sync_health()
    opened.close()
    assert sync.last_problem == "bureau.problem.too_many"
    assert sync.next_try_at is not None
    assert sync.next_try_at > DAWN + timedelta(seconds=90)
