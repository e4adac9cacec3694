"""Who answers for people's safety on each stretch of a trip (分段式安全责任), and where nobody does, or two.

| boundary | gives | takes |
| --- | --- | --- |
| departure | the hall's operator | the passenger station |
| arrival | the passenger station | the employer |
| pick-up | the employer | the passenger station |
| return | the passenger station | the hall's operator |

A hand-over ends one party's stretch and begins the other's in the same instant, so whoever is told of all
finds no gap. One that was never recorded leaves a gap, one recorded at two times or too early an overlap:
neither is smoothed over, because each is a time in which it is argued afterwards who answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from kiosk.domain.ids import TripId


class Party(StrEnum):
    """Who can answer for people on a stretch of a trip."""

    OPERATOR = "operator"
    TRANSPORT = "transport"
    EMPLOYER = "employer"


class Boundary(StrEnum):
    """Where one stretch ends and the next begins, in the order of a trip."""

    DEPARTURE = "departure"
    ARRIVAL = "arrival"
    PICK_UP = "pick_up"
    RETURN = "return"

    @property
    def giver(self) -> Party:
        """Return whose stretch ends here."""
        return _SIDES[self][0]

    @property
    def taker(self) -> Party:
        """Return whose stretch begins here."""
        return _SIDES[self][1]


_SIDES = {
    Boundary.DEPARTURE: (Party.OPERATOR, Party.TRANSPORT),
    Boundary.ARRIVAL: (Party.TRANSPORT, Party.EMPLOYER),
    Boundary.PICK_UP: (Party.EMPLOYER, Party.TRANSPORT),
    Boundary.RETURN: (Party.TRANSPORT, Party.OPERATOR),
}
_ORDER = {boundary: at for at, boundary in enumerate(Boundary)}
_ASSEMBLY = -1


class Proof(StrEnum):
    """How it is known that a party took over: signed here, by telephone, or on paper."""

    SIGNED = "signed"
    PHONE = "phone"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, repr=False)
class HandOver:
    """One change of the party that answers. `at` is when it was, `noted_at` when it was written down here.

    `headcount` were counted and `expected` are on the list; `exceptions` says in words what was not as it
    should be. `signature` is the text of the strokes, empty where nobody signed here.
    """

    id: str
    trip: TripId
    boundary: Boundary
    at: datetime
    noted_at: datetime
    place: str
    headcount: int
    expected: int
    signer: str
    proof: Proof
    signature: str = ""
    exceptions: str = ""

    def __repr__(self) -> str:
        """Show which one it is: no log names who signed, or how."""
        return f"HandOver({self.trip}, {self.boundary})"

    @property
    def missing(self) -> int:
        """Return how many of those expected were not counted; 0 where there were more."""
        return max(self.expected - self.headcount, 0)


class Fault(StrEnum):
    """What can be wrong with who answers in a time."""

    GAP = "gap"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class Flaw:
    """A time in which nobody can be shown to answer, or more than one; a gap is between its two parties."""

    fault: Fault
    parties: tuple[Party, ...]
    begins: datetime
    until: datetime

    @property
    def lasts(self) -> timedelta:
        """Return how long it was so."""
        return self.until - self.begins


@dataclass(frozen=True, slots=True)
class _Stretch:
    party: Party
    begins: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class _Passed:
    """A boundary that was told of, once or more often; the assembly stands before the first."""

    order: int
    first: datetime
    last: datetime


def in_order(handed: Iterable[HandOver]) -> list[HandOver]:
    """Return hand-overs by their time, those of one instant as a trip has them."""
    return sorted(handed, key=_place)


def in_force(handed: Iterable[HandOver], at: datetime) -> Party:
    """Return who answers at an instant: who took over last, and the hall before the first hand-over."""
    before = [each for each in in_order(handed) if each.at <= at]
    return before[-1].boundary.taker if before else Party.OPERATOR


def next_boundary(handed: Iterable[HandOver]) -> Boundary | None:
    """Return the hand-over that a trip waits for; None once the hall has everybody back."""
    known = {each.boundary for each in handed}
    passed = max((_ORDER[each] for each in known), default=_ASSEMBLY)
    return next((each for each in Boundary if _ORDER[each] > passed), None)


def flaws(handed: Sequence[HandOver], opened_at: datetime, until: datetime) -> tuple[Flaw, ...]:
    """Return every time from assembly to `until` in which not exactly one party answers, in order.

    `until` is the end of the return, or now while it lasts. Between two boundaries that do not follow each
    other nobody can say when the one between was passed, so all of it is a gap.
    """
    passed = _passed(handed, opened_at)
    found = [*_gaps(passed, until), *_overlaps(_stretches(passed, until))]
    return tuple(sorted(found, key=lambda flaw: (flaw.begins, flaw.until, flaw.fault)))


def _passed(handed: Sequence[HandOver], opened_at: datetime) -> list[_Passed]:
    times: dict[int, list[datetime]] = {_ASSEMBLY: [opened_at]}
    for each in handed:
        times.setdefault(_ORDER[each.boundary], []).append(each.at)
    return [_Passed(order, min(of), max(of)) for order, of in sorted(times.items())]


def _gaps(passed: Sequence[_Passed], until: datetime) -> list[Flaw]:
    found = []
    for before, behind in pairwise(passed):
        ends = min(behind.first, until)
        if behind.order > before.order + 1 and before.last < ends:
            parties = (_holder(before.order), _holder(behind.order - 1))
            found.append(Flaw(Fault.GAP, parties, before.last, ends))
    return found


def _stretches(passed: Sequence[_Passed], until: datetime) -> list[_Stretch]:
    """Return who answered from when to when, as far as both ends are told, or the end is still to come.

    Of a boundary told of twice, the giver answers until the later and the taker from the earlier.
    """
    ends = {each.order: each.last for each in passed}
    last = passed[-1].order
    stretches = [
        _Stretch(_holder(each.order), each.first, ends.get(each.order + 1, until))
        for each in passed
        if each.order + 1 in ends or each.order == last
    ]
    return [each for each in stretches if each.begins < each.until]


def _overlaps(stretches: Sequence[_Stretch]) -> list[Flaw]:
    found: list[Flaw] = []
    edges = sorted({edge for each in stretches for edge in (each.begins, each.until)})
    for begins, until in pairwise(edges):
        held = {each.party for each in stretches if each.begins <= begins and until <= each.until}
        parties = tuple(party for party in Party if party in held)
        if len(parties) < 2:
            continue
        goes_on = bool(found) and (found[-1].parties, found[-1].until) == (parties, begins)
        since = found.pop().begins if goes_on else begins
        found.append(Flaw(Fault.OVERLAP, parties, since, until))
    return found


def _holder(order: int) -> Party:
    """Return who answers behind a boundary."""
    return Party.OPERATOR if order == _ASSEMBLY else tuple(Boundary)[order].taker


def _place(each: HandOver) -> tuple[datetime, int]:
    return each.at, _ORDER[each.boundary]
