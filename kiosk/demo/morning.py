"""The morning without a display: card after card, a bureau that goes away, and all arrives in the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kiosk.demo.bureau_side import DemoBureau
from kiosk.demo.devices import Devices
from kiosk.demo.door import Answer, Door
from kiosk.demo.hand import COMES_WITH_A_CARD, Hand, Journey
from kiosk.demo.report import Report
from kiosk.messages.practice_codes import TRAINING_CARD
from kiosk.sample.people import SamplePerson
from kiosk.ui.journeys import Step

FIRST_CARD_S = 60.0
NEXT_CARD_S = 15.0
OWN_CAP_S = 120.0
FOREIGN_CAP_S = 600.0
ARRIVAL_S = 30.0
LIFT_S = 5.0

GOOD_ENDS = {Step.GOODBYE, Step.BLOCKED, Step.TURNED_AWAY, Step.UNCERTAIN, Step.TEAM_END}
"""Where a journey may lawfully end: a slip, a refusal that says why, or an honest `uncertain`."""
REFUSED_CARDS = {"ui.unreadable.bad_number", "devices.reader.lay_id_card", "devices.reader.at_the_desk"}
"""What is said of a card that was read well and is refused: nothing failed there."""
PRACTICE_ENDS = {Step.GOODBYE, Step.UNCERTAIN}
"""Practice refuses nobody, but its paper is as honest as any: a silent printer leaves it in doubt."""
TEAM = 2
"""Leader and friend."""
COUNTED = ("check_ins", "placements", "slips", "pending")
"""What practice leaves as it was."""
LEFT_BY_GO = {
    Step.GOODBYE,
    Step.TEAM_END,
    Step.TURNED_AWAY,
    Step.UNCERTAIN,
    Step.PAPER_OUT,
    Step.UNREADABLE,
    Step.TROUBLE,
}
"""Screens that a person leaves by the yellow plate; the others by the key 主页."""


@dataclass(frozen=True, slots=True)
class Guest:
    """One card of the morning: whose, and the job that person goes for (None: the best-fitting one).

    Whoever `brings` a friend leads him there; both have been at the kiosk or come to it alone first.
    """

    person: SamplePerson
    job: str | None
    brings: SamplePerson | None = None


class Morning:
    """Plays cards until none comes any more, with the bureau gone in the second half."""

    def __init__(self, door: Door, devices: Devices, bureau: DemoBureau, report: Report, out: Path) -> None:
        """Use these parts; nothing happens yet."""
        self._door = door
        self._devices = devices
        self._bureau = bureau
        self._report = report
        self._hand = Hand(door, out / "pictures", self._at_step)
        self._began = time.monotonic()
        self._while_down = 0
        self._told_before: dict[str, int] = {}
        """What the bureau had of other kiosks before the first card."""

    def play(self, guests: list[Guest]) -> None:
        """Play everything and fill the report."""
        self._see_home()
        if self._devices.is_foreign:
            self._play_foreign()
        else:
            self._play_own(guests)
        self._bring_bureau_back()
        self._count()

    def _see_home(self) -> None:
        began = time.monotonic()
        ready = self._hand.wait_until(
            partial(shows_work, self._door, is_foreign=self._devices.is_foreign), ARRIVAL_S
        )
        self._hand.photograph("home")
        look = self._door.look()
        there = self._bureau.counts()
        self._told_before = {name: there[name] - int(look[name]) for name in ("check_ins", "placements")}
        slips = look["slips"]
        self._report.printed_before = sum(1 for slip in slips if slip["state"] == "printed")
        self._report.add("the board is filled by sync", time.monotonic() - began, ok=ready is not None)

    def _play_own(self, guests: list[Guest]) -> None:
        self._practise()
        middle = len(guests) // 2
        for index, guest in enumerate(guests):
            if time.monotonic() - self._began > OWN_CAP_S:
                break
            if index == middle:
                self._take_bureau_away()
            self._play_guest(guest)

    def _practise(self) -> None:
        """Hold the training card before the scanner and go the whole way."""
        practise(self._door, self._hand, self._report, partial(self._devices.scanner.show, TRAINING_CARD))
        self._report.practised = self._papers()

    def _play_guest(self, guest: Guest) -> None:
        reader = self._devices.reader
        assert reader is not None, "an own reader is there"
        began, papers = time.monotonic(), self._papers()
        reader.lay(guest.person.card)
        journey = self._hand.follow(guest.job, partial(self._bring, guest.brings) if guest.brings else None)
        reader.lift()
        leave(self._door, self._hand, journey.end)
        if journey.end is Step.TEAM_END:  # behind the slips of all comes the list of who they are
            self._report.lists += [paper for paper in self._papers() if paper not in papers][TEAM:]
        self._tell(f"{guest.person.story} ({guest.person.key})", journey, time.monotonic() - began)

    def _bring(self, friend: SamplePerson) -> None:
        """Let the leader take his card away and a friend lay his own down, and see that he is in."""
        reader = self._devices.reader
        assert reader is not None, "an own reader is there"
        reader.lift()
        reader.lay(friend.card)
        self._hand.wait_until(lambda look: look["team"] == TEAM, LIFT_S)

    def _papers(self) -> list[str]:
        """Return the names of all papers that have come out, in order."""
        return sorted(paper.stem for paper in self._devices.paper_dir.glob("slip-*.png"))

    def _play_foreign(self) -> None:
        """Wait for cards that somebody else lays; one that stays lying does not hold the morning."""
        limit_s, number = FIRST_CARD_S, 0
        while time.monotonic() - self._began < FOREIGN_CAP_S:
            came = self._hand.wait_until(lambda look: look["step"] != Step.HOME, limit_s)
            if came is None:
                break
            number += 1
            began = time.monotonic()
            journey = self._hand.follow(None)
            if not journey.is_overtaken:
                leave(self._door, self._hand, journey.end)
            self._tell(f"card {number}", journey, time.monotonic() - began)
            limit_s = NEXT_CARD_S
        if number == 0:
            self._report.add("a card is laid on the reader", FIRST_CARD_S, ok=False)

    def _at_step(self, step: Step) -> None:
        """With foreign cards nobody knows which is the last, so the bureau goes away in the first journey."""
        if self._devices.is_foreign and step is not Step.READING and self._bureau.child is not None:
            self._take_bureau_away()

    def _tell(self, name: str, journey: Journey, seconds: float) -> None:
        self._report.add(f"{name}: {journey.told}", seconds, ok=is_good(journey))

    def _take_bureau_away(self) -> None:
        began = time.monotonic()
        self._bureau.stop()
        self._report.add("the bureau goes away", time.monotonic() - began)

    def _bring_bureau_back(self) -> None:
        if self._bureau.child is not None:
            self._take_bureau_away()
        if self._door.look()["pending"] == 0:
            self._call_help()
        self._while_down = int(self._door.look()["pending"])
        began = time.monotonic()
        if self._bureau.child is None:
            self._bureau.start()
        empty = self._hand.wait_until(lambda look: look["pending"] == 0, ARRIVAL_S)
        self._report.add(
            f"the bureau is back and {self._while_down} entries arrive",
            time.monotonic() - began,
            ok=empty is not None,
        )

    def _call_help(self) -> None:
        """Call an attendant, so that there is news even after a morning of nothing but refusals."""
        began = time.monotonic()
        self._door.tap("bar.help")
        waits = self._hand.wait_until(lambda look: look["pending"] > 0, LIFT_S)
        self._report.add("an attendant is called", time.monotonic() - began, ok=waits is not None)

    def _count(self) -> None:
        look = self._door.look()
        self._report.check_ins = int(look["check_ins"])
        self._report.placements = int(look["placements"])
        self._report.slips = list(look["slips"])
        self._report.pictures = self._hand.pictures
        there = self._bureau.counts()
        self._report.bureau = {
            "events": there["events"],
            **{name: there[name] - before for name, before in self._told_before.items()},
            "while_down": self._while_down,
        }


def is_good(journey: Journey) -> bool:
    """Return whether a journey ended as it lawfully may."""
    is_lawful = journey.end in GOOD_ENDS or journey.said in REFUSED_CARDS
    return journey.is_overtaken or (is_lawful and not journey.is_stuck)


def practise(door: Door, hand: Hand, report: Report, begin: Callable[[], None]) -> None:
    """Go the whole way in practice, which somebody begins by a card: nothing may have changed then."""
    hand.wait_until(lambda look: look["pending"] == 0, ARRIVAL_S)
    began, before = time.monotonic(), door.look()
    begin()
    journey = hand.follow(None)
    leave(door, hand, journey.end)
    after = door.look()
    nothing_counts = all(before[name] == after[name] for name in COUNTED)
    is_honest = nothing_counts and journey.end in PRACTICE_ENDS and not journey.is_stuck
    report.add(f"practice: {journey.told}", time.monotonic() - began, ok=is_honest)


def shows_work(door: Door, look: Answer, *, is_foreign: bool) -> bool:
    """Return whether the work that sync brought stands on the screen, not only in the database.

    A card that lay on a foreign reader before the first look has led past the first screen already.
    """
    if is_foreign and look["step"] != Step.HOME:
        return bool(look["jobs"])
    return bool(look["jobs"]) and door.read("home.places") not in {"", "0"}


def leave(door: Door, hand: Hand, end: Step) -> None:
    """Leave the last screen the way a person does, for the first one or for the card that waits already."""
    until = time.monotonic() + LIFT_S
    while time.monotonic() < until:
        step = Step(door.look()["step"])
        if step is Step.HOME or (step in COMES_WITH_A_CARD and step is not end):
            return
        door.tap("go" if step in LEFT_BY_GO else "bar.home")
        hand.wait_until(_left(step), 1.0)


def _left(step: str) -> Callable[[dict[str, object]], bool]:
    return lambda look: look["step"] != step
