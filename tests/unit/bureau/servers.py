"""Real server processes of one bureau, and kiosks that come to whichever of them answers."""

from __future__ import annotations

import itertools
import json
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.faults import StorageFault
from kiosk.bureau.enrol import Post, issue_code
from kiosk.bureau.folders import BureauFolder
from kiosk.domain.sentences import Sentence
from kiosk.messages.sync import EnrolReply, SyncReply
from tests.unit.bureau.rehearsal import Machine, enrol_request

ANSWER_S = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A process of `kiosk bureau serve`, and a client that trusts its authority alone."""

    process: subprocess.Popen[str]
    client: httpx.Client

    def sync(self, headers: Mapping[str, str], body: bytes) -> SyncReply:
        """Carry one round. Raises StorageFault where nobody answers, or the bureau cannot for now."""
        try:
            answer = self.client.post("/sync", content=body, headers=dict(headers))
        except httpx.TransportError as fault:
            raise StorageFault(Sentence("bureau.problem.storage")) from fault
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            raise StorageFault(Sentence("bureau.problem.storage"))
        assert answer.status_code == httpx.codes.OK, answer.text
        return SyncReply.model_validate_json(answer.content)


@dataclass(frozen=True, slots=True)
class Servers:
    """Several of them: each round goes to the next one.

    `read`: what each kiosk knows of each scope, but for capsules, which are sealed meanwhile.
    """

    each: tuple[Server, ...]
    read: dict[str, dict[tuple[str, str, str], str]] = field(default_factory=dict)
    _turn: Iterator[int] = field(default_factory=itertools.count)

    def sync(self, headers: Mapping[str, str], body: bytes) -> SyncReply:
        """Carry one round to the next server. Raises StorageFault as `Server.sync` does."""
        reply = self.each[next(self._turn) % len(self.each)].sync(headers, body)
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


@contextmanager
def serving(*folders: Path) -> Iterator[Servers]:
    """Run a server process for each folder for as long as the block lasts; one may be killed meanwhile."""
    with ExitStack() as stack:
        command = [sys.executable, "-m", "kiosk", "bureau", "serve", "--port", "0", "--data"]
        begun = [
            subprocess.Popen(
                [*command, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
            for folder in folders
        ]
        for process in begun:
            stack.callback(process.communicate)
            stack.callback(process.terminate)
        yield Servers(tuple(stack.enter_context(_reached(process)) for process in begun))


def enrolled_at(server: Server, folder: Path, station: str = "NZ", no: int = 1) -> Machine:
    """Enrol a machine with a ticket made beside the servers."""
    code = issue_code(
        folder, Post(station, f"{station}站", no, "ABCDEFGHJK"[no - 1], "worker"), datetime.now(UTC)
    )
    key = Ed25519PrivateKey.generate()
    answer = server.client.post("/enrol", content=enrol_request(code, key).model_dump_json())
    return Machine(EnrolReply.model_validate_json(answer.content), key)


@contextmanager
def _reached(process: subprocess.Popen[str]) -> Iterator[Server]:
    assert process.stdout is not None
    ready = process.stdout.readline()
    assert ready, "the server ended before it was ready"
    told = json.loads(ready)
    context = ssl.create_default_context(cafile=told["ca"])
    address = f"https://127.0.0.1:{told['port']}"
    with httpx.Client(base_url=address, verify=context, trust_env=False, timeout=ANSWER_S) as client:
        yield Server(process, client)


def folder_of_another_machine(folder: Path, to: Path) -> Path:
    """Copy what a second machine needs: the keys of the folder, and where its databases are."""
    to.mkdir()
    files = BureauFolder(folder)
    shared = (files.city_key, files.ca_certificate, files.server_certificate, files.server_key)
    for path in (*shared, files.database_url, files.keys_url, files.keys_cover):
        (to / path.name).write_bytes(path.read_bytes())
    return to
