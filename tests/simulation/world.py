"""A world of kiosks, a bureau, a bad network and worse luck; one seed is one schedule, repeated exactly.

| what goes wrong | how often |
| --- | --- |
| messages are lost, doubled, late, out of order | always |
| a kiosk's power is cut between any two steps of its two processes | often |
| its database is put back from an old copy; its marker is lost; its disk is cloned | now and then |
| the bureau is restored from its last backup, announced or not | now and then |
| capacities change, places are given back, people try to board with any paper ever printed | always |

Checked after every step: I1 no number on two papers that can still be used, and never more papers than
places; I7 a printed slip has a committed entry; I8 bodies through the door <= seats. Checked after healing:
I2 nothing that survived is missing at the bureau, I3 numbers are conserved, I4 a recount of the log comes out
the same, I5 the log of each stream is dense, and the bureau grants again.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from greenlet import greenlet  # type: ignore[import-untyped]  # it carries no types

from kiosk.domain.ids import StreamId
from kiosk.messages.events import Event, EventBody, PlaceTaken
from kiosk.messages.sync import Recall, SyncReply, SyncRequest
from kiosk.protocol import bureau_side, quotas
from kiosk.protocol.doors import DoorStillOpen, handed_to
from kiosk.protocol.marks import Mark
from tests.simulation.kiosks import Crash, Db, Disk, Paper, SimKiosk
from tests.simulation.offices import SimBureau

SEATS = "seats:t1"
JOBS = ("places:j1", "places:j2")
WORKERS = tuple(f"w{n}" for n in range(12))
_ROUNDS_TO_HEAL = 60
_MOST_ON_THE_WAY = 9
_COPIED_AT_COMMIT = 0.5
_CUT_WHILE_STARTING = 0.3


class Broken(AssertionError):
    """An invariant does not hold."""


@dataclass(slots=True)
class Task:
    """One activity of one process of a kiosk, somewhere between two of its steps."""

    kiosk: SimKiosk
    kind: str
    run: greenlet


@dataclass(frozen=True, slots=True)
class Message:
    """A request or an answer on its way."""

    kiosk: SimKiosk
    said: SyncRequest
    reply: SyncReply | None = None


class World:
    """One schedule. `run` raises Broken; everything random comes from the seed."""

    def __init__(self, seed: int, *, kiosks: int = 3, steps: int = 260) -> None:
        self.draw = random.Random(seed)
        self.steps = steps
        self.bodies_said: dict[str, EventBody] = {}
        capacity = {name: self.draw.randint(3, 9) for name in (*JOBS, SEATS)}
        self.most = dict(capacity)
        self.bureau = SimBureau(capacity, self.bodies_said)
        self.net: list[Message] = []
        self.tasks: list[Task] = []
        self.up: set[int] = set()
        self.events: dict[tuple[str, int], str] = {}
        self.lost: set[tuple[str, int, str]] = set()
        self.papers: dict[str, Paper] = {}
        self.marked: dict[str, int] = {}
        self.stream_of: dict[str, str] = {}
        self.machine_of: dict[str, str] = {}
        self.scanned: set[str] = set()
        self.kept_out: set[str] = set()
        self.more_papers: dict[str, int] = {}
        self.boarded: list[str] = []
        self.copies: dict[int, list[Db]] = {}
        self.clones = 0
        self._names = 0
        self.hub = greenlet.getcurrent()
        self.kiosks = [SimKiosk(f"k{n}", f"m{n}", self, Disk()) for n in range(kiosks)]
        for kiosk in self.kiosks:
            self._power_up(kiosk)

    # --- what kiosks ask of the world --------------------------------------------------------

    def pause(self) -> None:
        """Let others go on."""
        if greenlet.getcurrent() is not self.hub:
            self.hub.switch()

    def unique(self, kind: str) -> str:
        """Return a name nobody has."""
        self._names += 1
        return f"{kind}{self._names}"

    def committed(self, kiosk: SimKiosk, entry: Event, body: EventBody, stream: str) -> None:
        """Remember what is durable; a stream tells one story only."""
        self.kept_out |= kiosk.db.door.kept_out
        if self.draw.random() < _COPIED_AT_COMMIT:
            self._copy(kiosk)
        key = (stream, entry.seq)
        before = self.events.setdefault(key, entry.hash)
        # A commit that its marker never followed printed nothing; gone with its medium, it may come again.
        may_come_again = (*key, before) in self.lost and entry.seq > self.marked.get(stream, 0)
        if before != entry.hash and not may_come_again:
            raise Broken(f"{stream} {entry.seq} was written twice")
        self.events[key] = entry.hash
        self.lost.discard((*key, entry.hash))
        self.bodies_said[entry.hash] = body
        if isinstance(body, PlaceTaken):
            self.stream_of[body.slip] = stream
            self.machine_of[stream] = kiosk.machine

    def followed(self, mark: Mark) -> None:
        """Remember the highest commit that a marker ever knew of."""
        self.marked[mark.stream] = max(mark.head, self.marked.get(mark.stream, 0))

    def printed(self, kiosk: SimKiosk, paper: Paper) -> None:
        """See a paper come out, the first time or as a copy of itself."""
        if paper.slip not in self.stream_of:
            raise Broken(f"I7: {paper.slip} has no entry")
        self.papers[paper.slip] = paper
        for name, number in paper.spent:
            others = [
                item.slip
                for item in self.papers.values()
                if (name, number) in item.spent and item.slip != paper.slip and self._is_usable(item)
            ]
            if others and self._is_usable(paper):
                raise Broken(f"I1: {name} {number} is on {paper.slip} and on {others}")
        self._check_counts()

    def copied(self, slip: str) -> None:
        """See one more paper of a slip come out."""
        self.more_papers[slip] = self.more_papers.get(slip, 0) + 1

    def _is_usable(self, paper: Paper) -> bool:
        """Return whether somebody could still board with a paper.

        A door that once kept it out may be gone, but whoever holds the door next is told of it first.
        """
        for kiosk in self._doors():
            self.kept_out |= kiosk.db.door.kept_out
        return paper.slip not in self.scanned and paper.slip not in self.kept_out

    def _doors(self) -> list[SimKiosk]:
        return [kiosk for kiosk in self.kiosks if kiosk.disk.db and not kiosk.db.door.is_closed]

    # --- one schedule ------------------------------------------------------------------------

    def run(self) -> None:
        """Live through the schedule, heal, and check everything."""
        try:
            self._open()
            for _ in range(self.steps):
                self._step()
                self._check()
            self._heal()
        finally:
            for task in self.tasks:
                if not task.run.dead:
                    task.run.throw(Crash)

    def _open(self) -> None:
        """Let everyone speak once or twice before the luck turns."""
        while self.tasks:
            self._resume(self.tasks[0])
        for kiosk in [kiosk for kiosk in self.kiosks for _ in range(self.draw.choice((0, 2, 3)))]:
            said = kiosk.said(500)
            kiosk.hear(said, self.bureau.answer(kiosk.name, said, self.draw))

    def _step(self) -> None:
        if self.tasks and self.draw.random() < 0.4:
            self._resume(self.draw.choice(self.tasks))
            return
        acts = self._acts()
        act = self.draw.choices([act for act, _ in acts], [weight for _, weight in acts])[0]
        act(self.draw.choice(self.kiosks))

    def _acts(self) -> list[tuple[Callable[[SimKiosk], None], int]]:
        return [
            (self._take, 40),
            (self._give_back, 8),
            (self._reprint, 2),
            (self._send, 30),
            (self._deliver, 70),
            (self._power_cut, 3),
            (self._copy, 2),
            (self._put_copy_back, 3),
            (self._lose_marker, 1),
            (self._lose_disk, 1),
            (self._lose_database, 2),
            (self._duel, 8),
            (self._setback, 3),
            (self._clone, 1),
            (self._back_up, 3),
            (self._restore_bureau, 2),
            (self._resize, 2),
            (self._write_off, 2),
            (self._board, 10),
            (self._scan_in, 4),
            (self._name_door, 6),
        ]

    def _spawn(self, kiosk: SimKiosk, kind: str, activity: Callable[[], object]) -> None:
        """Start an activity of a process that has nothing else to do."""
        if any(task.kiosk is kiosk and task.kind == kind for task in self.tasks):
            return
        if kind != "start" and id(kiosk) not in self.up:
            return

        def live() -> None:
            try:
                activity()
            except Crash:
                return

        task = Task(kiosk, kind, greenlet(live))
        self.tasks.append(task)
        self._resume(task)

    def _resume(self, task: Task, most: int = 0) -> None:
        """Let a task go some steps, or often as far as it gets: most things happen without a crash."""
        most = most or self.draw.choice((1, 3, 200, 200))
        while most and not task.run.dead:
            task.run.switch()
            most -= 1
        if task.run.dead and task in self.tasks:
            self.tasks.remove(task)

    # --- what people do ------------------------------------------------------------------------

    def _take(self, kiosk: SimKiosk) -> None:
        worker, job = self.draw.choice(WORKERS), self.draw.choice(JOBS)
        quotas_of_job = (job, SEATS) if job == JOBS[0] else (job,)
        self._spawn(kiosk, "screen", lambda: kiosk.take(worker, quotas_of_job))

    def _give_back(self, kiosk: SimKiosk) -> None:
        taken = sorted(kiosk.disk.db.taken) if kiosk.disk.db else []
        if taken:
            slip = self.draw.choice(taken)
            self._spawn(kiosk, "screen", lambda: kiosk.give_back(slip))

    def _reprint(self, kiosk: SimKiosk) -> None:
        taken = sorted(kiosk.disk.db.taken) if kiosk.disk.db else []
        if taken:
            slip = self.draw.choice(taken)
            self._spawn(kiosk, "screen", lambda: kiosk.reprint(slip))

    def _scan_in(self, kiosk: SimKiosk) -> None:
        """Keep a paper whose place was given back; nobody boards with it any more."""
        given_back = [slip for slip in sorted(self.papers) if self._is_given_back(slip)]
        out = [slip for slip in given_back if slip not in {*self.scanned, *self.boarded}]
        if out and id(kiosk) in self.up:
            slip = self.draw.choice(out)
            if self.more_papers.get(slip):
                self.more_papers[slip] -= 1
            else:
                self.scanned.add(slip)
            self._spawn(kiosk, "screen", lambda: kiosk.scan_in(slip))

    def _is_given_back(self, slip: str) -> bool:
        return any(
            kiosk.disk.db and slip in kiosk.db.taken and kiosk.db.taken[slip].is_given_back
            for kiosk in self.kiosks
        )

    def _board(self, _: SimKiosk) -> None:
        """Come to the coach with any paper that was ever printed and is not kept."""
        out = [
            slip
            for slip, paper in sorted(self.papers.items())
            if slip not in self.scanned and SEATS in dict(paper.spent)
        ]
        at = self._doors()
        if out and at:
            kiosk, slip = self.draw.choice(at), self.draw.choice(out)

            def come() -> None:
                was_kept_out = slip in kiosk.db.door.kept_out
                if kiosk.come_aboard(slip):
                    self.boarded.append(slip)
                    if was_kept_out:
                        raise Broken(f"I8: {slip} is aboard although the door keeps it out")

            self._spawn(kiosk, "screen", come)

    # --- the network ---------------------------------------------------------------------------

    def _send(self, kiosk: SimKiosk) -> None:
        if id(kiosk) in self.up:
            said = kiosk.said(self.draw.choice((1, 2, 4, 500)), self.draw.choice((0, 0, 0, 0, 1, 2)))
            self.net += [Message(kiosk, said)] * self.draw.choice((0, 1, 1, 1, 1, 2))
            self.net = self.net[-_MOST_ON_THE_WAY:]

    def _deliver(self, _: SimKiosk) -> None:
        if not self.net:
            return
        message = self.net.pop(self.draw.randrange(len(self.net)))
        kiosk, said, reply = message.kiosk, message.said, message.reply
        if reply is None:
            answer = self.bureau.answer(kiosk.name, said, self.draw)
            times = self.draw.choice((0, 1, 1, 1, 1, 2))
            self.net += [Message(kiosk, said, answer)] * times
        else:
            self._spawn(kiosk, "sync", lambda: kiosk.hear(said, reply))

    # --- what breaks ---------------------------------------------------------------------------

    def _power_cut(self, kiosk: SimKiosk) -> None:
        self._cut(kiosk)
        self._power_up(kiosk)

    def _cut(self, kiosk: SimKiosk) -> None:
        for task in [task for task in self.tasks if task.kiosk is kiosk]:
            task.run.throw(Crash)
            self.tasks.remove(task)
        self.up.discard(id(kiosk))

    def _power_up(self, kiosk: SimKiosk) -> None:
        kiosk.power_up()

        def start() -> None:
            kiosk.start()
            self.up.add(id(kiosk))

        self._spawn(kiosk, "start", start)
        starting = [task for task in self.tasks if task.kiosk is kiosk]
        if starting and self.draw.random() < _CUT_WHILE_STARTING:
            self._resume(starting[0], self.draw.randint(1, 12))
            self._power_cut(kiosk)

    def _copy(self, kiosk: SimKiosk) -> None:
        if kiosk.disk.db is not None:
            self.copies.setdefault(id(kiosk), []).append(kiosk.disk.db)

    def _put_copy_back(self, kiosk: SimKiosk) -> None:
        """Put an old copy of the database back: what came after it is gone with the medium.

        Half of the time it is the worst one: a copy that the marker takes for the newest.
        """
        copies, mark = self.copies.get(id(kiosk), []), kiosk.disk.mark
        if not copies or kiosk.disk.db is None:
            return
        unseen = [db for db in copies if mark and (db.stream, db.mark.head) == (mark.stream, mark.head)]
        old = self.draw.choice(unseen if unseen and self.draw.random() < 0.5 else copies)
        self._cut(kiosk)
        self.lost |= _keys(kiosk.disk.db) - _keys(old)
        kiosk.disk.db = old
        self._power_up(kiosk)

    def _lose_marker(self, kiosk: SimKiosk) -> None:
        if self.draw.random() < 0.5:
            self._cut(kiosk)
            kiosk.disk.mark, kiosk.disk.granted = None, None
            self._power_up(kiosk)

    def _clone(self, kiosk: SimKiosk) -> None:
        """Put a copy of a disk into a second machine; both live on and call themselves by one name."""
        if self.clones or self.draw.random() < 0.5 or kiosk.disk.db is None:
            return
        self.clones += 1
        disk = kiosk.disk
        twin = SimKiosk(kiosk.name, "m-clone", self, Disk(disk.db, disk.mark, disk.granted))
        self.kiosks.append(twin)
        self._power_up(twin)

    def _back_up(self, _: SimKiosk) -> None:
        self.bureau.back_up()

    def _restore_bureau(self, _: SimKiosk) -> None:
        if self.bureau.backed_up is not None:
            self.bureau.restore(is_announced=True)
            for name, capacity in self.most.items():
                self.bureau.resize(name, capacity)

    def _resize(self, _: SimKiosk) -> None:
        name = self.draw.choice((*JOBS, SEATS))
        capacity = max(1, self.bureau.kept.quotas[name].capacity + self.draw.choice((-2, -1, 1, 2)))
        self.most[name] = max(self.most[name], capacity)
        self.bureau.resize(name, capacity)

    def _lose_database(self, kiosk: SimKiosk) -> None:
        """Lose the database alone: only the marker still knows what the streams before were given."""
        if kiosk.disk.db is not None and kiosk.disk.mark is not None:
            self._cut(kiosk)
            self.lost |= _keys(kiosk.disk.db)
            kiosk.disk.db = None
            self._power_up(kiosk)

    def _duel(self, kiosk: SimKiosk) -> None:
        """Let both processes of a kiosk commit at once; sometimes a copy comes back behind it."""
        if id(kiosk) not in self.up:
            return
        said = kiosk.said(500)
        reply = self.bureau.answer(kiosk.name, said, self.draw)
        asked = [Recall.model_construct(quota=name, keep=self.draw.randint(0, 1)) for name in self.most]
        if reply.rights:
            reply = reply.model_copy(update={"recalls": asked})
        self._spawn(kiosk, "sync", lambda: kiosk.hear(said, reply))
        self._take(kiosk)
        duel = [task for task in self.tasks if task.kiosk is kiosk]
        while duel:
            self._resume(self.draw.choice(duel), self.draw.choice((1, 1, 4, 30)))
            duel = [task for task in duel if not task.run.dead]
        if self.draw.random() < 0.3:
            self._put_copy_back(kiosk)

    def _setback(self, kiosk: SimKiosk) -> None:
        """Restore a backup that knows nothing of what a kiosk was given since; the kiosk may forget too."""
        if id(kiosk) not in self.up or self.bureau.is_quarantined():
            return
        self.bureau.back_up()
        for _ in range(2):
            said = kiosk.said(500)
            reply = self.bureau.answer(kiosk.name, said, self.draw)
            self._spawn(kiosk, "sync", lambda said=said, reply=reply: kiosk.hear(said, reply))  # type: ignore[misc]
            self._take(kiosk)
            for task in [task for task in self.tasks if task.kiosk is kiosk]:
                self._resume(task, self.draw.choice((3, 200)))
        forgets = (
            self._lose_database,
            self._lose_marker,
            self._put_copy_back,
            self._power_cut,
            self._power_cut,
        )
        for forget in self.draw.sample(forgets, self.draw.choice((0, 0, 1, 2))):
            forget(kiosk)
        self._restore_bureau(kiosk)

    def _lose_disk(self, kiosk: SimKiosk) -> None:
        """Lose a disk with all on it; the kiosk goes on in a new machine, and a person counts its slips."""
        if self.draw.random() < 0.5 or kiosk.disk.db is None:
            return
        self._cut(kiosk)
        self.lost |= _keys(kiosk.disk.db)
        self.kiosks.remove(kiosk)
        self.copies.pop(id(kiosk), None)
        self.net = [message for message in self.net if message.kiosk is not kiosk]
        new = SimKiosk(kiosk.name, self.unique("m"), self, Disk())
        self.kiosks.append(new)
        self._power_up(new)

    def _write_off(self, _: SimKiosk) -> None:
        """Settle what a machine had that nobody will hear of again, by counting its papers."""
        alive = {kiosk.machine for kiosk in self.kiosks}
        gone = sorted(self.bureau.registry.machines - alive)
        if gone:
            self._count_machine(self.draw.choice(gone))

    def _count_machine(self, machine: str) -> None:
        known = {name for name, record in self.bureau.kept.streams.items() if record.machine == machine}
        for stream in sorted(known | {name for name, of in self.machine_of.items() if of == machine}):
            self.bureau.write_off(stream, self._counted(stream))
        self.bureau.give_up(machine)

    def _counted(self, stream: str) -> dict[str, int]:
        """Count the papers of a stream that take numbers of its right."""
        counts: dict[str, int] = {}
        for slip, paper in self.papers.items():
            if self.stream_of[slip] != stream:
                continue
            for name, number in paper.spent:
                right = self.bureau.kept.quotas[name].rights.get(StreamId(stream))
                if right is None or number not in right.returned:
                    counts[name] = counts.get(name, 0) + 1
        return counts

    def _name_door(self, kiosk: SimKiosk) -> None:
        """Give the coach's door to a kiosk, when no device holds it, with the count of who is aboard."""
        if self._doors() or kiosk.disk.db is None or kiosk.db.stream not in self.bureau.kept.streams:
            return
        door = self.bureau.kept.door
        is_waiting = any(k.disk.db and k.db.stream == door.stream for k in self.kiosks)
        # A bureau that is still being told what it forgot does not know every slip to keep out.
        if is_waiting or self.bureau.is_quarantined():
            return
        try:
            self.bureau.kept.door = handed_to(door, kiosk.db.stream, is_closed=True)
        except DoorStillOpen:
            return
        self.bureau.kept.aboard |= set(self.boarded)

    # --- what must be true -----------------------------------------------------------------------

    def _check(self) -> None:
        if len(self.boarded) > self.most[SEATS]:
            raise Broken(f"I8: {len(self.boarded)} aboard of {self.most[SEATS]} seats")
        if self.bureau.has_changed:
            self.bureau.has_changed = False
            for wrong in self.bureau.violations():
                raise Broken(wrong)

    def _check_counts(self) -> None:
        for name, most in self.most.items():
            usable = sum(
                name in dict(paper.spent) and self._is_usable(paper) for paper in self.papers.values()
            )
            if usable > most:
                raise Broken(f"I1: {usable} papers for {most} of {name}")

    def _heal(self) -> None:
        """Let everything finish and everyone speak in turn, until nothing changes any more."""
        while self.tasks:
            self._resume(self.draw.choice(self.tasks))
            self._check()
        self.net.clear()
        for machine in sorted(self.bureau.registry.machines - {kiosk.machine for kiosk in self.kiosks}):
            self._count_machine(machine)
        quiet = 0
        for _ in range(_ROUNDS_TO_HEAL):
            before = self._durable()
            for kiosk in list(self.kiosks):
                said = kiosk.said(500)
                kiosk.hear(said, self.bureau.answer(kiosk.name, said, None))
                self._check()
            # Old streams are told every second time, so it takes two rounds to see that nothing is left.
            quiet = quiet + 1 if before == self._durable() else 0
            if quiet == 2 and not self._has_unsaid():
                break
        self._check_healed()

    def _durable(self) -> object:
        """Return all that healing can still change; clocks move on for ever."""
        kept = self.bureau.kept
        streams = {name: (record.state, record.acked) for name, record in kept.streams.items()}
        return kept.generation, kept.quarantine, streams, [kiosk.db for kiosk in self.kiosks]

    def _has_unsaid(self) -> bool:
        return any(
            kiosk.db.mark.acked < kiosk.db.mark.head
            or any(orphan.mark.acked < orphan.mark.head for orphan in kiosk.db.orphans.values())
            for kiosk in self.kiosks
        )

    def _check_healed(self) -> None:
        if self._has_unsaid():
            raise Broken("liveness: entries that never arrive")
        if self.bureau.is_quarantined():
            raise Broken("liveness: the quarantine never ends")
        for kiosk in self.kiosks:
            streams = {item.db.stream for item in self.kiosks if item.name == kiosk.name}
            if not any(self.bureau.kept.streams[name].state == bureau_side.LIVE for name in streams):
                raise Broken(f"liveness: {kiosk.name} never gets numbers again")
        known = {(name, entry.seq): entry.hash for name, log in self.bureau.kept.log.items() for entry in log}
        for key, digest in self.events.items():
            if (
                (*key, digest) not in self.lost
                and known.get(key) != digest
                and (key[0], digest) not in self.bureau.kept.aside
            ):
                raise Broken(f"I2: {key} is missing")
        self._check_recount()

    def _check_recount(self) -> None:
        again = SimBureau({}, self.bodies_said)
        for name, state in self.bureau.kept.quotas.items():
            rights = {stream: quotas.Right(right.granted) for stream, right in state.rights.items()}
            again.kept.quotas[name] = replace(state, rights=rights)
        again.kept.door = replace(self.bureau.kept.door, open_blocks=frozenset(), settled=frozenset())
        for stream, entry in self.bureau.kept.order:
            if (stream, entry.seq) not in self.bureau.kept.dead:
                again._apply(stream, entry.seq, self.bodies_said[entry.hash])
        if {slip: item.state for slip, item in again.kept.placed.items()} != {
            slip: item.state for slip, item in self.bureau.kept.placed.items()
        }:
            raise Broken("I4: a recount of the log comes out differently")


def _keys(db: Db) -> set[tuple[str, int, str]]:
    """Return the entries a database holds."""
    kept = {(db.stream, entry.seq, entry.hash) for entry in db.entries}
    for name, orphan in db.orphans.items():
        kept |= {(name, entry.seq, entry.hash) for entry in orphan.entries}
    return kept
