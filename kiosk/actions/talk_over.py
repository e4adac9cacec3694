"""Talk over a job at a table (洽谈): who was called sits down, both sides agree or part."""

from __future__ import annotations

from kiosk.actions.call_next import called_sign_up
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.ids import SignUpId
from kiosk.domain.placements import PlacementState
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp
from kiosk.messages.events import SignUpEnded, TalkAgreed, TalkBegun

NO_AGREEMENT = "no_agreement"


def begin_talk(hall: Hall, sign_up: SignUpId, staff: Staff) -> SignUp:
    """Note that who was called sat down at the table."""
    with hall.store.writing() as records:
        item = called_sign_up(records, sign_up).talking(hall.now())
        records.sign_ups.keep(item)
        begun = TalkBegun(sign_up=item.id, worker=item.worker, actor=staff.id)
        records.journal.append(begun, hall.now())
        record_act(hall, records, staff, Act.BEGIN_TALK, "sign_up", item.id)
    return item


def agree(hall: Hall, sign_up: SignUpId, staff: Staff) -> SignUp:
    """Note the employer's yes, as an attendant heard it; the worker says his own with his card."""
    with hall.store.writing() as records:
        item = _talking(records, sign_up).agreed(hall.now())
        records.sign_ups.keep(item)
        agreed = TalkAgreed(sign_up=item.id, worker=item.worker, actor=staff.id)
        records.journal.append(agreed, hall.now())
        record_act(hall, records, staff, Act.AGREE, "sign_up", item.id)
    return item


def part(hall: Hall, sign_up: SignUpId, staff: Staff) -> SignUp:
    """Note that both sides did not agree; the number that was kept is free for the next."""
    with hall.store.writing() as records:
        item = records.sign_ups.by_id(sign_up)
        if item is None or item.state not in {PlacementState.NEGOTIATING, PlacementState.AGREED}:
            raise Refused(Sentence("hiring.not_possible"))
        ended = end(hall, records, item, NO_AGREEMENT, staff.id)
        record_act(hall, records, staff, Act.PART, "sign_up", item.id)
    return ended


def end(hall: Hall, records: Records, item: SignUp, reason: str, actor: str) -> SignUp:
    """Let somebody out of the line without a place, in the caller's transaction."""
    ended = item.ended(hall.now(), reason)
    records.sign_ups.keep(ended)
    entry = SignUpEnded(sign_up=item.id, worker=item.worker, reason=reason, actor=actor)
    records.journal.append(entry, hall.now())
    return ended


def _talking(records: Records, sign_up: SignUpId) -> SignUp:
    item = records.sign_ups.by_id(sign_up)
    if item is None or item.state is not PlacementState.NEGOTIATING:
        raise Refused(Sentence("hiring.not_possible"))
    return item
