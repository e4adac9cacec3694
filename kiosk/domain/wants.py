"""How many numbers of a quota a kiosk asks the bureau for: all it can use, and only when it runs low."""

from __future__ import annotations

_LOW_SHARE = 5
"""Below one fifth of the capacity a kiosk runs low: the next minutes of a morning could empty it."""


def numbers_to_ask(free_here: int, open_at_bureau: int | None, capacity: int) -> int:
    """Return how many more numbers to ask for; 0 when there is enough here or nothing left there.

    `open_at_bureau` is what the bureau believes is open over all kiosks, None when it has not said.
    Asking for everything is safe: the bureau divides fairly among those who ask,
    and grants only what is free.
    """
    if free_here >= low_water(capacity):
        return 0
    believed = capacity if open_at_bureau is None else open_at_bureau
    return max(min(believed, capacity) - free_here, 0)


def low_water(capacity: int) -> int:
    """Return the count of free numbers below which a kiosk asks again; at least one."""
    return max(-(-capacity // _LOW_SHARE), 1)
