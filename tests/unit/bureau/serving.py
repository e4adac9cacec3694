"""Several servers of one bureau, each a process of its own, behind one port; and what speaks to them."""

from __future__ import annotations

import json
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from kiosk.actions.faults import StorageFault
from kiosk.bureau.folders import BureauFolder
from kiosk.domain.sentences import Sentence
from kiosk.messages.sync import EnrolReply, SyncReply
from kiosk.system_clock import SystemClock

PATIENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Servers:
    """Processes behind one port; the system gives each new connection to any of them.

    It takes what an open bureau takes, so that a rehearsed kiosk speaks to it as to one.
    """

    folder: Path
    port: int
    processes: Sequence[subprocess.Popen[bytes]]
    logs: Sequence[Path]
    trust: ssl.SSLContext
    clock: SystemClock = field(default_factory=SystemClock)

    def post(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Say something over a connection of its own. Raises StorageFault where nobody could answer."""
        address = f"https://127.0.0.1:{self.port}{path}"
        try:
            with httpx.Client(verify=self.trust, trust_env=False, timeout=PATIENCE_S) as client:
                answer = client.post(address, content=body, headers=headers)
        except httpx.TransportError as fault:
            raise StorageFault(Sentence("bureau.problem.storage")) from fault
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            raise StorageFault(Sentence("bureau.problem.storage"))
        return answer

    def enrol(self, body: bytes) -> EnrolReply:
        """Enrol a machine at whichever server."""
        return EnrolReply.model_validate_json(self.post("/enrol", body).content)

    def sync(self, headers: Mapping[str, str], body: bytes) -> SyncReply:
        """Carry one round to whichever server."""
        answer = self.post("/sync", body, headers)
        assert answer.status_code == httpx.codes.OK, answer.text
        return SyncReply.model_validate_json(answer.content)

    def heard(self) -> list[int]:
        """Return how many rounds each server has carried out."""
        lines = [log.read_text("utf-8").splitlines() for log in self.logs]
        return [sum(json.loads(line)["event"] == "round" for line in said) for said in lines]


@contextmanager
def serving(folder: Path, logs: Path, count: int) -> Iterator[Servers]:
    """Run so many servers of a bureau; the first takes a free port, and the others share it."""
    port, processes, written = 0, [], []
    with ExitStack() as stack:
        for number in range(count):
            log = logs / f"server-{number}.log"
            words = ["-m", "kiosk", "bureau", "serve", "--share-port", "--data", str(folder)]
            process = subprocess.Popen(
                [sys.executable, *words, "--port", str(port)],
                stdout=subprocess.PIPE,
                stderr=stack.enter_context(log.open("wb")),
            )
            stack.callback(_ended, process)
            assert process.stdout is not None
            port = int(json.loads(process.stdout.readline())["port"])
            processes.append(process)
            written.append(log)
        trust = ssl.create_default_context(cafile=str(BureauFolder(folder).ca_certificate))
        yield Servers(folder, port, processes, written, trust)


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    assert process.wait(PATIENCE_S) in {0, -signal.SIGKILL}
    if process.stdout is not None:
        process.stdout.close()
