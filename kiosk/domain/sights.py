"""What of a person each role of the desk is shown, on a page and in a file: one row a role, a word a kind.

Masks are those of common practice in halls (PIPL 51): a name is 张*强, a card number keeps its first six and
last four signs, a telephone 138****5678. Who needs less for his work is shown less; a driver's name and
telephone stand whole for who sends drivers out and calls them. All else that is whole two people see together
and in no other way: a number by `unmask_number`, a ledger's file by `unmask_ledger`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum, StrEnum

from kiosk.domain.duties import Role
from kiosk.domain.identity import last_four, mask_name, mask_number, mask_phone


class Mask(StrEnum):
    """Which kind of personal value something is; NOTHING is none."""

    NOTHING = "nothing"
    NAME = "name"
    NUMBER = "number"
    PHONE = "phone"
    DRIVER_NAME = "driver_name"
    DRIVER_PHONE = "driver_phone"
    DRIVER_NUMBER = "driver_number"
    """Of the paper that lets him drive; his card's is kept nowhere."""


class Shown(IntEnum):
    """How much of a value is shown, from nothing to all of it."""

    HIDDEN = 0
    TAIL = 1
    """The last four signs; of a name its first."""
    MASKED = 2
    WHOLE = 3


Sights = Mapping[Mask, Shown]
"""What somebody is shown of each kind."""


def _row(name: Shown, number: Shown, phone: Shown, driver: Shown = Shown.MASKED) -> Sights:
    return {
        Mask.NAME: name,
        Mask.NUMBER: number,
        Mask.PHONE: phone,
        Mask.DRIVER_NAME: driver,
        Mask.DRIVER_PHONE: driver,
        Mask.DRIVER_NUMBER: driver,
    }


#                                     name          number        phone
SIGHTS: Mapping[Role, Sights] = {
    Role.ADMINISTRATOR: _row(Shown.MASKED, Shown.TAIL, Shown.TAIL),
    Role.MANAGER: _row(Shown.MASKED, Shown.MASKED, Shown.MASKED),
    Role.ATTENDANT: _row(Shown.MASKED, Shown.MASKED, Shown.MASKED),
    Role.REVIEWER: _row(Shown.MASKED, Shown.MASKED, Shown.TAIL),
    Role.RIGHTS_OFFICER: _row(Shown.MASKED, Shown.MASKED, Shown.MASKED),
    Role.TRANSPORT_COORDINATOR: _row(Shown.MASKED, Shown.TAIL, Shown.TAIL, driver=Shown.WHOLE),
}
"""The one place that says it. Who looks after the machine or the coaches tells people apart by four signs."""

MASKED: Sights = dict.fromkeys(Mask, Shown.MASKED)
"""What leaves the hall as a rule, whoever takes it away is shown less."""
WHOLE: Sights = dict.fromkeys(Mask, Shown.WHOLE)
"""What paper shows that whoever is named signs, and a file that two people let out whole."""
NOTHING: Sights = dict.fromkeys(Mask, Shown.HIDDEN)


def sights_of(role: str) -> Sights:
    """Return what a role is shown; one that nobody knows is shown nothing."""
    return _BY_NAME.get(role, NOTHING)


def seen(mask: Mask, text: str, sights: Sights) -> str:
    """Return a value as it is shown; what is empty stays empty."""
    return veil(mask, sights)(text)


def veil(mask: Mask, sights: Sights) -> Callable[[str], str]:
    """Return what hides values of one kind."""
    return _whole if mask is Mask.NOTHING else _VEILS[mask, sights[mask]]


def _hidden(text: str) -> str:
    return "*" if text else ""


def _whole(text: str) -> str:
    return text


def _initial(name: str) -> str:
    return mask_name(name)[:1] + "*" if name else ""


def _number_tail(number: str) -> str:
    return last_four(mask_number(number))  # of one so short that its end would be nearly all of it, stars


def _phone_tail(phone: str) -> str:
    return last_four(mask_phone(phone))


_WAYS: Mapping[Mask, tuple[Callable[[str], str], Callable[[str], str]]] = {
    Mask.NAME: (_initial, mask_name),
    Mask.NUMBER: (_number_tail, mask_number),
    Mask.PHONE: (_phone_tail, mask_phone),
    Mask.DRIVER_NAME: (_initial, mask_name),
    Mask.DRIVER_PHONE: (_phone_tail, mask_phone),
    Mask.DRIVER_NUMBER: (_number_tail, mask_number),
}
_VEILS: Mapping[tuple[Mask, Shown], Callable[[str], str]] = {
    (mask, shown): way
    for mask, (tail, masked) in _WAYS.items()
    for shown, way in {
        Shown.HIDDEN: _hidden,
        Shown.TAIL: tail,
        Shown.MASKED: masked,
        Shown.WHOLE: _whole,
    }.items()
}
_BY_NAME: Mapping[str, Sights] = {role.value: sights for role, sights in SIGHTS.items()}
