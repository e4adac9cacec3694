"""What a person can prove to know: a trade and its grade; a higher grade covers every lower one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """The five grades of vocational skill, the lowest first (新时代技能等级: 五级 to 一级)."""

    JUNIOR = "junior"
    MIDDLE = "middle"
    SENIOR = "senior"
    TECHNICIAN = "technician"
    SENIOR_TECHNICIAN = "senior_technician"

    def covers(self, wanted: Grade) -> bool:
        """Return whether whoever has this grade may do what is asked of that one."""
        return _ORDER[self] >= _ORDER[wanted]


_ORDER = {grade: at for at, grade in enumerate(Grade)}


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """A grade in a trade whose paper an attendant saw."""

    trade: str
    grade: Grade


def is_covered(held: Iterable[HeldSkill], trade: str, wanted: Grade | None) -> bool:
    """Return whether some skill is of this trade and, where a grade is wanted, at least of that one."""
    return any(item.trade == trade and (wanted is None or item.grade.covers(wanted)) for item in held)
