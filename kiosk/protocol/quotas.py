"""Rights over a quota as pure functions: numbers are given to streams, come back, and are never in two hands.

The state of a quota of capacity C keeps, after every step:
I1  committed numbers (given and not returned) of any two streams are disjoint, and none is free as well;
I3  free + committed = C, or free is empty and committed exceeds C because the capacity was cut under it.

After a restore, until every kiosk has reported, a number may stand in two hands: of the one that gave it
back after the backup, and of the one that has it now. It counts twice then, so nothing is oversold.

A stream that nobody will hear of again is written off by count: a person says how many of its numbers are
used up. All its numbers stay burned, because nobody knows which ones are on paper; that many count, and for
the rest fresh numbers are made.
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
    """One stream's right: every number it was ever given and every number it returned.

    `counted` is how many of them a person counted as used when the stream was written off, None before.
    """

    granted: NumberSet = field(default_factory=NumberSet)
    returned: NumberSet = field(default_factory=NumberSet)
    counted: int | None = None

    @property
    def committed(self) -> NumberSet:
        """The numbers in this stream's hand, spent or not; those of one written off stay burned."""
        return self.granted - self.returned

    @property
    def weight(self) -> int:
        """How many numbers of the capacity this right takes."""
        return len(self.committed) if self.counted is None else self.counted


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
    def committed_count(self) -> int:
        """How many numbers of the capacity are in hands."""
        return sum(right.weight for right in self.rights.values())

    @property
    def over_count(self) -> int:
        """How many numbers are in hands beyond a capacity that was cut."""
        return max(0, self.committed_count - self.capacity)

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
    """Take numbers back; those beyond a cut capacity vanish. Raises NotHeld.

    A stream that was written off has been settled by count, so its numbers change nothing any more.
    """
    right = state.right_of(stream)
    if len(numbers - right.committed):
        raise NotHeld(stream)
    if right.counted is not None:
        return state
    shrunk = replace(right, returned=right.returned | numbers)
    return _balanced(QuotaState(state.capacity, state.free | numbers, {**state.rights, stream: shrunk}))


def resize(state: QuotaState, capacity: int) -> QuotaState:
    """Change the capacity: a cut takes the highest free numbers first and leaves what is in hands."""
    return _balanced(replace(state, capacity=capacity))


def claim(state: QuotaState, stream: StreamId, granted: NumberSet) -> QuotaState:
    """Believe a kiosk that it was given these numbers: after a restore it is the bureau that forgot.

    They leave the free ones. What is known already, or was returned since, stays as it is.
    """
    right = state.right_of(stream)
    news = granted - right.granted
    if not len(news):
        return state
    grown = replace(right, granted=right.granted | news)
    return _balanced(replace(state, free=state.free - news, rights={**state.rights, stream: grown}))


def write_off(state: QuotaState, stream: StreamId, count: int, *, is_all_told: bool) -> QuotaState:
    """Settle a stream that will not come back: `count` of its numbers are used, and the rest is made anew.

    A restore made us forget grants and returns. Where it has not told them all since (`is_all_told`), or more
    were counted than it was ever given as far as we know, any number may be on its paper, one that another
    stream will give back too: all are burned with it.
    """
    right = state.right_of(stream)
    burned = right.granted
    if count and (not is_all_told or count > len(right.committed)):
        burned = NumberSet.up_to(max((*(item.last for item in _all_numbers(state).ranges), state.capacity)))
    settled = replace(right, granted=burned, counted=count)
    return _balanced(replace(state, rights={**state.rights, stream: settled}))


def notice_spent(state: QuotaState, stream: StreamId, spent_count: int) -> QuotaState:
    """Raise what was counted of a stream written off, when entries of it turn up and tell of more."""
    right = state.right_of(stream)
    if right.counted is None or right.counted >= spent_count:
        return state
    raised = replace(right, counted=spent_count)
    return _balanced(replace(state, rights={**state.rights, stream: raised}))


def violations(state: QuotaState, *, is_settled: bool = True) -> list[str]:
    """Return in words what is wrong with a state; nothing ever should be.

    `is_settled` is False during a quarantine, while a number may still stand in two hands.
    """
    wrong: list[str] = []
    in_hands = sum(len(right.committed) for right in state.rights.values())
    if is_settled and in_hands != len(state.committed):
        wrong.append("a number is in two hands")
    if len(state.free & state.committed):
        wrong.append("a number is free and in a hand")
    if len(state.free) + state.committed_count != state.capacity + state.over_count:
        wrong.append("numbers were lost or made")
    if len(state.free) and state.over_count:
        wrong.append("numbers are free although too many are in hands")
    if any(len(right.returned - right.granted) for right in state.rights.values()):
        wrong.append("a number was returned that was never given")
    return wrong


def _all_numbers(state: QuotaState) -> NumberSet:
    """Return every number that was ever made."""
    given = (item for right in state.rights.values() for item in right.granted.ranges)
    return NumberSet.of((*given, *state.free.ranges))


def _balanced(state: QuotaState) -> QuotaState:
    """Return the state with as many free numbers as the capacity leaves, the lowest ones."""
    committed = state.committed
    room = max(0, state.capacity - state.committed_count)
    free = (state.free - committed).lowest(room)
    if len(free) < room:
        unused = NumberSet.up_to(room + len(committed) + len(free)) - committed - free
        free = free | unused.lowest(room - len(free))
    return replace(state, free=free)
