"""What a kiosk finds when the power is back, held against what it had told before."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, select

from kiosk.actions.faults import StorageFault
from kiosk.domain.quotas import NumberSet
from kiosk.messages.events import FIRST_HASH, PlaceTaken, chain_hash
from kiosk.protocol.marks import GrantedMark
from kiosk.storage.marker import Marker
from kiosk.storage.opening import OpenedStore
from kiosk.storage.rights import held_quotas, holding_of
from kiosk.storage.tables import placement, slip
from tests.durability.mornings import (
    AFTERWARDS,
    DATABASE_FOLDER,
    MARKER_FOLDER,
    Morning,
    opened,
    state_of,
)
from tests.durability.platters import (
    PROMISED,
    Committing,
    Flushed,
    Image,
    Loss,
    NamesFlushed,
    Told,
)

SCRATCH = next((path for path in ("/dev/shm",) if os.access(path, os.W_OK)), None)  # noqa: S108 - as below
"""Where images are laid: in memory if the system has such a folder, for nobody cuts the power of a test."""


class Outcome(Enum):
    """What became of that which was told."""

    KEPT = "kept all"
    LOST = "lost acknowledged"
    CORRUPT = "corrupt"


class Notice(Enum):
    """Who notices that something is wrong, first."""

    NOBODY = "nobody"
    EXAMINATION = "a look at every page and entry"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one cut, and why it is thought so."""

    outcome: Outcome
    notice: Notice
    has_marker: bool = True
    """Whether the marker still knew what was told, and nothing that the database does not know."""
    spends_twice: bool = False
    """Whether a number that was told to be spent can be spent again."""
    forgets: bool = False
    """Whether an entry or a spent number that was told is gone."""
    why: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether a kiosk on an honest disk may be so."""
        return self.outcome is Outcome.KEPT and self.has_marker and not self.spends_twice


@dataclass(frozen=True, slots=True)
class Cut:
    """One moment and what the disk kept of what it had not flushed yet."""

    at: int
    loss: Loss
    image: Image
    floor: int
    """The newest state that was told."""
    ceiling: int
    """The newest state that may be there."""

    def __str__(self) -> str:
        """Say which cut this is."""
        return f"behind operation {self.at}, of what was not flushed {self.loss.value}"


def cuts(morning: Morning, seed: int, count: int, losses: Sequence[Loss] = PROMISED) -> Iterator[Cut]:
    """Return so many cuts spread over a morning, the losses in turn."""
    dice = random.Random(seed)
    operations = morning.recording.operations
    moments = sorted(dice.randint(1, len(operations)) for _ in range(count))
    platter, done, floor, ceiling = morning.recording.platter(), 0, 0, 0
    for nth, at in enumerate(moments):
        for operation in operations[done:at]:
            platter.take(operation)
            floor, ceiling = moved(operation, floor, ceiling)
        done = at
        loss = losses[nth % len(losses)]
        yield Cut(at, loss, platter.image(loss, dice), floor, ceiling)


def lies(
    morning: Morning, seed: int, count: int, folders: Collection[str], share: float = 0.05
) -> Iterator[Cut]:
    """Return cuts behind a disk that ignores a share of all flushes of some folders, and says it had not."""
    dice = random.Random(seed)
    recording = morning.recording
    for _ in range(count):
        platter, floor, ceiling = recording.platter(), 0, 0
        at = dice.randint(1, len(recording.operations))
        for operation in recording.operations[:at]:
            is_liars = isinstance(operation, Flushed | NamesFlushed) and operation.folder.name in folders
            platter.take(operation, is_ignored=is_liars and dice.random() < share)
            floor, ceiling = moved(operation, floor, ceiling)
        loss = dice.choice(PROMISED)
        yield Cut(at, loss, platter.image(loss, dice), floor, ceiling)


def moved(operation: object, floor: int, ceiling: int) -> tuple[int, int]:
    """Return the floor and the ceiling of a cut behind one more operation."""
    match operation:
        case Told(state):
            return state, ceiling
        case Committing(state):
            return floor, state
    return floor, ceiling


def judged(morning: Morning, cut: Cut) -> Verdict:
    """Lay an image on a disk, open the store over it as a kiosk does, and hold it against what was told."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        root = Path(folder)
        lay(cut.image, root)
        marker = Marker(root / MARKER_FOLDER)
        mark, granted = marker.read(), marker.read_granted()  # a start mends both
        try:
            kept = opened(root, machine=AFTERWARDS)
        except StorageFault as fault:
            return Verdict(Outcome.CORRUPT, Notice.OPENING, why=fault.sentence.key)
        try:
            return _judged(morning, cut, kept, mark.head if mark else 0, granted)
        except StorageFault as fault:
            return Verdict(Outcome.CORRUPT, Notice.EXAMINATION, why=fault.sentence.key)
        finally:
            kept.close()


def lay(image: Image, root: Path) -> None:
    """Write an image to a folder."""
    for folder in (DATABASE_FOLDER, MARKER_FOLDER):
        (root / folder).mkdir(parents=True)
    for path, content in image.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(content)


def _judged(
    morning: Morning, cut: Cut, kept: OpenedStore, marked: int, granted: GrantedMark | None
) -> Verdict:
    told = morning.states[cut.floor]
    with kept.database.outside_transactions() as connection:
        # Checking the seals of pages reads the file alone, and a log may still hold the newer ones.
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with kept.database.reading() as connection:
        found, complaints = state_of(connection), list(examined(connection))
        spends_twice = bool(told.spent & _free(connection))
        has_all = told.spent <= found.spent and told.head <= _last_entry(connection)
        unknown = list(_unknown_to_marker(connection, granted))
    has_marker = kept.new_stream is None and told.head <= marked <= found.head and not unknown
    why = "; ".join([*complaints, *unknown]) or f"marker {marked}, told {told.head}, found {found.head}"
    verdict = partial(Verdict, has_marker=has_marker, spends_twice=spends_twice, forgets=not has_all, why=why)
    if kept.new_stream is not None:
        outcome = Outcome.CORRUPT if complaints else Outcome.KEPT if has_all else Outcome.LOST
        return verdict(outcome, Notice.OPENING)
    if complaints:
        return verdict(Outcome.CORRUPT, Notice.EXAMINATION)
    if found.digest in {state.digest for state in morning.states[cut.floor : cut.ceiling + 1]}:
        return verdict(Outcome.KEPT, Notice.NOBODY)
    is_earlier = found.digest in {state.digest for state in morning.states[: cut.floor]}
    return verdict(Outcome.LOST if is_earlier else Outcome.CORRUPT, Notice.NOBODY)


def examined(connection: Connection) -> Iterator[str]:
    """Look at every page and every entry; tell what does not fit."""
    for pragma, sound in (
        ("integrity_check", ["ok"]),
        ("cipher_integrity_check", []),
        ("foreign_key_check", []),
    ):
        rows = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]
        if rows != sound:
            yield f"{pragma}: {rows[:3]}"
    stream, head, head_hash = connection.exec_driver_sql(
        "SELECT stream, head, head_hash FROM current_stream"
    ).one()
    entries = connection.exec_driver_sql(
        "SELECT seq, type, v, hash, body FROM journal ORDER BY seq"
    ).fetchall()
    if [entry.seq for entry in entries] != list(range(1, head + 1)):
        yield "the journal is not dense"
    previous = FIRST_HASH
    for entry in entries:
        previous = chain_hash(stream, entry.seq, entry.type, entry.v, previous, entry.body)
        if previous != entry.hash:
            yield f"the chain breaks at {entry.seq}"
    if entries and previous != head_hash:
        yield "the chain does not end in the head"
    bodies = [entry.body for entry in entries if entry.type == PlaceTaken.type]
    yield from _unmatched(connection, [PlaceTaken.model_validate_json(body) for body in bodies])


def _unmatched(connection: Connection, taken: Sequence[PlaceTaken]) -> Iterator[str]:
    """Tell where places, numbers and slips are not those that the journal speaks of."""
    said = {(item.quota, item.number) for entry in taken for item in entry.spent}
    spent = connection.exec_driver_sql("SELECT quota, number FROM spent_number").fetchall()
    if said - {(row.quota, row.number) for row in spent}:
        yield "a number that the journal spends is not spent"
    if {entry.placement for entry in taken} - set(connection.execute(select(placement.c.id)).scalars()):
        yield "the journal speaks of a placement that is not there"
    if {entry.slip for entry in taken} - set(connection.execute(select(slip.c.number)).scalars()):
        yield "the journal speaks of a slip that is not there"


def _unknown_to_marker(connection: Connection, marked: GrantedMark | None) -> Iterator[str]:
    """Tell of which quotas the database holds numbers that the marker did not know."""
    for quota in held_quotas(connection):
        known = marked.granted.get(quota, NumberSet()) if marked else NumberSet()
        if len(holding_of(connection, quota).granted - known):
            yield f"the marker does not know all numbers of {quota}"


def _last_entry(connection: Connection) -> int:
    statement = "SELECT max(seq) FROM (SELECT seq FROM journal UNION ALL SELECT seq FROM orphan_entry)"
    return connection.exec_driver_sql(statement).scalar() or 0


def _free(connection: Connection) -> frozenset[tuple[str, int]]:
    """Return every number that could be spent now."""
    return frozenset(
        (quota, number) for quota in held_quotas(connection) for number in holding_of(connection, quota).free
    )
