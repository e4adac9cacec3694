"""Let a member of staff in, by PIN or by badge: argon2 hashes, a growing wait, and no PIN that ships."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import BADGE_ROLES, Act, Role
from kiosk.domain.ids import StaffId
from kiosk.domain.sentences import Sentence
from kiosk.messages.badge_codes import ProvenBadge

PIN_DIGITS = 6
BY_PIN, BY_BADGE = "pin", "badge"
"""How somebody came in, as the log tells it."""
_FREE_TRIES = 3
_LONGEST_WAIT_S = 300


@dataclass(frozen=True, slots=True)
class Throttle:
    """How many misses in a row there were, and until when nobody may try again."""

    misses: int = 0
    closed_until: datetime | None = None


def wait_after(misses: int) -> int:
    """Return the seconds of waiting after that many misses: none for three, then 2, 4, 8 … 300."""
    over = misses - _FREE_TRIES
    return 0 if over < 0 else min(_LONGEST_WAIT_S, 2 ** (over + 1))


def make_first_administrator(hall: Hall, name: str) -> tuple[Staff, str] | None:
    """Make the first administrator with a random PIN; None when this kiosk has an administrator already.

    The PIN is returned once and kept only as a hash.
    """
    pin = draw_pin()
    with hall.store.writing() as records:
        if any(item.role == Role.ADMINISTRATOR for item in records.desk.staff()):
            return None
        staff = Staff(StaffId(hall.fresh_id()), name, Role.ADMINISTRATOR.value, hash_pin(pin), is_active=True)
        records.desk.add_staff(staff)
        record_act(hall, records, staff, Act.MAKE_FIRST_ADMINISTRATOR, "staff", staff.id)
    return staff, pin


def draw_pin() -> str:
    """Return a fresh PIN."""
    return "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))


def hash_pin(pin: str) -> str:
    """Return the argon2id hash of a PIN."""
    return PasswordHasher().hash(pin)


def fits(pin_hash: str, pin: str) -> bool:
    """Return whether a PIN is the one of a hash; a hash that nobody can read fits none."""
    try:
        return PasswordHasher().verify(pin_hash, pin)
    except (VerifyMismatchError, InvalidHashError):
        return False


def sign_in(hall: Hall, pin: str) -> Staff:
    """Return the member of staff whose PIN this is, and write down who came in; raises as `owner_of`."""
    found = owner_of(hall, pin)
    with hall.store.writing() as records:
        record_act(hall, records, found, Act.SIGN_IN, "staff", found.id, BY_PIN)
    return found


def owner_of(hall: Hall, pin: str) -> Staff:
    """Return the member of staff whose PIN this is; raises Refused with the seconds left to wait.

    Misses are kept in storage, so that switching the kiosk off and on does not open the door. The PIN of
    somebody who is not employed any more is a miss, too, and is told.
    """
    with hall.store.writing() as records:
        throttle = _read(records.settings.get("sign_in.throttle"))
        left_s = _seconds_left(throttle, hall.now())
        found = None
        if left_s == 0:
            found = next((item for item in records.desk.staff() if fits(item.pin_hash, pin)), None)
            is_in = found is not None and found.works_on(hall.today())
            misses = 0 if is_in else throttle.misses + 1
            left_s = wait_after(misses)
            records.settings.put("sign_in.throttle", _text(misses, hall.now() + timedelta(seconds=left_s)))
    if left_s:
        raise Refused(Sentence("actions.sign_in.wait", {"seconds": left_s}))
    if found is None:
        raise Refused(Sentence("actions.sign_in.wrong"))
    if not found.works_on(hall.today()):
        raise Refused(Sentence("actions.duty.ended"))
    return found


def sign_in_by_badge(hall: Hall, badge: ProvenBadge) -> Staff:
    """Let in the bearer of a badge. Raises Refused.

    A badge can be photographed, so whoever may lead out of the kiosk is not let in by it.
    """
    with hall.store.writing() as records:
        found = bearer_of(records, badge, hall.today())
        if found.role not in BADGE_ROLES:
            raise Refused(Sentence("actions.sign_in.pin_only"))
        record_act(hall, records, found, Act.SIGN_IN, "staff", found.id, BY_BADGE)
    return found


def bearer_of(records: Records, badge: ProvenBadge, day: date) -> Staff:
    """Return whose badge this is; the serial says whether it is still the one that counts. Raises Refused."""
    found = records.desk.member(badge.staff)
    if found is None or not found.works_on(day):
        raise Refused(Sentence("actions.duty.ended"))
    if found.badge_serial != badge.serial:
        raise Refused(Sentence("actions.scan.badge_replaced"))
    return found


def _seconds_left(throttle: Throttle, now: datetime) -> int:
    if throttle.closed_until is None:
        return 0
    # A clock set back must not lock the door for years, nor one set forward open it at once: cap both ways.
    left = (throttle.closed_until - now).total_seconds()
    return int(min(max(left, 0.0), float(wait_after(throttle.misses))) + 0.999)


def _read(text: str | None) -> Throttle:
    if not text:
        return Throttle()
    misses, until = text.split(" ", 1)
    return Throttle(int(misses), datetime.fromisoformat(until))


def _text(misses: int, until: datetime) -> str:
    return f"{misses} {until.isoformat()}"
