"""What goes wrong in the simulated world: on the way, at the plug, on disks, and at the bureau."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.messages.sync import Recall, SyncReply, SyncRequest
from tests.simulation import people
from tests.simulation.disks import Disk, entries_in
from tests.simulation.kiosks import SimKiosk

if TYPE_CHECKING:
    from tests.simulation.world import World

MOST_ON_THE_WAY = 9


@dataclass(frozen=True, slots=True)
class Message:
    """A request or an answer on its way."""

    kiosk: SimKiosk
    said: SyncRequest
    reply: SyncReply | None = None


def send(world: World, kiosk: SimKiosk) -> None:
    """Say something, perhaps twice, perhaps into the void, perhaps without waiting for the answer before."""
    if id(kiosk) in world.up:
        said = kiosk.said(world.draw.choice((1, 2, 4, 500)), world.draw.choice((0, 0, 0, 0, 1, 2)))
        world.net += [Message(kiosk, said)] * world.draw.choice((0, 1, 1, 1, 1, 2))
        world.net = world.net[-MOST_ON_THE_WAY:]


def deliver(world: World, _: SimKiosk) -> None:
    """Bring one message, whichever; its answer may get lost or come twice."""
    if not world.net:
        return
    message = world.net.pop(world.draw.randrange(len(world.net)))
    kiosk, said, reply = message.kiosk, message.said, message.reply
    if reply is None:
        answer = world.bureau.answer(kiosk.name, said, world.draw)
        times = world.draw.choice((0, 1, 1, 1, 1, 2))
        world.net += [Message(kiosk, said, answer)] * times
    else:
        world.spawn(kiosk, "sync", lambda: kiosk.hear(said, reply))


def power_cut(world: World, kiosk: SimKiosk) -> None:
    """Cut a kiosk's power and start it again."""
    world.cut(kiosk)
    world.power_up(kiosk)


def copy_disk(world: World, kiosk: SimKiosk) -> None:
    """Copy a database as it is now."""
    if kiosk.disk.db is not None:
        world.copies.setdefault(id(kiosk.disk), []).append(kiosk.disk.db)


def put_copy_back(world: World, kiosk: SimKiosk) -> None:
    """Put an old copy of the database back: what came after it is gone with the medium.

    Half of the time it is the worst one: a copy that the marker takes for the newest.
    """
    copies, mark = world.copies.get(id(kiosk.disk), []), kiosk.disk.mark
    if not copies or kiosk.disk.db is None:
        return
    unseen = [db for db in copies if mark and (db.stream, db.mark.head) == (mark.stream, mark.head)]
    old = world.draw.choice(unseen if unseen and world.draw.random() < 0.5 else copies)
    world.cut(kiosk)
    world.lost |= entries_in(kiosk.disk.db) - entries_in(old)
    kiosk.disk.db = old
    world.power_up(kiosk)


def lose_marker(world: World, kiosk: SimKiosk) -> None:
    """Lose the marker alone."""
    if world.draw.random() < 0.5:
        _forget_marker(world, kiosk)


def _forget_marker(world: World, kiosk: SimKiosk) -> None:
    """Lose a marker, unless it alone knows of a stream before: no rule helps against such a second loss."""
    granted, db = kiosk.disk.granted, kiosk.disk.db
    older = {item.stream for item in granted.older} if granted else set()
    if db is not None and older <= db.orphans.keys():
        world.cut(kiosk)
        kiosk.disk.mark, kiosk.disk.granted = None, None
        world.power_up(kiosk)


def lose_disk(world: World, kiosk: SimKiosk) -> None:
    """Lose a disk with all on it; the kiosk goes on in a new machine, and a person counts its slips."""
    if world.draw.random() < 0.5 or kiosk.disk.db is None:
        return
    world.cut(kiosk)
    world.lost |= entries_in(kiosk.disk.db)
    world.kiosks.remove(kiosk)
    world.copies.pop(id(kiosk.disk), None)
    world.net = [message for message in world.net if message.kiosk is not kiosk]
    # The new machine is enrolled with a key of its own, so nobody can open or prove the lost one's bundles.
    world.sticks = [item for item in world.sticks if item.machine != kiosk.machine]
    new = SimKiosk(kiosk.name, world.unique("m"), world, Disk())
    world.kiosks.append(new)
    world.power_up(new)


def lose_database(world: World, kiosk: SimKiosk) -> None:
    """Lose the database alone: only the marker still knows what the streams before were given."""
    if kiosk.disk.db is not None and kiosk.disk.mark is not None:
        world.cut(kiosk)
        world.lost |= entries_in(kiosk.disk.db)
        kiosk.disk.db = None
        world.power_up(kiosk)


def clone(world: World, kiosk: SimKiosk) -> None:
    """Put a copy of a disk into a second machine; both live on and call themselves by one name."""
    if world.clones or world.draw.random() < 0.5 or kiosk.disk.db is None:
        return
    world.clones += 1
    disk = kiosk.disk
    twin = SimKiosk(kiosk.name, "m-clone", world, Disk(disk.db, disk.mark, disk.granted))
    world.kiosks.append(twin)
    world.power_up(twin)


def back_up(world: World, _: SimKiosk) -> None:
    """Make a verified backup at the bureau."""
    world.bureau.back_up()


def restore_bureau(world: World, _: SimKiosk) -> None:
    """Restore the bureau's last backup; what is published is published anew."""
    if world.bureau.backed_up is not None:
        world.bureau.restore()
        for name, capacity in world.most.items():
            world.bureau.resize(name, capacity)


def duel(world: World, kiosk: SimKiosk) -> None:
    """Let both processes of a kiosk commit at once; sometimes a copy comes back behind it."""
    if id(kiosk) not in world.up:
        return
    said = kiosk.said(500)
    reply = world.bureau.answer(kiosk.name, said, world.draw)
    asked = [Recall.model_construct(quota=name, keep=world.draw.randint(0, 1)) for name in world.most]
    if reply.rights:
        reply = reply.model_copy(update={"recalls": asked})
    world.spawn(kiosk, "sync", lambda: kiosk.hear(said, reply))
    people.take_place(world, kiosk)
    duel = [task for task in world.tasks if task.kiosk is kiosk]
    while duel:
        world.resume(world.draw.choice(duel), world.draw.choice((1, 1, 4, 30)))
        duel = [task for task in duel if not task.run.dead]
    if world.draw.random() < 0.3:
        put_copy_back(world, kiosk)


def setback(world: World, kiosk: SimKiosk) -> None:
    """Restore a backup that knows nothing of what a kiosk was given since; the kiosk may forget too."""
    if id(kiosk) not in world.up or world.bureau.is_quarantined():
        return
    world.bureau.back_up()
    for _ in range(2):
        said = kiosk.said(500)
        reply = world.bureau.answer(kiosk.name, said, world.draw)
        world.spawn(kiosk, "sync", lambda said=said, reply=reply: kiosk.hear(said, reply))  # type: ignore[misc]
        people.take_place(world, kiosk)
        for task in [task for task in world.tasks if task.kiosk is kiosk]:
            world.resume(task, world.draw.choice((3, 200)))
    forgets = (
        lose_database,
        lose_marker,
        put_copy_back,
        power_cut,
        power_cut,
    )
    for forget in world.draw.sample(forgets, world.draw.choice((0, 0, 1, 2))):
        forget(world, kiosk)
    restore_bureau(world, kiosk)


def begin_again(world: World, kiosk: SimKiosk) -> None:
    """Have a place given back and its paper kept; then the kiosk begins a new stream, which may get it."""
    if id(kiosk) not in world.up or world.bureau.is_quarantined():
        return
    held = {slip for slip, of in kiosk.db.taken.items() if of.stream == kiosk.db.stream}
    out = held & world.papers.keys() - world.scanned - set(world.boarded) - world.more_papers.keys()
    if not out:
        return
    slip = world.draw.choice(sorted(out))
    world.spawn(kiosk, "screen", lambda: kiosk.give_back(slip))
    world.scanned.add(slip)
    world.spawn(kiosk, "screen", lambda: kiosk.scan_in(slip))
    _tell(world, kiosk)
    _forget_marker(world, kiosk)
    if id(kiosk) in world.up:
        _tell(world, kiosk)
        people.take_place(world, kiosk)


def _tell(world: World, kiosk: SimKiosk) -> None:
    """Let a kiosk and the bureau speak a few times, one behind the other."""
    for _ in range(4):
        said = kiosk.said(500)
        reply = world.bureau.answer(kiosk.name, said, world.draw)
        world.spawn(kiosk, "sync", lambda said=said, reply=reply: kiosk.hear(said, reply))  # type: ignore[misc]
