"""What no backup may take back: kiosks ever enrolled or revoked, machines that spoke, who holds each door.

A small file beside the database, whole or absent at every moment; several servers share it in a database
(`kept_beside`). A bureau whose database was put back from a backup reads here whom it has to hear before it
may give anything away. It is written inside a writing transaction that is alone, before that commits, so
nobody ever got a number of whom this does not tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Connection, RowMapping, select

from kiosk.actions.faults import StorageFault
from kiosk.bureau.folders import write_private
from kiosk.bureau.key_databases import KeyDatabase
from kiosk.bureau.tables import kiosk, stream
from kiosk.domain.sentences import Sentence
from kiosk.protocol.generations import number_of

NO_MACHINE = ""
"""Stands for the machine of a kiosk that spoke before machines were told apart."""


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


class Remembered(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True)

    generation: str = ""
    kiosks: dict[str, KnownKiosk] = {}
    doors: dict[str, KnownDoor] = {}
    revoked: dict[str, KnownRevocation] = {}
    retired: dict[str, date] = {}


@dataclass(frozen=True, slots=True)
class Registry:
    """The file at `path`, or where several servers share it; whoever writes writes to the database alone."""

    path: Path
    room: KeyDatabase | None = None

    def read(self) -> Remembered:
        """Return what is remembered, nothing at a new bureau. Raises StorageFault for a spoilt file."""
        content = self._content()
        if content is None:
            return Remembered()
        try:
            return Remembered.model_validate_json(content)
        except ValidationError as fault:
            raise StorageFault(Sentence("bureau.fault.registry", {"file": str(self.path)})) from fault

    def copy_to(self, path: Path) -> None:
        """Write all that is remembered into a file, none where there is nothing."""
        content = self._content()
        if content is not None:
            write_private(path, content)

    def note_kiosk(self, facts: Mapping[str, object]) -> None:
        """Remember a kiosk as it is enrolled now; its machines stay, for their papers are out."""
        known = self.read()
        before = known.kiosks.get(str(facts["id"]))
        machines = before.machines if before else {}
        self._put(known, [KnownKiosk.model_validate({**facts, "machines": machines})])

    def note_machine(self, name: str, machine: str, stream_id: str) -> None:
        """Remember that a machine spoke as this kiosk, by which stream."""
        known = self.read()
        before = known.kiosks[name]
        streams = before.machines.get(machine, [])
        if stream_id not in streams:
            machines = {**before.machines, machine: [*streams, stream_id]}
            self._put(known, [before.model_copy(update={"machines": machines})])

    def note_revoked(self, item: KnownRevocation) -> None:
        """Remember a key that counts no more: no backup makes it count again."""
        known = self.read()
        self._write(known.model_copy(update={"revoked": {**known.revoked, item.public_key: item}}))

    def note_retired(self, key_id: str, last_day: date) -> None:
        """Remember after which day a key signs no paper any more; of two days the earlier holds."""
        known = self.read()
        first = min(last_day, known.retired.get(key_id, last_day))
        self._write(known.model_copy(update={"retired": {**known.retired, key_id: first}}))

    def note_door(self, trip: str, door: KnownDoor, over: Iterable[str]) -> None:
        """Remember who holds a trip's door, and forget trips that are over."""
        known = self.read()
        left = {name: held for name, held in known.doors.items() if name not in set(over)}
        self._write(known.model_copy(update={"doors": {**left, trip: door}}))

    def note_generation(self, generation: str) -> None:
        """Remember the newest life, so that two restores of one backup get different numbers."""
        known = self.read()
        if number_of(generation) > number_of(known.generation):
            self._write(known.model_copy(update={"generation": generation}))

    def join(self, other: Remembered) -> None:
        """Add what another copy of the file knows and this one does not."""
        known = self.read()
        merged = {**other.kiosks}
        for name, item in known.kiosks.items():
            older = other.kiosks.get(name)
            machines = _joined(item.machines, older.machines if older else {})
            merged[name] = item.model_copy(update={"machines": machines})
        newest = max(known.generation, other.generation, key=number_of)
        joined = Remembered(
            generation=newest,
            kiosks=merged,
            doors={**other.doors, **known.doors},
            revoked={**other.revoked, **known.revoked},
            retired={**other.retired, **known.retired},
        )
        self._write(joined, known=known)

    def complete(self, connection: Connection) -> None:
        """Add the kiosks of a database that was used before this file was kept."""
        known = self.read()
        rows = connection.execute(select(kiosk).where(kiosk.c.id.not_in(list(known.kiosks)))).mappings()
        self._put(known, [_from_row(connection, row) for row in rows.all()])

    def _put(self, known: Remembered, items: Iterable[KnownKiosk]) -> None:
        kiosks = {**known.kiosks, **{item.id: item for item in items}}
        self._write(known.model_copy(update={"kiosks": kiosks}), known=known)

    def _write(self, wanted: Remembered, known: Remembered | None = None) -> None:
        if wanted != known:
            content = wanted.model_dump_json(indent=1).encode()
            if self.room is None:
                write_private(self.path, content)
            else:
                self.room.keep_registry(content)

    def _content(self) -> bytes | None:
        if self.room is not None:
            return self.room.registry()
        return self.path.read_bytes() if self.path.exists() else None


def _from_row(connection: Connection, facts: RowMapping) -> KnownKiosk:
    spoke = connection.scalars(select(stream.c.id).where(stream.c.kiosk == facts["id"])).all()
    return KnownKiosk.model_validate({**facts, "machines": {NO_MACHINE: list(spoke)} if spoke else {}})


def _joined(known: Mapping[str, list[str]], more: Mapping[str, list[str]]) -> dict[str, list[str]]:
    names = {*known, *more}
    return {name: list(dict.fromkeys([*known.get(name, []), *more.get(name, [])])) for name in sorted(names)}
