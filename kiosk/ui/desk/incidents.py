"""Questions about an incident: what, how grave, when, how many, what was done, who knows, how it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from kiosk.actions.note_incident import Happened, close_incident, note_incident
from kiosk.domain.clock import clock_text, hall_time
from kiosk.domain.ids import TripId
from kiosk.domain.incidents import Incident, IncidentKind, Severity, Told
from kiosk.ui.desk.asking import ask_reason
from kiosk.ui.desk.handing import instant_keyed
from kiosk.ui.desk.pages import Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet
from kiosk.ui.kept_words import retold

DONE = ("first_aid", "taken_away", "parted", "waiting")
OUTCOMES = ("well", "treated", "settled", "handed_on")
_MOST_DIGITS = 3


class IncidentNotes:
    """One incident after another, a question a sheet; nothing is kept before the last one is answered."""

    def __init__(self, scene: DeskScene) -> None:
        """Ask through this scene."""
        self._scene = scene

    def row(self, incident: Incident, key: str = "") -> Row:
        """Return an incident as a row, whose button says how it goes on where it is open."""
        say = self._scene.say()
        is_open = incident.closed_at is None
        kind = say(f"incident.kind.{incident.kind.value}")
        grave = say(f"incident.grade.{incident.severity.lower()}")
        party = say(f"outing.party.{incident.party.value}")
        note = say("incident.row", party=party, at=self._scene.at(incident.at), count=incident.people)
        return Row(
            key=key if is_open else "",
            lamp="stop" if is_open else "ok",
            head=f"{kind} · {grave}",
            note=note if is_open else f"{note} · {retold(say, incident.outcome)}",
            act=say("incident.close") if is_open and key else "",
        )

    def ask(self, trip: TripId) -> None:
        """Begin with what happened."""
        say = self._scene.say()
        kinds = [Choice(kind.value, say(f"incident.kind.{kind.value}")) for kind in IncidentKind]
        self._choose(
            kinds,
            say("incident.what"),
            lambda kind: self._ask_severity(
                trip, Happened(IncidentKind(kind), Severity.COMMON, self._scene.hall.now(), 0)
            ),
        )

    def ask_close(self, trip: TripId, incident: str) -> None:
        """Ask how an incident ended."""
        say = self._scene.say()
        ask_reason(
            self._scene,
            title=say("incident.close"),
            consequence=say("incident.how_ended"),
            reasons=[f"incident.outcome.{name}" for name in OUTCOMES],
            go_word=say("incident.close"),
            then=lambda words: self._close(trip, incident, words),
        )

    def _ask_severity(self, trip: TripId, said: Happened) -> None:
        say = self._scene.say()
        grades = [Choice(grade.value, say(f"incident.grade.{grade.lower()}")) for grade in reversed(Severity)]
        self._choose(
            grades,
            say("incident.how_grave"),
            lambda grade: self._ask_time(trip, replace(said, severity=Severity(grade))),
        )

    def _ask_time(self, trip: TripId, said: Happened) -> None:
        say, now = self._scene.say(), self._scene.hall.now()

        def at(text: str) -> datetime | None:
            return instant_keyed(self._scene, text) if text else now

        def hint(text: str) -> str:
            found = at(text) if len(text) in {0, 4} else None
            return say("outing.time_how") if found is None else clock_text(hall_time(found).time())

        def answered(sheet: Sheet) -> None:
            self._ask_people(trip, replace(said, at=at(sheet.typed) or now))

        self._number(say("incident.when"), 4, hint, lambda text: at(text) is not None, answered)

    def _ask_people(self, trip: TripId, said: Happened) -> None:
        say = self._scene.say()
        self._number(
            say("incident.how_many"),
            _MOST_DIGITS,
            lambda text: "",
            bool,
            lambda sheet: self._ask_done(trip, replace(said, people=int(sheet.typed))),
        )

    def _ask_done(self, trip: TripId, said: Happened) -> None:
        say = self._scene.say()
        ask_reason(
            self._scene,
            title=say("incident.note"),
            consequence=say("incident.done_how"),
            reasons=[f"incident.done.{name}" for name in DONE],
            go_word=say("desk.next"),
            then=lambda words: self._ask_told(trip, replace(said, done=words)),
        )

    def _ask_told(self, trip: TripId, said: Happened) -> None:
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("incident.note"),
                sentence=say("incident.who_knows"),
                go_word=say("incident.keep"),
                choices=[Choice(each.value, say(f"incident.told.{each.value}")) for each in Told],
                takes_many=True,
                done=lambda sheet: self._keep(
                    trip, replace(said, told=tuple(each for each in Told if each.value in sheet.chosen))
                ),
            )
        )

    def _choose(self, choices: list[Choice], sentence: str, then: Callable[[str], None]) -> None:
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("incident.note"),
                sentence=sentence,
                go_word=say("desk.next"),
                choices=choices,
                done=lambda sheet: then(sheet.choice),
            )
        )

    def _number(
        self,
        sentence: str,
        longest: int,
        hint: Callable[[str], str],
        is_whole: Callable[[str], bool],
        done: Callable[[Sheet], None],
    ) -> None:
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("incident.note"),
                sentence=sentence,
                go_word=say("desk.next"),
                keys=Keys.DIGITS,
                longest=longest,
                hint=hint,
                is_whole=is_whole,
                done=done,
            )
        )

    def _keep(self, trip: TripId, said: Happened) -> None:
        kept = note_incident(self._scene.hall, trip, said, self._scene.staff())
        say = self._scene.say()
        self._scene.tell("ok", say("incident.kept", party=say(f"outing.party.{kept.party.value}")))

    def _close(self, trip: TripId, incident: str, words: str) -> None:
        close_incident(self._scene.hall, trip, incident, words, self._scene.staff())
        self._scene.tell("ok", self._scene.say()("incident.closed"))
