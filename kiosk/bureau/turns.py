"""Group commit: requests that wait together are carried out in one transaction, a savepoint each.

A flush of the disk costs the same for one request as for thirty. Whoever gets the turn first carries out all
that have queued up behind him, commits once, and only then anybody is answered.

On a shared database each request has a session of its own, and the database gathers their flushes. One that
came between others is done again; from the last try on, and wherever something is only safe so, it is alone.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from kiosk.bureau.databases import DISK_FAULTS, Contended, Database, MustBeAlone, savepoint

MOST_AT_ONCE = 32
"""So many requests share a commit at most: nobody waits longer than for these."""
TRIES_BESIDE = 4
"""So often a request is tried beside others before it waits until it is alone."""
_BETWEEN = (Contended, MustBeAlone, IntegrityError, psycopg.IntegrityError)
"""What a request meets because of others: two who make one row meet a contradiction that is none."""
_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class _Request(Generic[_Answer]):
    """Something to carry out, and what came of it."""

    act: Callable[[Connection], _Answer]
    answers: list[_Answer] = field(default_factory=list)
    fault: BaseException | None = None
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Turns:
    """The queue before the one writer of a database."""

    database: Database
    _waiting: deque[_Request[object]] = field(default_factory=deque)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def take(self, act: Callable[[Connection], _Answer], *, is_alone: bool = False) -> _Answer:
        """Carry `act` out whole or not at all and return its answer once it is durable; its errors pass.

        `is_alone`: what it does is known not to be safe beside others. On a shared database it may be called
        more than once. Raises StorageFault, as do all that shared the transaction, when the disk fails.
        """
        if self.database.is_shared:
            return self._beside_others(act, is_alone=is_alone)
        request = _Request(act)
        self._waiting.append(request)  # type: ignore[arg-type]  # each answer goes to its own caller
        with self._turn:
            while not request.is_done:
                self._carry_out()
        if request.fault is not None:
            raise request.fault
        return request.answers[0]

    def _beside_others(self, act: Callable[[Connection], _Answer], *, is_alone: bool) -> _Answer:
        for _ in range(0 if is_alone else TRIES_BESIDE):
            try:
                with self.database.writing(beside_others=True) as connection:
                    return act(connection)
            except Contended:
                continue
            except _BETWEEN:
                break
        with self.database.writing() as connection:
            return act(connection)

    @property
    def queued(self) -> int:
        """Return how many requests wait for their turn."""
        return len(self._waiting)

    def _carry_out(self) -> None:
        requests: list[_Request[object]] = []
        try:
            with self.database.writing() as connection:
                requests = self._next()  # as late as this, so that whoever came meanwhile is among them
                for request in requests:
                    _try(connection, request)
        except BaseException as fault:  # noqa: BLE001 - it is raised again, by each who waits for it
            # Nothing of any of them was committed. Whoever was refused already hears why.
            for request in requests or self._next():
                request.fault = request.fault or fault
                request.is_done = True
        for request in requests:
            request.is_done = True

    def _next(self) -> list[_Request[object]]:
        return [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_AT_ONCE))]


def _try(connection: Connection, request: _Request[object]) -> None:
    try:
        with savepoint(connection):
            request.answers.append(request.act(connection))
    except DISK_FAULTS:
        raise  # the disk is in trouble: nobody's work is sure
    except Exception as fault:  # noqa: BLE001 - it is raised again, by whoever asked
        request.fault = fault
