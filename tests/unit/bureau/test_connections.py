"""What a connection costs a bureau: a province's kiosks have thousands of them, and each says little."""

from __future__ import annotations

import asyncio
import http.client
import ssl
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.server import listen, run
from tests.patience import wait_until
from tests.unit.bureau.rehearsal import HandClock

MANY = 20
LIGHT_BYTES = 100_000
"""Server and caller together, both live in this process; with its usual buffer one takes 260 kB more."""


@dataclass(frozen=True, slots=True)
class Served:
    """A bureau's server within this process, and how to call it."""

    server: uvicorn.Server
    port: int
    trust: ssl.SSLContext

    @contextmanager
    def called(self) -> Iterator[http.client.HTTPSConnection]:
        """Ask for something over a connection that stays for as long as the block lasts."""
        line = http.client.HTTPSConnection("127.0.0.1", self.port, context=self.trust)
        try:
            line.request("GET", "/courier")
            with line.getresponse() as answer:
                assert answer.status == http.client.OK
                answer.read()
            yield line
        finally:
            line.close()


@pytest.fixture
def served(folder: Path, clock: HandClock) -> Iterator[Served]:
    server, listening = listen(folder, "127.0.0.1", 0, clock)
    ready = threading.Event()
    serving = threading.Thread(target=lambda: asyncio.run(run(server, listening, ready.set)))
    with listening:
        serving.start()
        assert ready.wait(60)
        trust = ssl.create_default_context(cafile=str(BureauFolder(folder).ca_certificate))
        yield Served(server, listening.getsockname()[1], trust)
        server.should_exit = True
        serving.join()


def test_a_connection_that_stands_open_is_light(served: Served) -> None:
    """Breaks when `read_little_at_once` reads with the buffers of the standard library."""
    with ExitStack() as open_lines:
        open_lines.enter_context(served.called())
        tracemalloc.start()
        try:
            before, _ = tracemalloc.get_traced_memory()
            for _ in range(MANY):
                open_lines.enter_context(served.called())
            after, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert (after - before) / MANY < LIGHT_BYTES


def test_whoever_says_nothing_is_hung_up_on_without_his_word(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Breaks when `Line` waits for a caller that sleeps to agree that their connection ends."""
    monkeypatch.setattr(asyncio.constants, "SSL_SHUTDOWN_TIMEOUT", 24 * 3600)
    served.server.config.timeout_keep_alive = 0
    with served.called():
        wait_until(lambda: not served.server.server_state.connections, "the server to hang up")
