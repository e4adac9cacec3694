"""The baseline of sync: a plain server to which each entry is one JSON POST and one FULL commit.

    python -m tools.figures.plain_posts --data DIR

It has the bureau's own tables, applies each entry as the bureau does, and nothing else: nobody signs, nothing
comes down. It announces its port as the bureau does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from kiosk.bureau import ingesting
from kiosk.bureau.applying import Applying
from kiosk.bureau.databases import Database, opened
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.projections.ground import Source
from kiosk.bureau.readings import Reader, kept_with
from kiosk.bureau.server import run
from kiosk.demo.children import Child
from kiosk.messages.events import Event
from kiosk.system_clock import SystemClock
from tools.figures.bureaus import BenchBureau
from tools.figures.lines import Line
from tools.figures.processors import family_s, own_s

_PARTS = 10


@dataclass(frozen=True, slots=True)
class Posts:
    """What POSTs took in seconds, each, and what an entry cost of one core in µs, in each tenth of them."""

    took_s: list[float]
    cpu_us: list[float]


def posts(bureau: BenchBureau, stream: str, events: Sequence[Event], database: int | None = None) -> Posts:
    """Send each entry by itself, over one connection and without a pause.

    What it costs is counted of this process, of the server, and of PostgreSQL, by its process id.
    """
    bodies = [
        json.dumps({"stream": stream, "entry": event.model_dump(mode="json")}).encode() for event in events
    ]
    server = Child("plain", ["--data", str(bureau.folder)], bureau.folder, module="tools.figures.plain_posts")
    try:
        with closing(Line(server.announcement()["port"], bureau.ca)) as line:
            told, part = Posts([], []), len(bodies) // _PARTS
            for first in range(0, part * _PARTS, part):
                before = _used_s(server.pid, database)
                told.took_s.extend(_post_s(line, body) for body in bodies[first : first + part])
                told.cpu_us.append(1e6 * (_used_s(server.pid, database) - before) / part)
            return told
    finally:
        server.stop()


def _used_s(server: int, database: int | None) -> float:
    return own_s(os.getpid()) + own_s(server) + (0.0 if database is None else family_s(database))


def _post_s(line: Line, body: bytes) -> float:
    began = time.perf_counter()
    status, _, answer = line.post("/event", body, {"Content-Type": "application/json"})
    took = time.perf_counter() - began
    assert (status, json.loads(answer)["reason"]) == (200, None), answer
    return took


def _app(database: Database, reader: Reader) -> Starlette:
    clock = SystemClock()

    def keep(stream: str, entry: Event) -> str | None:
        with database.writing() as connection:
            now = clock.now()
            ingesting.keep(connection, ingesting.Place(stream, "NZ"), [entry], now)
            source = Source(stream, entry.seq, "NZ-01", "NZ", entry.at, now)
            applying = Applying(connection, reader)
            reason = applying.one(source, entry)
            applying.met.note_seen(connection)
            return reason

    async def event(request: Request) -> JSONResponse:
        said = await request.json()
        entry = Event.model_validate(said["entry"])
        return JSONResponse({"reason": await run_in_threadpool(keep, said["stream"], entry)})

    return Starlette(routes=[Route("/event", event, methods=["POST"])])


def serve(folder: BureauFolder) -> None:
    """Serve until the process is ended."""
    with opened(folder.root, is_server=True) as database:
        _serve(_app(database, Reader(folder.city_key.read_bytes(), kept_with(database, folder))), folder)


def _serve(app: Starlette, folder: BureauFolder) -> None:
    config = uvicorn.Config(
        app,
        ssl_certfile=str(folder.server_certificate),
        ssl_keyfile=str(folder.server_key),
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as the bureau's own
        line = json.dumps({"port": listening.getsockname()[1]})

        def announce() -> None:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

        asyncio.run(run(uvicorn.Server(config), listening, announce))


def main() -> None:
    """Serve as the arguments say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    serve(BureauFolder(parser.parse_args().data))


if __name__ == "__main__":
    main()
