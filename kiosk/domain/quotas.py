"""Rights over a quota: a right is a set of numbers, and one take spends one number of every quota it needs.

The bureau gives each stream disjoint ranges of a quota's numbers 1..capacity, so two kiosks that cannot
speak to each other can never hand out the same place or seat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_FEW = 8
"""Sets of so few ranges are remembered by what they were made of: nearly all are so small, and come again."""


@dataclass(frozen=True, slots=True, order=True)
class NumberRange:
    """The numbers first..last, both included."""

    first: int
    last: int

    def __post_init__(self) -> None:
        """Refuse an empty or negative range."""
        if not 1 <= self.first <= self.last:
            raise ValueError(f"not a range of numbers: {self.first}..{self.last}")

    def __len__(self) -> int:
        """Return how many numbers the range holds."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class NumberSet:
    """A set of numbers kept as sorted, disjoint, non-adjacent ranges."""

    ranges: tuple[NumberRange, ...] = ()

    @classmethod
    def of(cls, ranges: Iterable[NumberRange]) -> NumberSet:
        """Return the union of ranges in any order."""
        merged: list[NumberRange] = []
        for item in sorted(ranges):
            if merged and item.first <= merged[-1].last + 1:
                merged[-1] = NumberRange(merged[-1].first, max(merged[-1].last, item.last))
            else:
                merged.append(item)
        return cls(tuple(merged))

    @classmethod
    def of_pairs(cls, pairs: Iterable[tuple[int, int]]) -> NumberSet:
        """Return the numbers of pairs (first, last), as they travel."""
        told = tuple(map(tuple, pairs))
        return _few_of_pairs(told) if len(told) <= _FEW else _of_pairs(told)

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The ranges as pairs (first, last)."""
        return [(item.first, item.last) for item in self.ranges]

    @classmethod
    def up_to(cls, capacity: int) -> NumberSet:
        """Return 1..capacity; the empty set for 0."""
        return cls((NumberRange(1, capacity),)) if capacity > 0 else cls()

    @classmethod
    def single(cls, number: int) -> NumberSet:
        """Return the set of one number."""
        return cls((NumberRange(number, number),))

    def __len__(self) -> int:
        """Return how many numbers the set holds."""
        return sum([item.last - item.first + 1 for item in self.ranges])

    def __iter__(self) -> Iterator[int]:
        """Yield the numbers in order."""
        for item in self.ranges:
            yield from range(item.first, item.last + 1)

    def __contains__(self, number: int) -> bool:
        """Return whether a number is in the set."""
        return any(item.first <= number <= item.last for item in self.ranges)

    def __or__(self, other: NumberSet) -> NumberSet:
        """Return the union."""
        return NumberSet.of((*self.ranges, *other.ranges))

    def __sub__(self, other: NumberSet) -> NumberSet:
        """Return the numbers of this set that are not in the other."""
        if self == other:
            return NumberSet()
        left = list(self.ranges)
        for cut in other.ranges:
            left = [part for item in left for part in _without(item, cut)]
        return NumberSet(tuple(left))

    def __and__(self, other: NumberSet) -> NumberSet:
        """Return the numbers in both sets."""
        return self - (self - other)

    def lowest(self, count: int) -> NumberSet:
        """Return the `count` lowest numbers, or all of them if there are fewer."""
        chosen: list[NumberRange] = []
        wanted = count
        for item in self.ranges:
            if wanted <= 0:
                break
            last = min(item.last, item.first + wanted - 1)
            chosen.append(NumberRange(item.first, last))
            wanted -= last - item.first + 1
        return NumberSet(tuple(chosen))

    @property
    def highest(self) -> int:
        """Return the highest number, 0 in an empty set."""
        return self.ranges[-1].last if self.ranges else 0

    @property
    def longest_run(self) -> int:
        """Return how many numbers stand next to one another at most."""
        return max(map(len, self.ranges), default=0)

    def first_run(self, count: int) -> NumberSet | None:
        """Return the lowest `count` adjacent numbers, or None when no run is long enough (teams)."""
        for item in self.ranges:
            if len(item) >= count:
                return NumberSet((NumberRange(item.first, item.first + count - 1),))
        return None


def _without(item: NumberRange, cut: NumberRange) -> Iterator[NumberRange]:
    if cut.last < item.first or item.last < cut.first:
        yield item
        return
    if item.first < cut.first:
        yield NumberRange(item.first, cut.first - 1)
    if cut.last < item.last:
        yield NumberRange(cut.last + 1, item.last)


def _of_pairs(pairs: tuple[tuple[int, ...], ...]) -> NumberSet:
    return NumberSet.of(NumberRange(first, last) for first, last in pairs)


_few_of_pairs = lru_cache(maxsize=4096)(_of_pairs)
