"""The power goes thousands of times over the real encrypted store, on disks that are honest or lie.

Mornings are recorded and cut; each cut is a disk as it may have been left. The store is opened over it, and
what it holds is compared with what people had been told. Held against that:

- behind an honest disk nothing that was told is missing, nothing is half there, and the marker knows it all;
- behind a disk that ignores flushes of the database or of the marker, a start refuses what is damaged and
  begins anew where an entry or a spent number is missing, so that no number is spent again.

What else is counted is told as it is: a disk that lies under both, and one that spoils a whole sector where
it was writing a part, may lose what nobody at the kiosk can know of.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.durability.mornings import DATABASE_FOLDER, MARKER_FOLDER, Morning, a_morning, furnish
from tests.durability.oracles import Cut, Notice, Outcome, Verdict, cuts, judged, lies
from tests.durability.platters import PROMISED, Loss

CUTS_A_MORNING = 250
PEOPLE = 8
LIARS = {
    "ignores 5 % of the database's flushes": (DATABASE_FOLDER,),
    "ignores 5 % of the marker's flushes": (MARKER_FOLDER,),
    "ignores 5 % of both's flushes": (DATABASE_FOLDER, MARKER_FOLDER),
}
LIES_SHARE = 5
"""Each lying disk gets a fifth of the honest cuts."""


@dataclass(slots=True)
class Row:
    """What came of the cuts of one kind of disk."""

    mode: str
    promise: Callable[[Verdict], bool]
    cuts: int = 0
    kept: int = 0
    lost: int = 0
    corrupt: int = 0
    marker_behind: int = 0
    noticed: int = 0
    found: int = 0
    unnoticed: int = 0
    forgotten: int = 0
    """Of the unnoticed: how many lost an entry or a spent number."""
    twice: int = 0
    breaches: int = 0
    first_breach: str = ""

    def add(self, cut: Cut, verdict: Verdict) -> None:
        """Count one verdict; the first breach of the promise is kept in words."""
        self.cuts += 1
        self.kept += verdict.outcome is Outcome.KEPT
        self.lost += verdict.outcome is Outcome.LOST
        self.corrupt += verdict.outcome is Outcome.CORRUPT
        self.marker_behind += verdict.outcome is Outcome.KEPT and not verdict.has_marker
        if verdict.outcome is not Outcome.KEPT:
            self.noticed += verdict.notice is Notice.OPENING
            self.found += verdict.notice is Notice.EXAMINATION
            self.unnoticed += verdict.notice is Notice.NOBODY
            self.forgotten += verdict.notice is Notice.NOBODY and verdict.forgets
        self.twice += verdict.spends_twice and verdict.notice is not Notice.OPENING
        if not self.promise(verdict):
            self.breaches += 1
            self.first_breach = self.first_breach or f"{cut}: {verdict}"

    def line(self) -> str:
        """Return the row of a table."""
        held = (self.cuts, self.kept, self.lost, self.corrupt, self.marker_behind)
        noticed = (self.noticed, self.found, self.unnoticed, self.forgotten, self.twice)
        return f"| {self.mode} | {' | '.join(map(str, held + noticed))} |"


HEAD = (
    "| what the disk does | cuts | kept all | lost acknowledged | corrupt | kept all, marker behind "
    "| noticed at opening | only by examining | by nobody | of these, entries or numbers gone "
    "| would spend twice |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def run(count: int, seed: int) -> tuple[str, bool]:
    """Cut the power so many times on an honest disk, and in proportion on the others."""
    rows = [Row(f"honest; what was not flushed: {loss.value}", _is_sound) for loss in PROMISED]
    rows += [Row(mode, promise) for mode, promise in zip(LIARS, (_is_noticed, _is_kept, _any), strict=True)]
    rows.append(Row(f"not power-safe: {Loss.SPOILED.value}", _any))
    dice = random.Random(seed)
    for share in _shares(count):
        with tempfile.TemporaryDirectory(prefix="hall-power-") as folder:
            _cut(_recorded(Path(folder)), dice.getrandbits(32), share, rows)
    broken = [
        f"**Broken {row.breaches} times** ({row.mode}), first {row.first_breach}"
        for row in rows
        if row.breaches
    ]
    return "\n".join([HEAD, *(row.line() for row in rows), *(f"\n{told}" for told in broken)]), not broken


def _recorded(root: Path) -> Morning:
    furnish(root)
    return a_morning(root, PEOPLE)


def _cut(morning: Morning, seed: int, count: int, rows: Sequence[Row]) -> None:
    *honest, under_database, under_marker, under_both, spoiling = rows
    few = max(1, count // LIES_SHARE)
    by_loss: dict[Loss, Row] = dict(zip(PROMISED, honest, strict=True))
    for cut in cuts(morning, seed, count):
        by_loss[cut.loss].add(cut, judged(morning, cut))
    for row, folders in zip((under_database, under_marker, under_both), LIARS.values(), strict=True):
        _add(row, morning, lies(morning, seed, few, folders))
    _add(spoiling, morning, cuts(morning, seed, few, [Loss.SPOILED]))


def _add(row: Row, morning: Morning, made: Iterable[Cut]) -> None:
    for cut in made:
        row.add(cut, judged(morning, cut))


def _shares(count: int) -> Iterator[int]:
    while count > 0:
        yield min(count, CUTS_A_MORNING)
        count -= CUTS_A_MORNING


def _is_sound(verdict: Verdict) -> bool:
    return verdict.is_sound


def _is_noticed(verdict: Verdict) -> bool:
    is_grave = verdict.forgets or verdict.spends_twice or verdict.notice is Notice.EXAMINATION
    return verdict.notice is Notice.OPENING or not is_grave


def _is_kept(verdict: Verdict) -> bool:
    return verdict.outcome is Outcome.KEPT and not verdict.spends_twice


def _any(_verdict: Verdict) -> bool:
    return True
