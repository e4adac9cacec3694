"""The pulse: one round after another, hurried by a nudge, slowed by failure, never in anybody's way."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.faults import WorldFault
from kiosk.domain.clock import Clock
from kiosk.messages.sync import MAX_EVENTS_A_ROUND, SyncRequest
from kiosk.protocol.kiosk_side import request_of, take_in
from kiosk.protocol.ports import SyncBook
from kiosk.sync.http_bureau import BureauRefusedError, BureauUnreachableError, HttpBureau
from kiosk.sync.posting import OwnPost, come, come_with_offered_key
from kiosk.sync.rounds import Attempt, Schedule, clock_view, yield_turn

log = logging.getLogger(__name__)

_UNPROVEN = 401
_FAILED_REST_S = 2.0
"""After a failed round even a nudge waits this long, the desk's try-now too."""


class Pulse:
    """Speaks with the bureau until told to stop.

    `boot` identifies this run of the machine. `on_round` is called after every round, when all that came of
    it is kept, so that the screen can look again.
    """

    def __init__(
        self,
        book: SyncBook,
        bureau: HttpBureau,
        kiosk: str,
        key: Ed25519PrivateKey,
        clock: Clock,
        schedule: Schedule,
        boot: str,
        on_round: Callable[[Attempt], None],
        own: OwnPost | None = None,
    ) -> None:
        """Keep what a round needs; nothing starts yet. Without `own` nobody hears of a new name or key."""
        self._book = book
        self._bureau = bureau
        self._kiosk = kiosk
        self._key = key
        self._clock = clock
        self._schedule = schedule
        self._boot = boot
        self._on_round = on_round
        self._own = own
        self._nudged = threading.Event()
        self._stopped = threading.Event()
        self._failures = 0
        self._asked_rest_s = 0.0

    def nudge(self) -> None:
        """Speak at once instead of waiting: something happened that others should know."""
        self._nudged.set()

    def stop(self) -> None:
        """End after the round that is under way."""
        self._stopped.set()
        self._nudged.set()

    def run(self) -> None:
        """Go round until stopped."""
        while not self._stopped.is_set():
            wait_s = self.beat()
            if self._failures:
                # Every touch nudges; a bureau that is away is not asked again at each of them, and one that
                # told when it wants to hear of us not before.
                self._stopped.wait(max(min(wait_s, _FAILED_REST_S), self._asked_rest_s))
            self._nudged.wait(wait_s)
            self._nudged.clear()

    def beat(self) -> float:
        """Do rounds until there is nothing more to say; return the seconds to wait before the next."""
        while True:
            attempt = self._one_round()
            self._failures = 0 if attempt.is_success else self._failures + 1
            if not attempt.speaks_again or self._stopped.is_set():
                wait_s = self._schedule.next_after(self._failures, random.random(), attempt.retry_after_s)
                self._asked_rest_s = attempt.retry_after_s or 0.0
                self._note(attempt, wait_s)
                return wait_s
            self._note(attempt, 0.0)

    def _one_round(self) -> Attempt:
        began = self._clock.now()
        try:
            clock = clock_view(self._clock, self._boot)
            said = request_of(self._book.outgoing(MAX_EVENTS_A_ROUND), self._kiosk, clock)
            return self._exchange(said, began)
        except BureauUnreachableError as error:
            log.info("the bureau is out of reach: %s, %s", error, error.problem)
            return Attempt(began, problem=error.problem)
        except BureauRefusedError as error:
            log.warning("the bureau refused a round: %s, %s", error.status, error.problem.key)
            is_rolled = error.status == _UNPROVEN and self._takes_up_offered_key()
            return Attempt(
                began, error.problem.key, speaks_again=is_rolled, retry_after_s=error.retry_after_s
            )
        except WorldFault as fault:
            log.warning("storage failed during a round: %s", fault.sentence.key)
            return Attempt(began, problem=fault.sentence.key)

    def _exchange(self, said: SyncRequest, began: datetime) -> Attempt:
        sent_s = self._clock.monotonic()
        reply = self._bureau.sync(said, self._key)
        heard_s = (sent_s + self._clock.monotonic()) / 2  # the bureau looked at its clock about half-way
        verdict = take_in(self._book, said, reply, self._clock.now(), yield_turn)
        if not verdict.is_valid:
            raise BureauUnreachableError("an answer of another life", "sync.strange_answer")
        if reply.calls_in and self._own is not None:
            come(self._bureau, self._own)
            self._key = self._own.key()
        return Attempt(began, "", (reply.server_time, heard_s), verdict.speaks_again, reply.retry_after_s)

    def _takes_up_offered_key(self) -> bool:
        """Look whether the bureau knows the new key already, where an answer that said so was lost."""
        if self._own is None or not come_with_offered_key(self._bureau, self._own):
            return False
        self._key = self._own.key()
        return True

    def _note(self, attempt: Attempt, wait_s: float) -> None:
        try:
            self._book.note_attempt(
                attempt.at,
                success=attempt.is_success,
                problem=attempt.problem,
                next_try_at=self._clock.now() + timedelta(seconds=wait_s),
                server_time=attempt.heard[0] if attempt.heard else None,
            )
            self._on_round(attempt)
        except WorldFault as fault:
            log.warning("the round could not be noted: %s", fault.sentence.key)
