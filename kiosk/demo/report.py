"""What a demo leaves behind: progress lines, and report.json for whoever checks it."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReportStep:
    """One thing that happened, how long it took, and whether it was good."""

    name: str
    seconds: float
    ok: bool


@dataclass(slots=True)
class Report:
    """The report as it grows."""

    steps: list[ReportStep] = field(default_factory=list)
    check_ins: int = 0
    placements: int = 0
    slips: list[dict[str, str]] = field(default_factory=list)
    printed_before: int = 0
    practised: list[str] = field(default_factory=list)
    """The papers of practice, by their names without an end: nothing on them counts."""
    lists: list[str] = field(default_factory=list)
    """The papers that are lists of teams: the slips on them are papers of their own."""
    bureau: dict[str, int] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    _began: float = field(default_factory=time.monotonic)

    def add(self, name: str, seconds: float, *, ok: bool = True) -> None:
        """Keep a step and print it."""
        self.steps.append(ReportStep(name, round(seconds, 3), ok))
        mark = "ok    " if ok else "FAILED"
        print(f"{time.monotonic() - self._began:7.1f} s  {mark}  {seconds:6.2f} s  {name}", flush=True)

    @property
    def failed(self) -> list[str]:
        """Return the names of the steps that went wrong."""
        return [step.name for step in self.steps if not step.ok]

    @property
    def printed_now(self) -> int:
        """Return how many slips this run printed; kept data may hold slips of earlier runs."""
        return sum(1 for slip in self.slips if slip["state"] == "printed") - self.printed_before

    @property
    def uncertain(self) -> list[str]:
        """Return the numbers of slips whose paper nobody knows of."""
        return [slip["number"] for slip in self.slips if slip["state"] in {"uncertain", "sending"}]

    def write(self, out: Path) -> None:
        """Write report.json."""
        content = {
            "steps": [asdict(step) for step in self.steps],
            "check_ins": self.check_ins,
            "placements": self.placements,
            "slips": self.slips,
            "bureau": self.bureau,
            "pictures": self.pictures,
        }
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        (out / "report.json").write_text(text, encoding="utf-8")
