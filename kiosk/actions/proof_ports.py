"""The port of what somebody proved with a paper: grades of skill, hardship; and doubts settled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from kiosk.domain.hardships import HeldHardship
from kiosk.domain.ids import WorkerId
from kiosk.domain.skills import HeldSkill
from kiosk.domain.workers import Release


class Proofs(Protocol):
    """What an attendant saw a paper of."""

    def skills(self, worker: WorkerId) -> tuple[HeldSkill, ...]: ...
    def add_skill(self, worker: WorkerId, held: HeldSkill) -> None: ...
    def hardships(self, worker: WorkerId) -> tuple[HeldHardship, ...]: ...
    def add_hardship(self, worker: WorkerId, held: HeldHardship) -> None: ...
    def releases(self, worker: WorkerId) -> frozenset[Release]: ...
    def release(self, worker: WorkerId, releases: Iterable[Release]) -> None:
        """Keep doubts of the rules as settled by the desk."""
        ...
