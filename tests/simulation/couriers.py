"""Sticks of the simulated world: bundles carried late, twice, out of order, by anybody, or never."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.messages.sync import SyncReply, SyncRequest
from kiosk.protocol.bureau_side import FORKED
from kiosk.protocol.ingest import is_chain_broken
from tests.simulation.terms import Broken

if TYPE_CHECKING:
    from tests.simulation.kiosks import SimKiosk
    from tests.simulation.world import World

MOST_ON_STICKS = 12


@dataclass(frozen=True, slots=True)
class Bundle:
    """Rounds that a kiosk wrote in advance; whoever carries them can read none."""

    kiosk: str
    machine: str
    said: tuple[SyncRequest, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The bureau's answers, sealed for the machine that asked; a clone of it has the same key."""

    kiosk: str
    machine: str
    answers: tuple[tuple[SyncRequest, SyncReply], ...]


def write(world: World, kiosk: SimKiosk) -> None:
    """Put on a stick what a kiosk has to say, in rounds as short as they come."""
    if id(kiosk) in world.up:
        said = kiosk.written(world.draw.choice((1, 2, 3, 500)))
        if any(is_chain_broken(request) for request in said):
            raise Broken(f"what {kiosk.name} put on a stick is no chain")
        _put(world, Bundle(kiosk.name, kiosk.machine, tuple(said)))


def carry(world: World, _: SimKiosk) -> None:
    """Bring any bundle to the bureau, which may lie on another stick too; its answer goes on a stick."""
    bundle = _drawn(world, Bundle)
    if not isinstance(bundle, Bundle):
        return
    answers: list[tuple[SyncRequest, SyncReply]] = []
    waiting: set[str] = set()
    for at, request in enumerate(bundle.said):
        if request.stream in waiting:
            continue
        reply = _heard(world, bundle.kiosk, request)
        goes_on = reply.acked >= request.first - 1 + len(request.events) and not reply.hello
        if not goes_on:
            waiting.add(request.stream)
        elif any(later.stream == request.stream for later in bundle.said[at + 1 :]):
            reply = reply.model_copy(update={"pages": [], "rights": [], "recalls": []})
        answers.append((request, reply))
    _put(world, Letter(bundle.kiosk, bundle.machine, tuple(answers)))


def _heard(world: World, kiosk: str, request: SyncRequest) -> SyncReply:
    """Have a round heard; what agrees with the log is taken in, however late, and what does not is a fork."""
    kept, last = world.bureau.kept, request.first - 1 + len(request.events)
    known = kept.streams.get(request.stream)
    if known is None or request.generation != kept.generation:
        return world.bureau.answer_carried(kiosk, request, world.draw)
    ours = world.bureau.hashes(known.id, request.first - 1, last)
    said = {request.first - 1: request.prev_hash} | {entry.seq: entry.hash for entry in request.events}
    contradicts = any(ours.get(seq, told) != told for seq, told in said.items())
    reply = world.bureau.answer_carried(kiosk, request, world.draw)
    if contradicts and not reply.is_forked:
        raise Broken(f"{known.id} tells another story by stick and is believed")
    follows = request.first <= known.acked + 1 and known.state != FORKED and not contradicts
    if follows and (reply.is_forked or reply.acked < last):
        raise Broken(f"{known.id} is not heard up to {last} although it tells what follows")
    return reply


def read(world: World, kiosk: SimKiosk) -> None:
    """Read any letter to a kiosk, perhaps one of weeks ago that was read before."""
    letter = _drawn(world, Letter)
    if (
        isinstance(letter, Letter)
        and letter.kiosk == kiosk.name
        and kiosk.machine in {letter.machine, "m-clone"}
    ):
        world.spawn(kiosk, "sync", lambda: kiosk.read_stick(letter.answers))


def _drawn(world: World, kind: type[Bundle | Letter]) -> Bundle | Letter | None:
    """Take anything of a kind from the sticks; half of the time it stays there too."""
    found = [item for item in world.sticks if isinstance(item, kind)]
    if not found:
        return None
    drawn = world.draw.choice(found)
    if world.draw.random() < 0.5:
        world.sticks.remove(drawn)
    return drawn


def _put(world: World, item: Bundle | Letter) -> None:
    world.sticks.append(item)
    if len(world.sticks) > MOST_ON_STICKS:
        world.sticks.pop(world.draw.randrange(len(world.sticks)))
