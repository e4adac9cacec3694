"""The hand that plays the morning: it looks at the step that is shown and touches what a person would."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.demo.door import Answer, Door
from kiosk.ui.journeys import Step

LOOK_S = 0.05
STEP_LIMIT_S = 20.0
PRINT_LIMIT_S = 150.0

PRACTICE = "practice-"
"""How the name of a picture begins that shows nothing real."""

LIST = "list-"
"""How the name of a paper begins that is the list of a team."""

MOST_PAGES = 40
"""No class has so many pages, questions and answers told."""

TOUCHES: dict[Step, tuple[str, ...]] = {
    Step.NOTICE: ("go",),
    Step.ASK_PHONE: ("secondary",),
    Step.ASK_TRADES: ("answer.0", "go"),
    Step.ASK_SPAN: ("answer.0", "go"),
    Step.ASK_PAY: ("answer.0", "go"),
    Step.GREETING: ("go",),
    Step.BOARD: ("card.0", "go"),
    Step.DETAIL: ("go",),
    Step.QUIZ_FAILED: ("go",),
    Step.CONFIRM: ("go",),
    Step.TEAM_SHORT: ("go",),
    Step.TEAM_CONFIRM: ("go",),
}
"""What a person who follows the yellow plate touches on each step."""

WAITS = {Step.READING, Step.PRINTING, Step.TEAM_PRINTING, Step.TAKE_SLIP, Step.PAPER_OUT}
COMES_WITH_A_CARD = {Step.READING, Step.NOTICE, Step.GREETING, Step.TURNED_AWAY, Step.UNREADABLE}
ENDS = {
    Step.HOME,
    Step.GOODBYE,
    Step.TEAM_END,
    Step.BLOCKED,
    Step.TURNED_AWAY,
    Step.UNREADABLE,
    Step.UNCERTAIN,
    Step.TROUBLE,
}


@dataclass(slots=True)
class Journey:
    """One card's way: the steps it came through and how it ended."""

    steps: list[tuple[str, float]] = field(default_factory=list)
    end: Step = Step.HOME
    said: str = ""
    """The key of the sentence on the last screen, where it says one."""
    is_stuck: bool = False
    is_overtaken: bool = False
    """The next card came while the slip still waited for paper; the slip's own state tells how it ended."""

    @property
    def told(self) -> str:
        """Return the way in one line."""
        way = " > ".join(step for step, _ in self.steps)
        if self.is_overtaken:
            return f"{way} (the next card came)"
        return f"stuck at {self.end.value} ({way})" if self.is_stuck else way


class Hand:
    """Plays journeys through the door of a screen process.

    `on_step` is told each step that came; `pictures` is where each screen's picture goes, in order, by a name
    that tells a step of practice from the same step of a real visit.
    """

    def __init__(self, door: Door, pictures: Path, on_step: Callable[[Step], None]) -> None:
        """Use this door."""
        self._door = door
        self._pictures = pictures
        self._on_step = on_step
        self._taken: list[str] = []

    @property
    def pictures(self) -> list[str]:
        """Return the names of the pictures taken so far, in order."""
        return list(self._taken)

    def wait_until(self, is_so: Callable[[Answer], bool], limit_s: float) -> Answer | None:
        """Look until something is so; None when it is not so in time."""
        until = time.monotonic() + limit_s
        while True:
            seen = self._door.look()
            if is_so(seen):
                return seen
            if time.monotonic() >= until:
                return None
            time.sleep(LOOK_S)

    def photograph(self, name: str) -> None:
        """Take one more picture of the screen."""
        file_name = f"{len(self._taken) + 1:03d}-{name}.png"
        self._door.grab(self._pictures / file_name)
        self._taken.append(file_name)

    def follow(self, job: str | None, gather: Callable[[], None] | None = None) -> Journey:
        """Follow the yellow plate from where the screen stands until the journey ends.

        With a job, look for it on the whole board first, as somebody does who came for it. Whoever does not
        come alone has others lay their cards down where it is asked for them: `gather`.
        """
        journey = Journey()
        last = Step.HOME
        while True:
            began = time.monotonic()
            limit_s = PRINT_LIMIT_S if last in WAITS else STEP_LIMIT_S
            seen = self.wait_until(lambda look, before=last: look["step"] != before, limit_s)  # type: ignore[misc]
            if seen is None:
                journey.is_stuck, journey.end = True, last
                return journey
            before, last = last, Step(seen["step"])
            if before is Step.PAPER_OUT and last in COMES_WITH_A_CARD:
                journey.is_overtaken, journey.end = True, before
                return journey
            took_s = time.monotonic() - began
            journey.steps.append((last.value, took_s))
            self._photograph_step(seen)
            self._on_step(last)
            if last in ENDS:
                journey.end, journey.said = last, seen.get("said", "")
                return journey
            if gather is None or not self._led(last, gather):
                self._touch(last, seen, job)

    def _led(self, step: Step, gather: Callable[[], None]) -> bool:
        """Do what only a leader does; return whether that was to do on this step."""
        if step is Step.TEAM:
            gather()
            return self._door.tap("go")
        return step is Step.DETAIL and self._door.tap("picture")

    def _touch(self, step: Step, seen: Answer, job: str | None) -> None:
        if job is not None and step is Step.GREETING:
            # Where nothing fits any more there is one plate only, and it leads to the whole board.
            if not self._door.tap("secondary"):
                self._door.tap("go")
        elif job is not None and step is Step.BOARD and job in seen["board"]:
            self._page_to(f"card.{seen['board'].index(job)}")
            # A touch on the card that is framed already opens it; then the plate belongs to the next step.
            if self._door.look()["step"] == step:
                self._door.tap("go")
        elif step is Step.COURSE:
            self._stay_at(step, lambda _seen: self._door.tap("go"))
        elif step is Step.QUIZ:
            self._stay_at(step, self._answer)
        elif step is Step.SIGN_CLASS:
            self._door.sign("signature")
            self._door.tap("go")
        else:
            for name in TOUCHES.get(step, ()):
                self._door.tap(name)

    def _stay_at(self, step: Step, act: Callable[[Answer], object]) -> None:
        """Do what the step asks on page after page, as somebody does who learns; each has its picture."""
        for number in range(MOST_PAGES):
            seen = self._door.look()
            if seen["step"] != step:
                return
            if number > 0:
                self._photograph_step(seen)
            act(seen)

    def _photograph_step(self, seen: Answer) -> None:
        self.photograph(f"{PRACTICE}{seen['step']}" if seen["is_practice"] else seen["step"])

    def _answer(self, seen: Answer) -> None:
        if seen["right"] is not None:
            self._door.tap(f"answer.{seen['right']}")
        self._door.tap("go")

    def _page_to(self, card: str) -> None:
        """Turn pages until a card is there to be touched, and touch it."""
        while not self._door.tap(card):
            if not self._door.tap("page.down"):
                return
