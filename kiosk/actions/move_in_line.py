"""Move somebody in the line by hand: it needs a reason, and both stand in the day book."""

from __future__ import annotations

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.hiring_ports import Decision, DecisionKind
from kiosk.actions.keep_decision import decided
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.fair_order import ORDER_VERSION
from kiosk.domain.ids import SignUpId
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp
from kiosk.messages.decisions import MoveInputs, turn_point
from kiosk.messages.events import SignUpMoved


def move_in_line(hall: Hall, sign_up: SignUpId, before: SignUpId, reason: str, staff: Staff) -> SignUp:
    """Let somebody stand before another one of the same line; the printed numbers of both stay.

    The day book names both numbers beside the reason: who stood in a line is forgotten with its day.
    Raises Refused without a reason, and for people who do not both wait in one line.
    """
    if not reason.strip():
        raise Refused(Sentence("actions.reason_missing"))
    with hall.store.writing() as records:
        item, later = _waiting(records, sign_up), _waiting(records, before)
        if item.id == later.id or item.job != later.job or item.turn.at.day != later.turn.at.day:
            raise Refused(Sentence("hiring.not_possible"))
        moved = item.moved(item.turn.before(later.turn))
        records.sign_ups.keep(moved)
        records.decisions.add(_decided(hall, moved, later, reason, staff))
        records.journal.append(_entry(moved, reason, staff), hall.now())
        told = f"{item.queue_number} → {later.queue_number} · {reason}"
        record_act(hall, records, staff, Act.MOVE_IN_LINE, "sign_up", item.id, told)
    return moved


def _waiting(records: Records, sign_up: SignUpId) -> SignUp:
    item = records.sign_ups.by_id(sign_up)
    if item is None or not item.is_waiting:
        raise Refused(Sentence("hiring.not_possible"))
    return item


def _entry(moved: SignUp, reason: str, staff: Staff) -> SignUpMoved:
    return SignUpMoved(
        sign_up=moved.id, worker=moved.worker, turn=turn_point(moved.turn), reason=reason, actor=staff.id
    )


def _decided(hall: Hall, moved: SignUp, later: SignUp, reason: str, staff: Staff) -> Decision:
    inputs = MoveInputs(
        sign_up=moved.id, before=later.id, turn=turn_point(moved.turn), reason=reason, actor=staff.id
    )
    return decided(hall, DecisionKind.MOVE, moved.job, ORDER_VERSION, inputs, moved.id)
