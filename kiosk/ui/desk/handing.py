"""The questions of a hand-over: how it is known, how many were counted, when, by whom, and the signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.actions.hand_duty import Told, expected_at, hand_duty
from kiosk.actions.outing_ports import Outing
from kiosk.domain.clock import hall_time, instant_of
from kiosk.domain.segments import Boundary, HandOver, Proof
from kiosk.ui.desk.asking import ask_reason, time_keyed
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet
from kiosk.ui.presenting import day_word

EXCEPTIONS = ("absent", "left_early", "joined")
NAME_LENGTH = 8
_MOST_DIGITS = 3
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """What has been answered so far of one hand-over; `expected` are on the list."""

    outing: Outing
    told: Told
    expected: int


class Handing:
    """One hand-over after another, a question a sheet; nothing is kept before the last one is answered."""

    def __init__(self, scene: DeskScene, then: Callable[[HandOver], None]) -> None:
        """Ask through this scene; `then` hears of what was kept."""
        self._scene = scene
        self._then = then

    def ask(self, outing: Outing, boundary: Boundary) -> None:
        """Begin with how the hand-over is known."""
        with self._scene.hall.store.reading() as records:
            expected = expected_at(self._scene.hall, records, outing.trip.id, boundary)
        say = self._scene.say()
        choices = [Choice(proof.value, say(f"outing.proof.{proof.value}")) for proof in Proof]

        def answered(sheet: Sheet) -> None:
            told = Told(boundary, expected, "", Proof(sheet.choice), place=self._place(outing, boundary))
            self._ask_count(Asked(outing, told, expected))

        self._scene.ask(
            Sheet(
                title=self._title(boundary),
                sentence=say("outing.listed", count=expected),
                go_word=say("desk.next"),
                choices=choices,
                done=answered,
            )
        )

    def ask_sheet(self, outing: Outing, printed: int) -> None:
        """Ask about an arrival whose signed sheet came back; `printed` people stand on it."""
        with self._scene.hall.store.reading() as records:
            expected = expected_at(self._scene.hall, records, outing.trip.id, Boundary.ARRIVAL)
        say = self._scene.say()
        told = Told(Boundary.ARRIVAL, expected, "", Proof.PAPER, place=self._place(outing, Boundary.ARRIVAL))
        asked = Asked(outing, told, expected)

        def answered(sheet: Sheet) -> None:
            (self._ask_time if sheet.choice == _ALL else self._ask_count)(asked)

        self._scene.ask(
            Sheet(
                title=self._title(Boundary.ARRIVAL),
                sentence=say("outing.sheet.printed", count=printed),
                go_word=say("desk.next"),
                choices=[
                    Choice(_ALL, say("outing.sheet.all", count=expected)),
                    Choice("other", say("outing.sheet.other")),
                ],
                done=answered,
            )
        )

    def _ask_count(self, asked: Asked) -> None:
        say = self._scene.say()

        def hint(text: str) -> str:
            missing = asked.expected - int(text) if text else 0
            if not text or not missing:
                return say("outing.listed", count=asked.expected)
            return say("outing.fewer" if missing > 0 else "outing.more", count=abs(missing))

        def answered(sheet: Sheet) -> None:
            counted = replace(asked, told=replace(asked.told, headcount=int(sheet.typed)))
            if counted.told.proof is Proof.SIGNED:
                self._ask_why(counted)
            else:
                self._ask_time(counted)

        self._scene.ask(
            Sheet(
                title=self._title(asked.told.boundary),
                sentence=say("outing.how_many"),
                go_word=say("desk.next"),
                keys=Keys.DIGITS,
                longest=_MOST_DIGITS,
                hint=hint,
                done=answered,
            )
        )

    def _ask_time(self, asked: Asked) -> None:
        say, today = self._scene.say(), self._scene.hall.today()

        def hint(text: str) -> str:
            at = instant_keyed(self._scene, text)
            if at is None:
                return say("outing.time_how")
            local = hall_time(at)
            return f"{day_word(say, local.date(), today)} {local:%H:%M}"

        def answered(sheet: Sheet) -> None:
            at = instant_keyed(self._scene, sheet.typed)
            self._ask_why(replace(asked, told=replace(asked.told, at=at)))

        self._scene.ask(
            Sheet(
                title=self._title(asked.told.boundary),
                sentence=say("outing.when"),
                go_word=say("desk.next"),
                keys=Keys.DIGITS,
                longest=4,
                hint=hint,
                is_whole=lambda text: instant_keyed(self._scene, text) is not None,
                done=answered,
            )
        )

    def _ask_why(self, asked: Asked) -> None:
        """Ask why another number was counted than is on the list, where it is so."""
        if asked.told.headcount == asked.expected:
            self._ask_name(asked)
            return
        say = self._scene.say()
        ask_reason(
            self._scene,
            title=self._title(asked.told.boundary),
            consequence=say("outing.why_not_all", count=asked.told.headcount, of=asked.expected),
            reasons=[f"outing.exception.{name}" for name in EXCEPTIONS],
            go_word=say("desk.next"),
            then=lambda reason: self._ask_name(replace(asked, told=replace(asked.told, exceptions=reason))),
        )

    def _ask_name(self, asked: Asked) -> None:
        say = self._scene.say()
        taker = say(f"outing.party.{asked.told.boundary.taker.value}")

        def answered(sheet: Sheet) -> None:
            named = replace(asked, told=replace(asked.told, signer=sheet.typed))
            if named.told.proof is Proof.SIGNED:
                self._ask_signature(named)
            else:
                self._keep(named)

        self._scene.ask(
            Sheet(
                title=self._title(asked.told.boundary),
                sentence=say("outing.who", party=taker),
                go_word=say("desk.next" if asked.told.proof is Proof.SIGNED else "outing.keep"),
                keys=Keys.HANZI,
                longest=NAME_LENGTH,
                done=answered,
            )
        )

    def _ask_signature(self, asked: Asked) -> None:
        say = self._scene.say()
        counted, taker = asked.told.headcount, say(f"outing.party.{asked.told.boundary.taker.value}")
        self._scene.ask(
            Sheet(
                title=say("outing.sign", name=asked.told.signer),
                sentence=say("outing.sign_means", count=counted, party=taker),
                go_word=say("outing.keep"),
                keys=Keys.STROKES,
                done=lambda sheet: self._keep(
                    replace(asked, told=replace(asked.told, signature=sheet.drawing.signature))
                ),
            )
        )

    def _keep(self, asked: Asked) -> None:
        trip = asked.outing.trip.id
        self._then(hand_duty(self._scene.hall, trip, asked.told, self._scene.staff()))

    def _title(self, boundary: Boundary) -> str:
        say = self._scene.say()
        return say(
            f"outing.boundary.{boundary.value}",
            giver=say(f"outing.party.{boundary.giver.value}"),
            taker=say(f"outing.party.{boundary.taker.value}"),
        )

    def _place(self, outing: Outing, boundary: Boundary) -> str:
        is_here = boundary in {Boundary.DEPARTURE, Boundary.RETURN}
        return self._scene.hall.identity.station_name if is_here else outing.trip.destination


def instant_keyed(scene: DeskScene, text: str) -> datetime | None:
    """Return the last time at which a clock showed these four digits, today or yesterday; None for others."""
    at = time_keyed(text)
    if at is None:
        return None
    today = scene.hall.today()
    instant = instant_of(today, at)
    return instant if instant <= scene.hall.now() else instant_of(today - timedelta(days=1), at)
