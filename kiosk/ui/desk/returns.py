"""The page of a return: who is back from a coach, who stays over, and who is not back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from kiosk.actions.compose_outing_papers import call_list
from kiosk.actions.count_return import Homecoming, close_return, home_of, homecoming_of, note_whereabouts
from kiosk.actions.outing_ports import Passenger
from kiosk.actions.ports import Records
from kiosk.actions.scan_readings import SlipReading, SlipShown
from kiosk.domain.boarding import is_of_this_time
from kiosk.domain.devices import Device
from kiosk.domain.duties import Act
from kiosk.domain.ids import SlipNumber, TripId
from kiosk.domain.returns import Whereabouts
from kiosk.ui.desk.asking import ask_reason, day_keyed
from kiosk.ui.desk.outing_words import WHERE_LAMPS, coach_words, passenger_words, where_of, where_words
from kiosk.ui.desk.page_watch import PageWatch
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet
from kiosk.ui.desk.slips import slip_tail
from kiosk.ui.presenting import day_of_a_year, spoken

STAY_REASONS = ("work_goes_on", "own_way", "lodging")
NIGHTS = (1, 2, 6)
"""Stays that are chosen by a touch, in days from today; any other last day is keyed."""
_OTHER_DAY = "other"
_BACK, _CLOSE, _PRINT, _TICK, _OUTING = "back", "close", "print", "tick", "outing"
_ORDER = (Whereabouts.MISSING, Whereabouts.OUT, Whereabouts.STAYED, Whereabouts.BACK)


class ReturnsPage:
    """Reached from the first page and from the coach: everybody who went out, who is not back first."""

    def __init__(self, scene: DeskScene) -> None:
        """Show no coach yet."""
        self._scene = scene
        self._trip: TripId | None = None
        self._chosen: SlipNumber | None = None
        self._printing = PageWatch(scene, lambda end: f"outing.paper.{end}")

    def face(self) -> Page:
        """Read the people of the coach; without one, the coaches from which not everybody is back."""
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            home = home_of(self._scene.hall, records, self._trip)
            if home is None:
                return self._all(records)
        people = sorted(home.people, key=lambda who: _ORDER.index(where_of(self._scene, home, who)))
        rows = tuple(self._row(home, who) for who in people)
        aside = say("return.count", back=len(home.count.back), count=home.count.expected)
        listed = Panel(coach_words(self._scene, home.outing.trip), aside, rows)
        chosen = next((who for who in people if who.slip == self._chosen), None)
        around = self._around(home, chosen) if chosen else ()
        beside = Panel(say("desk.roll.this"), "", around, say("desk.roll.choose"))
        return Page((listed, beside), plates=self._plates(home))

    def press(self, key: str) -> None:
        """Open a coach, choose somebody and say where he is, count, print, or go where something stands."""
        kind, _, subject = key.partition(":")
        acts: dict[str, Callable[[], None]] = {
            _BACK: lambda: self._scene.turn_to("today", ""),
            _TICK: self._ask_ticks,
            _CLOSE: self._ask_close,
            _PRINT: self._print,
        }
        if kind in acts:
            acts[kind]()
        elif kind == "trip":
            self._trip, self._chosen = TripId(subject), None
        elif kind == "person":
            self._chosen = SlipNumber(subject)
        elif kind in {"came", "undo"}:
            self._say([SlipNumber(subject)], Whereabouts.BACK if kind == "came" else Whereabouts.OUT)
        elif kind == "stays":
            self._ask_stay(SlipNumber(subject))
        else:
            self._scene.turn_to(kind, subject)

    def hear(self, reading: SlipReading) -> None:
        """A slip was held before the scanner: its holder is back from the coach that he went out with."""
        say, slip = self._scene.say(), reading.slip
        if slip is None:
            self._scene.tell("stop", spoken(say, reading.sentence))
            return
        with self._scene.hall.store.reading() as records:
            home = self._home_of(records, slip)
        if home is None:
            self._scene.tell("stop", say("return.scan.not_out", slip=slip_tail(slip.number)))
            return
        who = next(each for each in home.people if each.slip == slip.number)
        self._trip, self._chosen = home.outing.trip.id, who.slip
        if where_of(self._scene, home, who) is Whereabouts.BACK:
            self._scene.tell("warn", where_words(self._scene, home, who))
        else:
            self._say([who.slip], Whereabouts.BACK)

    def watch(self) -> None:
        """Look whether the list that was asked for has come out."""
        self._printing.watch()

    def forget(self) -> None:
        """Forget whoever was looked at here."""
        self._trip = self._chosen = None
        self._printing.forget()

    # --- what is shown --------------------------------------------------------------------------

    def _home_of(self, records: Records, slip: SlipShown) -> Homecoming | None:
        """Return the outing that a slip went with: the one shown, or any from which not all are back."""
        shown = home_of(self._scene.hall, records, self._trip)
        known = [*([shown.outing] if shown else []), *records.outings.unsettled()]
        outings = (each for each in known if is_of_this_time(each.trip, slip.day))
        homes = (homecoming_of(self._scene.hall, records, outing) for outing in outings)
        return next((home for home in homes if slip.number in {each.slip for each in home.people}), None)

    def _all(self, records: Records) -> Page:
        say, hall = self._scene.say(), self._scene.hall
        homes = [homecoming_of(hall, records, outing) for outing in records.outings.unsettled()]
        rows = tuple(
            Row(
                key=f"trip:{home.outing.trip.id}",
                lamp="warn" if home.count.is_open and home.due_at <= hall.now() else "waiting",
                head=coach_words(self._scene, home.outing.trip),
                note=say("return.not_back", count=len(home.not_back)),
                act=say("desk.to_do.look"),
            )
            for home in homes
        )
        listed = Panel(say("return.title"), "", rows, say("return.all_back"))
        return Page((listed,), plates=(Plate(_BACK, say("desk.roll.back")),))

    def _row(self, home: Homecoming, who: Passenger) -> Row:
        return Row(
            key=f"person:{who.slip}",
            lamp=WHERE_LAMPS[where_of(self._scene, home, who)],
            head=passenger_words(self._scene, who),
            note=where_words(self._scene, home, who),
            is_chosen=who.slip == self._chosen,
        )

    def _around(self, home: Homecoming, who: Passenger) -> tuple[Row, ...]:
        """Return what may be said of somebody, and what belongs to him, each with what leads there."""
        say, look = self._scene.say(), self._scene.say()("desk.to_do.look")
        where = where_of(self._scene, home, who)
        rows = []
        if where is Whereabouts.BACK:
            rows.append(self._said("undo", who, where_words(self._scene, home, who)))
        else:
            rows += [self._said(kind, who, say(f"return.{kind}_note")) for kind in ("came", "stays")]
        rows.append(Row(f"slips:{who.slip}", head=say("return.slip"), note=who.slip, act=look))
        if who.worker and who.number_tail:
            name = self._scene.named(who.name, who.number_tail)
            rows.append(Row(f"people:{who.worker}", head=name, note=say("desk.roll.papers"), act=look))
        rows.append(
            Row(
                f"{_OUTING}:trip:{home.outing.trip.id}",
                head=coach_words(self._scene, home.outing.trip),
                note=say("outing.title"),
                act=look,
            )
        )
        return tuple(rows)

    def _said(self, kind: str, who: Passenger, head: str) -> Row:
        """Return a row whose button says of somebody where he is."""
        word = self._scene.say()(f"return.{kind}")
        return Row(f"{kind}:{who.slip}", head=head, act=word, duty=Act.COUNT_RETURN)

    def _plates(self, home: Homecoming) -> tuple[Plate, ...]:
        say = self._scene.say()
        may_print = self._scene.health.device(Device.PRINTER).may_be_used and not self._printing.is_waiting
        is_out, is_open = bool(home.count.out), home.count.is_open
        return (
            Plate(_BACK, say("desk.roll.back")),
            Plate(_PRINT, say("return.call_list"), is_ready=may_print and is_open, duty=Act.PRINT_OUTING),
            Plate(_CLOSE, say("return.close"), is_ready=is_out, duty=Act.COUNT_RETURN),
            Plate(_TICK, say("return.tick"), is_main=True, is_ready=is_open, duty=Act.COUNT_RETURN),
        )

    # --- what is asked --------------------------------------------------------------------------

    def _ask_ticks(self) -> None:
        """Ask who of those that are not back stands here now."""
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            home = home_of(self._scene.hall, records, self._trip)
        not_back = home.not_back if home else ()
        choices = [Choice(who.slip, passenger_words(self._scene, who)) for who in not_back]
        self._scene.ask(
            Sheet(
                title=say("return.tick"),
                sentence=say("return.tick_how", count=len(choices)),
                go_word=say("return.tick_go"),
                choices=choices,
                takes_many=True,
                done=lambda sheet: self._say([SlipNumber(slip) for slip in sheet.chosen], Whereabouts.BACK),
            )
        )

    def _ask_stay(self, slip: SlipNumber) -> None:
        say = self._scene.say()
        ask_reason(
            self._scene,
            title=say("return.stays"),
            consequence=say("return.stay_why"),
            reasons=[f"return.stay.{name}" for name in STAY_REASONS],
            go_word=say("desk.next"),
            then=lambda reason: self._ask_until(slip, reason),
        )

    def _ask_until(self, slip: SlipNumber, reason: str) -> None:
        say, today = self._scene.say(), self._scene.hall.today()
        days = [today + timedelta(days=nights) for nights in NIGHTS]
        choices = [Choice(day.isoformat(), day_of_a_year(say, day)) for day in days]
        self._scene.ask(
            Sheet(
                title=say("return.stays"),
                sentence=say("return.until"),
                go_word=say("return.stays"),
                choices=[*choices, Choice(_OTHER_DAY, say("return.other_day"))],
                done=lambda sheet: (
                    self._ask_day(slip, reason)
                    if sheet.choice == _OTHER_DAY
                    else self._stay(slip, reason, date.fromisoformat(sheet.choice))
                ),
            )
        )

    def _ask_day(self, slip: SlipNumber, reason: str) -> None:
        say, today = self._scene.say(), self._scene.hall.today()

        def day(text: str) -> date | None:
            keyed = day_keyed(text)
            return keyed if keyed is not None and keyed >= today else None

        def hint(text: str) -> str:
            keyed = day(text)
            if keyed is not None:
                return day_of_a_year(say, keyed)
            return say("desk.day.no_such") if len(text) == 8 else say("desk.day.example")

        def done(sheet: Sheet) -> None:
            keyed = day(sheet.typed)
            if keyed is not None:
                self._stay(slip, reason, keyed)

        self._scene.ask(
            Sheet(
                title=say("return.stays"),
                sentence=say("return.until"),
                go_word=say("return.stays"),
                keys=Keys.DIGITS,
                longest=8,
                hint=hint,
                is_whole=lambda text: day(text) is not None,
                done=done,
            )
        )

    def _ask_close(self) -> None:
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            home = home_of(self._scene.hall, records, self._trip)
        if home is not None:
            self._scene.ask(
                Sheet(
                    title=say("return.close"),
                    sentence=say("return.close_means", count=len(home.count.out)),
                    go_word=say("return.close"),
                    done=lambda _sheet: self._close(home.outing.trip.id),
                )
            )

    # --- what is done ---------------------------------------------------------------------------

    def _say(
        self,
        slips: Sequence[SlipNumber],
        where: Whereabouts,
        reason: str = "",
        until: date | None = None,
    ) -> None:
        if self._trip is None or not slips:
            return
        count = note_whereabouts(
            self._scene.hall, self._trip, slips, where, self._scene.staff(), reason=reason, until=until
        )
        left = len(count.out) + len(count.missing)
        say = self._scene.say()
        if left:
            self._scene.tell("now", say("return.left", count=left))
        else:
            self._scene.tell("ok", say("return.nobody_left"))

    def _stay(self, slip: SlipNumber, reason: str, until: date) -> None:
        self._say([slip], Whereabouts.STAYED, reason, until)

    def _close(self, trip: TripId) -> None:
        count = close_return(self._scene.hall, trip, self._scene.staff())
        say = self._scene.say()
        missing = len(count.missing)
        self._scene.tell("warn" if missing else "ok", say("return.closed", count=missing))
        if missing and self._scene.health.device(Device.PRINTER).may_be_used:
            self._print()

    def _print(self) -> None:
        if self._trip is None:
            return
        paper = call_list(self._scene.hall, self._trip)
        if paper is not None:
            self._printing.begin(self._scene.health.print_outing(paper, self._scene.staff()))
