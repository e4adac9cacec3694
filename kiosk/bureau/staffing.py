"""Who works at the desk of which hall, as the bureau says it: employed, changed, ended, given a badge.

The list is the feed's own topic `staff`, so a hall has it without a network. A PIN is drawn here, told once,
and kept as a hash; a badge is signed with a key that follows from the server's own, so nothing new is kept.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select

from kiosk.actions.faults import Refused
from kiosk.actions.sign_in import draw_pin, fits, hash_pin
from kiosk.bureau.courier_keys import secret_of
from kiosk.bureau.databases import Database, opened
from kiosk.bureau.feeds import CITY, Changes, bodies, hall_scope
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.tables import feed_row
from kiosk.domain.duties import BADGE_ROLES, Role
from kiosk.domain.ids import StaffId
from kiosk.domain.sentences import Sentence
from kiosk.messages.badge_codes import BadgeCode, encode, staff_mark
from kiosk.messages.bundles import derived
from kiosk.messages.feed import KeyBody, StaffBody

_SERIALS = 2**32
_STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Employed:
    """Somebody of one hall; `pin` is there only when it was drawn just now."""

    station: str
    body: StaffBody = field(repr=False)
    pin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge shows: the name in clear beside the code, and the last day."""

    name: str
    role: Role
    valid_to: date
    text: str = field(repr=False)


def employ(data_dir: Path, station: str, name: str, role: Role, valid_until: date | None = None) -> Employed:
    """Put somebody on a hall's list with a PIN that nobody else there has, told once."""

    def employed(_connection: Connection, pin_hash: str) -> StaffBody:
        return StaffBody(
            id=f"s-{secrets.token_hex(6)}",
            name=name,
            role=role.value,
            pin_hash=pin_hash,
            is_active=True,
            valid_until=valid_until,
        )

    with opened(data_dir) as database:
        return _with_a_pin(database, station, employed)


def change(
    data_dir: Path, staff: str, *, role: Role | None = None, valid_until: date | None = None
) -> Employed:
    """Change the role of somebody, or the last day; what is None stays. Raises Refused for nobody."""

    def changed(body: StaffBody) -> StaffBody:
        said = {"role": role.value if role else None, "valid_until": valid_until}
        return body.model_copy(update={key: value for key, value in said.items() if value is not None})

    return _changed(data_dir, staff, changed)


def end(data_dir: Path, staff: str) -> Employed:
    """Take somebody off the list: halls refuse PIN and badge from their next round on. Raises Refused."""
    return _changed(
        data_dir, staff, lambda body: body.model_copy(update={"is_active": False, "badge_serial": None})
    )


def draw_new_pin(data_dir: Path, staff: str) -> Employed:
    """Give somebody a new PIN, told once; the one before ends. Raises Refused."""

    def changed(connection: Connection, pin_hash: str) -> StaffBody:
        return _known(connection, staff).body.model_copy(update={"pin_hash": pin_hash})

    with opened(data_dir) as database:
        with database.reading() as connection:
            station = _known(connection, staff).station
        return _with_a_pin(database, station, changed)


def give_badge(data_dir: Path, staff: str, valid_to: date) -> Badge:
    """Return a badge for somebody; the one before ends with it. Raises Refused.

    An administrator gets none: whose the machine is always gives a PIN.
    """
    folder = BureauFolder(data_dir)
    key = badge_key(folder)
    with opened(data_dir) as database, database.writing() as connection:
        known = _known(connection, staff)
        if known.body.role not in BADGE_ROLES or not known.body.is_active:
            raise Refused(Sentence("bureau.staff.no_badge"))
        serial = _other_than(known.body.badge_serial)
        changes = Changes()
        told = _told(key)
        changes.say(CITY, "key", told.key_id, told)
        changes.say(
            hall_scope(known.station),
            _STAFF,
            known.body.id,
            known.body.model_copy(update={"badge_serial": serial}),
        )
        changes.stamp(connection)
    last_day = min(valid_to, known.body.valid_until or valid_to)
    code = BadgeCode(int(told.key_id, 16), staff_mark(StaffId(known.body.id)), last_day, serial)
    return Badge(known.body.name, Role(known.body.role), last_day, encode(code, key))


def list_staff(data_dir: Path) -> list[Employed]:
    """Return everybody who is or was on a hall's list, hall by hall."""
    with opened(data_dir) as database, database.reading() as connection:
        return list(_everybody(connection))


def badge_key(folder: BureauFolder) -> Ed25519PrivateKey:
    """Return the key that signs badges; it follows from the server's key and has this one use."""
    return Ed25519PrivateKey.from_private_bytes(derived(secret_of(folder), b"badges"))


def _told(key: Ed25519PrivateKey) -> KeyBody:
    """Return the key as halls are told it: of no kiosk, and so the bureau's own."""
    raw = key.public_key().public_bytes_raw()
    key_id = hashlib.sha256(raw).hexdigest()[:6]
    return KeyBody(key_id=key_id, kiosk="", station="", public_key=base64.b64encode(raw).decode())


def _changed(data_dir: Path, staff: str, how: Callable[[StaffBody], StaffBody]) -> Employed:
    with opened(data_dir) as database, database.writing() as connection:
        known = _known(connection, staff)
        body = how(known.body)
        _tell(connection, known.station, body)
    return Employed(known.station, body)


def _tell(connection: Connection, station: str, body: StaffBody) -> None:
    changes = Changes()
    changes.say(hall_scope(station), _STAFF, body.id, body)
    changes.stamp(connection)


def find_staff(connection: Connection, staff: str) -> Employed | None:
    """Return who is or was on a hall's list under a number, None where nobody was."""
    return next((item for item in _everybody(connection) if item.body.id == staff), None)


def _known(connection: Connection, staff: str) -> Employed:
    found = find_staff(connection, staff)
    if found is None:
        raise Refused(Sentence("bureau.staff.unknown", {"staff": staff}))
    return found


def _everybody(connection: Connection) -> Iterator[Employed]:
    scopes = connection.scalars(
        select(feed_row.c.scope).where(feed_row.c.topic == _STAFF).distinct().order_by(feed_row.c.scope)
    )
    for scope in list(scopes):
        for body in bodies(connection, scope, _STAFF):
            yield Employed(scope.removeprefix(hall_scope("")), StaffBody.model_validate_json(body))


def _with_a_pin(
    database: Database, station: str, body_of: Callable[[Connection, str], StaffBody]
) -> Employed:
    """Draw a PIN that fits nobody else of the hall, since a PIN alone says who somebody is, and tell whose.

    To compare it with each hash takes long, and no hall's round is to wait for that: it is done before the
    transaction, and once more where another PIN was given meanwhile.
    """
    while True:
        with database.reading() as connection:
            taken = _pin_hashes(connection, station)
        pin = draw_pin()
        while any(fits(one, pin) for one in taken):
            pin = draw_pin()
        pin_hash = hash_pin(pin)
        with database.writing() as connection:
            if _pin_hashes(connection, station) == taken:
                body = body_of(connection, pin_hash)
                _tell(connection, station, body)
                return Employed(station, body, pin)


def _pin_hashes(connection: Connection, station: str) -> list[str]:
    return [item.body.pin_hash for item in _everybody(connection) if item.station == station]


def _other_than(serial: int | None) -> int:
    while (drawn := secrets.randbelow(_SERIALS)) == serial:
        continue
    return drawn
