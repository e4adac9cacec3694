"""What was published after a backup was made, kept when the backup is put back, and published again.

A restored bureau knows of none of it, and its feed, which begins a new life, takes it from every kiosk. Where
the database that was replaced can still be read, the difference is written beside it; where it cannot, the
numbers that kiosks say they hold of things nobody knows name at least the jobs and coaches.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from kiosk.bureau.databases import looked_into, opened
from kiosk.bureau.feeds import Changes
from kiosk.bureau.folders import BureauFolder, write_private
from kiosk.bureau.publishing import Published, retract, say
from kiosk.bureau.tables import feed_row, quota
from kiosk.messages.course_bodies import CourseBody
from kiosk.messages.feed import EmployerBody, JobBody, ParameterBody, StaffBody, TripBody
from kiosk.messages.fleet import DriverBody, VehicleBody

KEPT_IN = "published-since.json"
BESIDE = "before-restore-"
_BODIES: Mapping[str, type[Published]] = {
    "parameter": ParameterBody,
    "course": CourseBody,
    "employer": EmployerBody,
    "vehicle": VehicleBody,
    "driver": DriverBody,
    "staff": StaffBody,
    "trip": TripBody,
    "job": JobBody,
}
"""What people publish, in an order in which each finds what it needs; all else comes out of the log again."""


@dataclass(frozen=True, slots=True)
class Lost:
    """One thing that was published, changed or taken back since a backup: its words then and since, as JSON.

    `then` is None for what the backup does not know, `since` for what was taken back since.
    """

    scope: str
    topic: str
    id: str
    then: str | None
    since: str | None

    @property
    def what(self) -> str:
        """Return what happened to it since: `new`, `changed` or `taken_back`."""
        return "new" if self.then is None else "taken_back" if self.since is None else "changed"


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A quota of something nobody here knows, and how many of its numbers kiosks say they were given."""

    quota: str
    committed: int


def lost_between(before: Connection, after: Connection) -> list[Lost]:
    """Return what the database `before` a restore says and the one `after` it does not."""
    since, then = _said(before), _said(after)
    changed = sorted(
        (key for key in since.keys() | then.keys() if since.get(key) != then.get(key)),
        key=lambda key: (list(_BODIES).index(key[1]), key),
    )
    return [Lost(*key, then.get(key), since.get(key)) for key in changed]


def keep_lost(aside: Path, lost: Sequence[Lost]) -> None:
    """Write the difference beside the database that was replaced."""
    told = json.dumps([asdict(item) for item in lost], ensure_ascii=False)
    write_private(aside / KEPT_IN, told.encode())


def still_lost(data_dir: Path) -> list[Lost]:
    """Return what the last restore took away and nobody has published or changed since then."""
    with looked_into(data_dir) as connection:
        said = _said(connection)
    return [item for item in _kept(data_dir) if said.get((item.scope, item.topic, item.id)) == item.then]


def unpublished(data_dir: Path) -> list[Unpublished]:
    """Return of which jobs and coaches that nobody here knows kiosks hold numbers."""
    statement = (
        select(quota.c.id, quota.c.committed_count)
        .where(quota.c.scope == "", quota.c.committed_count > 0)
        .order_by(quota.c.id)
    )
    with looked_into(data_dir) as connection:
        return [Unpublished(row.id, row.committed_count) for row in connection.execute(statement)]


def publish_again(data_dir: Path) -> list[Lost]:
    """Say everything that is still lost as it was said last, and return it; twice, it changes nothing.

    What somebody has published or changed since the restore stays as he said it.
    """
    lost = still_lost(data_dir)
    with opened(data_dir) as database:
        with database.writing() as connection:
            changes = Changes()
            for item in lost:
                if item.since is not None:
                    body = _BODIES[item.topic].model_validate_json(item.since)
                    say(connection, changes, item.scope, [body])
            changes.stamp(connection)
        for item in lost:
            if item.since is None:
                retract(database, item.scope, item.topic, item.id)
    return lost


def _kept(data_dir: Path) -> list[Lost]:
    """Return what lies beside the database that was replaced last; nothing where that was unreadable."""
    newest = max(BureauFolder(data_dir).root.glob(f"{BESIDE}*"), default=None)
    path = None if newest is None else newest / KEPT_IN
    if path is None or not path.exists():
        return []
    return [Lost(**item) for item in json.loads(path.read_bytes())]


def _said(connection: Connection) -> dict[tuple[str, str, str], str]:
    rows = connection.execute(
        select(feed_row.c.scope, feed_row.c.topic, feed_row.c.id, feed_row.c.body)
        .where(feed_row.c.topic.in_(list(_BODIES)))
        .where(feed_row.c.is_deleted.is_(False))
    )
    return {(row.scope, row.topic, row.id): row.body for row in rows}
