"""Keys of workers at the bureau: kept where no backup goes, so that what is destroyed stays so.

| table | holds |
| --- | --- |
| key | secrets by worker, kind and epoch: what opens personal fields of entries, and his capsule |
| erasure | what was asked to be erased: from which epoch on keys count again, and what law still holds |
| destroyed | digests of keys that are gone, so that none is believed again whoever tells it |

They lie in a file of one machine (`key_files`) or, for several servers, in a database of their own
(`key_databases`). Keys told by a round wait in memory until its transaction commits, and are kept durably
just before it does: no entry is acknowledged whose key could still be lost. They belong to the thread that
carries the round out, so a round that comes to nothing takes no other's keys along. Whoever destroys keys
writes to the bureau's database alone, so nobody's told keys come between looking and writing, and no two
processes ever check out the file's log at once.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from kiosk.bureau import key_statements as statements
from kiosk.bureau.key_files import KeyFile
from kiosk.messages.personal import Kind
from kiosk.messages.sealing import WorkerKey, key_id

_KINDS = {kind.value for kind in Kind}
_CAPSULE = "capsule"
"""The kind of a key that nobody tells: the bureau derives it, once of each number."""
_NUMBER_SIGNS = 16
_MOST_SIGNS = 64
_MOST_ERASURES = 1_000_000


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was asked of one kind of a worker's fields.

    `epoch` counts what was asked, and `void` up to which of these the keys are gone; where it stays behind,
    the fields are only restricted, by a `law` and until a day. `person` is whom the worker's id means.
    """

    worker: str
    kind: Kind
    person: str
    epoch: int
    void: int
    asked_at: datetime
    law: str = ""
    held_until: date | None = None

    @property
    def is_destroyed(self) -> bool:
        """Return whether the keys of everything asked so far are gone."""
        return self.void == self.epoch


class KeyRoom(Protocol):
    """Where keys lie. What a method changes is durable when it has ended; each raises StorageFault."""

    def rows(self, asked: str, *values: object) -> list[dict[str, Any]]:
        """Return what one of the `key_statements` finds, by column."""
        ...

    def add(self, keys: Sequence[WorkerKey]) -> None:
        """Keep keys."""
        ...

    def note(self, erasure: Sequence[object], void: tuple[str, str, int], told: Sequence[str]) -> None:
        """Keep what was asked, destroy the keys that it makes void, and remember the digests of all of them.

        `void` is worker, kinds as a JSON list, and the epoch before which keys go; `told` are secrets that
        were not kept yet.
        """
        ...

    def cut(self) -> None:
        """Leave nothing of keys whose destroyer was cut off."""
        ...

    def close(self) -> None:
        """Let it go."""
        ...


class _Told(threading.local):
    """What the round of this thread told: keys to keep with its commit, and all that may open its entries."""

    def __init__(self) -> None:
        self.new: dict[tuple[str, str, str], WorkerKey] = {}
        self.at_hand: dict[tuple[str, str], list[WorkerKey]] = {}


class KeyStore:
    """Keys in a room, or in the file at a path; many threads may use it, and other processes beside."""

    def __init__(self, place: KeyRoom | Path) -> None:
        """Touch nothing yet."""
        self._room: KeyRoom = KeyFile(place) if isinstance(place, Path) else place
        self._told = _Told()

    def tell(self, keys: Sequence[WorkerKey]) -> None:
        """Note keys that came with a round: they open at once, and are kept with the next `keep_told`.

        What cannot be a key of a kind known here is left out, and so is one that was destroyed, or made
        before an erasure that its maker had not heard of; their entries stay closed.
        """
        usable = [key for key in keys if _is_key(key)]
        if not usable:
            return
        workers = json.dumps(sorted({key.worker for key in usable}))
        rows = self._room.rows
        kept = {(row["worker"], row["kind"], row["secret"]) for row in rows(statements.KEPT, workers)}
        void = {(row["worker"], row["kind"]): row["void"] for row in rows(statements.VOID_EPOCHS, workers)}
        ids = json.dumps([key_id(key.secret) for key in usable])
        destroyed = {row["id"] for row in rows(statements.DESTROYED, ids)}
        for key in usable:
            if key_id(key.secret) in destroyed or key.epoch < void.get((key.worker, key.kind), 0):
                continue
            self._told.at_hand.setdefault((key.worker, key.kind), []).append(key)
            if (key.worker, key.kind, key.secret) not in kept:
                self._told.new[key.worker, key.kind, key.secret] = key

    def keep_told(self) -> None:
        """Bring the keys noted to the disk. Raises StorageFault; the round must not be acknowledged then."""
        self._told.at_hand.clear()
        if self._told.new:
            self._room.add(list(self._told.new.values()))
            self._told.new.clear()

    def forget_told(self) -> None:
        """Forget keys of rounds that came to nothing; they are told again."""
        self._told.new.clear()
        self._told.at_hand.clear()

    def at_hand(self, worker: str, kind: Kind) -> Iterator[str]:
        """Yield what may open a worker's fields of one kind: what this round told, then what the file has."""
        yield from [key.secret for key in self._told.at_hand.get((worker, kind.value), ())]
        yield from self.secrets(worker, kind)

    def secrets(self, worker: str, kind: Kind, *, is_shown: bool = False) -> list[str]:
        """Return what opens a worker's fields of one kind, the newest epoch first.

        `is_shown`: only fields that nobody asked to erase since; what law still holds is not shown to anyone.
        """
        erased = self.erasure_of(worker, kind) if is_shown else None
        oldest = 0 if erased is None else erased.epoch
        told = {
            (key.epoch, key.secret)
            for key in self._told.new.values()
            if (key.worker, key.kind) == (worker, kind.value)
        }
        rows = self._room.rows(statements.OF_WORKER, worker, kind.value)
        found = sorted(told | {(row["epoch"], row["secret"]) for row in rows}, reverse=True)
        return [secret for epoch, secret in found if epoch >= oldest]

    def close(self) -> None:
        """Let the room go."""
        self._room.close()

    def erasures(self) -> list[Erasure]:
        """Return everything that was ever asked, by worker."""
        return [_erasure(row) for row in self._room.rows(statements.ERASURES)]

    def erasure_of(self, worker: str, kind: Kind) -> Erasure | None:
        """Return what was asked last of a worker's fields of one kind."""
        rows = self._room.rows(statements.ERASURE, worker, kind.value)
        return _erasure(rows[0]) if rows else None

    def is_given_anew(self, erasure: Erasure) -> bool:
        """Return whether the person gave such fields again after an erasure."""
        about = (erasure.worker, erasure.kind.value)
        return bool(self._room.rows(statements.SINCE, *about, erasure.epoch)) or any(
            (key.worker, key.kind) == about and key.epoch >= erasure.epoch for key in self._told.new.values()
        )

    def person_of(self, worker: str) -> str | None:
        """Return whom a worker's id meant when his fields were erased, None where nobody asked."""
        rows = self._room.rows(statements.PERSON, worker)
        return str(rows[0]["person"]) if rows else None

    def note(self, erasure: Erasure) -> None:
        """Keep what was asked, and destroy every key that it makes void; durable and gone at the end.

        Keys that this round told go as well: they would be kept with its commit otherwise.
        """
        void = (erasure.worker, json.dumps(_goes_with(erasure.kind)), erasure.void)
        values = (
            erasure.worker,
            erasure.kind.value,
            erasure.person,
            erasure.epoch,
            erasure.void,
            erasure.asked_at.isoformat(),
            erasure.law,
            "" if erasure.held_until is None else erasure.held_until.isoformat(),
        )
        told = self._forget_void(erasure.worker, erasure.kind, erasure.void)
        self._room.note(values, void, told)
        self.cut_log()

    def cut_log(self) -> None:
        """Leave nothing of destroyed keys in the log, also of those whose destroyer was cut off before this.

        Raises StorageFault while somebody reads on and on. As for `note`, hold the database's transaction.
        """
        self._room.cut()

    def capsule_key(self, worker: str, number_hash: str) -> bytes | None:
        """Return the key of the capsule that a person's number finds, None where it is not known yet."""
        start = _capsule_secret(number_hash, b"")
        rows = self._room.rows(statements.OF_WORKER, worker, _CAPSULE)
        kept = (row["secret"].removeprefix(start) for row in rows if row["secret"].startswith(start))
        return next(map(bytes.fromhex, kept), None)

    def tell_capsule_key(self, worker: str, number_hash: str, key: bytes) -> None:
        """Note a capsule's key, which is kept with the next `keep_told`; it goes when who he is is erased."""
        erasure, secret = self.erasure_of(worker, Kind.STATUTORY), _capsule_secret(number_hash, key)
        epoch = 0 if erasure is None else erasure.epoch
        told = WorkerKey(worker=worker, kind=_CAPSULE, secret=secret, epoch=epoch)
        self._told.new[worker, _CAPSULE, secret] = told

    def _forget_void(self, worker: str, kind: Kind, void: int) -> list[str]:
        """Forget told keys from before an epoch, and return their secrets."""
        at_hand = self._told.at_hand.get((worker, kind.value), [])
        gone = [key for key in (*at_hand, *self._told.new.values()) if _is_void(key, worker, kind, void)]
        at_hand[:] = [key for key in at_hand if key not in gone]
        for key in gone:
            self._told.new.pop((worker, key.kind, key.secret), None)
        return [key.secret for key in gone]


def _is_key(key: WorkerKey) -> bool:
    """Return whether this can be a key; one that cannot stops no round."""
    is_short = 0 < len(key.secret) <= _MOST_SIGNS and 0 < len(key.worker) <= _MOST_SIGNS
    return is_short and key.kind in _KINDS and key.epoch <= _MOST_ERASURES


def _goes_with(kind: Kind) -> list[str]:
    """Return the kinds of keys that an erasure of one makes void: a capsule is of who somebody is."""
    return [kind.value, _CAPSULE] if kind is Kind.STATUTORY else [kind.value]


def _is_void(key: WorkerKey, worker: str, kind: Kind, void: int) -> bool:
    return key.worker == worker and key.kind in _goes_with(kind) and key.epoch < void


def _capsule_secret(number_hash: str, key: bytes) -> str:
    """Return what is kept of a capsule's key: which number it is of, and the key."""
    return f"{number_hash[:_NUMBER_SIGNS]}:{key.hex()}"


def _erasure(row: Mapping[str, Any]) -> Erasure:
    return Erasure(
        worker=row["worker"],
        kind=Kind(row["kind"]),
        person=row["person"],
        epoch=row["epoch"],
        void=row["void"],
        asked_at=datetime.fromisoformat(row["asked_at"]),
        law=row["law"],
        held_until=date.fromisoformat(row["held_until"]) if row["held_until"] else None,
    )
