"""A bad day in a town: two kiosks behind a bad line, and every process killed whenever the dice say so.

kiosk A ─┐                         killed: kiosks (all that a screen process does, but the window),
kiosk B ─┴─ bad line ─── bureau    their sync processes, and the bureau; never the printers
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.app.settings import write_settings
from kiosk.demo.children import Child
from tests.faults.bad_lines import BadLine, a_bad_line
from tests.faults.lives import kiosk_life
from tests.journeys.actors import Actor, beat, pulse_actor
from tests.journeys.town import Town, a_town, plain_job, the_hall_of
from tests.unit.devices.printer_stand import Stand, standing_printer

WORKERS_A_LIFE = 3
WORDS_A_WORKER = 4
"""What a life tells of each: came, took, that the slip is being sent, and what became of it."""
SENDING = 3
"""Behind that word paper is under way and nobody knows of it yet, so half of the kills come there."""
LONGEST_MOMENT_S = 0.25
"""A kiosk is killed so long behind something that it told, at most: between that and the next."""
LONGEST_LIFE_S = 1.5
"""Whom a kiosk's life does not show, sync and bureau, is killed within this time."""
PULSES_KILLED, BUREAUS_KILLED = 0.8, 0.25
ROUNDS_A_JOB = 3
_MOST_BEATS = 40


@dataclass(slots=True)
class Post:
    """A kiosk in its hall: its folder, its printer, and its sync process while that lives."""

    data_dir: Path
    printer: Stand
    pulse: Actor | None = None


@dataclass(slots=True)
class BadDay:
    """The town, what was killed, and what people were told."""

    town: Town
    line: BadLine
    posts: Sequence[Post]
    dice: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    confirmed: set[str] = field(default_factory=set)
    came: int = 0
    rounds: int = 0

    def play(self, kills: int) -> None:
        """Go on until so many processes have been killed."""
        while self.kills.total() < kills:
            if self.rounds % ROUNDS_A_JOB == 0:
                places = ROUNDS_A_JOB * WORKERS_A_LIFE
                self.town.publish([plain_job(self.town.sample, f"job-{self.rounds}", places)])
            self._round(self.dice.choice(self.posts))
            self.rounds += 1

    def _round(self, post: Post) -> None:
        """Let people come to one kiosk; kill it and whom the dice name besides, each at its own moment."""
        workers = range(self.came + 1, self.came + 1 + WORKERS_A_LIFE)
        self.came += WORKERS_A_LIFE
        post.pulse = post.pulse or pulse_actor(post.data_dir)
        screen = kiosk_life(post.data_dir, workers)
        what, cause = screen.hear()
        assert what == "ready"
        assert cause in {"", "first_start"}, f"a kill is no reason to begin a new journal: {cause}"
        self.kills["kiosk"] += 1
        killings = [self._timer(LONGEST_LIFE_S, kill) for kill in self._victims(post)]
        told = screen.hear_some(self._words())
        killings.append(self._timer(LONGEST_MOMENT_S, screen.kill))
        for killing in killings:
            killing.join()
        told += screen.heard()
        self.confirmed |= {which for said, which in told if said == "took"}
        if self.town.bureau is None:
            self.town.bureau = self._bureau()

    def _words(self) -> int:
        """Return behind how many words of its life a kiosk is killed."""
        served = self.dice.randrange(WORKERS_A_LIFE) * WORDS_A_WORKER
        return served + (SENDING if self.dice.random() < 0.5 else self.dice.randrange(WORDS_A_WORKER))

    def _victims(self, post: Post) -> Iterator[Callable[[], None]]:
        if self.dice.random() < PULSES_KILLED and post.pulse is not None:
            yield post.pulse.kill
            post.pulse = None
            self.kills["sync"] += 1
        if self.dice.random() < BUREAUS_KILLED:
            yield self.town.kill_bureau
            self.kills["bureau"] += 1

    def _timer(self, at_most_s: float, kill: Callable[[], None]) -> threading.Timer:
        timer = threading.Timer(self.dice.uniform(0, at_most_s), kill)
        timer.start()
        return timer

    def _bureau(self) -> Child:
        """Start the bureau again; nobody waits until it serves."""
        town = self.town
        arguments = ["bureau", "serve", "--data", str(town.bureau_dir), "--port", str(town.port)]
        return Child("bureau", arguments, town.folder)

    def heal(self) -> None:
        """Mend the line, let the bureau serve, and let every kiosk speak until it has nothing more to say."""
        for post in self.posts:
            if post.pulse is not None:
                post.pulse.stop()
                post.pulse = None
        self.town.kill_bureau()
        self.town.start_bureau()
        self.line.mend()
        for post in self.posts:
            speak_out(post.data_dir)


def speak_out(data_dir: Path) -> None:
    """Let a kiosk sync, beat after beat, until the bureau knows all it has to say."""
    beats, health = 0, None
    while health is None or (health.pending, health.last_problem) != (0, ""):
        assert beats < _MOST_BEATS, f"a kiosk cannot speak out: {health}"
        beat(data_dir)
        beats += 1
        with the_hall_of(data_dir) as kiosk, kiosk.hall.store.reading() as records:
            health = records.settings.sync_health()


@contextmanager
def a_bad_day(folder: Path, seed: int) -> Iterator[BadDay]:
    """Set the town up: bureau, line, and two kiosks with printers, which have heard the morning's jobs."""
    dice = random.Random(seed)
    with (
        a_town(folder) as town,
        a_bad_line(town.bureau_dir, town.port, dice.getrandbits(32), share=0.4) as line,
        standing_printer(folder / "printer-A") as first,
        standing_printer(folder / "printer-B") as second,
    ):
        posts = [
            Post(town.enrol(letter, number), printer)
            for number, (letter, printer) in enumerate((("A", first), ("B", second)), 1)
        ]
        for post in posts:
            beat(post.data_dir)
            changes = {
                "printer_url": post.printer.url,
                "printer_profile": "generic-80-gsh",
                "sync_interval_s": 0.05,
                "bureau_url": line.url,
            }
            write_settings(post.data_dir, changes)
        day = BadDay(town, line, posts, dice)
        try:
            yield day
        finally:
            for post in posts:
                if post.pulse is not None:
                    post.pulse.kill()
