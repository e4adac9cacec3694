"""The kiosk's own client and the bureau's own server speak the same language, over the same TLS."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.bureau.counting import counts
from kiosk.bureau.enrol import Post, issue_code
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau
from kiosk.bureau.server import listen, run
from kiosk.messages.events import FIRST_HASH, Event, HelpCalled, chain_hash
from kiosk.messages.sync import ClockView, SyncRequest
from kiosk.sync.enrolment import Enrolled, enrol
from kiosk.sync.http_bureau import BureauRefusedError, BureauUnreachableError, HttpBureau
from kiosk.system_clock import SystemClock

POST = Post("NZ", "南站", 1, "A", "worker")


@pytest.fixture
def folder(bureau_dir: Path) -> Path:
    return bureau_dir


@pytest.fixture
def url(folder: Path) -> Iterator[str]:
    server, listening = listen(folder, "127.0.0.1", 0, SystemClock())
    ready = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(run(server, listening, ready.set)))
    thread.start()
    try:
        assert ready.wait(20)
        yield f"https://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


def enrolled(folder: Path, url: str) -> Enrolled:
    code = issue_code(folder, POST, datetime.now(UTC))
    return enrol(url, BureauFolder(folder).ca_certificate, code, "bench")


def request(kiosk: str) -> SyncRequest:
    now = datetime.now(UTC)
    body = HelpCalled(call="h1", screen="home", worker=None).model_dump_json()
    entry = Event(
        seq=1,
        type=HelpCalled.type,
        v=1,
        at=now,
        boot="b",
        boottime_ms=1,
        prev_hash=FIRST_HASH,
        hash=chain_hash("s1", 1, HelpCalled.type, 1, FIRST_HASH, body),
        body=body,
    )
    return SyncRequest(
        kiosk=kiosk,
        stream="s1",
        generation="",
        head=1,
        first=1,
        prev_hash=FIRST_HASH,
        events=[entry],
        rights=[],
        wants=[],
        cursors=[],
        clock=ClockView(wall=now, boot="b", boottime_ms=2),
        backlog=1,
    )


def test_a_kiosk_enrols_speaks_and_believes_the_answer(folder: Path, url: str) -> None:
    kiosk = enrolled(folder, url)
    said = request(kiosk.reply.kiosk)
    with HttpBureau(url, BureauFolder(folder).ca_certificate) as bureau:
        greeting = bureau.sync(said, kiosk.key)
        said = said.model_copy(update={"hello": greeting.hello})
        replies = [bureau.sync(said, kiosk.key) for _ in range(2)]
    for reply in replies:
        assert (reply.acked, reply.generation) == (1, kiosk.reply.generation)
    assert counts(folder)["events"] == 1


def test_a_refusal_reaches_the_kiosk_as_a_sentence(folder: Path, url: str) -> None:
    with pytest.raises(BureauRefusedError) as refused:
        enrol(url, BureauFolder(folder).ca_certificate, "23456789ABCDEFGH", "bench")
    assert (refused.value.status, refused.value.problem.key) == (403, "bureau.problem.code_unknown")


def test_a_kiosk_does_not_speak_to_a_bureau_of_another_authority(
    folder: Path, url: str, tmp_path: Path
) -> None:
    other = init_bureau(tmp_path / "other", "另一家")
    with pytest.raises(BureauUnreachableError):
        enrol(url, other.ca_certificate, "23456789ABCDEFGH", "bench")
