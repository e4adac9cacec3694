"""Whom the entries of a transaction name, and who of them was in a hall: asked once, and noted once.

A morning's entries are about the same few people again and again. Whom a registration means is asked for all
of them together, and that they were seen is written when all entries are, in one statement for everybody.
"""

from __future__ import annotations

import json
from collections import ChainMap, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, String, bindparam, literal, select, true, update
from sqlalchemy.dialects.postgresql import insert as upsert  # SQLite's dialect writes it as well

from kiosk.bureau.portable import among, listed
from kiosk.bureau.same_person import ids_of_all
from kiosk.bureau.tables import capsule_due, seen_in_hall, worker, worker_alias
from kiosk.statements import Statement

KEPT = timedelta(days=30)
"""A person not seen, and not at work, for so long is no longer known at every kiosk."""
_MEANT = Statement(
    select(worker_alias.c.alias, worker_alias.c.worker).where(among(worker_alias.c.alias, listed("names")))
)
_SEEN = Statement(
    update(worker).where(among(worker.c.id, listed("people"))).values(last_seen=bindparam("moment"))
)
_people = listed("people").subquery()
# SQLite takes ON CONFLICT for a join's where a WHERE does not come between.
_SEEN_THERE = Statement(
    upsert(seen_in_hall)
    .from_select(
        ["worker", "station", "last_seen"],
        select(
            _people.c.value,
            bindparam("station", type_=String),
            bindparam("moment", type_=seen_in_hall.c.last_seen.type),
        ).where(true()),
    )
    .on_conflict_do_update(index_elements=["worker", "station"], set_={"last_seen": bindparam("moment")})
)
_MARK = Statement(
    upsert(capsule_due)
    .from_select(["worker", "mark"], select(_people.c.value, literal(1)).where(true()))
    .on_conflict_do_update(index_elements=["worker"], set_={"mark": capsule_due.c.mark + 1})
)


@dataclass(slots=True)
class Met:
    """What one transaction knows of people. Of what was `asked` and is not `meant`, there is nobody yet.

    `seen` are those who were in a hall, by its station, and when the bureau heard of it.
    """

    asked: set[str] = field(default_factory=set)
    meant: ChainMap[str, str] = field(default_factory=ChainMap)
    seen: ChainMap[tuple[str, str], datetime] = field(default_factory=ChainMap)

    def part(self) -> Met:
        """Return what goes on from here for a part that may come to nothing."""
        return Met(self.asked, self.meant.new_child(), self.seen.new_child())

    def keep(self, part: Met) -> None:
        """Know what a part came to know."""
        self.meant.update(part.meant.maps[0])
        self.seen.update(part.seen.maps[0])

    def ask(self, connection: Connection, aliases: Iterable[str]) -> None:
        """Find out at once whom many registrations mean."""
        wanted = sorted(set(aliases) - self.asked)
        if wanted:
            rows = _MEANT.all(connection, {"names": json.dumps(wanted)})
            self.meant.update({row.alias: row.worker for row in rows})
            self.asked.update(wanted)

    def person(self, connection: Connection, alias: str) -> str | None:
        """Return the one id of the person whom a registration means, None for one never heard of."""
        if alias not in self.meant and alias not in self.asked:
            [*found] = _MEANT.all(connection, {"names": json.dumps([alias])})
            self.meant.update({row.alias: row.worker for row in found})
        return self.meant.get(alias)

    def note_seen(self, connection: Connection, *, is_replay: bool = False) -> None:
        """Write down who was in a hall; what other kiosks know of them is out of date then."""
        together: dict[tuple[datetime, str], list[str]] = defaultdict(list)
        for (person, station), moment in self.seen.items():
            together[moment, station].append(person)
        for moment, station in sorted(together):
            asked = {"people": json.dumps(sorted(together[moment, station])), "moment": moment}
            _SEEN.send(connection, asked)
            _SEEN_THERE.send(connection, {**asked, "station": station})
        if not is_replay:
            mark_due(connection, {person for person, _ in self.seen})
        self.seen.clear()


def mark_due(connection: Connection, people: Iterable[str]) -> None:
    """Ask for the capsules of people to be sealed again; asking while one is being sealed asks once more.

    Whoever has several registrations has a capsule for each of their numbers, and all tell the same.
    """
    everybody = ids_of_all(connection, people)
    if everybody:
        _MARK.send(connection, {"people": json.dumps(everybody)})
