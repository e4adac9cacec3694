"""The page of a coach's door: what it says to whoever comes, how many are in, and who is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from kiosk.actions.attend_class import published_course
from kiosk.actions.call_riders import call_missing
from kiosk.actions.come_to_door import (
    BoardingRoll,
    DoorAnswer,
    boarding_roll,
    come_by_hand,
    come_with_card,
    come_with_paper,
    open_door,
)
from kiosk.actions.door_ports import Holding, Rider
from kiosk.actions.recognise import Recognition, recognise
from kiosk.actions.scan_readings import CardReading, Reading
from kiosk.domain.boarding import Answer
from kiosk.domain.cards import IdentityCard
from kiosk.domain.clock import clock_text
from kiosk.domain.duties import Act
from kiosk.domain.identity import mask_name
from kiosk.domain.ids import SlipNumber, TripId
from kiosk.domain.trips import Trip
from kiosk.ui.desk.pages import Page, Panel, Plate, Row, Sign, untouchable
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet
from kiosk.ui.presenting import is_chinese

SAID_S = 20
"""So long an answer stands; then the sign asks the next one for his paper."""
_DIGITS = 4
_LAMPS = {Answer.WELCOME: "ok", Answer.ALREADY_ABOARD: "warn"}
_BACK, _CALL, _BY_HAND = "back", "call", "by_hand"


class DoorPage:
    """Holds one coach, the last answer, and the card on the reader, for as long as it lies there."""

    def __init__(self, scene: DeskScene) -> None:
        """Be the door of nothing yet."""
        self._scene = scene
        self._trip: TripId | None = None
        self._said: Sign | None = None
        self._said_s = 0.0
        self._card: Recognition | None = None
        self._is_over = False

    @property
    def is_standing(self) -> bool:
        """Return whether people are let into a coach from this page now."""
        return self._trip is not None and not self._is_over

    def face(self) -> Page:
        """Read how far the boarding has come."""
        trip = self._trip
        if trip is None:
            return Page(())
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            coach, roll = records.board.trip(trip), boarding_roll(records, trip)
            calls = records.riders.calls(trip)
            self._is_over = records.doors.holding(trip) is not Holding.OPEN
        sign = self._counted(self._said or self._ready(), roll)
        rows = tuple(self._row(rider, calls.get(rider.slip)) for rider in roll.missing)
        count = say("door.missing.count", count=len(rows))
        missing = Panel(say("door.missing"), count, rows, say("door.missing.none"))
        plates = (
            Plate(_BACK, say("door.back")),
            Plate(_CALL, say("door.call"), is_ready=bool(rows), duty=Act.CALL_RIDERS),
            Plate(_BY_HAND, say("door.by_hand"), is_main=True, duty=Act.BOARD_BY_HAND),
        )
        title = coach_title(coach) if coach else ""
        bay = say("door.bay", bay=coach.bay) if coach else ""
        return Page((Panel(title, bay, sign=sign), missing), plates=plates)

    def standing_face(self) -> Page:
        """Return the page as it stands while nobody is signed in."""
        standing = Row(lamp="ok", head=self._word("standing"))
        return replace(untouchable(self.face()), foot=(standing,))

    def press(self, key: str) -> None:
        """Begin with a coach, find somebody by a number, or go back to the people of the coach."""
        kind, _, subject = key.partition(":")
        if kind == "trip":
            open_door(self._scene.hall, TripId(subject), self._scene.staff())
            self.forget()
            self._trip = TripId(subject)
        elif kind == "seat":
            self._ask_whether(SlipNumber(subject))
        elif kind == _BY_HAND:
            self._ask_number()
        elif kind == _CALL and self._trip is not None:
            count = call_missing(self._scene.hall, self._trip, self._scene.staff())
            self._scene.tell("ok", self._scene.say()("door.called", count=count))
        elif kind == _BACK and self._trip is not None:
            self._scene.turn_to("roll", f"coach:{self._trip}")

    def forget(self) -> None:
        """Be the door of nothing any more, and forget whose card lies there."""
        self._trip, self._card, self._said, self._is_over = None, None, None, False

    # --- who comes ------------------------------------------------------------------------------

    def hear_paper(self, reading: Reading) -> None:
        """Answer a scanned code, at the moment it is scanned."""
        if isinstance(reading, CardReading):
            self._say_answer(DoorAnswer(Answer.NOT_GENUINE))
        else:
            self._answer(lambda trip: come_with_paper(self._scene.hall, trip, reading, self._card))

    def card_laid(self, card: IdentityCard) -> None:
        """Answer a card; it is compared with each slip that is scanned while it lies there."""
        met = recognise(self._scene.hall, card)
        self._card = met
        self._answer(lambda trip: come_with_card(self._scene.hall, trip, met))

    def card_lifted(self) -> None:
        """Forget whose card it was."""
        self._card = None

    def not_read(self) -> None:
        """Say that a card or code could not be read."""
        self._show(Sign("warn", self._word("head.unreadable"), self._word("note.unreadable")))

    def watch(self, monotonic_s: float) -> None:
        """Take an answer away that has stood long enough."""
        if self._said is not None and monotonic_s - self._said_s >= SAID_S:
            self._said = None

    def _answer(self, asked: Callable[[TripId], DoorAnswer]) -> None:
        if self._trip is not None:
            self._say_answer(asked(self._trip))

    def _say_answer(self, said: DoorAnswer) -> None:
        is_in = said.word in {Answer.WELCOME, Answer.ALREADY_ABOARD}
        seat = str(said.seat) if is_in and said.seat else ""
        self._show(
            Sign(
                lamp=_LAMPS.get(said.word, "stop"),
                head=self._word(f"head.{said.word.value}"),
                note=self._note(said),
                figure=seat,
                figure_word=self._word("seat") if seat else "",
            )
        )

    def _show(self, sign: Sign) -> None:
        self._said, self._said_s = sign, self._scene.hall.clock.monotonic()

    # --- words ----------------------------------------------------------------------------------

    def _word(self, key: str) -> str:
        return self._scene.say()(f"door.{key}")

    def _ready(self) -> Sign:
        return Sign("waiting", self._word("head.ready"), self._word("note.ready"))

    def _counted(self, sign: Sign, roll: BoardingRoll) -> Sign:
        count = f"{roll.aboard}/{roll.listed}"
        return Sign(
            sign.lamp, sign.head, sign.note, sign.figure, sign.figure_word, count, self._word("aboard")
        )

    def _note(self, said: DoorAnswer) -> str:
        notes: Mapping[Answer, Callable[[DoorAnswer], str]] = {
            Answer.WELCOME: self._who,
            Answer.ALREADY_ABOARD: self._since_when,
            Answer.WRONG_COACH: self._own_coach,
            Answer.NOT_TAUGHT: self._class,
            Answer.ELSEWHERE: self._elsewhere,
        }
        note = notes.get(said.word)
        return note(said) if note else self._word(f"note.{said.word.value}")

    def _who(self, said: DoorAnswer) -> str:
        if not said.seat:
            return self._word("note.welcome_seat_on_slip")
        number = self._scene.say()("door.note.welcome", number=said.queue_number) if said.queue_number else ""
        return "  ".join(part for part in (number, mask_name(said.name) if said.name else "") if part)

    def _since_when(self, said: DoorAnswer) -> str:
        if said.at is None:
            return self._word("note.already_aboard_before")
        return self._scene.say()("door.note.already_aboard", at=self._scene.at(said.at))

    def _own_coach(self, said: DoorAnswer) -> str:
        coach = said.coach
        assert coach is not None, "another coach is one that is known"
        at, to = clock_text(coach.departs_at), coach.destination
        if said.seat is not None:
            words = "door.note.wrong_coach_seat"
            return self._scene.say()(words, time=at, destination=to, bay=coach.bay, seat=said.seat)
        return self._scene.say()("door.note.wrong_coach", time=at, destination=to, bay=coach.bay)

    def _class(self, said: DoorAnswer) -> str:
        title = self._class_title(said.hazard_class)
        if not title:
            return self._word("note.not_taught_unnamed")
        return self._scene.say()("door.note.not_taught", title=title)

    def _elsewhere(self, _: DoorAnswer) -> str:
        with self._scene.hall.store.reading() as records:
            coach = records.board.trip(self._trip) if self._trip else None
        if coach is None or not coach.door_at:
            return self._word("note.elsewhere_nobody")
        return self._scene.say()("door.note.elsewhere", kiosk=coach.door_at)

    def _class_title(self, hazard_class: str) -> str:
        course = published_course(self._scene.hall, hazard_class) if hazard_class else None
        if course is None:
            return ""
        return course.title.zh if is_chinese(self._scene.say()) else course.title.en

    def _row(self, rider: Rider, called_at: datetime | None = None) -> Row:
        number = rider.queue_number or rider.slip[-_DIGITS:]
        name = mask_name(rider.name) if rider.name else ""
        return Row(
            key=f"seat:{rider.slip}",
            head=f"{number}  {name}".rstrip(),
            note=self._scene.say()("door.called_at", at=self._scene.at(called_at)) if called_at else "",
            aside=self._scene.say()("door.person", seat=rider.seat),
            duty=Act.BOARD_BY_HAND,
        )

    # --- by hand --------------------------------------------------------------------------------

    def _missing(self) -> Sequence[Rider]:
        if self._trip is None:
            return ()
        with self._scene.hall.store.reading() as records:
            return boarding_roll(records, self._trip).missing

    def _ask_number(self) -> None:
        self._scene.ask(
            Sheet(
                title=self._word("by_hand"),
                sentence=self._word("by_hand.ask"),
                go_word=self._word("by_hand.find"),
                keys=Keys.NUMBER,
                longest=_DIGITS,
                done=self._find,
            )
        )

    def _find(self, sheet: Sheet) -> None:
        found = [rider for rider in self._missing() if _is_meant(rider, sheet.typed)]
        if not found:
            self._scene.tell("stop", self._word("by_hand.nobody"))
        elif len(found) == 1:
            self._ask_whether(found[0].slip)
        else:
            self._ask_which(found)

    def _ask_which(self, found: Sequence[Rider]) -> None:
        rows = {rider.slip: self._row(rider) for rider in found}
        self._scene.ask(
            Sheet(
                title=self._word("by_hand"),
                sentence=self._word("by_hand.several"),
                go_word=self._word("by_hand.find"),
                choices=[Choice(slip, row.head, row.aside) for slip, row in rows.items()],
                done=lambda sheet: self._ask_whether(SlipNumber(sheet.choice)),
            )
        )

    def _ask_whether(self, slip: SlipNumber) -> None:
        rider = next((item for item in self._missing() if item.slip == slip), None)
        if rider is None:
            return
        number = rider.queue_number or rider.slip[-_DIGITS:]
        name = self._scene.named(rider.name, rider.number_tail) if rider.number_tail else number
        asked = "check" if rider.number_tail else "check_ticket"
        self._scene.ask(
            Sheet(
                title=name,
                sentence=self._scene.say()(f"door.by_hand.{asked}", number=number, seat=rider.seat),
                go_word=self._word("by_hand.go"),
                done=lambda _: self._let_in(slip),
            )
        )

    def _let_in(self, slip: SlipNumber) -> None:
        self._answer(lambda trip: come_by_hand(self._scene.hall, trip, slip, self._scene.staff()))


def coach_title(coach: Trip) -> str:
    """Return a coach by when and where to."""
    return f"{clock_text(coach.departs_at)} {coach.destination}"


def _is_meant(rider: Rider, typed: str) -> bool:
    """Return whether these are the last four of somebody's card, or the digits of his number of the day."""
    digits = "".join(sign for sign in rider.queue_number if sign.isdecimal()).lstrip("0")
    return typed.upper() == rider.number_tail or (typed.isdecimal() and typed.lstrip("0") == digits != "")
