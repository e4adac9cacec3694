"""What attendants did and saw: help calls, anonymous counts, the audit log, the devices that stand there."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, select

from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.rows import change, put
from kiosk.bureau.tables import day_count, device_seen, help_call, staff_act
from kiosk.messages.events import CountsChanged, DeviceSeen, HelpAnswered, HelpCalled, StaffActed
from kiosk.statements import Statement

_COUNT = Statement(
    select(day_count.c.count).where(
        day_count.c.stream == bindparam("stream"),
        day_count.c.hall_day == bindparam("hall_day"),
        day_count.c.kind == bindparam("kind"),
    )
)


def note_call(ground: Ground, body: HelpCalled) -> None:
    """Note that somebody asked for an attendant."""
    facts = {"screen": body.screen, "worker": body.worker, "called_at": ground.source.at}
    put(ground.connection, help_call, {"id": body.call}, {**facts, "station": ground.source.station})


def note_answer(ground: Ground, body: HelpAnswered) -> None:
    """Note that an attendant came."""
    facts = {"answered_at": ground.source.at, "actor": body.actor, "waited_s": body.waited_s}
    if change(ground.connection, help_call, {"id": body.call}, facts) == 0:
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
    """Keep one line of a hall's audit log."""
    put(ground.connection, staff_act, ground.key, {**body.model_dump(), "at": ground.source.at})


def note_device(ground: Ground, body: DeviceSeen) -> None:
    """Keep which device of a kind stands at a kiosk now; the log knows those that stood there before."""
    key = {"kiosk": ground.source.kiosk, "kind": body.kind}
    facts = {"device": body.device, "profile": body.profile, "seen_at": ground.source.at}
    put(ground.connection, device_seen, key, {**facts, "station": ground.source.station})
