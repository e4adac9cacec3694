"""A stream's right at its own kiosk: what it was given, spent and returned; each set only ever grows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.domain.quotas import NumberSet


@dataclass(frozen=True, slots=True)
class Holding:
    """One quota's numbers at one stream. A number given back by a worker stays spent: its paper is out."""

    granted: NumberSet = field(default_factory=NumberSet)
    spent: NumberSet = field(default_factory=NumberSet)
    returned: NumberSet = field(default_factory=NumberSet)

    @property
    def free(self) -> NumberSet:
        """The numbers that may be handed out here."""
        return self.granted - self.spent - self.returned


def told(holding: Holding, granted: NumberSet) -> Holding:
    """Return the holding after an answer; what is granted is told whole, so a lost answer costs nothing.

    A number that this stream was never given before can only have been spent by one before it. The bureau
    gives it again because its paper is gone, so it is free.
    """
    fresh = granted - holding.granted
    return replace(holding, granted=holding.granted | fresh, spent=holding.spent - fresh)


def spend(holding: Holding, number: int) -> Holding:
    """Return the holding after a take. Raises ValueError for a number that is not free here."""
    if number not in holding.free:
        raise ValueError(f"number {number} is not free here")
    return replace(holding, spent=holding.spent | NumberSet.single(number))


def surplus(holding: Holding, keep: int) -> NumberSet:
    """Return what to give back when asked to keep `keep` free numbers: the highest, which go out last."""
    free = holding.free
    return free - free.lowest(max(0, keep))


def give_back(holding: Holding, numbers: NumberSet) -> Holding:
    """Return the holding after free numbers went back to the bureau. Raises ValueError for others."""
    if len(numbers - holding.free):
        raise ValueError("only free numbers go back")
    return replace(holding, returned=holding.returned | numbers)
