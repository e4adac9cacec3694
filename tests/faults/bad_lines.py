"""A line between kiosks and their bureau that loses, cuts, doubles, delays and reorders, as a seed says.

    kiosk ──▶ cuts of bytes ──TLS──▶ mishaps of requests and answers ──TLS──▶ bureau

It has the bureau's own certificate, so it sees what it spoils; what a kiosk signed stays signed.
It counts what it did, and lets everything through once it is mended.
"""

from __future__ import annotations

import asyncio
import random
import ssl
import threading
from collections import Counter, deque
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from kiosk.bureau.folders import BureauFolder
from tests.faults.http_messages import end, read_message
from tests.faults.torn_wires import TornWires

_REMEMBERED = 50
_LONGEST_DELAY_S = 0.1
_START_S = 20.0
_T = TypeVar("_T")


class Mishap(Enum):
    """What becomes of one request and its answer."""

    REQUEST_LOST = "the request is lost"
    REQUEST_CUT = "the bureau hears the beginning of the request"
    REQUEST_LATE = "the request arrives behind later ones, and nobody waits for the answer"
    REQUEST_DOUBLED = "the bureau hears the request twice at once"
    REQUEST_AGAIN = "the bureau hears an old request again beside this one"
    ANSWER_LOST = "the answer is lost"
    ANSWER_CUT = "the kiosk hears the beginning of the answer"
    ANSWER_OLD = "an older answer comes in its place"
    SLOW = "request and answer are slow"


_NEVER_THERE = {Mishap.REQUEST_LOST, Mishap.REQUEST_CUT, Mishap.REQUEST_LATE}


@dataclass(slots=True)
class BadLine:
    """One such line; `share` is the part of requests that something happens to, while it is not mended."""

    folder: BureauFolder
    bureau_port: int
    seed: int
    share: float = 0.5
    mishaps: Counter[Mishap] = field(default_factory=Counter)
    is_mended: bool = False
    port: int = 0
    _torn: TornWires = field(init=False)
    _inner: asyncio.Server = field(init=False)
    _dice: random.Random = field(init=False)
    _late: deque[bytes] = field(default_factory=deque)
    _requests: deque[bytes] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    _answers: deque[bytes] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __post_init__(self) -> None:
        """Throw dice of its own, and others for the wires, so that one does not change the other's luck."""
        self._dice = random.Random(self.seed)
        self._torn = TornWires(random.Random(self.seed + 1), self.share / 4)

    @property
    def url(self) -> str:
        """Return where kiosks find their bureau behind this line."""
        return f"https://127.0.0.1:{self.port}"

    @property
    def cuts(self) -> int:
        """Return how many connections were cut in the middle of their bytes."""
        return self._torn.cuts

    def mend(self) -> None:
        """Let everything through from now on, what was late at once: when this returns it has arrived."""
        self._do(self._mended())

    def serve(self) -> None:
        """Serve until told to stop; runs in a thread of its own."""
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.run_until_complete(self._hang_up())
        self._loop.close()

    def start(self) -> None:
        """Take a port; kiosks may come when this returns."""
        self.port = self._do(self._listen())

    def stop(self) -> None:
        """End `serve`."""
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _do(self, act: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(act, self._loop).result(_START_S)

    async def _listen(self) -> int:
        trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trusted.load_cert_chain(self.folder.server_certificate, self.folder.server_key)
        self._inner = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=trusted)
        return await self._torn.listen(self._inner.sockets[0].getsockname()[1])

    async def _hang_up(self) -> None:
        self._inner.close()
        self._torn.close()
        while running := asyncio.all_tasks() - {asyncio.current_task()}:  # one may begin while others end
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _mended(self) -> None:
        self.is_mended = self._torn.is_mended = True
        while self._late:
            await self._carried(self._late.popleft())

    async def _talk(self, kiosk: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while (request := await read_message(kiosk)) is not None:
                answer, is_whole = await self._answer(request)
                answers.write(answer)
                await answers.drain()
                if not is_whole:
                    break
        await end(answers)

    async def _answer(self, request: bytes) -> tuple[bytes, bool]:
        """Return what the kiosk hears, and whether that is a whole answer."""
        mishap = self._drawn()
        if mishap in _NEVER_THERE:
            await self._lose(request, mishap)
            return b"", False
        if mishap is Mishap.REQUEST_AGAIN:
            await self._carried(self._dice.choice(self._requests or [request]))
        elif mishap is Mishap.SLOW:
            await asyncio.sleep(self._dice.uniform(0, _LONGEST_DELAY_S))
        times = 2 if mishap is Mishap.REQUEST_DOUBLED else 1
        answer = self._dice.choice(await asyncio.gather(*[self._carried(request) for _ in range(times)]))
        self._requests.append(request)
        if self._late and self._dice.random() < 0.5:
            await self._carried(self._late.popleft())
        if answer is None or mishap is Mishap.ANSWER_LOST:
            return b"", False
        return self._spoiled(answer, mishap)

    async def _lose(self, request: bytes, mishap: Mishap | None) -> None:
        if mishap is Mishap.REQUEST_LATE:
            self._late.append(request)
        elif mishap is Mishap.REQUEST_CUT:
            await self._carried(request[: self._dice.randrange(len(request))], is_cut=True)

    def _spoiled(self, answer: bytes, mishap: Mishap | None) -> tuple[bytes, bool]:
        if mishap is Mishap.ANSWER_CUT:
            return answer[: self._dice.randrange(len(answer))], False
        old = self._dice.choice(self._answers or [answer])
        if answer.startswith(b"HTTP/1.1 200"):
            self._answers.append(answer)
        return (old if mishap is Mishap.ANSWER_OLD else answer), True

    async def _carried(self, request: bytes, *, is_cut: bool = False) -> bytes | None:
        """Return the bureau's answer to a request, None when there is none."""
        trusting = ssl.create_default_context(cafile=str(self.folder.ca_certificate))
        try:
            answers, bureau = await asyncio.open_connection(
                "127.0.0.1", self.bureau_port, ssl=trusting, server_hostname="127.0.0.1"
            )
        except OSError:
            return None
        try:
            bureau.write(request)
            await bureau.drain()
            return None if is_cut else await read_message(answers)
        except (OSError, asyncio.IncompleteReadError):
            return None
        finally:
            await end(bureau)

    def _drawn(self) -> Mishap | None:
        if self.is_mended or self._dice.random() >= self.share:
            return None
        mishap = self._dice.choice(list(Mishap))
        self.mishaps[mishap] += 1
        return mishap


@contextmanager
def a_bad_line(bureau_dir: Path, bureau_port: int, seed: int, share: float = 0.5) -> Iterator[BadLine]:
    """Run a line for as long as the block lasts."""
    line = BadLine(BureauFolder(bureau_dir), bureau_port, seed, share)
    thread = threading.Thread(target=line.serve, name="bad line", daemon=True)
    thread.start()
    line.start()
    try:
        yield line
    finally:
        line.stop()
        thread.join(_START_S)
