"""What is said about a fault: to the worker, to the attendant, and the code to read out on the phone."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class FaultWords:
    """The code of a fault, and its keys in the catalogue: a line for the worker, a deed for the attendant."""

    worker: str
    attendant: str
    code: str

    def to_worker(self) -> Sentence:
        """Return what the worker is told: what to do now, and never a suspicion."""
        return Sentence(self.worker)

    def to_attendant(self, detail: str = "") -> Sentence:
        """Return what the attendant is told; `detail`, if any, stands behind the code (R41/47)."""
        return Sentence(self.attendant, {"code": f"{self.code}/{detail}" if detail else self.code})
