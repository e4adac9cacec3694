"""What attendants did and saw: help calls, anonymous counts, the audit log, the devices that stand there."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update

from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.rows import put
from kiosk.bureau.tables import day_count, device_seen, help_call, staff_act
from kiosk.messages.events import CountsChanged, DeviceSeen, HelpAnswered, HelpCalled, StaffActed


def note_call(ground: Ground, body: HelpCalled) -> None:
    """Note that somebody asked for an attendant."""
    facts = {"screen": body.screen, "worker": body.worker, "called_at": ground.source.at}
    put(ground.connection, help_call, {"id": body.call}, {**facts, "station": ground.source.station})


def note_answer(ground: Ground, body: HelpAnswered) -> None:
    """Note that an attendant came."""
    answered = ground.connection.execute(
        update(help_call)
        .where(help_call.c.id == body.call)
        .values(answered_at=ground.source.at, actor=body.actor, waited_s=body.waited_s)
    )
    if answered.rowcount == 0:
        raise NotApplicable("bureau.refused.unknown_call")


def note_count(ground: Ground, body: CountsChanged) -> None:
    """Keep a stream's newest total of one kind and day; the city's count is the sum over streams."""
    key: dict[str, str | date] = {
        "stream": ground.source.stream,
        "hall_day": body.hall_day,
        "kind": body.kind,
    }
    before = ground.connection.execute(select(day_count.c.count).filter_by(**key)).scalar_one_or_none()
    put(ground.connection, day_count, key, {"count": max(before or 0, body.count)})


def note_act(ground: Ground, body: StaffActed) -> None:
    """Keep one line of a hall's audit log."""
    put(ground.connection, staff_act, ground.key, {**body.model_dump(), "at": ground.source.at})


def note_device(ground: Ground, body: DeviceSeen) -> None:
    """Keep which device of a kind stands at a kiosk now; the log knows those that stood there before."""
    key = {"kiosk": ground.source.kiosk, "kind": body.kind}
    facts = {"device": body.device, "profile": body.profile, "seen_at": ground.source.at}
    put(ground.connection, device_seen, key, {**facts, "station": ground.source.station})
