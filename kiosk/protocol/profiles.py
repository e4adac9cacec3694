"""What a kiosk of each profile may say, read and hold: the one table by which the bureau judges what comes.

| profile | says | reads | holds numbers | has the city's key |
| --- | --- | --- | --- | --- |
| worker | every entry | city, hall | yes | yes |
| desk | every entry | city, hall, what the hall wrote down | for people who stand there | yes |
| door | what happens at a coach, and about the device | city, hall | no | yes |
| board | what concerns the device | city, hall | no | no |

A profile that nobody knows may say nothing, and reads and holds nothing. An entry of a type that this
program does not know is nobody's fault: it waits for a program that knows it, and is judged then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.messages import events
from kiosk.messages.events import EVENT_TYPES


class Feed(StrEnum):
    """The feeds that are read."""

    CITY = "city"
    HALL = "hall"
    HALL_LOG = "hall_log"
    """What the hall's own kiosks wrote down, of which its desk makes the ledgers."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What one profile may do."""

    says: frozenset[str]
    reads: tuple[Feed, ...]
    holds_numbers: bool = False
    is_on_demand: bool = False
    """Whether it gets numbers for people who stand there, and none else."""
    has_city_key: bool = False


_EVERYTHING = frozenset(EVENT_TYPES)
_OF_DEVICES = frozenset(
    kind.type
    for kind in (
        events.DeviceSeen,
        events.StaffActed,
        events.HelpCalled,
        events.HelpAnswered,
        events.CountsChanged,
    )
)
_OF_COACHES = frozenset(
    kind.type
    for kind in (
        events.SlipBoarded,
        events.BlockAcknowledged,
        events.DoorClosed,
        events.RidersCalled,
        events.PassengersChanged,
        events.TripCrewed,
        events.TripChecked,
        events.TripDeparted,
        events.DutyHanded,
        events.IncidentNoted,
        events.ReturnNoted,
        events.ReturnClosed,
    )
)
_OWN = (Feed.CITY, Feed.HALL)
RIGHTS: Mapping[str, Rights] = {
    "worker": Rights(_EVERYTHING, _OWN, holds_numbers=True, has_city_key=True),
    "desk": Rights(
        _EVERYTHING, (*_OWN, Feed.HALL_LOG), holds_numbers=True, is_on_demand=True, has_city_key=True
    ),
    "door": Rights(_OF_COACHES | _OF_DEVICES, _OWN, has_city_key=True),
    "board": Rights(_OF_DEVICES, _OWN),
}
_NOTHING = Rights(frozenset(), ())


def rights_of(profile: str) -> Rights:
    """Return what a profile may do; nothing where nobody knows it."""
    return RIGHTS.get(profile, _NOTHING)


def may_say(profile: str, entry_type: str) -> bool:
    """Return whether a kiosk of this profile may write such an entry, as far as the type is known here."""
    return entry_type not in EVENT_TYPES or entry_type in rights_of(profile).says
