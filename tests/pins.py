"""PINs of tests, hashed at the least cost: their subject is who comes in, not how long a guess takes."""

from __future__ import annotations

from argon2 import PasswordHasher

from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.actions.sign_in import draw_pin
from kiosk.domain.duties import Act, Role
from kiosk.domain.ids import StaffId

_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def quick_hash(pin: str) -> str:
    """Return the argon2id hash of a PIN; whoever verifies it reads its cost from itself."""
    return _QUICK.hash(pin)


def quick_administrator(hall: Hall, name: str) -> tuple[Staff, str]:
    """Make the first administrator as a new kiosk does, with such a hash; return who it is and the PIN."""
    pin = draw_pin()
    staff = Staff(StaffId(hall.fresh_id()), name, Role.ADMINISTRATOR.value, quick_hash(pin), is_active=True)
    with hall.store.writing() as records:
        records.desk.add_staff(staff)
        record_act(hall, records, staff, Act.MAKE_FIRST_ADMINISTRATOR, "staff", staff.id)
    return staff, pin
