"""What people of the simulated world do: at a kiosk, at the coach, and at the bureau."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.ids import StreamId
from kiosk.protocol.doors import KeptOutUnknown, handed_to
from tests.simulation.terms import JOBS, SEATS, WORKERS, Broken

if TYPE_CHECKING:
    from tests.simulation.kiosks import SimKiosk
    from tests.simulation.world import World


def take_place(world: World, kiosk: SimKiosk) -> None:
    """Take a place: one with a coach, or one without."""
    worker, job = world.draw.choice(WORKERS), world.draw.choice(JOBS)
    quotas_of_job = (job, SEATS) if job == JOBS[0] else (job,)
    world.spawn(kiosk, "screen", lambda: kiosk.take(worker, quotas_of_job))


def give_back(world: World, kiosk: SimKiosk) -> None:
    """Give a place back at the kiosk where it was taken."""
    taken = sorted(kiosk.disk.db.taken) if kiosk.disk.db else []
    if taken:
        slip = world.draw.choice(taken)
        world.spawn(kiosk, "screen", lambda: kiosk.give_back(slip))


def reprint(world: World, kiosk: SimKiosk) -> None:
    """Have one more paper of a slip printed."""
    taken = sorted(kiosk.disk.db.taken) if kiosk.disk.db else []
    if taken:
        slip = world.draw.choice(taken)
        world.spawn(kiosk, "screen", lambda: kiosk.reprint(slip))


def scan_in(world: World, kiosk: SimKiosk) -> None:
    """Keep a paper whose place was given back; nobody boards with it any more."""
    given_back = [slip for slip in sorted(world.papers) if _is_given_back(world, slip)]
    out = [slip for slip in given_back if slip not in {*world.scanned, *world.boarded}]
    if out and id(kiosk) in world.up:
        slip = world.draw.choice(out)
        if world.more_papers.get(slip):
            world.more_papers[slip] -= 1
        else:
            world.scanned.add(slip)
        world.spawn(kiosk, "screen", lambda: kiosk.scan_in(slip))


def _is_given_back(world: World, slip: str) -> bool:
    return any(
        kiosk.disk.db and slip in kiosk.db.taken and kiosk.db.taken[slip].is_given_back
        for kiosk in world.kiosks
    )


def come_to_the_coach(world: World, _: SimKiosk) -> None:
    """Come to the coach with any paper that was ever printed and is not kept."""
    out = [
        slip
        for slip, paper in sorted(world.papers.items())
        if slip not in world.scanned and SEATS in dict(paper.spent)
    ]
    at = world.open_doors()
    if out and at:
        kiosk, slip = world.draw.choice(at), world.draw.choice(out)

        def come() -> None:
            was_kept_out = slip in kiosk.db.door.kept_out
            if kiosk.come_aboard(slip):
                world.boarded.append(slip)
                if was_kept_out:
                    raise Broken(f"I8: {slip} is aboard although the door keeps it out")

        world.spawn(kiosk, "screen", come)


def name_door(world: World, kiosk: SimKiosk) -> None:
    """Give the coach's door to a kiosk, when no device holds it, with the count of who is aboard."""
    if world.open_doors() or kiosk.disk.db is None or kiosk.db.stream not in world.bureau.kept.streams:
        return
    door = world.bureau.kept.door
    is_closed = world.bureau.kept.is_door_closed
    is_waiting = any(k.disk.db and k.db.stream == door.stream for k in world.kiosks)
    if is_waiting and not is_closed:
        return
    try:
        world.bureau.kept.door = handed_to(
            door, kiosk.db.stream, is_closed=True, is_quarantined=world.bureau.is_quarantined()
        )
    except KeptOutUnknown:
        return
    world.bureau.kept.is_door_closed = False
    world.bureau.kept.aboard |= set(world.boarded)


def close_door(world: World, _: SimKiosk) -> None:
    """Let nobody into the coach any more, at the device that did: it leaves, or another one is the door."""
    for kiosk in world.open_doors():
        world.spawn(kiosk, "screen", kiosk.close_door)


def change_capacity(world: World, _: SimKiosk) -> None:
    """Publish a job or a coach with more or fewer numbers."""
    name = world.draw.choice((*JOBS, SEATS))
    capacity = max(1, world.bureau.kept.quotas[name].capacity + world.draw.choice((-2, -1, 1, 2)))
    world.most[name] = max(world.most[name], capacity)
    world.bureau.resize(name, capacity)


def write_off(world: World, _: SimKiosk) -> None:
    """Settle what a machine had that nobody will hear of again, by counting its papers."""
    alive = {kiosk.machine for kiosk in world.kiosks}
    gone = sorted(world.bureau.registry.machines - alive)
    if gone:
        count_machine(world, world.draw.choice(gone))


def count_machine(world: World, machine: str) -> None:
    """Write off everything a machine had by counting its papers, and wait for it no more."""
    known = {name for name, record in world.bureau.kept.streams.items() if record.machine == machine}
    for stream in sorted(known | {name for name, of in world.machine_of.items() if of == machine}):
        world.bureau.write_off(stream, machine, _counted(world, stream))
    world.bureau.give_up(machine)


def _counted(world: World, stream: str) -> dict[str, int]:
    """Count the papers of a stream that take numbers of its right."""
    counts: dict[str, int] = {}
    for slip, paper in world.papers.items():
        if world.stream_of[slip] != stream:
            continue
        for name, number in paper.spent:
            right = world.bureau.kept.quotas[name].rights.get(StreamId(stream))
            if right is None or number not in right.returned:
                counts[name] = counts.get(name, 0) + 1
    return counts
