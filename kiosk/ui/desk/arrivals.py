"""The page of what came of places: who went alone and has not been heard of, which parts are due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from kiosk.actions.follow_place import PartInHand, confirm_arrival
from kiosk.actions.outcome_ports import AwaitedPlace
from kiosk.actions.ports import Records
from kiosk.actions.scan_readings import ReturnReading
from kiosk.domain.duties import Act
from kiosk.domain.ids import PlacementId
from kiosk.domain.outcomes import Witness
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.return_parts import ReturnParts, part_of
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Sheet
from kiosk.ui.desk.slips import slip_tail
from kiosk.ui.presenting import calendar_day, spoken

MOST = 100
"""So many are listed, the oldest first; whoever has more to follow begins with these."""
_DAYS_BACK = 60
_DAY = timedelta(days=1)
_VALID_DAYS = "referral.valid_days"


class ArrivalsPage:
    """Two standing lists, and what lies around the one chosen."""

    def __init__(self, scene: DeskScene) -> None:
        """Show nobody chosen."""
        self._scene = scene
        self._parts = ReturnParts(scene)
        self._chosen: PlacementId | None = None

    def face(self) -> Page:
        """Read who is waited for."""
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            expected, due = expected_here(self._scene, records), parts_due(self._scene, records)
        went = tuple(self._row(item, self._scene.at(item.starts), "waiting") for item in expected)
        back = tuple(self._row(item, calendar_day(say, item.taken_on), "warn") for item in due)
        panels = [
            Panel(say("outcomes.expected"), _count(self._scene, went), went, say("outcomes.expected.none")),
            Panel(say("outcomes.due"), _count(self._scene, back), back, say("outcomes.due.none")),
        ]
        chosen = next((item for item in (*expected, *due) if item.placement == self._chosen), None)
        if chosen is not None:
            panels.append(Panel(say("outcomes.this"), "", tuple(self._around(chosen))))
        return Page(tuple(panels), plates=self._plates(chosen))

    def press(self, key: str) -> None:
        """Choose somebody, write down what became of him, or go where something of his stands."""
        kind, _, subject = key.partition(":")
        chosen = self._find(self._chosen) if kind in {"arrived", "result"} else None
        if kind == "back" and self._find(self._chosen) is None:
            self._scene.turn_to("today", "")
        elif kind == "back":
            self.forget()
        elif kind == "number":
            self._parts.ask_number()
        elif kind == "place":
            self._chosen = PlacementId(subject)
        elif kind == "arrived" and chosen is not None:
            self._ask_witness(chosen)
        elif kind == "result" and chosen is not None:
            self._parts.ask(part_of(chosen.slip, chosen.taken_on))
        elif subject:
            self._scene.turn_to(kind, subject)

    def hear(self, reading: ReturnReading) -> None:
        """A return part was held before the scanner."""
        if reading.returned is None:
            self._scene.tell("stop", spoken(self._scene.say(), reading.sentence))
            return
        self._parts.ask(PartInHand(reading.returned.slip, reading.returned.day, is_keyed=False))

    def forget(self) -> None:
        """Choose nobody."""
        self._chosen = None

    def _row(self, item: AwaitedPlace, when: str, lamp: str) -> Row:
        return Row(
            key=f"place:{item.placement}",
            lamp=lamp,
            head=self._scene.named(item.name, item.number_tail),
            note=f"{item.title} · {slip_tail(item.slip)}",
            aside=when,
            is_chosen=item.placement == self._chosen,
        )

    def _around(self, item: AwaitedPlace) -> Iterator[Row]:
        say = self._scene.say()
        look = say("desk.to_do.look")
        yield Row(f"slips:{item.slip}", head=item.slip, note=item.title, act=look)
        if item.number_tail:
            name = self._scene.named(item.name, item.number_tail)
            yield Row(f"people:{item.worker}", head=name, note=say("desk.roll.papers"), act=look)

    def _plates(self, chosen: AwaitedPlace | None) -> tuple[Plate, ...]:
        say = self._scene.say()
        back = Plate("back", say("desk.roll.back" if chosen is None else "desk.slips.back"))
        if chosen is None:
            return (back, Plate("number", say("outcomes.number"), is_main=True, duty=Act.RECORD_RETURN))
        return (
            back,
            Plate("result", say("outcomes.result"), duty=Act.RECORD_RETURN),
            Plate("arrived", say("outcomes.arrived"), is_main=True, duty=Act.CONFIRM_ARRIVAL),
        )

    def _find(self, placement: PlacementId | None) -> AwaitedPlace | None:
        with self._scene.hall.store.reading() as records:
            known = (*expected_here(self._scene, records), *parts_due(self._scene, records))
        return next((item for item in known if item.placement == placement), None)

    def _ask_witness(self, item: AwaitedPlace) -> None:
        say = self._scene.say()
        name = self._scene.named(item.name, item.number_tail)
        self._scene.ask(
            Sheet(
                title=say("outcomes.witness.ask"),
                sentence=say("outcomes.witness.how", person=name),
                go_word=say("desk.record"),
                choices=[Choice(each.value, say(f"outcomes.witness.{each.value}")) for each in Witness],
                done=lambda sheet: self._confirm(item, Witness(sheet.choice)),
            )
        )

    def _confirm(self, item: AwaitedPlace, witness: Witness) -> None:
        confirm_arrival(self._scene.hall, item.placement, witness, self._scene.staff())
        self._chosen = None
        name = self._scene.named(item.name, item.number_tail)
        self._scene.tell("ok", self._scene.say()("outcomes.arrived.done", person=name))


def expected_here(scene: DeskScene, records: Records) -> Sequence[AwaitedPlace]:
    """Return who went by himself to work that has begun within a day, and has not been heard of."""
    now = scene.hall.now()
    return records.outcomes.expected(now - _DAY, now, MOST)


def parts_due(scene: DeskScene, records: Records) -> Sequence[AwaitedPlace]:
    """Return the referrals that are valid no more and whose part has not come back."""
    today = scene.hall.today()
    parameters = records.settings.parameters(today)
    if _VALID_DAYS not in parameters.values:
        return ()
    last = today - timedelta(days=parameters.whole(_VALID_DAYS) + 1)
    return records.outcomes.parts_due(last - timedelta(days=_DAYS_BACK), last, MOST)


def follow_rows(scene: DeskScene, records: Records) -> Iterator[Row]:
    """Yield what the first page says of both lists, where there is anybody on them."""
    say = scene.say()
    for name, waited in (("expected", expected_here(scene, records)), ("due", parts_due(scene, records))):
        if waited:
            count = f"{len(waited)}+" if len(waited) == MOST else str(len(waited))
            head = say(f"outcomes.to_do.{name}", count=count)
            note = scene.named(waited[0].name, waited[0].number_tail)
            yield Row(
                f"arrivals:place:{waited[0].placement}", "waiting", head, note, act=say("desk.to_do.look")
            )


def _count(scene: DeskScene, rows: Sequence[Row]) -> str:
    word = "desk.people.count"
    return scene.say()(word, count=f"{len(rows)}+" if len(rows) == MOST else len(rows))
