"""One person who was registered twice: the other registration, both side by side, why, and a second yes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.actions.merge_people import Comparison, Side, compare, merge_people, undo_merge
from kiosk.actions.ports import Records
from kiosk.actions.two_persons import Pair
from kiosk.domain.cards import Sex
from kiosk.domain.clock import hall_day
from kiosk.domain.courses import class_key
from kiosk.domain.duties import Act
from kiosk.domain.identity import last_four, mask_name
from kiosk.domain.ids import MergeId, WorkerId
from kiosk.domain.merges import Merge
from kiosk.domain.workers import Worker
from kiosk.ui.desk.asking import ask_reason, ask_two_persons
from kiosk.ui.desk.finding import FindPeople
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.presenting import day_of_a_year, spoken

MERGE_REASONS = ("two_papers", "new_number", "miskeyed")
UNDO_REASONS = ("not_same", "chosen_wrongly")
_BEGIN, _UNDO, _OTHER = "double", "undo:", "other:"
_WAYS = ("find", "find_name")
_TOLD = {Sex.MALE, Sex.FEMALE}


class Doubles:
    """Holds whom the desk compares; `show` is told whose page stands there in the end."""

    def __init__(self, scene: DeskScene, show: Callable[[WorkerId], None]) -> None:
        """Compare nobody."""
        self._scene = scene
        self._show = show
        self._finding = FindPeople(scene, self.choose)
        self._one: WorkerId | None = None
        self._other: WorkerId | None = None

    @property
    def is_open(self) -> bool:
        """Return whether another registration of somebody is looked for, or stands beside his."""
        return self._one is not None

    def forget(self) -> None:
        """Compare nobody."""
        self._finding.forget()
        self._one = self._other = None

    # --- on the page of a person -----------------------------------------------------------------

    def rows(self, records: Records, worker: WorkerId) -> Iterator[Row]:
        """Yield what says that somebody is the same as others, and the row that begins."""
        say = self._scene.say()
        for made in records.merges.of(worker):
            yield Row(
                key=f"{_UNDO}{made.id}",
                lamp="ok",
                head=self._scene.person(records, _other_of(made, worker)),
                note=say("desk.merge.since", day=day_of_a_year(say, hall_day(made.merged_at))),
                act=say("desk.merge.undo"),
                duty=Act.UNDO_MERGE,
            )
        yield Row(
            key=_BEGIN,
            head=say("desk.merge.open"),
            note=say("desk.merge.open_how"),
            act=say("desk.merge.begin"),
            duty=Act.MERGE_PEOPLE,
        )

    def press_about(self, worker: WorkerId, key: str) -> bool:
        """Begin with this person, or take one of his merges back; return whether the key asks that."""
        if key == _BEGIN:
            self._one = worker
        elif key.startswith(_UNDO):
            self._ask_undo(MergeId(key.removeprefix(_UNDO)))
        else:
            return False
        return True

    # --- the other registration, and both --------------------------------------------------------

    def face(self) -> Page:
        """Return the ways to the other registration, those found, or both side by side."""
        assert self._one is not None
        if self._other is not None:
            return self._side_by_side(self._one, self._other)
        say, finding = self._scene.say(), self._finding
        plates = (Plate("keep_apart", say("desk.people.back")),)
        if not finding.is_asked:
            ways = tuple(row for row in finding.ways() if row.key in _WAYS)
            return Page((Panel(say("desk.merge.which"), "", ways, ""),), plates=plates)
        with self._scene.hall.store.reading() as records:
            his = records.merges.ids_of(self._one)
            found = [person for person in finding.people(records) if person.id not in his]
        rows = tuple(self._found(person) for person in found)
        return Page((Panel(finding.title, "", rows, say("desk.merge.nobody")),), plates=plates)

    def press(self, key: str) -> None:
        """Look for the other registration, choose it, or merge both."""
        if key in _WAYS:
            self._finding.asks[key]()
        elif key == "keep_apart":
            self.forget()
        elif key == "swap":
            self._one, self._other = self._other, self._one
        elif key == "merge" and self._one is not None and self._other is not None:
            self._ask_merge(self._one, self._other)
        elif key.startswith(_OTHER):
            self.choose(WorkerId(key.removeprefix(_OTHER)))

    def choose(self, other: WorkerId) -> None:
        """Put a registration beside the person's; his own says nothing."""
        if other != self._one:
            self._finding.forget()
            self._other = other

    def _found(self, person: Worker) -> Row:
        say = self._scene.say()
        return Row(
            key=f"{_OTHER}{person.id}",
            head=f"{mask_name(person.name)}  {last_four(person.number)}",
            note=say(f"desk.card.{person.kind.value}"),
            act=say("desk.merge.compare"),
        )

    def _side_by_side(self, one: WorkerId, other: WorkerId) -> Page:
        say, seen = self._scene.say(), compare(self._scene.hall, one, other)
        sides = (seen.one, seen.other), (seen.other, seen.one)
        titles = say("desk.merge.kept"), say("desk.merge.joined")
        panels = tuple(
            Panel(title, "", tuple(self._rows_of(*side)), "")
            for title, side in zip(titles, sides, strict=True)
        )
        is_free = seen.speaks_against is None
        return Page(
            panels,
            plates=(
                Plate("keep_apart", say("desk.merge.keep_apart")),
                Plate("swap", say("desk.merge.swap")),
                Plate("merge", say("desk.merge.go"), is_main=True, is_ready=is_free, duty=seen.act),
            ),
            foot=(self._said_of(seen),),
        )

    def _rows_of(self, side: Side, other: Side) -> Iterator[Row]:
        say, his, theirs = self._scene.say(), side.worker, other.worker
        yield Row(
            lamp=_alike(his.name == theirs.name),
            head=f"{mask_name(his.name)} {last_four(his.number)}",
            note=say(f"desk.card.{his.kind.value}"),
        )
        born = day_of_a_year(say, his.birth_date) if his.birth_date else say("desk.correct.unsaid")
        is_same = (his.birth_date, his.sex) == (theirs.birth_date, theirs.sex)
        note = say("desk.merge.birth_and_sex")
        yield Row(lamp=_alike(is_same), head=f"{born} {self._sex_word(his.sex)}", note=note)
        came = say("desk.people.came", number=side.visit.queue_number) if side.visit else ""
        first = say("desk.merge.first_seen", day=day_of_a_year(say, hall_day(his.first_seen)))
        yield Row(head=came or say("desk.people.not_here"), note=first)
        places = say("desk.comma").join(place.title for place in side.engagements)
        yield Row(head=places or say("desk.merge.nothing"), note=say("desk.people.places"))
        learned = dict.fromkeys(say(class_key(each.hazard_class)) for each in side.education)
        classes = say("desk.comma").join(learned)
        yield Row(head=classes or say("desk.merge.nothing"), note=say("desk.merge.classes"))

    def _said_of(self, seen: Comparison) -> Row:
        say = self._scene.say()
        if seen.speaks_against is not None:
            return Row(lamp="stop", head=spoken(say, seen.speaks_against))
        if seen.act is Act.MERGE_UNLIKE:
            return Row(lamp="warn", head=say("desk.merge.unlike"))
        return Row(lamp="ok", head=say("desk.merge.what_follows"))

    # --- asking ----------------------------------------------------------------------------------

    def _ask_merge(self, kept: WorkerId, joined: WorkerId) -> None:
        say = self._scene.say()
        ask_two_persons(
            self._scene,
            title=say("desk.merge.title"),
            consequence=say("desk.merge.consequence"),
            reasons=[f"desk.merge.reason.{reason}" for reason in MERGE_REASONS],
            act=compare(self._scene.hall, kept, joined).act,
            then=lambda reason, pair: self._merge(kept, joined, reason, pair),
        )

    def _merge(self, kept: WorkerId, joined: WorkerId, reason: str, pair: Pair) -> None:
        merge_people(self._scene.hall, kept, joined, reason, pair)
        self.forget()
        self._show(kept)
        self._scene.tell("ok", self._scene.say()("desk.merge.done"))

    def _ask_undo(self, of: MergeId) -> None:
        say = self._scene.say()
        ask_reason(
            self._scene,
            title=say("desk.merge.undo_title"),
            consequence=say("desk.merge.undo_consequence"),
            reasons=[f"desk.merge.reason.{reason}" for reason in UNDO_REASONS],
            go_word=say("desk.merge.undo"),
            then=lambda reason: self._undo(of, reason),
        )

    def _undo(self, of: MergeId, reason: str) -> None:
        undo_merge(self._scene.hall, of, reason, self._scene.staff())
        self._scene.tell("ok", self._scene.say()("desk.merge.undone"))

    def _sex_word(self, sex: Sex) -> str:
        return self._scene.say()(f"desk.correct.sex.{sex.name.lower()}") if sex in _TOLD else ""


def _alike(is_same: bool) -> str:
    return "ok" if is_same else "warn"


def _other_of(made: Merge, worker: WorkerId) -> WorkerId:
    """Return whom a merge names besides somebody; of two others the one that was joined."""
    return made.kept if made.joined == worker else made.joined
