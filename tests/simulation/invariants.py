"""What must be true of the simulated world: after every step, and once everything has healed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.protocol import bureau_side, quotas
from tests.simulation import people
from tests.simulation.disks import entries_in
from tests.simulation.offices import SimBureau
from tests.simulation.terms import SEATS, Broken

if TYPE_CHECKING:
    from tests.simulation.world import World

ROUNDS_TO_HEAL = 60


def check(world: World) -> None:
    """Check what holds at every moment: I8, and after the bureau changed I3 and I5."""
    if len(world.boarded) > world.most[SEATS]:
        raise Broken(f"I8: {len(world.boarded)} aboard of {world.most[SEATS]} seats")
    seats = [dict(world.papers[slip].spent)[SEATS] for slip in world.boarded]
    if len(set(seats)) < len(seats):
        raise Broken(f"I8: two people sit on one seat: {world.boarded} on {seats}")
    for kiosk in world.kiosks:
        read = kiosk.disk.db.read if kiosk.disk.db else None
        told = world.bureau.first_told.items() if read else ()
        if holes := [
            row
            for (life, row), pos in told
            if read and life == read.feed_gen and pos <= read.pos and row not in read.rows
        ]:
            raise Broken(f"{kiosk.name} has read to {read} and misses {holes}")
    if world.bureau.has_changed:
        world.bureau.has_changed = False
        for wrong in world.bureau.violations():
            raise Broken(wrong)


def check_counts(world: World) -> None:
    """Check I1 by count: no more papers that can be used than there are numbers."""
    for name, most in world.most.items():
        usable = sum(name in dict(paper.spent) and world.is_usable(paper) for paper in world.papers.values())
        if usable > most:
            raise Broken(f"I1: {usable} papers for {most} of {name}")


def heal(world: World) -> None:
    """Let everything finish and everyone speak in turn, until nothing changes any more."""
    while world.tasks:
        world.resume(world.draw.choice(world.tasks))
        check(world)
    world.net.clear()
    for machine in sorted(world.bureau.registry.machines - {kiosk.machine for kiosk in world.kiosks}):
        people.count_machine(world, machine)
    quiet = 0
    for _ in range(ROUNDS_TO_HEAL):
        before = _durable(world)
        for kiosk in list(world.kiosks):
            said = kiosk.said(500)
            kiosk.hear(said, world.bureau.answer(kiosk.name, said, None))
            check(world)
        # Old streams are told every second time, so it takes two rounds to see that nothing is left.
        quiet = quiet + 1 if before == _durable(world) else 0
        if quiet == 2 and not _has_unsaid(world):
            break
    _check_healed(world)


def _durable(world: World) -> object:
    """Return all that healing can still change; clocks move on for ever."""
    kept = world.bureau.kept
    streams = {name: (record.state, record.acked) for name, record in kept.streams.items()}
    return kept.generation, kept.quarantine, streams, [kiosk.db for kiosk in world.kiosks]


def _has_unsaid(world: World) -> bool:
    return any(
        kiosk.db.mark.acked < kiosk.db.mark.head
        or any(orphan.mark.acked < orphan.mark.head for orphan in kiosk.db.orphans.values())
        for kiosk in world.kiosks
    )


def _check_healed(world: World) -> None:
    if _has_unsaid(world):
        raise Broken("liveness: entries that never arrive")
    if world.bureau.is_quarantined():
        raise Broken("liveness: the quarantine never ends")
    for kiosk in world.kiosks:
        streams = {item.db.stream for item in world.kiosks if item.name == kiosk.name}
        if not any(world.bureau.kept.streams[name].state == bureau_side.LIVE for name in streams):
            raise Broken(f"liveness: {kiosk.name} never gets numbers again")
    known = {(name, entry.seq): entry.hash for name, log in world.bureau.kept.log.items() for entry in log}
    for key, digest in world.events.items():
        if (
            (*key, digest) not in world.lost
            and known.get(key) != digest
            and (key[0], digest) not in world.bureau.kept.aside
        ):
            raise Broken(f"I2: {key} is missing")
    _check_told(world)
    _check_in_hand(world)
    _check_recount(world)


def _check_told(world: World) -> None:
    """Check that whoever still has the entry of a duplicate slip was told of it."""
    for kiosk in world.kiosks:
        here = {(stream, seq) for stream, seq, _ in entries_in(kiosk.db)}
        if untold := (here & world.bureau.kept.notices.keys()) - kiosk.db.tray:
            raise Broken(f"{kiosk.name} was never told of {sorted(untold)}")


def _check_in_hand(world: World) -> None:
    """Check that every number in a kiosk's hand can be handed out, or was by the stream that holds it."""
    for kiosk in world.kiosks:
        taken = {
            item for of in kiosk.db.taken.values() if of.stream == kiosk.db.stream for item in of.paper.spent
        }
        for name, held in kiosk.db.holdings.items():
            stuck = held.granted - held.returned - held.free
            if any((name, number) not in taken for number in stuck):
                raise Broken(f"liveness: {kiosk.name} never hands out {name} {stuck}")


def _check_recount(world: World) -> None:
    again = SimBureau({}, world.bodies_said)
    for name, state in world.bureau.kept.quotas.items():
        rights = {stream: quotas.Right(right.granted) for stream, right in state.rights.items()}
        again.kept.quotas[name] = replace(state, rights=rights)
    again.kept.door = replace(world.bureau.kept.door, open_blocks=frozenset(), settled=frozenset())
    for stream, entry in world.bureau.kept.order:
        if (stream, entry.seq) not in world.bureau.kept.dead:
            again.apply(stream, entry.seq, world.bodies_said[entry.hash])
    if {slip: item.state for slip, item in again.kept.placed.items()} != {
        slip: item.state for slip, item in world.bureau.kept.placed.items()
    }:
        raise Broken("I4: a recount of the log comes out differently")
