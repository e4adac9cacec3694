"""Who gets how many numbers of a quota, and whom the bureau asks to give some back: numbers follow demand.

At dawn each kiosk gets its *dawn share*: what it can hand out even if the cable is cut a minute later.
The rest stays in a pool and goes where people stand. How the three functions fit together:

    dawn = dawn_shares(capacity, percent, weights)              # once a quota and set of kiosks
    count = due(offer, unmet(want, given, seen), asker, others) # for each want of a live stream
    keep = recalls(offer, [asker, *others]).get(asker.kiosk)    # after granting; None: nothing is asked back

- `weights`: kiosk → takes at it in the last fortnight plus one, of all worker kiosks of the quota's scope
  that were heard of within a day or that a ticket announces; equal weights where there is no history.
- One `Standing` a kiosk of `weights`, read after this round's entries are in: `given` and `idle` are its
  live stream's, `used` counts its takes of the last half hour, `waiting` is what its last want said and is
  forgotten after `HERE_S`. A kiosk that has read of the job and passed it over stands with `dawn` 0. It is
  steady when no gap of `HERE_S` was in what was heard of it for so long; a server that has just started may
  take everyone for unsteady.
- A recall is only asked: a number is free when the entry that returns it has come. Whoever is asked speaks
  again at once, so this takes one more request. The speaker alone is told, and only what concerns it.
- A device that is asked now and then, such as a hall's desk, stands `is_on_demand`: it has no dawn share and
  gets no stock, is no reason to keep anything back for, and keeps a number for whoever stands there only.
- A number that a stream returned is never granted to it again (`barred` counts these among the free ones),
  so a number leaves each stream at most once and no two kiosks can play ball with it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heapreplace

from kiosk.domain.ids import KioskId

DAWN_PERCENT = 35
"""What part of a capacity is given out at dawn where the job says nothing; docs/allotment.md measures it."""
HERE_S = 180.0
"""A kiosk heard of so lately is here: three rounds, of which two may be lost."""
LATE_S = 3600.0
"""So long before a quota closes nothing is kept back any more for kiosks that say nothing."""
MELTS_FROM_S = 3 * 3600.0
"""So long before a quota closes the morning begins, and what is kept for kiosks that say nothing melts."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A quota as it stands: free numbers, how soon it closes, and what is in hands beyond a cut capacity."""

    free: int
    closes_in_s: float
    over: int = 0

    @property
    def is_late(self) -> bool:
        """Return whether the last hour has begun."""
        return self.closes_in_s <= LATE_S


@dataclass(frozen=True, slots=True)
class Standing:
    """How one kiosk stands to a quota.

    `dawn` is its dawn share, `given` how many numbers its live stream ever had, `idle` how many of these are
    neither spent nor returned, `used` its takes in the last half hour, `waiting` the people who look for a
    place there just now, `barred` how many of the free numbers it returned itself. It `is_steady` when it has
    been here for longer than `HERE_S`. One that `is_on_demand` gets numbers for people who stand there, and
    none else.
    """

    kiosk: KioskId
    dawn: int = 0
    given: int = 0
    idle: int = 0
    used: int = 0
    waiting: int = 0
    barred: int = 0
    is_here: bool = True
    is_steady: bool = True
    is_on_demand: bool = False


def unmet(wanted: int, given: int, seen: int) -> int:
    """Return how much of a want is still open, when the asker has `seen` only a part of what was `given`.

    An answer may have been lost, so a kiosk that asks again is first told what it already has.
    """
    return max(0, wanted - (given - seen))


def dawn_shares(capacity: int, percent: int, weights: Mapping[KioskId, float]) -> dict[KioskId, int]:
    """Divide `percent` of the capacity by weight; each number goes where one number more serves most people.

    A kiosk that stands alone gets everything: a pool would serve nobody else. Of equal weights the first
    in the mapping comes first. Weights are above zero.
    """
    at_dawn, sum_ = _at_dawn(capacity, percent, len(weights)), sum(weights.values())
    # Nobody gets less than his part rounded down, so only what rounding leaves goes out one by one.
    shares = {kiosk: max(0, int(at_dawn * weight / sum_) - 1) for kiosk, weight in weights.items()}
    nearest = [(-weights[kiosk] / (shares[kiosk] + 1), at, kiosk) for at, kiosk in enumerate(weights)]
    heapify(nearest)
    for _ in range(at_dawn - sum(shares.values())):
        _, at, kiosk = nearest[0]
        shares[kiosk] += 1
        heapreplace(nearest, (-weights[kiosk] / (shares[kiosk] + 1), at, kiosk))
    return shares


def due(offer: Offer, wanted: int, asker: Standing, others: Collection[Standing]) -> int:
    """Return how many free numbers to give to a kiosk that wants `wanted` more, now.

    It gets the largest of three: its dawn share, if it never had any; one for each person who waits there;
    and a stock of what it used in half an hour, at least one. A stock comes last: it leaves one for each
    person who waits elsewhere and half of the rest, and is for steady kiosks only, since one that will be
    dark all day is heard at dawn, too.
    """
    pool = _pool(offer, others)
    first = 0 if asker.given or asker.is_on_demand else asker.dawn
    for_people = min(asker.waiting - asker.idle, pool)
    stock = 0
    if asker.is_steady and not asker.is_on_demand:
        here = [other for other in others if other.is_here]
        elsewhere = sum(max(0, other.waiting - other.idle) for other in here)
        stocked = sum(not other.is_on_demand for other in here)
        portion = (pool - elsewhere) // (2 * (stocked + 1))
        stock = min(max(1, asker.used) - asker.idle, portion)
    return max(0, min(wanted, offer.free - asker.barred, max(first, for_people, stock)))


def recalls(offer: Offer, standings: Collection[Standing]) -> dict[KioskId, int]:
    """Return who is asked to give idle numbers back, and how many each may keep.

    Numbers are asked for when people wait and the pool cannot serve them, and in the last hour one more, so
    that whoever comes next need not wait. A kiosk keeps one for each person who waits there and, before the
    last hour, what it used in half an hour; who has most beyond its own use gives first. A capacity that was
    cut takes back whatever is idle.
    """
    short = offer.over or _short(offer, standings)
    if not short:
        return {}
    here = [standing for standing in standings if standing.is_here and standing.idle]
    spare = {standing.kiosk: standing.idle - _kept(offer, standing) for standing in here}
    beyond = {standing.kiosk: standing.idle - standing.waiting - standing.used for standing in here}
    asked: dict[KioskId, int] = {}
    for _ in range(short):
        givers = [kiosk for kiosk in spare if spare[kiosk] > asked.get(kiosk, 0)]
        if not givers:
            break
        giver = max(givers, key=lambda kiosk: beyond[kiosk] - asked.get(kiosk, 0))
        asked[giver] = asked.get(giver, 0) + 1
    return {of.kiosk: of.idle - asked[of.kiosk] for of in here if of.kiosk in asked}


def _at_dawn(capacity: int, percent: int, kiosks: int) -> int:
    if kiosks < 2:
        return capacity * kiosks
    return capacity * percent // 100


def _kept(offer: Offer, standing: Standing) -> int:
    """Return how many idle numbers a kiosk keeps whoever waits elsewhere."""
    if offer.over:
        return 0
    is_for_people_alone = offer.is_late or standing.is_on_demand
    return standing.waiting if is_for_people_alone else standing.waiting + standing.used


def _pool(offer: Offer, others: Iterable[Standing]) -> int:
    """Return what may be given beyond the dawn shares of those who have not asked for theirs yet.

    What is kept for them melts as the morning goes, like the number of people whom they could still serve.
    """
    kept = sum(other.dawn for other in others if not other.given and not other.is_on_demand)
    frozen = (offer.closes_in_s - LATE_S) / (MELTS_FROM_S - LATE_S)
    return max(0, offer.free - math.ceil(kept * min(1.0, max(0.0, frozen))))


def _short(offer: Offer, standings: Collection[Standing]) -> int:
    """Return how many numbers are missing for people who wait, or for the next one in the last hour."""
    lacking = [one for one in standings if one.waiting > one.idle and one.is_here]
    if not lacking and not offer.is_late:
        return 0
    pool, short = _pool(offer, standings), 0
    for one in lacking:
        served = min(one.waiting - one.idle, max(0, pool - one.barred))
        pool -= served
        short += one.waiting - one.idle - served
    return short or int(offer.is_late and not pool)
