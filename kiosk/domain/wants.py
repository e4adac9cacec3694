"""How many numbers of a quota a kiosk asks the bureau for: for who stands here and for the next half hour."""

from __future__ import annotations

from dataclasses import dataclass

TAKEN_FOR_S = 1800.0
"""What people took in this time is what they will take in the next."""
LOOKED_FOR_S = 120.0
"""So long somebody who looked for a place and found none is taken to stand there still."""
ANSWERED_FOR_S = 300.0
"""So long an answer holds; after it a kiosk without numbers asks once more though nobody came."""

_LOW_SHARE = 5
"""Below one fifth of the capacity a kiosk runs low: the next minutes of a morning could empty it."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What people here did with a quota lately.

    `taken` numbers in the last half hour; `waiting` people looked for one in the last two minutes and found
    none, or need so many together; `is_answered` says that the bureau answered a want of this quota in the
    last five minutes.
    """

    taken: int = 0
    waiting: int = 0
    is_answered: bool = False


NOTHING_KNOWN = Demand()


def numbers_to_ask(
    free_here: int,
    open_at_bureau: int | None,
    capacity: int,
    demand: Demand = NOTHING_KNOWN,
    *,
    keeps_stock: bool = True,
) -> int:
    """Return how many more numbers to ask for; 0 when there is enough here or nothing left there.

    `open_at_bureau` is what the bureau believes is open over all kiosks, None when it has not said. Asked
    without an answer yet, a kiosk that runs low, or has too few for who stands there, asks for everything,
    which is safe: the bureau divides fairly among those who ask, and grants only what is free. Once answered
    it asks again only for people, so a round in which nothing happened stays small. A device that keeps no
    stock, such as a desk, asks for who stands there and for nothing else.
    """
    believed = capacity if open_at_bureau is None else open_at_bureau
    if not keeps_stock:
        return max(min(demand.waiting, believed, capacity) - free_here, 0)
    if demand.is_answered:
        return max(min(demand.taken + demand.waiting, believed, capacity) - free_here, 0)
    if free_here >= max(low_water(capacity), demand.waiting):
        return 0
    return max(min(believed, capacity) - free_here, 0)


def low_water(capacity: int) -> int:
    """Return the count of free numbers below which a kiosk asks again; at least one."""
    return max(-(-capacity // _LOW_SHARE), 1)
