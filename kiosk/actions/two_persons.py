"""Two persons for one act: the one who is signed in, and another who says yes on the same screen."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import keep_act
from kiosk.actions.sign_in import bearer_of, owner_of
from kiosk.domain.duties import Act, may_confirm
from kiosk.domain.sentences import Sentence
from kiosk.messages.badge_codes import ProvenBadge


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who proved to be there, by PIN or by a badge, which can be photographed."""

    staff: Staff
    is_by_pin: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Who does an act, and who confirms it."""

    first: Present
    second: Present


def second_by_pin(hall: Hall, first: Present, pin: str, act: Act) -> Pair:
    """Return the pair with whoever's PIN this is. Raises Refused; misses count as at signing in."""
    return _paired(first, Present(owner_of(hall, pin), is_by_pin=True), act)


def second_by_badge(hall: Hall, first: Present, badge: ProvenBadge, act: Act) -> Pair:
    """Return the pair with a badge's bearer. Raises Refused."""
    with hall.store.reading() as records:
        second = bearer_of(records, badge, hall.today())
    return _paired(first, Present(second, is_by_pin=False), act)


def record_pair_act(
    hall: Hall, records: Records, pair: Pair, act: Act, entity: str, entity_id: str, reason: str
) -> None:
    """Write down an act with both who did it, in the caller's transaction. Raises Refused.

    Both are looked up on the list as it is now, and the second is asked whether this is theirs to confirm.
    """
    second = records.desk.member(pair.second.staff.id)
    if second is None or not second.works_on(hall.today()):
        raise Refused(Sentence("actions.duty.ended"))
    _require_fit(pair.first.staff, second, act)
    keep_act(hall, records, pair.first.staff, act, entity, entity_id, reason, second=second)


def _paired(first: Present, second: Present, act: Act) -> Pair:
    _require_fit(first.staff, second.staff, act)
    if not first.is_by_pin and not second.is_by_pin:
        raise Refused(Sentence("actions.second.pin"))
    return Pair(first, second)


def _require_fit(first: Staff, second: Staff, act: Act) -> None:
    if second.id == first.id:
        raise Refused(Sentence("actions.second.same"))
    if not may_confirm(second.role, act):
        raise Refused(Sentence("actions.second.not_theirs"))
