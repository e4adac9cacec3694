"""Taking a table in: what each thing in it would change, and then all of it in one transaction, or nothing.

A plan is made against what is known now and says of each thing whether it is new, changed, the same or wrong;
a dry run ends there. Most things are one row, a course is many. A thing is known again by its own number, so
a table that is taken in twice changes nothing the second time. What only bureau and kiosks know of a thing
(its version, its door, its driver, how many places are left) stays as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from kiosk.actions.faults import Refused
from kiosk.actions.recognise import worker_id_of
from kiosk.bureau.advertisements import Ruling, rule_on
from kiosk.bureau.databases import Database
from kiosk.bureau.districts import work_scope_at
from kiosk.bureau.feeds import CITY, Changes, current_body, hall_scope
from kiosk.bureau.intake_tables import imported_file, imported_job
from kiosk.bureau.progress import Progress, Step, told, untold
from kiosk.bureau.publishing import say
from kiosk.bureau.rulings import record_ruling
from kiosk.bureau.tables import feed_row
from kiosk.codes import load_parameter_units, load_trades
from kiosk.domain.clock import hall_day
from kiosk.domain.ids import NumberHash
from kiosk.domain.jobs import JobState
from kiosk.domain.parameters import Parameter, in_force
from kiosk.domain.sentences import Sentence
from kiosk.intake.forms import Fault, Form, Known, Thing, bunches, made, read_head, read_lines, repeated
from kiosk.ledgers.reading import Given, Row, UnreadableTable, read_rows, typed
from kiosk.messages.capsules import number_hash
from kiosk.messages.course_bodies import CourseBody
from kiosk.messages.feed import EmployerBody, JobBody, ParameterBody, TripBody
from kiosk.messages.fleet import VehicleBody

Facts = dict[str, Any]
_OWN = {
    "course": ("version",),
    "job": ("version", "state", "open_places"),
    "trip": ("door", "door_at", "driver", "is_formed", "state"),
}
"""What a table does not say of a thing, by its topic."""


class Verdict(StrEnum):
    """What a thing in a table would change."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judged:
    """A thing that can be taken: its first row, what that changes, and for a job what the rules say of it.

    `before` is what was said of the thing when it was judged, without what a table does not say.
    """

    row: int
    thing: Thing
    verdict: Verdict
    before: Facts | None
    ruling: Ruling | None = None


@dataclass(slots=True)
class Plan:
    """What a file would change. `faults` are everything wrong in it; `head` is the row of headings.

    `wrong` are all rows of the things in which anything is wrong, `wrong_things` how many things these are.
    """

    form: Form
    name: str
    digest: str
    head: Row
    judged: list[Judged] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    wrong: dict[int, Row] = field(default_factory=dict)
    wrong_things: int = 0

    def count(self, verdict: Verdict) -> int:
        """Return how many things are of one verdict."""
        if verdict is Verdict.WRONG:
            return self.wrong_things
        return sum(item.verdict is verdict for item in self.judged)

    @property
    def waiting(self) -> list[Judged]:
        """Return the jobs that a reviewer has to look at before anybody sees them."""
        return [item for item in self.judged if item.ruling and item.ruling.state is JobState.PENDING]


def plan_file(
    database: Database, form: Form, path: Path, city_key: bytes, now: datetime, tell: Progress = untold
) -> Plan:
    """Read a file and judge what is in it. Raises Refused where it is no table of this form, and OSError."""
    try:
        rows = read_rows(path)
        head = next(rows)  # nothing of a file that is too large has been read before
        plan = Plan(form, path.name, hashlib.sha256(path.read_bytes()).hexdigest(), head)
        with database.reading() as connection:
            _judge(connection, plan, rows, _known(connection, city_key, now), tell)
    except UnreadableTable as fault:
        raise Refused(fault.sentence) from fault
    return plan


def take_in(database: Database, plan: Plan, actor: str, now: datetime, tell: Progress = untold) -> None:
    """Tell the halls what a plan says, all of it or nothing, and keep whose file it was.

    What a table does not say of a thing is that of this moment. Raises Refused where somebody changed since
    the plan was made what it does say.
    """
    with database.writing() as connection:
        changes = Changes()
        for item in told(plan.judged, tell, Step.TAKE_IN, len(plan.judged)):
            fresh = _compared(connection, item.row, item.thing)
            if fresh.before != item.before:
                raise Refused(Sentence("intake.changed_meanwhile", {"row": item.row}))
            if fresh.verdict is not Verdict.SAME:
                _say(connection, changes, fresh.thing, item.ruling, actor, now)
        changes.stamp(connection, tell)
        counts = {verdict.value: plan.count(verdict) for verdict in Verdict if verdict is not Verdict.WRONG}
        file = {"form": plan.form.name, "name": plan.name, "digest": plan.digest}
        connection.execute(insert(imported_file).values(**file, actor=actor, at=now, **counts))


def _judge(connection: Connection, plan: Plan, rows: Iterator[Row], known: Known, tell: Progress) -> None:
    head = read_head(plan.form, plan.head)
    if head.missing:
        raise Refused(Sentence("intake.head.missing", {"columns": "、".join(head.missing)}))
    if head.unknown:
        raise Refused(Sentence("intake.head.unknown", {"columns": "、".join(head.unknown)}))
    if head.twice:
        raise Refused(Sentence("intake.head.twice", {"columns": "、".join(head.twice)}))
    things: list[tuple[int, Thing]] = []
    together: list[list[int]] = []
    by_row: dict[int, Row] = {}
    read = _noted(told(rows, tell, Step.READ, None), by_row)
    for lines in bunches(plan.form, read_lines(plan.form, head, read)):
        thing, faults = made(plan.form, lines, known)
        plan.faults += faults
        together.append([line.row for line in lines])
        if thing:
            things.append((lines[0].row, thing))
    plan.faults += repeated(things)
    for number, thing in told(things, tell, Step.JUDGE, len(things)):
        judged = _ruled(connection, number, thing, known)
        if judged.ruling and judged.ruling.state is JobState.RETURNED:
            plan.faults.append(Fault(number, "", judged.ruling.sentence))
        plan.judged.append(judged)
    plan.faults.sort(key=lambda fault: fault.row)
    faulty = {fault.row for fault in plan.faults}
    wrong = [numbers for numbers in together if not faulty.isdisjoint(numbers)]
    plan.wrong = {number: by_row[number] for numbers in wrong for number in numbers}
    plan.wrong_things = len(wrong)
    plan.judged = [item for item in plan.judged if item.row not in plan.wrong]


def _noted(rows: Iterator[Row], by_row: dict[int, Row]) -> Iterator[Row]:
    """Yield the rows, and keep each under its number."""
    for row in rows:
        by_row[row.number] = row
        yield row


def _known(connection: Connection, city_key: bytes, now: datetime) -> Known:
    told = list(_bodies(connection, "parameter", ParameterBody))
    return Known(
        now=now,
        trades=load_trades(),
        told=told,
        parameters=in_force([Parameter(**body.model_dump()) for body in told], hall_day(now)),
        units=load_parameter_units(),
        pseudonym=lambda number: worker_id_of(NumberHash(number_hash(city_key, number))),
        employers={body.id: body for body in _bodies(connection, "employer", EmployerBody)},
        vehicles={body.plate: body for body in _bodies(connection, "vehicle", VehicleBody)},
        trips={body.id: body for body in _bodies(connection, "trip", TripBody)},
        courses=frozenset(body.hazard_class for body in _bodies(connection, "course", CourseBody)),
    )


def _bodies(connection: Connection, topic: str, body: type[Any]) -> Iterator[Any]:
    """Yield what is said under a topic in any scope."""
    rows = select(feed_row.c.body).where(feed_row.c.topic == topic, feed_row.c.is_deleted.is_(False))
    return (body.model_validate_json(text) for text in connection.scalars(rows))


def _ruled(connection: Connection, row: int, thing: Thing, known: Known) -> Judged:
    judged = _compared(connection, row, thing)
    body = judged.thing.body
    if judged.verdict is Verdict.SAME or not isinstance(body, JobBody):
        return judged
    return replace(judged, ruling=rule_on(body, known.employers[body.employer], known.told, known.now))


def _compared(connection: Connection, row: int, thing: Thing) -> Judged:
    """Return what a thing changes of what is said now, and the thing with what a table does not say of it."""
    scope = _scope_of(connection, thing)
    said = current_body(connection, Changes(), [scope], thing.topic, thing.id)
    if said is None:
        return Judged(row, thing, Verdict.NEW, None)
    kind = type(thing.body)
    own = _OWN.get(thing.topic, ())
    facts: Facts = kind.model_validate_json(said[1]).model_dump(mode="json")
    before = {name: fact for name, fact in facts.items() if name not in own}
    body = kind.model_validate({**thing.body.model_dump(mode="json"), **{name: facts[name] for name in own}})
    if body.model_dump(mode="json") == facts:
        return Judged(row, replace(thing, body=body), Verdict.SAME, before)
    if isinstance(body, JobBody):
        left = max(0, body.open_places + body.headcount - facts["headcount"])
        body = body.model_copy(update={"version": body.version + 1, "open_places": left})
    if isinstance(body, CourseBody):
        body = body.model_copy(update={"version": body.version + 1})
    return Judged(row, replace(thing, body=body), Verdict.CHANGED, before)


def _say(
    connection: Connection, changes: Changes, thing: Thing, ruling: Ruling | None, actor: str, now: datetime
) -> None:
    body = thing.body
    if isinstance(body, JobBody) and ruling is not None:
        body = body.model_copy(update={"state": ruling.state.value})
        record_ruling(connection, body, ruling, "rules", now)
        facts = {"job": body.id, "version": body.version, "station": body.station, "actor": actor}
        kept = {"body": body.model_dump_json(), "state": body.state, "imported_at": now}
        connection.execute(insert(imported_job).values(**facts, **kept))
    say(connection, changes, _scope_of(connection, thing), [body])


def _scope_of(connection: Connection, thing: Thing) -> str:
    """Return where a thing is told: in its hall, in the district that its work goes out to, or everywhere."""
    if thing.station:
        return hall_scope(thing.station)
    if isinstance(thing.body, (JobBody, TripBody)):
        return work_scope_at(connection, thing.body.station)
    return CITY


def wrong_rows(plan: Plan, heading: str, told: Callable[[Fault], str]) -> list[list[Given]]:
    """Return the wrong rows as they came under their own headings, with what is wrong in the last column.

    Of a thing with many rows all are wrong where one is: what is taken in is whole.
    A table that was put back before has that column already, and gets no second one.
    """
    why: dict[int, list[str]] = {}
    for fault in plan.faults:
        why.setdefault(fault.row, []).append(told(fault))
    head = list(plan.head.cells)
    width = head.index(heading) if heading in head else len(head)
    rows = [
        [*(typed(cell) for cell in _padded(row, width)), "；".join(why.get(number, []))]
        for number, row in sorted(plan.wrong.items())
    ]
    return [[*head[:width], heading], *rows]


def _padded(row: Row, width: int) -> list[Given]:
    """Return so many cells of a row; those behind its last one are empty."""
    return [*row.cells[:width], *[None] * (width - len(row.cells))]
