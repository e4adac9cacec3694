"""The bureau on the wire: a few routes over TLS, every error a `Problem`, nothing of its inside let out.

| route | who | answer |
| --- | --- | --- |
| GET /healthz | anyone | `{"state": "ok"}` once the database answers |
| GET /openapi.json | anyone | what this table says, for programs |
| GET /readyz, GET /metrics | this machine, and who was named | whether kiosks may come; figures |
| GET /ca.pem | anyone | the authority's certificate; a kiosk compares it with its ticket's fingerprint |
| POST /enrol | holder of a one-time code | EnrolReply |
| POST /sync | an enrolled kiosk, signed | SyncReply |
| POST /post | an enrolled kiosk, signed | PostReply: how it is called, and its key |
| GET /courier | anyone | the bureau's card for the courier, which the authority vouches for |
| POST /courier | an enrolled kiosk, signed | the sealed answer to a bundle of any kiosk |
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import signal
import socket
import sys
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
import uvicorn
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kiosk.actions.faults import Refused, StorageFault, WorldFault
from kiosk.bureau.connections import Line, read_little_at_once
from kiosk.bureau.couriers import take_bundle
from kiosk.bureau.databases import opened
from kiosk.bureau.describing import openapi
from kiosk.bureau.figures import CONTENT_TYPE, Gauge
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.limits import Limits, network_of
from kiosk.bureau.offices import Office, office
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.reaches import ReachMinder
from kiosk.bureau.sealing import SealMinder
from kiosk.bureau.watching import gauges, readiness
from kiosk.domain.clock import Clock
from kiosk.domain.sentences import Sentence
from kiosk.memory import give_back
from kiosk.messages.bundles import MAX_BUNDLE_BYTES
from kiosk.messages.sync import Problem
from kiosk.messages.wire import Wire

MAX_BODY_BYTES = 4 * 1024 * 1024
MAX_ENROL_BYTES = 16 * 1024
"""Whoever enrols is not known yet, so little is read."""
BODY_S = 60.0
"""A full round of 500 entries is some 300 kB, so a line of 40 kbit/s is still in time."""
_GRACE_S = 3
_COLLECT_AFTER = (20_000, 20, 20)
"""New objects before the youngest are searched, and searches of one age before those of the next."""
_log = structlog.get_logger("bureau")
Handler = Callable[[Request], Awaitable[Response]]


def create_app(
    data_dir: Path, clock: Clock, limits: Limits | None = None, watchers: Collection[str] = ()
) -> Starlette:
    """Return the ASGI application of the bureau under `data_dir`, which opens it for its lifetime.

    Without `limits` the usual ones hold. `watchers` are addresses that may see figures from elsewhere.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with office(data_dir, clock, limits=limits) as bureau:
            sealing = SealMinder(bureau.sealer, clock)
            app.state.office, app.state.sealing = bureau, sealing
            with ReachMinder(bureau.reach).at_work(), sealing.at_work():
                yield

    app = Starlette(
        lifespan=lifespan,
        routes=[Route(path, _counted(path, handler), methods=[method]) for method, path, handler in _ROUTES],
        exception_handlers={
            RequestRefused: _refused,
            WorldFault: _world_failed,
            HTTPException: _no_such_route,
            Exception: _we_failed,
        },
    )
    app.state.folder, app.state.watchers = data_dir, frozenset(watchers)
    return app


def serve(
    data_dir: Path,
    host: str,
    port: int,
    clock: Clock,
    watchers: Collection[str] = (),
    *,
    is_shared: bool = False,
) -> None:
    """Serve until SIGTERM or SIGINT; port 0 takes any free one. `watchers` may see figures from elsewhere.

    `is_shared`: other servers of this bureau may serve the same port, and the system shares kiosks out among
    them. Raises Refused where the database is a file, which has one writer.

    When kiosks may come, one JSON line on standard output says where: {"port": …, "ca": path}.
    """
    with opened(data_dir) as database:  # one that cannot be used is told before any port is taken
        if is_shared and not database.is_shared:
            raise Refused(Sentence("bureau.fault.one_server"))
    log_to_stderr()
    signal.signal(signal.SIGTERM, _already_stopping)
    signal.signal(signal.SIGINT, _already_stopping)
    server, listening = listen(data_dir, host, port, clock, watchers=watchers, is_shared=is_shared)
    line = {"port": listening.getsockname()[1], "ca": str(BureauFolder(data_dir).ca_certificate)}

    def announce() -> None:
        _let_collector_rest()
        give_back()
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()

    with listening:
        asyncio.run(run(server, listening, announce))


def _let_collector_rest() -> None:
    """Leave everything that was loaded out of every later search for garbage, and search less often.

    A search through the whole program takes a tenth of a second, and everybody who speaks waits for it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)


def listen(
    data_dir: Path,
    host: str,
    port: int,
    clock: Clock,
    limits: Limits | None = None,
    watchers: Collection[str] = (),
    *,
    is_shared: bool = False,
) -> tuple[uvicorn.Server, socket.socket]:
    """Return a server for a bureau and the socket bound for it."""
    folder = BureauFolder(data_dir)
    read_little_at_once()
    config = uvicorn.Config(
        create_app(data_dir, clock, limits, watchers),
        http=Line,
        ws="none",
        ssl_certfile=str(folder.server_certificate),
        ssl_keyfile=str(folder.server_key),
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,  # the reply tells the time itself
        timeout_graceful_shutdown=_GRACE_S,
    )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, reuse_port=is_shared)
    # Whoever is accepted inherits it. Head and body of an answer are two segments, and the second one would
    # wait up to 40 ms for the other side to acknowledge the first.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return uvicorn.Server(config), listening


async def run(server: uvicorn.Server, listening: socket.socket, when_ready: Callable[[], None]) -> None:
    """Serve on a bound socket until the server is told to stop, and say when it is ready."""
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    if not server.started:
        await serving
        raise StorageFault(Sentence("bureau.fault.not_started"))
    when_ready()
    await serving


def log_to_stderr() -> None:
    """Write log lines as JSON to standard error; standard output belongs to the one ready line.

    The web server's own tracebacks are not written: they repeat what somebody said.
    """
    logging.getLogger("uvicorn.error").addFilter(lambda record: not record.exc_info)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _already_stopping(_number: int, _frame: object) -> None:
    """Let the process end by itself: uvicorn repeats the signal that stopped it after it has shut down."""


def _office(request: Request) -> Office:
    bureau: Office = request.app.state.office
    return bureau


async def _healthz(request: Request) -> Response:
    def ask() -> None:
        with _office(request).database.reading() as connection:
            connection.execute(text("SELECT 1"))

    await run_in_threadpool(ask)
    return JSONResponse({"state": "ok"})


async def _ca_pem(request: Request) -> Response:
    return Response(_office(request).ca_pem, media_type="application/x-pem-file")


async def _enrol(request: Request) -> Response:
    body = await _body(request, MAX_ENROL_BYTES)
    return _answer(await run_in_threadpool(_office(request).enrol, body))


async def _post(request: Request) -> Response:
    body = await _body(request, MAX_ENROL_BYTES)
    return _answer(await run_in_threadpool(_office(request).post, request.headers, body))


async def _sync(request: Request) -> Response:
    body = await _body(request, MAX_BODY_BYTES)
    content, media_type = await run_in_threadpool(_round, _office(request), request.headers, body)
    request.app.state.sealing.wake()
    return Response(content, media_type=media_type)


def _round(bureau: Office, headers: Mapping[str, str], body: bytes) -> tuple[bytes, str]:
    try:
        return bureau.wires.answer(headers, body, bureau.sync(headers, body))
    finally:
        bureau.wires.forget(headers, body)


async def _courier_card(request: Request) -> Response:
    return Response(_office(request).courier.card, media_type="application/json")


async def _courier(request: Request) -> Response:
    body = await _body(request, MAX_BUNDLE_BYTES)
    bureau = _office(request)
    answer = await run_in_threadpool(take_bundle, bureau, request.headers, body)
    request.app.state.sealing.wake()
    return Response(answer, media_type="application/octet-stream")


async def _body(request: Request, limit_bytes: int) -> bytes:
    """Read a body no longer than is allowed, whatever its header claims, and no slower."""
    parts = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for part in request.stream():
                parts += part
                if len(parts) > limit_bytes:
                    raise RequestRefused(413, "bureau.problem.too_large")
    except TimeoutError:
        raise RequestRefused(408, "bureau.problem.too_slow") from None
    except ClientDisconnect:
        raise RequestRefused(400, "bureau.problem.malformed") from None
    return bytes(parts)


def _answer(reply: Wire) -> Response:
    return Response(reply.model_dump_json(), media_type="application/json")


def _problem(status: int, key: str, detail: str = "") -> Response:
    body = Problem(key=key, detail=detail).model_dump_json()
    return Response(body, status_code=status, media_type="application/json")


def _counted(path: str, handler: Handler) -> Handler:
    """Return a handler that counts, and is not asked by an address that came too often."""

    async def answer(request: Request) -> Response:
        bureau = _office(request)
        bureau.limits.admit_address(_address(request), is_enrolling=path == "/enrol")
        began_s = bureau.clock.monotonic()
        try:
            return await handler(request)
        finally:
            bureau.figures.count_time(path, bureau.clock.monotonic() - began_s)

    return answer


def _watched(handler: Handler) -> Handler:
    """Return a handler that is there for this machine itself and whoever was named, and for nobody else."""

    async def answer(request: Request) -> Response:
        address = _address(request)
        if network_of(address) is not None and address not in request.app.state.watchers:
            raise RequestRefused(404, "bureau.problem.no_such_route")
        return await handler(request)

    return answer


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _openapi(_request: Request) -> Response:
    return JSONResponse(openapi())


async def _readyz(request: Request) -> Response:
    bureau = _office(request)
    found = await run_in_threadpool(readiness, bureau.database, request.app.state.folder, bureau.clock.now())
    return JSONResponse(found.told, status_code=200 if found.is_ready else 503)


async def _metrics(request: Request) -> Response:
    bureau, folder = _office(request), request.app.state.folder

    def look() -> Iterable[Gauge]:
        return gauges(bureau.database, folder, bureau.clock.now(), bureau.turns.queued)

    return Response(await run_in_threadpool(bureau.figures.text, look), media_type=CONTENT_TYPE)


async def _refused(request: Request, refused: Exception) -> Response:
    assert isinstance(refused, RequestRefused)
    _office(request).figures.count_refusal(refused.key)
    _log.info("refused", path=request.url.path, problem=refused.key)
    answer = _problem(refused.status, refused.key, refused.detail)
    if refused.retry_after_s is not None:
        answer.headers["Retry-After"] = str(refused.retry_after_s)
    return answer


async def _world_failed(request: Request, fault: Exception) -> Response:
    _log.error("world_failed", path=request.url.path, problem=str(fault))
    return _problem(503, "bureau.problem.storage")


async def _no_such_route(_request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    return _problem(fault.status_code, "bureau.problem.no_such_route")


async def _we_failed(request: Request, fault: Exception) -> Response:
    # The kind and the place alone: the text of an error may carry what somebody said.
    place = traceback.extract_tb(fault.__traceback__)[-1]
    _log.error(
        "we_failed", path=request.url.path, kind=type(fault).__name__, at=f"{place.name}:{place.lineno}"
    )
    return _problem(500, "bureau.problem.internal")


_ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/healthz", _healthz),
    ("GET", "/readyz", _watched(_readyz)),
    ("GET", "/metrics", _watched(_metrics)),
    ("GET", "/openapi.json", _openapi),
    ("GET", "/ca.pem", _ca_pem),
    ("POST", "/enrol", _enrol),
    ("POST", "/sync", _sync),
    ("POST", "/post", _post),
    ("GET", "/courier", _courier_card),
    ("POST", "/courier", _courier),
)
