"""How often anybody may speak: so many at once, and so many a second after that.

A kiosk is counted by its key, once that is proven, so nobody uses up what is another's. Who is not proven yet
is counted by his address, a whole network of IPv6 as one. What this machine says to itself is not counted.
"""

from __future__ import annotations

import ipaddress
import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.bureau.problems import RequestRefused

_MOST_NAMES = 8192
"""Of so many is it remembered how often they spoke; who is forgotten begins anew."""
_NETWORK_BITS = 64


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests at once, and `per_s` a second after that."""

    at_once: int
    per_s: float


KIOSK = Rate(at_once=2000, per_s=200.0)
"""Day by day it is one a minute; one that runs wild has a quarter of what a server can do, and no more."""
ADDRESS = Rate(at_once=6000, per_s=600.0)
"""A whole province may come from behind one address."""
ENROLLING = Rate(at_once=30, per_s=0.5)
"""Nobody sets up kiosks faster; the code itself is beyond guessing."""


class Throttle:
    """Counts requests by name; threads may share it."""

    def __init__(self, rate: Rate, monotonic: Callable[[], float]) -> None:
        """Nobody has spoken yet; `monotonic` tells seconds."""
        self._rate = rate
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admit(self, name: str) -> None:
        """Count one request. Raises RequestRefused, with the time to wait, for one too many."""
        with self._lock:
            now = self._monotonic()
            left, at = self._known.pop(name, (float(self._rate.at_once), now))
            left = min(float(self._rate.at_once), left + max(0.0, now - at) * self._rate.per_s)
            is_admitted = left >= 1.0
            self._known[name] = (left - 1.0 if is_admitted else left, now)
            if len(self._known) > _MOST_NAMES:
                self._known.popitem(last=False)
        if not is_admitted:
            wait_s = max(1, math.ceil((1.0 - left) / self._rate.per_s))
            raise RequestRefused(429, "bureau.problem.too_many", retry_after_s=wait_s)


class Limits:
    """All that is counted at one bureau."""

    def __init__(
        self,
        monotonic: Callable[[], float],
        *,
        kiosk: Rate = KIOSK,
        address: Rate = ADDRESS,
        enrolling: Rate = ENROLLING,
    ) -> None:
        """Begin to count."""
        self._kiosks = Throttle(kiosk, monotonic)
        self._addresses = Throttle(address, monotonic)
        self._enrolling = Throttle(enrolling, monotonic)

    def admit_kiosk(self, name: str) -> None:
        """Count a request of a kiosk that is proven. Raises RequestRefused."""
        self._kiosks.admit(name)

    def admit_address(self, address: str, *, is_enrolling: bool) -> None:
        """Count a request before anything of it is read. Raises RequestRefused."""
        name = network_of(address)
        if name is None:
            return
        self._addresses.admit(name)
        if is_enrolling:
            self._enrolling.admit(name)


def network_of(address: str) -> str | None:
    """Return by what an address is counted; None for this machine itself, and where there is none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if found.is_loopback:
        return None
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(ipaddress.ip_network((found, _NETWORK_BITS), strict=False))
