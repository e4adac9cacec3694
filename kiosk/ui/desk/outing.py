"""The page of a coach on its way: who answers from when to when, what befell people, what is to be signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from kiosk.actions.compose_outing_papers import arrival_sheet
from kiosk.actions.count_return import Homecoming, home_of
from kiosk.actions.faults import Refused
from kiosk.actions.scan_readings import ArrivalReading
from kiosk.domain.devices import Device
from kiosk.domain.duties import Act
from kiosk.domain.identity import mask_name
from kiosk.domain.ids import TripId
from kiosk.domain.incidents import Incident
from kiosk.domain.segments import Boundary, Fault, Flaw, HandOver, flaws, in_force, in_order, next_boundary
from kiosk.domain.sentences import Sentence
from kiosk.ui.desk.handing import Handing
from kiosk.ui.desk.incidents import IncidentNotes
from kiosk.ui.desk.outing_words import coach_words
from kiosk.ui.desk.page_watch import PageWatch
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.kept_words import retold

_BACK, _HAND, _INCIDENT, _PRINT, _CLOSE, _LATER = "back", "hand", "incident", "print", "close", "later:"


class OutingPage:
    """Reached from the people of a coach and from the first page."""

    def __init__(self, scene: DeskScene) -> None:
        """Show no coach yet."""
        self._scene = scene
        self._trip: TripId | None = None
        self._handing = Handing(scene, self._handed)
        self._notes = IncidentNotes(scene)
        self._printing = PageWatch(scene, lambda end: f"outing.paper.{end}")

    def face(self) -> Page:
        """Read who answered when, what befell people, and who is back."""
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            home = home_of(self._scene.hall, records, self._trip)
            if home is None:
                empty = Panel(say("outing.title"), "", (), say("outing.nobody"))
                return Page((empty,), plates=(Plate(_BACK, say("desk.roll.back")),))
            trip = home.outing.trip.id
            handed, befell = records.outings.hand_overs(trip), records.outings.incidents(trip)
        now = self._scene.hall.now()
        party = say(f"outing.party.{in_force(handed, now).value}")
        aside = say("outing.answers_now", party=party)
        answers = Panel(coach_words(self._scene, home.outing.trip), aside, tuple(self._answers(home, handed)))
        incidents = Panel(
            say("incident.title"), "", tuple(self._incidents(befell)), say("incident.none_known")
        )
        return Page((answers, incidents), plates=self._plates(handed))

    def press(self, key: str) -> None:
        """Open a coach, hand over, note or close an incident, print, or go to the people."""
        kind, _, subject = key.partition(":")
        acts: dict[str, Callable[[], None]] = {
            _BACK: lambda: self._scene.turn_to("today", ""),
            _HAND: self._ask_hand_over,
            _INCIDENT: self._ask_incident,
            _PRINT: self._print,
        }
        if kind in acts:
            acts[kind]()
        elif kind == "trip":
            self._trip = TripId(subject)
        elif kind == "later" and self._trip:
            self._ask_hand_over(Boundary(subject))
        elif kind == _CLOSE and self._trip:
            self._notes.ask_close(self._trip, subject)
        else:
            self._scene.turn_to(kind, subject)

    def hear(self, reading: ArrivalReading) -> None:
        """The sheet came back: ask how many arrived, or say what stands of it already. Raises Refused."""
        say, sheet = self._scene.say(), reading.arrival
        if sheet is None:
            raise Refused(reading.sentence)
        with self._scene.hall.store.reading() as records:
            outing = records.outings.of(sheet.trip)
            handed = records.outings.hand_overs(sheet.trip)
        if outing is None:
            raise Refused(Sentence("outing.sheet.not_from_here", {"day": sheet.day}))
        self._trip = sheet.trip
        known = next((each for each in handed if each.boundary is Boundary.ARRIVAL), None)
        if known is None:
            self._handing.ask_sheet(outing, sheet.expected)
        else:
            at, count = self._scene.at(known.at), known.headcount
            self._scene.tell("known", say("outing.sheet.known", at=at, count=count))

    def watch(self) -> None:
        """Look whether the sheet that was asked for has come out."""
        self._printing.watch()

    def forget(self) -> None:
        """Look at no coach any more."""
        self._trip = None
        self._printing.forget()

    # --- what is shown --------------------------------------------------------------------------

    def _answers(self, home: Homecoming, handed: Sequence[HandOver]) -> Iterator[Row]:
        """Yield the assembly, each boundary, what nobody or two cover, and the way to who is back."""
        say, hall = self._scene.say(), self._scene.hall
        opened = home.outing.opened_at
        yield Row(
            lamp="ok",
            head=say("outing.assembly", party=say("outing.party.operator")),
            note=say("outing.aboard", count=home.count.expected),
            aside=self._scene.at(opened),
        )
        told = {each.boundary: each for each in in_order(handed)}
        ends = max((each.at for each in handed), default=opened)
        until = ends if Boundary.RETURN in told else hall.now()
        for boundary in Boundary:
            yield self._handed_row(told[boundary]) if boundary in told else self._open_row(boundary, handed)
        yield from (self._flaw(flaw) for flaw in flaws(handed, opened, until))
        yield Row(
            key=f"returns:trip:{home.outing.trip.id}",
            lamp=_return_lamp(home, is_due=home.due_at <= hall.now()),
            head=say("return.title"),
            note=say("return.count", back=len(home.count.back), count=home.count.expected),
            act=say("desk.to_do.look"),
        )

    def _handed_row(self, each: HandOver) -> Row:
        say = self._scene.say()
        known = say(f"outing.known.{each.proof.value}", name=mask_name(each.signer))
        count = say("outing.counted", count=each.headcount, of=each.expected)
        parts = [count, known, *([retold(say, each.exceptions)] if each.exceptions else [])]
        return Row(
            lamp="warn" if each.headcount != each.expected else "ok",
            head=self._boundary(each.boundary),
            note=" · ".join(parts),
            aside=self._scene.at(each.at),
        )

    def _open_row(self, boundary: Boundary, handed: Sequence[HandOver]) -> Row:
        """Return a boundary nobody told of: the next one, one that was left out, or one still ahead."""
        say, following = self._scene.say(), next_boundary(handed)
        order = list(Boundary)
        is_left_out = following is None or order.index(boundary) < order.index(following)
        return Row(
            key=f"{_LATER}{boundary.value}" if is_left_out else "",
            lamp="stop" if is_left_out else "now" if boundary is following else "waiting",
            head=self._boundary(boundary),
            note=say("outing.left_out" if is_left_out else "outing.ahead"),
            act=say("outing.tell_later") if is_left_out else "",
            duty=Act.HAND_DUTY if is_left_out else None,
        )

    def _flaw(self, flaw: Flaw) -> Row:
        say = self._scene.say()
        parties = say("desk.comma").join(say(f"outing.party.{party.value}") for party in flaw.parties)
        span = f"{self._scene.at(flaw.begins)}–{self._scene.at(flaw.until)}"
        kind = "gap" if flaw.fault is Fault.GAP else "overlap"
        note = say(f"outing.flaw.{kind}_note", parties=parties)
        return Row(lamp="stop", head=say(f"outing.flaw.{kind}", span=span), note=note, aside=self._long(flaw))

    def _long(self, flaw: Flaw) -> str:
        minutes = flaw.lasts // timedelta(minutes=1)
        say = self._scene.say()
        if minutes < 60:
            return say("outing.minutes", count=minutes)
        return say("outing.hours", hours=minutes // 60, count=minutes % 60)

    def _incidents(self, befell: Sequence[Incident]) -> Iterator[Row]:
        for incident in befell:
            yield self._notes.row(incident, f"{_CLOSE}:{incident.id}")

    def _boundary(self, boundary: Boundary) -> str:
        say = self._scene.say()
        return say(
            f"outing.boundary.{boundary.value}",
            giver=say(f"outing.party.{boundary.giver.value}"),
            taker=say(f"outing.party.{boundary.taker.value}"),
        )

    def _plates(self, handed: Sequence[HandOver]) -> tuple[Plate, ...]:
        say, following = self._scene.say(), next_boundary(handed)
        may_print = self._scene.health.device(Device.PRINTER).may_be_used and not self._printing.is_waiting
        word = say(f"outing.hand.{following.value}") if following else say("outing.hand.done")
        return (
            Plate(_BACK, say("desk.roll.back")),
            Plate(_INCIDENT, say("incident.note"), duty=Act.NOTE_INCIDENT),
            Plate(_PRINT, say("outing.print_sheet"), is_ready=may_print, duty=Act.PRINT_OUTING),
            Plate(_HAND, word, is_main=True, is_ready=following is not None, duty=Act.HAND_DUTY),
        )

    # --- what is done ---------------------------------------------------------------------------

    def _ask_hand_over(self, boundary: Boundary | None = None) -> None:
        if self._trip is None:
            return
        with self._scene.hall.store.reading() as records:
            outing = records.outings.of(self._trip)
            following = boundary or next_boundary(records.outings.hand_overs(self._trip))
        if outing is not None and following is not None:
            self._handing.ask(outing, following)

    def _handed(self, told: HandOver) -> None:
        """Say who answers now; the sheet for the site comes out with the departure."""
        say = self._scene.say()
        self._scene.tell("ok", say("outing.handed", party=say(f"outing.party.{told.boundary.taker.value}")))
        if told.boundary is Boundary.DEPARTURE and self._scene.health.device(Device.PRINTER).may_be_used:
            self._print()

    def _ask_incident(self) -> None:
        if self._trip is not None:
            self._notes.ask(self._trip)

    def _print(self) -> None:
        if self._trip is not None:
            sheet = arrival_sheet(self._scene.hall, self._trip)
            self._printing.begin(self._scene.health.print_outing(sheet, self._scene.staff()))


def _return_lamp(home: Homecoming, *, is_due: bool) -> str:
    if not home.count.is_open:
        return "ok"
    return "warn" if is_due else "waiting"
