"""Real server processes of one bureau, at one port or each at its own, and what speaks to them."""

from __future__ import annotations

import itertools
import json
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from kiosk.actions.faults import StorageFault
from kiosk.bureau.folders import BureauFolder
from kiosk.domain.sentences import Sentence
from kiosk.messages.sync import EnrolReply, SyncReply
from kiosk.system_clock import SystemClock

PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A process of `kiosk bureau serve`; where several share its port, any of them may answer.

    It takes what an open bureau takes, so that a rehearsed kiosk speaks to it as to one.
    """

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    trust: ssl.SSLContext
    clock: SystemClock = field(default_factory=SystemClock)

    def post(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Say something over a connection of its own.

        Raises StorageFault where nobody answers, or the bureau cannot for now.
        """
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
        """Enrol a machine."""
        return EnrolReply.model_validate_json(self.post("/enrol", body).content)

    def sync(self, headers: Mapping[str, str], body: bytes) -> SyncReply:
        """Carry one round. Raises StorageFault as `post` does."""
        answer = self.post("/sync", body, headers)
        assert answer.status_code == httpx.codes.OK, answer.text
        return SyncReply.model_validate_json(answer.content)

    def heard(self) -> int:
        """Return how many rounds this process has carried out."""
        lines = self.log.read_text("utf-8").splitlines()
        return sum(json.loads(line)["event"] == "round" for line in lines)


@dataclass(frozen=True, slots=True)
class Servers:
    """Several of them: each word goes to the next one.

    `read`: what each kiosk knows of each scope, but for capsules, which are sealed meanwhile.
    """

    each: tuple[Server, ...]
    read: dict[str, dict[tuple[str, str, str], str]] = field(default_factory=dict)
    clock: SystemClock = field(default_factory=SystemClock)
    _turn: Iterator[int] = field(default_factory=itertools.count)

    def post(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Say something to the next server. Raises StorageFault as `Server.post` does."""
        return self._next().post(path, body, headers)

    def enrol(self, body: bytes) -> EnrolReply:
        """Enrol a machine at the next server."""
        return self._next().enrol(body)

    def sync(self, headers: Mapping[str, str], body: bytes) -> SyncReply:
        """Carry one round to the next server. Raises StorageFault as `Server.post` does."""
        reply = self._next().sync(headers, body)
        read = self.read.setdefault(headers["kiosk-id"], {})
        for page in reply.pages:
            if page.is_snapshot:
                for name in [name for name in read if name[0] == page.scope]:
                    del read[name]
            for row in page.rows:
                read.pop((page.scope, row.topic, row.id), None)
                if not row.is_deleted and row.topic != "capsule":
                    read[page.scope, row.topic, row.id] = row.body
        return reply

    def _next(self) -> Server:
        return self.each[next(self._turn) % len(self.each)]


@contextmanager
def serving(*folders: Path, logs: Path, at_one_port: bool = False) -> Iterator[Servers]:
    """Run a server process for each folder for as long as the block lasts; one may be killed meanwhile.

    Each has a free port of its own, or all share the first one's: the system gives each connection to any.
    """
    with ExitStack() as stack:
        begun: list[tuple[subprocess.Popen[bytes], Path]] = []
        ports: list[int] = []
        for number, folder in enumerate(folders):
            log = logs / f"server-{number}.log"
            place = ["--port", str(ports[0]) if ports else "0", *(["--share-port"] if at_one_port else [])]
            process = subprocess.Popen(
                [sys.executable, "-m", "kiosk", "bureau", "serve", "--data", str(folder), *place],
                stdout=subprocess.PIPE,
                stderr=stack.enter_context(log.open("wb")),
            )
            stack.callback(_ended, process)
            begun.append((process, log))
            if at_one_port:
                ports.append(_port_of(process))
        ports = ports or [_port_of(process) for process, _ in begun]
        trust = ssl.create_default_context(cafile=str(BureauFolder(folders[0]).ca_certificate))
        each = zip(begun, ports, strict=True)
        yield Servers(tuple(Server(process, port, log, trust) for (process, log), port in each))


def folder_of_another_machine(folder: Path, to: Path) -> Path:
    """Copy what a second machine needs: the keys of the folder, and where its databases are."""
    to.mkdir()
    files = BureauFolder(folder)
    shared = (files.city_key, files.ca_certificate, files.server_certificate, files.server_key)
    for path in (*shared, files.database_url, files.keys_url, files.keys_cover):
        (to / path.name).write_bytes(path.read_bytes())
    return to


def _port_of(process: subprocess.Popen[bytes]) -> int:
    """Return the port of a process once it is ready."""
    assert process.stdout is not None
    ready = process.stdout.readline()
    assert ready, "the server ended before it was ready"
    return int(json.loads(ready)["port"])


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    assert process.wait(PATIENCE_S) in {0, -signal.SIGKILL}
    if process.stdout is not None:
        process.stdout.close()
