"""What an employer's return part says, asked field by field, and the number of one whose code is torn."""

from __future__ import annotations

from datetime import date, time, timedelta

from kiosk.actions.follow_place import PartInHand, read_before, take_return_part
from kiosk.actions.outcome_ports import Answer
from kiosk.domain.ids import SlipNumber
from kiosk.domain.outcomes import Outcome, WhyNot
from kiosk.domain.slips import SlipKind, SlipSerial
from kiosk.ui.desk.asking import time_keyed
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet
from kiosk.ui.desk.slips import slip_tail
from kiosk.ui.presenting import dated, day_word, short_time, spoken

SERIAL_DIGITS = 10
"""Month and day, kiosk, counter, as they stand in a slip's number."""
MOST_FEN_DIGITS = 5
DAYS_OFFERED = 13
_NOT_SAID = "not_said"
_WHOLE_YEAR = timedelta(days=366)


class ReturnParts:
    """Asks what a part says; nothing is kept before the last answer."""

    def __init__(self, scene: DeskScene) -> None:
        """Ask through this scene."""
        self._scene = scene

    def ask_number(self) -> None:
        """Ask for the number of a part whose code cannot be read, and whether it is a referral."""
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("outcomes.number.ask"),
                sentence=say("outcomes.number.how"),
                go_word=say("desk.next"),
                choices=[Choice(kind.value, say(f"outcomes.number.{kind.value}")) for kind in SlipKind],
                keys=Keys.DIGITS,
                longest=SERIAL_DIGITS,
                hint=self._hint,
                is_whole=lambda text: self._serial(text, SlipKind.REFERRAL) is not None,
                done=self._ask_of_number,
            )
        )

    def ask(self, part: PartInHand) -> None:
        """Ask what the part says; of one that was read before, say when: that is no mistake of anybody."""
        say, known = self._scene.say(), read_before(self._scene.hall, part)
        if known is not None:
            self._scene.tell("known", spoken(say, known))
            return
        choices = [Choice(Outcome.HIRED.value, say("outcomes.hired"))]
        choices += [
            Choice(why.value, say("outcomes.not_hired"), say(f"outcomes.why.{why.value}")) for why in WhyNot
        ]
        self._scene.ask(
            Sheet(
                title=say("outcomes.part.ask", tail=slip_tail(part.slip)),
                sentence=say("outcomes.part.how"),
                go_word=say("desk.next"),
                choices=choices,
                done=lambda sheet: self._answered(part, sheet.choice),
            )
        )

    def _answered(self, part: PartInHand, choice: str) -> None:
        if choice == Outcome.HIRED.value:
            self._ask_day(part)
        else:
            self._keep(part, Answer(Outcome.NOT_HIRED, WhyNot(choice)))

    def _ask_day(self, part: PartInHand) -> None:
        say, today = self._scene.say(), self._scene.hall.today()
        first = max(part.day, today - timedelta(days=DAYS_OFFERED))
        days = [today - timedelta(days=back) for back in range((today - first).days + 1)]
        choices = [Choice(day.isoformat(), day_word(say, day, today)) for day in days]
        self._scene.ask(
            Sheet(
                title=say("outcomes.day.ask"),
                sentence=say("outcomes.as_written"),
                go_word=say("desk.next"),
                choices=[*choices, Choice(_NOT_SAID, say("outcomes.not_said"))],
                done=lambda sheet: (
                    self._ask_pay(part, None, None)
                    if sheet.choice == _NOT_SAID
                    else self._ask_time(part, date.fromisoformat(sheet.choice))
                ),
            )
        )

    def _ask_time(self, part: PartInHand, day: date) -> None:
        say = self._scene.say()

        def hint(text: str) -> str:
            at = time_keyed(text)
            if at:
                return short_time(at)
            return say("desk.time.no_such") if len(text) == 4 else say("desk.time.example")

        self._scene.ask(
            Sheet(
                title=say("outcomes.time.ask"),
                sentence=say("outcomes.as_written"),
                go_word=say("desk.next"),
                choices=[Choice(_NOT_SAID, say("outcomes.not_said"))],
                keys=Keys.DIGITS,
                keys_or_choice=True,
                longest=4,
                hint=hint,
                is_whole=lambda text: time_keyed(text) is not None,
                done=lambda sheet: self._ask_pay(part, day, time_keyed(sheet.typed)),
            )
        )

    def _ask_pay(self, part: PartInHand, day: date | None, at: time | None) -> None:
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("outcomes.pay.ask"),
                sentence=say("outcomes.pay.how"),
                go_word=say("desk.record"),
                choices=[Choice(_NOT_SAID, say("outcomes.not_said"))],
                keys=Keys.DIGITS,
                keys_or_choice=True,
                longest=MOST_FEN_DIGITS,
                hint=lambda text: say("outcomes.pay.yuan", yuan=int(text)) if text else "",
                is_whole=lambda text: bool(text) and int(text) > 0,
                done=lambda sheet: self._keep(
                    part,
                    Answer(Outcome.HIRED, None, day, at, int(sheet.typed) * 100 if sheet.typed else None),
                ),
            )
        )

    def _keep(self, part: PartInHand, answer: Answer) -> None:
        kept = take_return_part(self._scene.hall, part, answer, self._scene.staff())
        say = self._scene.say()
        word = "outcomes.done" if kept.placement else "outcomes.done_elsewhere"
        told = say("outcomes.hired" if answer.why is None else "outcomes.not_hired")
        self._scene.tell("ok", say(word, tail=slip_tail(part.slip), outcome=told))

    # --- a number instead of a code ----------------------------------------------------------------

    def _ask_of_number(self, sheet: Sheet) -> None:
        serial = self._serial(sheet.typed, SlipKind(sheet.choice))
        if serial is not None:
            self.ask(PartInHand(serial.number(), serial.day, is_keyed=True))

    def _hint(self, text: str) -> str:
        say, serial = self._scene.say(), self._serial(text, SlipKind.REFERRAL)
        if serial is not None:
            number = str(serial.number()).partition("-")[2]
            return say("outcomes.number.of", number=number, day=dated(say, serial.day))
        return say("outcomes.number.no_such" if len(text) == SERIAL_DIGITS else "outcomes.number.example")

    def _serial(self, text: str, kind: SlipKind) -> SlipSerial | None:
        """Return whose number these digits are: of this hall, and of the last such day there was."""
        if len(text) != SERIAL_DIGITS or not text.isdecimal():
            return None
        day = _last_day(text[:4], self._scene.hall.today())
        if day is None:
            return None
        return SlipSerial(kind, self._scene.hall.identity.station, day, int(text[4:6]), int(text[6:]))


def part_of(slip: SlipNumber, day: date) -> PartInHand:
    """Return a part as it is told without its code: somebody chose the place it belongs to."""
    return PartInHand(slip, day, is_keyed=True)


def _last_day(month_day: str, today: date) -> date | None:
    """Return the last day of this month and day until today, within a year; None where there was none."""
    for year in (today.year, today.year - 1):
        try:
            day = date(year, int(month_day[:2]), int(month_day[2:]))
        except ValueError:
            continue
        if today - _WHOLE_YEAR < day <= today:
            return day
    return None
