"""The door of a trip: who is kept out, and when a number may be handed out again. I8: bodies <= seats.

A place that was given back has its paper out somewhere. The bureau *blocks* the slip and tells the door, the
one device that lets people into that coach. Only when the door keeps the block, or the paper was scanned and
kept, are the slip's numbers free again. A slip that was aboard before its block stays aboard, and its numbers
are never handed out again.

Blocks are known by their slips, so a restored bureau that forgot some cannot mistake one for another. Which
device holds the door is told by its stream: a device that went back in time has another one, and no door.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum


@dataclass(frozen=True, slots=True)
class Door:
    """A trip's door as the bureau knows it; `stream` holds it, none when empty."""

    trip: str
    stream: str = ""
    open_blocks: frozenset[str] = field(default_factory=frozenset)
    settled: frozenset[str] = field(default_factory=frozenset)


class DoorStillOpen(Exception):
    """A door goes to another device only after the old one closed it, or was written off by count."""


class KeptOutUnknown(Exception):
    """A bureau that waits to be told what it forgot does not know every paper that a door has to keep out."""


def handed_to(door: Door, stream: str, *, is_closed: bool, is_quarantined: bool) -> Door:
    """Return the door at another device. Raises DoorStillOpen, and KeptOutUnknown behind a restore.

    What the old device kept out must be kept out by the new one, so settled blocks stay settled: their
    numbers are gone to others, and the new device is told of all of them before it lets anybody in.
    """
    if is_quarantined:
        raise KeptOutUnknown(door.trip)
    if door.stream not in {"", stream} and not is_closed:
        raise DoorStillOpen(door.trip)
    return replace(door, stream=stream)


def blocked(door: Door, slip: str) -> Door:
    """Return the door with one more slip to keep out; the same slip is blocked once."""
    if slip in door.settled:
        return door
    return replace(door, open_blocks=door.open_blocks | {slip})


def acknowledged(
    door: Door, stream: str, slips: Iterable[str], aboard: Iterable[str]
) -> tuple[Door, frozenset[str]]:
    """Return the door after an acknowledgement, and the slips whose numbers are free now.

    One of another stream frees nothing: that device no longer decides who gets in.
    """
    if stream != door.stream:
        return door, frozenset()
    answered = door.open_blocks & frozenset(slips)
    settled = replace(door, open_blocks=door.open_blocks - answered, settled=door.settled | answered)
    return settled, answered - frozenset(aboard)


def surely_out(freed: frozenset[str], unknown_aboard: int) -> tuple[frozenset[str], int]:
    """Return which of these slips are surely not aboard, and how many people aboard are unknown still.

    A door that was written off by count let in people whose slips nobody told. Any slip that is kept out
    since may be one of theirs, so that many are never handed out again.
    """
    doubtful = sorted(freed)[:unknown_aboard]
    return freed - frozenset(doubtful), unknown_aboard - len(doubtful)


def scanned_in(door: Door, slip: str, copies: int, *, is_over: bool) -> tuple[Door, frozenset[str]]:
    """Return the door after a slip's paper was scanned and kept, and the slips whose numbers are free now.

    `copies` were printed besides the first one: where there are any, one paper says nothing of the others.
    `is_over` tells that the kiosk of the slip has ended it itself, so that it prints no more of them.
    """
    if slip not in door.open_blocks or copies or not is_over:
        return door, frozenset()
    freed = frozenset({slip})
    return replace(door, open_blocks=door.open_blocks - freed, settled=door.settled | freed), freed


class Entry(Enum):
    """What the door says to a slip."""

    WELCOME = "welcome"
    ALREADY_ABOARD = "already_aboard"
    BLOCKED = "blocked"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class DoorBook:
    """The door's own state of one trip: who is aboard, and which slips stay out."""

    trip: str
    aboard: frozenset[str] = field(default_factory=frozenset)
    kept_out: frozenset[str] = field(default_factory=frozenset)
    is_closed: bool = False


def come_aboard(book: DoorBook, slip: str) -> tuple[DoorBook, Entry]:
    """Let a genuine slip of this trip in, or say why not; the same slip never twice."""
    if book.is_closed:
        return book, Entry.CLOSED
    if slip in book.aboard:
        return book, Entry.ALREADY_ABOARD
    if slip in book.kept_out:
        return book, Entry.BLOCKED
    return replace(book, aboard=book.aboard | {slip}), Entry.WELCOME


def keep_out(book: DoorBook, slips: Iterable[str]) -> tuple[DoorBook, frozenset[str]]:
    """Return the book with slips kept out, and those of them that are aboard already.

    The acknowledgement goes into the journal in the same transaction.
    """
    told = frozenset(slips)
    aboard = told & book.aboard
    return replace(book, kept_out=book.kept_out | (told - aboard)), aboard
