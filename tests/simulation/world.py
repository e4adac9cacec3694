"""A world of kiosks, a bureau, a bad network and worse luck; one seed is one schedule, repeated exactly.

| what goes wrong | how often |
| --- | --- |
| messages are lost, doubled, late, out of order | always |
| bundles are carried by stick, late, twice, out of order | always, where there are sticks |
| a kiosk's power is cut between any two steps of its two processes | often |
| an old copy of its database is put back; database, marker or disk are lost or cloned | now and then |
| the bureau is restored from its last backup | now and then |
| a door is closed, and another device named | often, where coaches leave |
| capacities change, places are given back, people try to board with any paper ever printed | always |

Checked after every step: I1 no number on two papers that can still be used, and never more papers than
places; I7 a printed slip has a committed entry; I8 bodies through the door <= seats. Checked after healing:
I2 nothing that survived is missing at the bureau, I4 placements come out the same when the log is read again,
every kiosk gets numbers again, and whose slip is a duplicate has been told. I3 (numbers are conserved) and I5
(the log of each stream is dense) are checked after whatever happens at the bureau.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from greenlet import greenlet  # type: ignore[import-untyped]  # it carries no types

from kiosk.messages.events import Event, EventBody, PlaceTaken
from kiosk.protocol.marks import Mark
from tests.simulation import couriers, invariants, mishaps, people
from tests.simulation.disks import Crash, Db, Disk, Paper
from tests.simulation.kiosks import SimKiosk
from tests.simulation.offices import SimBureau
from tests.simulation.terms import JOBS, SEATS, Broken

_COPIED_AT_COMMIT = 0.5
_CUT_WHILE_STARTING = 0.3


@dataclass(slots=True)
class Task:
    """One activity of one process of a kiosk, somewhere between two of its steps."""

    kiosk: SimKiosk
    kind: str
    run: greenlet


class World:
    """One schedule. `run` raises Broken; everything random comes from the seed."""

    def __init__(
        self,
        seed: int,
        *,
        kiosks: int = 3,
        steps: int = 260,
        has_sticks: bool = False,
        closes_doors: bool = False,
    ) -> None:
        self.draw = random.Random(seed)
        self._acts = (*(WITH_STICKS if has_sticks else ACTS), *(CLOSING if closes_doors else ()))
        self.steps = steps
        self.bodies_said: dict[str, EventBody] = {}
        capacity = {name: self.draw.randint(3, 9) for name in (*JOBS, SEATS)}
        self.most = dict(capacity)
        self.bureau = SimBureau(capacity, self.bodies_said)
        self.net: list[mishaps.Message] = []
        self.sticks: list[couriers.Bundle | couriers.Letter] = []
        self.tasks: list[Task] = []
        self.up: set[int] = set()
        self.events: dict[tuple[str, int], str] = {}
        self.lost: set[tuple[str, int, str]] = set()
        self.papers: dict[str, Paper] = {}
        self.given_again: set[tuple[str, str, int]] = set()
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
            self.power_up(kiosk)

    def pause(self) -> None:
        """Let others go on."""
        if greenlet.getcurrent() is not self.hub:
            self.hub.switch()

    def unique(self, kind: str) -> str:
        """Return a name nobody has."""
        self._names += 1
        return f"{kind}{self._names}"

    def committed(self, disk: Disk, machine: str, entry: Event, body: EventBody) -> None:
        """Remember what is durable; a stream tells one story only."""
        assert disk.db is not None, "something was committed on it just now"
        stream = disk.db.stream
        self.kept_out |= disk.db.door.kept_out
        if self.draw.random() < _COPIED_AT_COMMIT:
            self.copies.setdefault(id(disk), []).append(disk.db)
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
            self.machine_of[stream] = machine

    def followed(self, mark: Mark) -> None:
        """Remember the highest commit that a marker ever knew of."""
        self.marked[mark.stream] = max(mark.head, self.marked.get(mark.stream, 0))

    def printed(self, paper: Paper) -> None:
        """See a paper come out, the first time or as a copy of itself."""
        if paper.slip not in self.stream_of:
            raise Broken(f"I7: {paper.slip} has no entry")
        before = [item for item in self.papers.values() if item.slip != paper.slip]
        self.papers[paper.slip] = paper
        for name, number in paper.spent:
            others = [item.slip for item in before if (name, number) in item.spent and self.is_usable(item)]
            if others and self.is_usable(paper):
                raise Broken(f"I1: {name} {number} is on {paper.slip} and on {others}")
            if any((name, number) in item.spent and self.is_of_earlier_life(item, paper) for item in before):
                self.given_again.add((paper.slip, name, number))
        invariants.check_counts(self)

    def is_of_earlier_life(self, earlier: Paper, paper: Paper) -> bool:
        """Return whether a paper is of another stream of the same machine."""
        was, now = self.stream_of[earlier.slip], self.stream_of[paper.slip]
        return was != now and self.machine_of[was] == self.machine_of[now]

    def copied(self, slip: str) -> None:
        """See one more paper of a slip come out."""
        self.more_papers[slip] = self.more_papers.get(slip, 0) + 1

    def is_usable(self, paper: Paper) -> bool:
        """Return whether somebody could still board with a paper.

        A door that once kept it out may be gone, but whoever holds the door next is told of it first.
        """
        for kiosk in self.open_doors():
            self.kept_out |= kiosk.db.door.kept_out
        return paper.slip not in self.scanned and paper.slip not in self.kept_out

    def open_doors(self) -> list[SimKiosk]:
        """Return the devices that let people into the coach; never more than one."""
        return [kiosk for kiosk in self.kiosks if kiosk.disk.db and not kiosk.db.door.is_closed]

    def run(self) -> None:
        """Live through the schedule, heal, and check everything."""
        try:
            self.begin()
            for _ in range(self.steps):
                self._step()
                invariants.check(self)
            invariants.heal(self)
        finally:
            self.end()

    def begin(self) -> None:
        """Let everyone speak once or twice before the luck turns."""
        while self.tasks:
            self.resume(self.tasks[0])
        for kiosk in [kiosk for kiosk in self.kiosks for _ in range(self.draw.choice((0, 2, 3)))]:
            said = kiosk.said(500)
            kiosk.hear(said, self.bureau.answer(kiosk.name, said, self.draw))

    def end(self) -> None:
        """Leave nothing half done behind."""
        for task in self.tasks:
            if not task.run.dead:
                task.run.throw(Crash)

    def _step(self) -> None:
        if self.tasks and self.draw.random() < 0.4:
            self.resume(self.draw.choice(self.tasks))
            return
        act = self.draw.choices([act for act, _ in self._acts], [weight for _, weight in self._acts])[0]
        act(self, self.draw.choice(self.kiosks))

    def spawn(self, kiosk: SimKiosk, kind: str, activity: Callable[[], object]) -> None:
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
        self.resume(task)

    def resume(self, task: Task, most: int = 0) -> None:
        """Let a task go some steps, or often as far as it gets: most things happen without a crash."""
        most = most or self.draw.choice((1, 3, 200, 200))
        while most and not task.run.dead:
            task.run.switch()
            most -= 1
        if task.run.dead and task in self.tasks:
            self.tasks.remove(task)

    def cut(self, kiosk: SimKiosk) -> None:
        """Cut the power: whatever was under way ends between two of its steps."""
        for task in [task for task in self.tasks if task.kiosk is kiosk]:
            task.run.throw(Crash)
            self.tasks.remove(task)
        self.up.discard(id(kiosk))

    def power_up(self, kiosk: SimKiosk) -> None:
        """Start a machine; now and then its power is cut again while it starts."""
        kiosk.power_up()

        def start() -> None:
            kiosk.start()
            self.up.add(id(kiosk))

        self.spawn(kiosk, "start", start)
        starting = [task for task in self.tasks if task.kiosk is kiosk]
        if starting and self.draw.random() < _CUT_WHILE_STARTING:
            self.resume(starting[0], self.draw.randint(1, 12))
            mishaps.power_cut(self, kiosk)


ACTS: tuple[tuple[Callable[[World, SimKiosk], None], int], ...] = (
    (people.take_place, 40),
    (people.give_back, 8),
    (people.reprint, 2),
    (mishaps.send, 30),
    (mishaps.deliver, 70),
    (mishaps.power_cut, 3),
    (mishaps.copy_disk, 2),
    (mishaps.put_copy_back, 3),
    (mishaps.lose_marker, 1),
    (mishaps.lose_disk, 1),
    (mishaps.lose_database, 2),
    (mishaps.duel, 8),
    (mishaps.setback, 3),
    (mishaps.clone, 1),
    (mishaps.back_up, 3),
    (mishaps.restore_bureau, 2),
    (people.change_capacity, 2),
    (people.write_off, 2),
    (people.come_to_the_coach, 10),
    (people.scan_in, 4),
    (people.name_door, 6),
)
"""What happens next, and how often."""
WITH_STICKS = (
    *ACTS,
    (couriers.write, 10),
    (couriers.carry, 14),
    (couriers.read, 14),
    (mishaps.begin_again, 6),
)
"""The same in a hall where people carry sticks, beside a network or without one."""
CLOSING = (
    (people.close_door, 4),
    (people.name_door, 20),
    (people.come_to_the_coach, 20),
    (people.give_back, 10),
    (mishaps.back_up, 3),
    (mishaps.restore_bureau, 4),
)
"""Besides, where coaches leave: a door is closed by its device, and another one is named."""
