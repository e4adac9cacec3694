"""Rights over a quota as pure functions: numbers are given to streams, come back, and are never in two hands.

The state of a quota of capacity C keeps, after every step:
I1  committed numbers (given and not returned) of any two streams are disjoint, and none is free as well;
I3  free + committed = C, or free is empty and committed exceeds C because the capacity was cut under it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kiosk.domain.ids import StreamId
from kiosk.domain.quotas import NumberSet


class NotHeld(ValueError):
    """A stream returned a number that it does not hold."""


@dataclass(frozen=True, slots=True)
class Right:
    """One stream's right: every number it was ever given and every number it returned."""

    granted: NumberSet = field(default_factory=NumberSet)
    returned: NumberSet = field(default_factory=NumberSet)

    @property
    def committed(self) -> NumberSet:
        """The numbers in this stream's hand, spent or not."""
        return self.granted - self.returned


@dataclass(frozen=True, slots=True)
class QuotaState:
    """Who holds which numbers of one quota."""

    capacity: int
    free: NumberSet
    rights: Mapping[StreamId, Right] = field(default_factory=dict)

    @property
    def committed(self) -> NumberSet:
        """All numbers in any stream's hand."""
        return NumberSet.of(item for right in self.rights.values() for item in right.committed.ranges)

    @property
    def over_count(self) -> int:
        """How many numbers are in hands beyond a capacity that was cut."""
        return max(0, len(self.committed) - self.capacity)

    def right_of(self, stream: StreamId) -> Right:
        """Return a stream's right, an empty one if it never had any."""
        return self.rights.get(stream, Right())


def opened_quota(capacity: int) -> QuotaState:
    """Return a new quota with every number free."""
    return QuotaState(capacity, NumberSet.up_to(capacity))


def grantable(state: QuotaState, stream: StreamId) -> NumberSet:
    """Return the free numbers a stream may get: none that it returned, as its view could not show them."""
    return state.free - state.right_of(stream).returned


def grant(state: QuotaState, stream: StreamId, count: int) -> QuotaState:
    """Give a stream the lowest `count` numbers it may get, or as many as there are."""
    given = grantable(state, stream).lowest(count)
    right = state.right_of(stream)
    grown = replace(right, granted=right.granted | given)
    return QuotaState(state.capacity, state.free - given, {**state.rights, stream: grown})


def give_back(state: QuotaState, stream: StreamId, numbers: NumberSet) -> QuotaState:
    """Take unspent numbers back; those beyond a cut capacity vanish. Raises NotHeld."""
    right = state.right_of(stream)
    if len(numbers - right.committed):
        raise NotHeld(stream)
    shrunk = replace(right, returned=right.returned | numbers)
    return _balanced(QuotaState(state.capacity, state.free | numbers, {**state.rights, stream: shrunk}))


def resize(state: QuotaState, capacity: int) -> QuotaState:
    """Change the capacity: a cut takes the highest free numbers first and leaves what is in hands."""
    return _balanced(replace(state, capacity=capacity))


def violations(state: QuotaState) -> list[str]:
    """Return in words what is wrong with a state; nothing ever should be."""
    wrong: list[str] = []
    in_hands = sum(len(right.committed) for right in state.rights.values())
    if in_hands != len(state.committed):
        wrong.append("a number is in two hands")
    if len(state.free & state.committed):
        wrong.append("a number is free and in a hand")
    if len(state.free) + in_hands != state.capacity + state.over_count:
        wrong.append("numbers were lost or made")
    if len(state.free) and state.over_count:
        wrong.append("numbers are free although too many are in hands")
    if any(len(right.returned - right.granted) for right in state.rights.values()):
        wrong.append("a number was returned that was never given")
    return wrong


def _balanced(state: QuotaState) -> QuotaState:
    """Return the state with as many free numbers as the capacity leaves, the lowest ones."""
    committed = state.committed
    room = max(0, state.capacity - len(committed))
    free = state.free.lowest(room)
    if len(free) < room:
        unused = NumberSet.up_to(state.capacity + len(committed)) - committed - free
        free = free | unused.lowest(room - len(free))
    return replace(state, free=free)
