"""One HTTPS connection: kept while both sides want it, opened anew when it ended, and never believed half."""

from __future__ import annotations

import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPException, IncompleteRead
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.bureau.folders import BureauFolder
from kiosk.sync.http_bureau import BureauUnreachableError, HttpBureau, pinned_context
from kiosk.sync.lines import FAULTS, Answer, HttpsLine, HungUpError, TooLongError
from tests.unit.bureau.rehearsal import HandClock

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello"


class Server:
    """A server that answers by a plan, a connection after another; `asked` is what it read."""

    def __init__(self, folder: BureauFolder, *plans: list[bytes | None]) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(folder.server_certificate, folder.server_key)
        self._plans = plans
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.asked: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self._listening.getsockname()[1]}"

    def join(self) -> None:
        self._thread.join(20)
        self._listening.close()
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        """Answer each connection's plan, request by request, until it ends; None hangs up instead."""
        for plan in self._plans:
            plain, _ = self._listening.accept()
            with plain, self._context.wrap_socket(plain, server_side=True) as wire:
                for answer in plan:
                    asked = _request(wire)
                    if asked:
                        self.asked.append(asked)
                    if not asked or answer is None:
                        break
                    wire.sendall(answer)


def _request(wire: ssl.SSLSocket) -> bytes:
    """Read one request with its body, or what there is of it when the other side is gone."""
    read = b""
    while b"\r\n\r\n" not in read or len(read) < _length(read):
        part = wire.recv(65_536)
        if not part:
            break
        read += part
    return read


def _length(read: bytes) -> int:
    head, _, _ = read.partition(b"\r\n\r\n")
    told = [line for line in head.split(b"\r\n") if line.startswith(b"Content-Length: ")]
    return len(head) + 4 + sum(int(line.removeprefix(b"Content-Length: ")) for line in told)


@pytest.fixture
def folder(bureau_dir: Path) -> BureauFolder:
    return BureauFolder(bureau_dir)


@contextmanager
def a_line(
    folder: BureauFolder, *plans: list[bytes | None], clock: HandClock | None = None
) -> Iterator[tuple[HttpsLine, Server]]:
    server = Server(folder, *plans)
    context = pinned_context(folder.ca_certificate)
    line = HttpsLine(server.url + "/under/", context, (clock or HandClock()).monotonic)
    try:
        yield line, server
    finally:
        line.close()
        server.join()


def speaker(folder: BureauFolder, server: Server) -> HttpBureau:
    return HttpBureau(server.url, folder.ca_certificate)


def ask(line: HttpsLine, most_bytes: int = 1000) -> Answer:
    return line.ask("POST", "/sync", b"body", {"Name": "value"}, read_s=20.0, most_bytes=most_bytes)


def test_a_request_says_what_is_needed_and_a_connection_serves_many(folder: BureauFolder) -> None:
    with a_line(folder, [GOOD, GOOD]) as (line, server):
        assert [ask(line), ask(line)] == [Answer(200, "text/plain", b"hello")] * 2
        host = server.url.removeprefix("https://")
    told = f"POST /under/sync HTTP/1.1\r\nHost: {host}\r\nName: value\r\nContent-Length: 4\r\n\r\nbody"
    assert server.asked == [told.encode()] * 2


def test_a_connection_that_ended_while_nobody_spoke_is_opened_anew_unnoticed(folder: BureauFolder) -> None:
    with a_line(folder, [GOOD], [GOOD]) as (line, server):
        ask(line)
        wire = line._wire
        assert wire is not None
        assert _is_readable(wire)  # the other side has let go of it
        assert ask(line).content == b"hello"
    assert len(server.asked) == 2


def test_a_connection_that_ends_under_a_request_asks_for_another_try(folder: BureauFolder) -> None:
    with a_line(folder, [GOOD, None], [GOOD]) as (line, server):
        ask(line)
        with pytest.raises(HungUpError):
            ask(line)
        assert ask(line).content == b"hello"
    assert len(server.asked) == 3


def test_a_new_connection_that_ends_at_once_asks_for_no_other_try(folder: BureauFolder) -> None:
    with a_line(folder, [None]) as (line, _):
        with pytest.raises(ConnectionError) as fault:
            ask(line)
        assert not isinstance(fault.value, HungUpError)


def test_a_connection_on_which_nobody_spoke_for_long_is_not_trusted(folder: BureauFolder) -> None:
    """A box between the two may have forgotten it, and then nobody ever says so."""
    clock = HandClock()
    with a_line(folder, [GOOD, GOOD, GOOD], [GOOD], clock=clock) as (line, server):
        ask(line)
        ask(line)
        kept = line._wire
        clock.forward(timedelta(seconds=5))
        assert ask(line).content == b"hello"
        assert line._wire is not kept
    assert len(server.asked) == 3


def test_a_server_that_says_so_is_not_asked_again_on_the_same_connection(folder: BureauFolder) -> None:
    last = GOOD.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    with a_line(folder, [last], [GOOD]) as (line, _):
        ask(line)
        assert line._wire is None
        assert ask(line).content == b"hello"


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (GOOD[:-2], IncompleteRead),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", IncompleteRead),
        (b"HTTP/1.1 200 OK\r\nContent-Le", HTTPException),
        (b"\x00\x01\x02 nothing of this\r\n\r\n", HTTPException),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", HTTPException),
        (GOOD.replace(b"Length: 5", b"Length: 1001"), TooLongError),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"2\r\nab\r\n" * 501, TooLongError),
        (b"HTTP/1.1 200 OK\r\n\r\nhello", HTTPException),
    ],
)
def test_an_answer_that_breaks_off_or_never_ends_is_none(
    folder: BureauFolder, answer: bytes, fault: type[Exception]
) -> None:
    with a_line(folder, [answer], [GOOD]) as (line, _):
        with pytest.raises(fault) as told:
            ask(line)
        assert isinstance(told.value, FAULTS)
        assert ask(line).content == b"hello"  # on a new connection


def test_an_answer_in_chunks_is_whole_and_a_refusal_is_an_answer_too(folder: BureauFolder) -> None:
    chunked = b"HTTP/1.1 201 Made\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    with a_line(folder, [chunked], [GOOD.replace(b"200 OK", b"404 No")]) as (line, _):
        made = ask(line)
        line.close()
        missing = ask(line)
    assert (made, made.is_success) == (Answer(201, "", b"hello"), True)
    assert (missing, missing.is_success) == (Answer(404, "text/plain", b"hello"), False)


def test_a_bureau_that_let_go_of_the_connection_is_asked_again_in_new_words(folder: BureauFolder) -> None:
    """A request is signed once: the bureau turns away the one it has heard."""
    key = Ed25519PrivateKey.generate()
    with a_line(folder, [GOOD, None], [GOOD]) as (_, server), speaker(folder, server) as bureau:
        assert [bureau.carry(b"bundle", "NZ-01", key) for _ in range(2)] == [b"hello"] * 2
    signed = {line for asked in server.asked for line in asked.split(b"\r\n") if b"oken" in line}
    assert (len(server.asked), len(signed)) == (3, 3)


def test_a_bureau_that_lets_go_again_is_out_of_reach(folder: BureauFolder) -> None:
    plans: list[list[bytes | None]] = [[GOOD, None], [None], [GOOD]]
    with a_line(folder, *plans) as (_, server), speaker(folder, server) as bureau:
        bureau.courier_card()
        with pytest.raises(BureauUnreachableError) as fault:
            bureau.courier_card()
        assert fault.value.problem == "sync.unreachable"
        assert bureau.courier_card() == b"hello"


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:1",
        "https://",
        "https://[::1",
        "https://127.0.0.1:99999",
        "https://a..b",
        "https://甲..",
    ],
)
def test_an_address_that_leads_nowhere_is_one_of_the_known_faults(folder: BureauFolder, url: str) -> None:
    line = HttpsLine(url, pinned_context(folder.ca_certificate))
    with pytest.raises(FAULTS):
        ask(line)


def _is_readable(wire: ssl.SSLSocket) -> bool:
    """Wait until the other side's end has arrived, without reading it."""
    return bool(select.select([wire], [], [], 20)[0])
