"""Call an attendant from any screen, and keep how long a person had to wait."""

from __future__ import annotations

from kiosk.actions.hall import Hall
from kiosk.actions.ports import HelpCall, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.ids import WorkerId
from kiosk.messages.events import HelpAnswered, HelpCalled


def call_help(hall: Hall, screen: str, worker: WorkerId | None) -> HelpCall:
    """Keep that somebody at this screen wants an attendant."""
    call = HelpCall(hall.fresh_id(), screen, worker, hall.now(), None)
    with hall.store.writing() as records:
        records.desk.add_call(call)
        records.journal.append(HelpCalled(call=call.id, screen=screen, worker=worker), hall.now())
    return call


def answer_help(hall: Hall, call: str, staff: Staff) -> None:
    """Keep that an attendant came; a call answered before stays as it is."""
    with hall.store.writing() as records:
        waiting = records.desk.answer_call(call, hall.now())
        if waiting is None:
            return
        waited_s = int((hall.now() - waiting.called_at).total_seconds())
        answered = HelpAnswered(call=call, actor=staff.id, waited_s=max(0, waited_s))
        records.journal.append(answered, hall.now())
        record_act(hall, records, staff, Act.ANSWER_HELP, "help_call", call)
