"""A province whose first database server dies while kiosks speak, and whose second one takes over.

Two servers of PostgreSQL, the second a synchronous standby; two servers of the bureau at one port; kiosks
that spend, return and ask. In the middle every process of the first is killed, and a little later the second
is promoted. Nothing that was acknowledged may be gone, and nothing may be there twice.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from kiosk.bureau.databases import looked_into, opened
from kiosk.bureau.init import init_bureau, meta_value
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.publishing import publish
from kiosk.domain.clock import Clock
from kiosk.messages.feed import JobBody
from kiosk.messages.sync import EnrolReply, SyncReply
from kiosk.protocol.generations import number_of
from kiosk.system_clock import SystemClock
from tests.clusters import Pair, running_pair
from tests.unit.bureau.rehearsal import employer, job, new_machine, parameters
from tests.unit.bureau.servers import Servers, serving
from tests.unit.bureau.storms import JOBS, Hand

KIOSKS = 10
BEFORE, AFTER = 10, 10
"""Rounds of each kiosk before the end of the first server, and that it must do behind it."""
NOTICED_S = (0.2, 3.0)
"""So long until whoever watches promotes the second server."""
PATIENCE_S = 120.0


@dataclass(slots=True)
class Witness:
    """The servers, and an ear for an answer that knows less of a kiosk than the one before."""

    servers: Servers
    known: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        """Tells the time there."""
        return self.servers.clock

    def enrol(self, body: bytes) -> EnrolReply:
        """Enrol a machine at whichever server."""
        return self.servers.enrol(body)

    def sync(self, headers: Mapping[str, str], body: bytes) -> SyncReply:
        """Carry one round to whichever server."""
        reply, name = self.servers.sync(headers, body), headers["kiosk-id"]
        if reply.acked < (known := self.known.get(name, 0)):
            self.lost.append(f"{name}: {known} entries acknowledged, and {reply.acked} known")
        self.known[name] = reply.acked
        return reply


@dataclass(slots=True)
class Caller:
    """A kiosk that speaks without a pause; `heard_at_s` are the moments at which it was answered."""

    hand: Hand
    heard_at_s: list[float] = field(default_factory=list)

    def play(self, witness: Witness, rounds: int) -> None:
        """Do so many rounds that are answered, and then as many as it takes to have told everything."""
        ends_s = time.monotonic() + PATIENCE_S
        goal = len(self.heard_at_s) + rounds
        while len(self.heard_at_s) < goal or not self.is_done:
            assert time.monotonic() < ends_s, f"{self.hand.name} is answered by nobody"
            if len(self.heard_at_s) < goal:
                self.hand.act()
            faults = self.hand.faults
            self.hand.speak(witness)
            if self.hand.faults == faults:
                self.heard_at_s.append(time.monotonic())

    @property
    def is_done(self) -> bool:
        """Return whether everything it wrote down is acknowledged."""
        return self.hand.machine.acked == len(self.hand.machine.journal)

    def silence_s(self, since_s: float) -> float:
        """Return how long after a moment it was answered again."""
        return next(at for at in self.heard_at_s if at > since_s) - since_s


def run(count: int, seed: int) -> tuple[str, bool]:
    """Let so many first servers die; return what came of it, and whether nothing was lost."""
    dice = random.Random(seed)
    silences: list[float] = []
    wrong: list[str] = []
    entries = 0
    for number in range(count):
        with running_pair() as pair, tempfile.TemporaryDirectory(prefix="hall-failover-") as work:
            told, silent_s, written = _survived(pair, Path(work), dice)
        wrong += [f"end {number + 1}: {each}" for each in told]
        silences += silent_s
        entries += written
    lines = [
        f"{count} first servers killed, seed {seed}: {KIOSKS} kiosks each, {entries} entries. The second",
        f"server was promoted {NOTICED_S[0]:g} to {NOTICED_S[1]:g} s later; half of the kiosks were answered",
        f"again within {statistics.median(silences):.1f} s, all of them within {max(silences):.1f} s.",
        *(f"**Lost.** {each}." for each in wrong),
    ]
    return "\n".join(lines if wrong else [*lines, "Everything was whole after each."]), not wrong


def _survived(pair: Pair, work: Path, dice: random.Random) -> tuple[list[str], list[float], int]:
    """Let one first server die; return what is wrong, how long each kiosk was unheard, and its entries."""
    folder = work / "bureau"
    pair.primary.run("CREATE DATABASE hall")
    init_bureau(folder, "值守", database=pair.url("hall"))
    with opened(folder) as database:
        publish(database, "city", [*parameters(), employer(), *map(_open_now, JOBS)])
    with serving(folder, folder, logs=work, at_one_port=True) as servers:
        witness = Witness(servers)
        callers = [
            Caller(Hand(new_machine(witness, folder, no=no + 1), random.Random(dice.random()), f"k{no}"))
            for no in range(KIOSKS)
        ]
        _together(callers, witness, BEFORE)
        crash = threading.Timer(0.1, pair.kill_primary)
        crash.start()
        last = [threading.Thread(target=each.play, args=(witness, AFTER), daemon=True) for each in callers]
        for thread in last:
            thread.start()
        crash.join()
        crashed_s = time.monotonic()
        time.sleep(dice.uniform(*NOTICED_S))
        pair.promote()
        for thread in last:
            thread.join(PATIENCE_S)
        wrong = [*witness.lost, *check_invariants(folder), *_spent_twice(callers)]
        wrong += [f"{each.hand.name} could not tell everything" for each in callers if not each.is_done]
    with looked_into(folder) as connection:
        if number_of(meta_value(connection, "generation")) > 1:
            wrong.append("a standby that had everything was taken for an older database")
    entries = sum(len(each.hand.machine.journal) for each in callers)
    return wrong, [each.silence_s(crashed_s) for each in callers], entries


def _together(callers: Sequence[Caller], witness: Witness, rounds: int) -> None:
    with ThreadPoolExecutor(len(callers)) as pool:
        list(pool.map(lambda each: each.play(witness, rounds), callers))


def _open_now(name: str) -> JobBody:
    """Return work that begins tomorrow."""
    tomorrow = SystemClock().now() + timedelta(days=1)
    body = job(name, headcount=60)
    days = {"first_day": tomorrow.date(), "last_day": tomorrow.date()}
    return body.model_copy(update={"shift": body.shift.model_copy(update=days), "valid_until": tomorrow})


def _spent_twice(callers: Sequence[Caller]) -> Iterator[str]:
    """Yield the numbers that two kiosks gave to people."""
    for name in JOBS:
        spent = Counter(number for each in callers for number in each.hand.spent.get(f"places:{name}", ()))
        yield from (f"{name}: {number} was given twice" for number, times in spent.items() if times > 1)
