"""What no backup may take back: kiosks ever enrolled or revoked, machines that spoke, who holds each door.

It lies beside the database (`registry_rows`), for several servers in a database of its own (`kept_beside`). A
bureau whose database was put back from a backup reads here whom it has to hear before it may give anything
away. It is written inside a writing transaction that is alone, before that commits, so nobody ever got a
number of whom this does not tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Connection, RowMapping, select

from kiosk.actions.faults import StorageFault
from kiosk.bureau.folders import write_private
from kiosk.bureau.registry_rows import RegistryRoom, Rows
from kiosk.bureau.tables import kiosk, stream
from kiosk.domain.sentences import Sentence
from kiosk.protocol.generations import number_of

NO_MACHINE = ""
"""Stands for the machine of a kiosk that spoke before machines were told apart."""
_Thing = TypeVar("_Thing", bound=BaseModel)


class KnownKiosk(BaseModel):
    """A kiosk as it was enrolled last; `machines` are all that ever spoke as it, with their streams."""

    model_config = ConfigDict(frozen=True)

    id: str
    station: str
    station_name: str
    kiosk_no: int
    letter: str
    profile: str
    key_id: str
    public_key: str
    device: str
    seen_at: datetime
    machines: dict[str, list[str]] = {}


class KnownRevocation(BaseModel):
    """A key that counts no more; whose machine it was, and why."""

    model_config = ConfigDict(frozen=True)

    public_key: str
    kiosk: str
    key_id: str
    profile: str
    reason: str
    revoked_at: datetime


class KnownDoor(BaseModel):
    """Who holds a trip's door, and how many people were counted aboard whose slips nobody knows."""

    model_config = ConfigDict(frozen=True)

    stream: str
    unknown_aboard: int


class Reach(BaseModel):
    """How far a database has come: its life, and the number of the newest request heard in it."""

    model_config = ConfigDict(frozen=True)

    generation: str = ""
    requests: int = 0

    def is_behind(self, other: Reach) -> bool:
        """Return whether a database is older than one that came so far, or another one of the same age."""
        ours, theirs = number_of(self.generation), number_of(other.generation)
        if ours != theirs:
            return ours < theirs
        return self.generation != other.generation or self.requests < other.requests


class Remembered(BaseModel):
    """What of it lies in a backup."""

    model_config = ConfigDict(frozen=True)

    generation: str = ""
    kiosks: dict[str, KnownKiosk] = {}
    doors: dict[str, KnownDoor] = {}
    revoked: dict[str, KnownRevocation] = {}
    retired: dict[str, date] = {}


class Registry:
    """The registry in its room; whoever writes writes to the bureau's database alone.

    Every method raises StorageFault where what is there cannot be read.
    """

    def __init__(self, room: RegistryRoom) -> None:
        """Look at nothing yet."""
        self.room = room
        self._is_in_rows = False

    def read(self) -> Remembered:
        """Return what is remembered, nothing at a new bureau."""
        with self._looked_into() as rows:
            return Remembered(
                generation=rows.one("generation", "") or "",
                kiosks=_of(rows, "kiosk", KnownKiosk),
                doors=_of(rows, "door", KnownDoor),
                revoked=_of(rows, "revoked", KnownRevocation),
                retired={name: date.fromisoformat(day) for name, day in rows.all("retired").items()},
            )

    def doors(self) -> dict[str, KnownDoor]:
        """Return who holds which trip's door."""
        with self._looked_into() as rows:
            return _of(rows, "door", KnownDoor)

    def copy_to(self, path: Path) -> None:
        """Write all that is remembered into a file, none where there is nothing."""
        known = self.read()
        if known != Remembered():
            write_private(path, known.model_dump_json(indent=1).encode())

    def note_kiosk(self, facts: Mapping[str, object]) -> None:
        """Remember a kiosk as it is enrolled now; its machines stay, for their papers are out."""
        with self._changing() as rows:
            name = str(facts["id"])
            before = _one(rows, "kiosk", name, KnownKiosk)
            _put_kiosk(rows, {**facts, "machines": before.machines if before else {}})

    def note_machine(self, name: str, machine: str, stream_id: str) -> None:
        """Remember that a machine spoke as this kiosk, by which stream."""
        with self._changing() as rows:
            before = _one(rows, "kiosk", name, KnownKiosk)
            assert before is not None, "who speaks was enrolled, and every enrolment is remembered"
            machines = _joined(before.machines, {machine: [stream_id]})
            _put_kiosk(rows, before.model_dump() | {"machines": machines})

    def note_revoked(self, item: KnownRevocation) -> None:
        """Remember a key that counts no more: no backup makes it count again."""
        with self._changing() as rows:
            rows.put("revoked", item.public_key, item.model_dump_json())

    def note_retired(self, key_id: str, last_day: date) -> None:
        """Remember after which day a key signs no paper any more; of two days the earlier holds."""
        with self._changing() as rows:
            before = rows.one("retired", key_id)
            rows.put("retired", key_id, min(last_day.isoformat(), before or last_day.isoformat()))

    def note_door(self, trip: str, door: KnownDoor, over: Iterable[str]) -> None:
        """Remember who holds a trip's door, and forget trips that are over."""
        with self._changing() as rows:
            for name in over:
                rows.drop("door", name)
            rows.put("door", trip, door.model_dump_json())

    def note_generation(self, generation: str) -> None:
        """Remember the newest life, so that two restores of one backup get different numbers."""
        with self._changing() as rows:
            _put_newest(rows, generation)

    def reach(self) -> Reach:
        """Return how far the database had come when somebody looked last."""
        with self._looked_into() as rows:
            return _one(rows, "reach", "", Reach) or Reach()

    def note_reach(self, reach: Reach) -> None:
        """Remember how far the database has come, never less than before."""
        with self._changing() as rows:
            if not reach.is_behind(_one(rows, "reach", "", Reach) or Reach()):
                rows.put("reach", "", reach.model_dump_json())

    def join(self, other: Remembered) -> None:
        """Add what another copy of it knows and this one does not."""
        with self._changing() as rows:
            _join(rows, other)

    def complete(self, connection: Connection) -> None:
        """Add the kiosks of a database that was used before this was kept."""
        with self._looked_into() as rows:
            known = rows.all("kiosk")
        strangers = [name for name in connection.scalars(select(kiosk.c.id)) if name not in known]
        if strangers:
            with self._changing() as rows:
                for facts in connection.execute(select(kiosk).where(kiosk.c.id.in_(strangers))).mappings():
                    _put_kiosk(rows, _from_row(connection, facts))

    @contextmanager
    def _looked_into(self) -> Iterator[Rows]:
        self._take_apart()
        with self.room.looked_into() as rows, self._plain_faults():
            yield rows

    @contextmanager
    def _changing(self) -> Iterator[Rows]:
        self._take_apart()
        with self.room.changing() as rows, self._plain_faults():
            yield rows

    def _take_apart(self) -> None:
        """Put what lies there in one piece into rows. Cut off in the middle, it is done again."""
        if self._is_in_rows:
            return
        content = self.room.whole()
        if content is not None:
            with self.room.changing() as rows, self._plain_faults():
                _join(rows, remembered(content))
            self.room.drop_whole()
        self._is_in_rows = True

    @contextmanager
    def _plain_faults(self) -> Iterator[None]:
        try:
            yield
        except ValidationError as fault:
            raise StorageFault(Sentence("bureau.fault.registry", {"file": self.room.place})) from fault


def remembered(content: bytes) -> Remembered:
    """Return all of it as it lies in a backup. Raises ValidationError."""
    return Remembered.model_validate_json(content)


def remembered_in(path: Path) -> Remembered:
    """Return what a backup holds, nothing where it holds none. Raises StorageFault for a spoilt file."""
    try:
        return remembered(path.read_bytes()) if path.exists() else Remembered()
    except ValidationError as fault:
        raise StorageFault(Sentence("bureau.fault.registry", {"file": str(path)})) from fault


def _join(rows: Rows, other: Remembered) -> None:
    _put_newest(rows, other.generation)
    known = _of(rows, "kiosk", KnownKiosk)
    for name, item in other.kiosks.items():
        ours = known.get(name, item)
        _put_kiosk(rows, ours.model_dump() | {"machines": _joined(ours.machines, item.machines)})
    others: Mapping[str, Mapping[str, str]] = {
        "door": {name: item.model_dump_json() for name, item in other.doors.items()},
        "revoked": {name: item.model_dump_json() for name, item in other.revoked.items()},
        "retired": {name: day.isoformat() for name, day in other.retired.items()},
    }
    for kind, items in others.items():
        ours_too = rows.all(kind)
        for name in items.keys() - ours_too.keys():
            rows.put(kind, name, items[name])


def _put_newest(rows: Rows, generation: str) -> None:
    if number_of(generation) > number_of(rows.one("generation", "") or ""):
        rows.put("generation", "", generation)


def _put_kiosk(rows: Rows, facts: Mapping[str, object]) -> None:
    item = KnownKiosk.model_validate(facts)
    rows.put("kiosk", item.id, item.model_dump_json())


def _one(rows: Rows, kind: str, name: str, model: type[_Thing]) -> _Thing | None:
    body = rows.one(kind, name)
    return None if body is None else model.model_validate_json(body)


def _of(rows: Rows, kind: str, model: type[_Thing]) -> dict[str, _Thing]:
    return {name: model.model_validate_json(body) for name, body in sorted(rows.all(kind).items())}


def _from_row(connection: Connection, facts: RowMapping) -> dict[str, object]:
    spoke = connection.scalars(select(stream.c.id).where(stream.c.kiosk == facts["id"])).all()
    return {**facts, "machines": {NO_MACHINE: list(spoke)} if spoke else {}}


def _joined(known: Mapping[str, list[str]], more: Mapping[str, list[str]]) -> dict[str, list[str]]:
    names = [*known, *(name for name in more if name not in known)]
    return {name: list(dict.fromkeys([*known.get(name, []), *more.get(name, [])])) for name in names}
