"""A morning of thirty kiosks that share one job's places: how many are filled, and who is served in the dark.

Kiosks speak once a minute; what they say and what the bureau answers comes from the very functions that the
processes run. Everything is drawn from a seed:

- people: one and a half times as many as there are places, over the kiosks by Zipf's law with exponent 0.8,
  over three hours with the peak after the first;
- history: what the bureau believes of each kiosk is its true part of the people, out by a factor that is
  log-normal with sigma 0.6;
- dark kiosks: heard once, in the first minute, and never again (or not even then).

A person who finds no number waits two minutes and leaves. Nothing is lost on the way: this is about shares,
not about safety, though no number may go out twice here either.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import NamedTuple

from kiosk.domain.ids import KioskId, StreamId
from kiosk.domain.quotas import NumberSet
from kiosk.domain.wants import ANSWERED_FOR_S, LOOKED_FOR_S, TAKEN_FOR_S, Demand, numbers_to_ask
from kiosk.protocol.allotment import DAWN_PERCENT, HERE_S, Offer, Standing, dawn_shares, due, recalls, unmet
from kiosk.protocol.quotas import QuotaState, give_back, grant, grantable, opened_quota, violations

KIOSKS = 30
ROUND_S = 60.0
MORNING_S = 3 * 3600.0
PEAK_S = 3600.0
PATIENCE_S = 120.0
PEOPLE_A_PLACE = 1.5
ZIPF = 0.8
NOISE = 0.6


@dataclass(frozen=True, slots=True)
class Morning:
    """What a morning is like.

    `is_hurried`: a kiosk also speaks at once when somebody finds no number. For each person who takes a place
    `lookers_a_taker` people ask for one and go. So many of the kiosks are `desks`: they have no dawn share,
    ask for who stands there, and are never dark.
    """

    capacity: int
    dark_percent: int
    dawn_percent: int = DAWN_PERCENT
    patience_s: float = PATIENCE_S
    is_hurried: bool = False
    is_dark_from_the_start: bool = False
    lookers_a_taker: int = 0
    desks: int = 0


class Came(NamedTuple):
    """What a morning came to, in places and people. `reachable` is what a bureau could fill that sees ahead.

    It gives the same dawn shares, knows all people beforehand and moves every other number to them at once.
    """

    filled: int
    reachable: int
    dark_people: int
    dark_served: int
    returns: int


@dataclass(frozen=True, slots=True)
class _Drawn:
    """When people come to each kiosk, what history says of them, and who is dark; the deaf hear no dawn."""

    people: dict[KioskId, list[float]]
    history: dict[KioskId, float]
    dark: set[KioskId]
    deaf: set[KioskId]
    desks: set[KioskId]


class _What(IntEnum):
    TAKE = 1
    ROUND = 2
    MISSED = 3
    LOOK = 4


class _Event(NamedTuple):
    at_s: float
    what: _What
    kiosk: KioskId


@dataclass(slots=True)
class _Kiosk:
    """One kiosk: its numbers, and the people before it."""

    name: KioskId
    free: NumberSet = field(default_factory=NumberSet)
    granted: NumberSet = field(default_factory=NumberSet)
    to_return: NumberSet = field(default_factory=NumberSet)
    spent: list[int] = field(default_factory=list)
    taken_at_s: list[float] = field(default_factory=list)
    waits_since_s: list[float] = field(default_factory=list)
    looked_at_s: list[float] = field(default_factory=list)
    answered_at_s: float = -math.inf
    idle: int = 0
    is_desk: bool = False

    def meet(self, at_s: float) -> bool:
        """Let somebody take a place; return whether there was one, or he waits."""
        if self.idle:
            self._take(at_s)
            return True
        self.waits_since_s.append(at_s)
        self.looked_at_s.append(at_s)
        return False

    def show(self, at_s: float) -> bool:
        """Let somebody look who will not take one; return whether he saw a free place."""
        if not self.idle:
            self.looked_at_s.append(at_s)
        return self.idle > 0

    def demand(self, now_s: float) -> Demand:
        """Return what people did here lately."""
        self.taken_at_s = [at_s for at_s in self.taken_at_s if at_s > now_s - TAKEN_FOR_S]
        self.looked_at_s = [at_s for at_s in self.looked_at_s if at_s > now_s - LOOKED_FOR_S]
        is_answered = now_s - self.answered_at_s < ANSWERED_FOR_S
        return Demand(len(self.taken_at_s), len(self.looked_at_s), is_answered)

    def keep(self, granted: NumberSet, now_s: float, patience_s: float) -> None:
        """Take over what was granted and serve whoever still waits."""
        if granted is not self.granted:
            news = granted - self.granted
            self.granted, self.free, self.idle = granted, self.free | news, self.idle + len(news)
        self.waits_since_s = [at_s for at_s in self.waits_since_s if at_s >= now_s - patience_s]
        while self.idle and self.waits_since_s:
            since_s = self.waits_since_s.pop(0)
            self.looked_at_s = [at_s for at_s in self.looked_at_s if at_s != since_s]
            self._take(now_s)

    def set_aside(self, keep: int) -> bool:
        """Lay aside what was asked back, the highest numbers; return whether that is anything."""
        kept = self.free.lowest(keep)
        self.to_return, self.free, self.idle = self.free - kept, kept, len(kept)
        return len(self.to_return) > 0

    def _take(self, at_s: float) -> None:
        [number] = self.free.lowest(1)
        self.free, self.idle = self.free - NumberSet.single(number), self.idle - 1
        self.spent.append(number)
        self.taken_at_s.append(at_s)


@dataclass(slots=True)
class _Bureau:
    """One quota at the bureau: who holds what, and how each kiosk stood when it was last heard."""

    state: QuotaState
    standings: dict[KioskId, Standing]
    heard_from_s: dict[KioskId, float] = field(default_factory=dict)
    returns: int = 0

    def hear(self, kiosk: _Kiosk, now_s: float) -> tuple[NumberSet, int | None]:
        """Hold one round; return all that was ever granted to the kiosk, and what it is asked to keep."""
        stream, name = StreamId(kiosk.name), kiosk.name
        self._take_back(stream, kiosk)
        demand = kiosk.demand(now_s)
        want = numbers_to_ask(kiosk.idle, None, self.state.capacity, demand, keeps_stock=not kiosk.is_desk)
        asker = self._stand(kiosk, demand, now_s)
        if want:
            kiosk.answered_at_s = now_s
            others = [standing for standing in self.standings.values() if standing is not asker]
            want = unmet(want, asker.given, len(kiosk.granted))
            count = due(self._offer(now_s), want, asker, others)
            if count:
                self.state = grant(self.state, stream, count)
                self.standings[name] = replace(asker, given=asker.given + count, idle=asker.idle + count)
                self._see_who_is_barred()
        keep = recalls(self._offer(now_s), self.standings.values()).get(name)
        return self.state.right_of(stream).granted, keep

    def miss(self, name: KioskId) -> None:
        """Note that a kiosk was not heard of for too long."""
        self.standings[name] = replace(self.standings[name], is_here=False)

    def _offer(self, now_s: float) -> Offer:
        return Offer(len(self.state.free), closes_in_s=MORNING_S - now_s)

    def _stand(self, kiosk: _Kiosk, demand: Demand, now_s: float) -> Standing:
        before = self.standings[kiosk.name]
        standing = Standing(
            kiosk.name,
            before.dawn,
            before.given,
            kiosk.idle,
            demand.taken,
            demand.waiting,
            before.barred,
            is_steady=now_s - self.heard_from_s.setdefault(kiosk.name, now_s) > HERE_S,
            is_on_demand=kiosk.is_desk,
        )
        self.standings[kiosk.name] = standing
        return standing

    def _take_back(self, stream: StreamId, kiosk: _Kiosk) -> None:
        if len(kiosk.to_return):
            self.returns += len(kiosk.to_return)
            self.state = give_back(self.state, stream, kiosk.to_return)
            kiosk.to_return = NumberSet()
            self._see_who_is_barred()

    def _see_who_is_barred(self) -> None:
        for name, right in self.state.rights.items():
            if len(right.returned):
                barred = len(self.state.free) - len(grantable(self.state, name))
                kiosk = KioskId(name)
                self.standings[kiosk] = replace(self.standings[kiosk], barred=barred)


def play(morning: Morning, seed: int) -> Came:
    """Play one morning; AssertionError when a number went out twice or was made up."""
    dice = random.Random(seed)
    drawn = _drawn(morning, dice)
    stocked = {name: weight for name, weight in drawn.history.items() if name not in drawn.desks}
    dawn = dict.fromkeys(drawn.desks, 0) | dawn_shares(morning.capacity, morning.dawn_percent, stocked)
    standings = {
        name: Standing(name, dawn[name], is_here=False, is_on_demand=name in drawn.desks)
        for name in drawn.history
    }
    bureau = _Bureau(opened_quota(morning.capacity), standings)
    kiosks = {name: _Kiosk(name, is_desk=name in drawn.desks) for name in drawn.people}
    for event in _events(drawn, morning.lookers_a_taker, dice):
        _happen(event, kiosks[event.kiosk], bureau, morning, can_hurry=event.kiosk not in drawn.dark)
    _no_number_went_out_twice(bureau.state, kiosks.values())
    held = {name: dawn[name] for name in drawn.dark - drawn.deaf}
    by_dark = sum(min(held[name], len(drawn.people[name])) for name in held)
    of_others = sum(len(drawn.people[name]) for name in drawn.people if name not in drawn.dark)
    return Came(
        filled=sum(len(kiosk.spent) for kiosk in kiosks.values()),
        reachable=by_dark + min(morning.capacity - sum(held.values()), of_others),
        dark_people=sum(len(drawn.people[name]) for name in drawn.dark),
        dark_served=sum(len(kiosks[name].spent) for name in drawn.dark),
        returns=bureau.returns,
    )


def divide(morning: Morning, seed: int, *, by_history: bool) -> Came:
    """Give everything out at dawn, by history or evenly, and move nothing: the shares of old."""
    drawn = _drawn(morning, random.Random(seed))
    weights = drawn.history if by_history else dict.fromkeys(drawn.history, 1.0)
    shares = dawn_shares(morning.capacity, 100, weights)
    served = {name: min(shares[name], len(drawn.people[name])) for name in shares}
    return Came(
        filled=sum(served.values()),
        reachable=sum(served.values()),
        dark_people=sum(len(drawn.people[name]) for name in drawn.dark),
        dark_served=sum(served[name] for name in drawn.dark),
        returns=0,
    )


def _drawn(morning: Morning, dice: random.Random) -> _Drawn:
    people = _people(morning, dice)
    history = {
        name: rank**-ZIPF * math.exp(dice.gauss(0, NOISE)) for rank, name in enumerate(people, start=1)
    }
    desks = set(list(people)[-morning.desks :] if morning.desks else ())
    dark = set(dice.sample(list(people), KIOSKS * morning.dark_percent // 100)) - desks
    # The bureau knows the kiosks in no order that says anything about the people before them.
    shuffled = {name: history[name] for name in dice.sample(list(history), KIOSKS)}
    return _Drawn(people, shuffled, dark, dark if morning.is_dark_from_the_start else set(), desks)


def _people(morning: Morning, dice: random.Random) -> dict[KioskId, list[float]]:
    """Return when people come to each kiosk; the first kiosk draws most of them."""
    names = [KioskId(f"k{no:02}") for no in range(1, KIOSKS + 1)]
    people: dict[KioskId, list[float]] = {name: [] for name in names}
    weights = [rank**-ZIPF for rank in range(1, KIOSKS + 1)]
    for name in dice.choices(names, weights, k=round(PEOPLE_A_PLACE * morning.capacity)):
        people[name].append(dice.triangular(ROUND_S, MORNING_S, PEAK_S))
    return people


def _events(drawn: _Drawn, lookers: int, dice: random.Random) -> list[_Event]:
    """Return rounds and people in the order of time; a dark kiosk is heard once and then missed."""
    takers = [_Event(at_s, _What.TAKE, name) for name in drawn.people for at_s in drawn.people[name]]
    events = [*takers, *_lookers(takers, lookers, dice)]
    for name in drawn.people:
        first_s = dice.uniform(0, ROUND_S)
        if name not in drawn.dark:
            count = int(MORNING_S / ROUND_S)
            events += [_Event(first_s + no * ROUND_S, _What.ROUND, name) for no in range(count)]
        elif name not in drawn.deaf:
            events += [_Event(first_s, _What.ROUND, name), _Event(first_s + HERE_S, _What.MISSED, name)]
    return sorted(events)


def _lookers(takers: Iterable[_Event], count: int, dice: random.Random) -> Iterator[_Event]:
    """Let so many people for each taker come to the same kiosk, a quarter of an hour before or after him."""
    for taker in takers:
        for _ in range(count):
            at_s = taker.at_s + dice.gauss(0, ROUND_S * 15)
            yield _Event(min(MORNING_S, max(ROUND_S, at_s)), _What.LOOK, taker.kiosk)


def _happen(event: _Event, kiosk: _Kiosk, bureau: _Bureau, morning: Morning, *, can_hurry: bool) -> None:
    now_s = event.at_s
    if event.what is _What.MISSED:
        bureau.miss(kiosk.name)
        return
    if event.what is not _What.ROUND:
        has_number = kiosk.meet(now_s) if event.what is _What.TAKE else kiosk.show(now_s)
        if has_number or not (can_hurry and morning.is_hurried):
            return
    granted, keep = bureau.hear(kiosk, now_s)
    kiosk.keep(granted, now_s, morning.patience_s)
    if keep is not None and kiosk.set_aside(keep):
        # Whoever is asked for numbers speaks again at once.
        granted, _ = bureau.hear(kiosk, now_s)
        kiosk.keep(granted, now_s, morning.patience_s)


def _no_number_went_out_twice(state: QuotaState, kiosks: Iterable[_Kiosk]) -> None:
    assert violations(state) == []
    spent = [number for kiosk in kiosks for number in kiosk.spent]
    assert len(spent) == len(set(spent))
    assert not set(spent) - set(NumberSet.up_to(state.capacity))


def mean(mornings: Iterable[Came], capacity: int) -> tuple[float, float, float]:
    """Return in percent: places filled, places that were reachable, and people served at dark kiosks."""
    told = list(mornings)
    places = capacity * len(told)
    in_the_dark = sum(came.dark_people for came in told)
    served = sum(came.dark_served for came in told)
    return (
        100 * sum(came.filled for came in told) / places,
        100 * sum(came.reachable for came in told) / places,
        100 * served / in_the_dark if in_the_dark else 100.0,
    )
