"""What attendants did and saw: help calls, anonymous counts, the audit log, the devices that stand there."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, select

from kiosk.bureau.desk_tables import day_count, device_seen, help_call, staff_act
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.restore_tables import lost_range
from kiosk.bureau.rows import changed, put
from kiosk.messages.audit_chain import AuditLine, ChainedLine
from kiosk.messages.events import FIRST_HASH, CountsChanged, DeviceSeen, HelpAnswered, HelpCalled, StaffActed
from kiosk.statements import Statement

_COUNT = Statement(
    select(day_count.c.count).where(
        day_count.c.stream == bindparam("stream"),
        day_count.c.hall_day == bindparam("hall_day"),
        day_count.c.kind == bindparam("kind"),
    )
)
_OF_LINE = Statement(
    select(staff_act.c.hash).where(
        staff_act.c.kiosk == bindparam("kiosk"), staff_act.c.line == bindparam("line")
    )
)
_NEWEST = Statement(
    select(staff_act.c.seq, staff_act.c.line, staff_act.c.hash)
    .where(staff_act.c.stream == bindparam("stream"), staff_act.c.line > 0)
    .order_by(staff_act.c.seq.desc())
    .limit(1)
)
_LOST_BETWEEN = Statement(
    select(lost_range.c.first).where(
        lost_range.c.stream == bindparam("stream"),
        lost_range.c.first > bindparam("after"),
        lost_range.c.last < bindparam("before"),
    )
)


def note_call(ground: Ground, body: HelpCalled) -> None:
    """Note that somebody asked for an attendant."""
    facts = {"screen": body.screen, "worker": body.worker, "called_at": ground.source.at}
    put(ground.connection, help_call, {"id": body.call}, {**facts, "station": ground.source.station})


def note_answer(ground: Ground, body: HelpAnswered) -> None:
    """Note that an attendant came."""
    facts = {"answered_at": ground.source.at, "actor": body.actor, "waited_s": body.waited_s}
    if changed(ground.connection, help_call, {"id": body.call}, facts) == 0:
        raise NotApplicable("bureau.refused.unknown_call")


def note_count(ground: Ground, body: CountsChanged) -> None:
    """Keep a stream's newest total of one kind and day; the city's count is the sum over streams."""
    key: dict[str, str | date] = {
        "stream": ground.source.stream,
        "hall_day": body.hall_day,
        "kind": body.kind,
    }
    before = _COUNT.scalar(ground.connection, key)
    put(ground.connection, day_count, key, {"count": max(before or 0, body.count)})


def note_act(ground: Ground, body: StaffActed) -> None:
    """Keep one line of a hall's audit log, and whether it hangs on its chain.

    A line that does not is kept as it came: it is what somebody who looks into it has to see.
    """
    facts = body.model_dump(exclude={"at", "prev_hash"})
    is_broken = body.line > 0 and not _hangs(ground, body)
    told = {**facts, "at": ground.source.at, "kiosk": ground.source.kiosk, "is_broken": is_broken}
    put(ground.connection, staff_act, ground.key, told)


def _hangs(ground: Ground, body: StaffActed) -> bool:
    """Return whether a line is whole, and follows the one that its stream told before.

    A stream that begins goes on with a copy of the kiosk's log, or with an empty one, and where entries were
    lost nobody knows the line before: then it may follow any line but one that is known with other words.
    """
    if body.at is None:
        return False
    line = AuditLine(
        body.line, body.at, body.actor, body.act, body.entity, body.entity_id, body.reason, body.second
    )
    if not ChainedLine(line, body.prev_hash, body.hash).is_whole:
        return False
    source = ground.source
    told = _NEWEST.first(ground.connection, {"stream": source.stream})
    if told is None:
        return _may_begin(ground, body)
    between = {"stream": source.stream, "after": told.seq, "before": source.seq}
    if told.line < body.line and _LOST_BETWEEN.first(ground.connection, between) is not None:
        return _may_begin(ground, body)
    return bool(told.line == body.line - 1 and told.hash == body.prev_hash)


def _may_begin(ground: Ground, body: StaffActed) -> bool:
    """Return whether nothing that is known contradicts the line before this one."""
    if body.line == 1:
        return body.prev_hash == FIRST_HASH
    rows = _OF_LINE.all(ground.connection, {"kiosk": ground.source.kiosk, "line": body.line - 1})
    return not rows or body.prev_hash in {row.hash for row in rows}


def note_device(ground: Ground, body: DeviceSeen) -> None:
    """Keep which device of a kind stands at a kiosk now; the log knows those that stood there before."""
    key = {"kiosk": ground.source.kiosk, "kind": body.kind}
    facts = {"device": body.device, "profile": body.profile, "seen_at": ground.source.at}
    put(ground.connection, device_seen, key, {**facts, "station": ground.source.station})
