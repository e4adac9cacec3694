"""The people page: find somebody by the last four, check in by hand, record papers and print records."""

from __future__ import annotations

from kiosk.actions.ports import Records
from kiosk.domain.courses import class_key
from kiosk.domain.duties import Act
from kiosk.domain.identity import last_four, mask_name
from kiosk.domain.ids import JobId, WorkerId
from kiosk.domain.workers import Worker
from kiosk.ui.desk.by_hand import HandCheckIn
from kiosk.ui.desk.closer_look import CloserLook
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.papers import PaperRecords
from kiosk.ui.desk.practice import DeskPractice
from kiosk.ui.desk.proofs import ProofRecords
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Keys, Sheet
from kiosk.ui.presenting import day_of_a_year

TAIL = 4
_RECORD, _RELEASE = "record:", "release:"


class PeoplePage:
    """Nobody, those found by the last four characters, or one of them with the papers on record."""

    def __init__(self, scene: DeskScene) -> None:
        """Show nobody."""
        self._scene = scene
        self._tail = ""
        self._chosen: WorkerId | None = None
        self._by_hand = HandCheckIn(scene, self._show)
        self._papers = PaperRecords(scene)
        self._proofs = ProofRecords(scene, self._papers)
        self._practice = DeskPractice(scene)
        self._closer = CloserLook(scene)

    def face(self) -> Page:
        """Read the people found and the papers of the chosen one."""
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            people = self._people(records)
            rows = tuple(self._row(records, person) for person in people)
            papers = self._rows_of_papers(records) if self._chosen else ()
        title = say("desk.people.found", tail=self._tail) if self._tail else say("desk.people.title")
        listed = Panel(
            title,
            say("desk.people.count", count=len(rows)) if self._tail else "",
            rows,
            say("desk.people.none" if self._tail else "desk.people.how"),
        )
        held = Panel(say("desk.people.papers"), "", papers, say(self._no_papers))
        panels: tuple[Panel, ...] = (listed, held)
        if self._chosen and self._closer.doubts:
            rows = tuple(self._closer.row(doubt, _RELEASE) for doubt in self._closer.doubts)
            panels = (*panels, Panel(say("desk.release.title"), "", rows))
        return Page(panels, plates=self._plates())

    def press(self, key: str) -> None:
        """Look for somebody, check in by hand, record a paper, or choose a person."""
        open_to_all = {
            "find": self._ask_tail,
            "by_hand": self._by_hand.ask,
            "back": self.forget,
            "group": self._papers.ask_group,
            "practice": self._practice.ask,
        }
        if key in open_to_all:
            open_to_all[key]()
        elif self._chosen is None or not self._press_about(self._chosen, key):
            self._choose(WorkerId(key))

    def _press_about(self, worker: WorkerId, key: str) -> bool:
        """Do what a key asks about the chosen person; return whether it asks anything."""
        if key == "papers":
            self._proofs.ask(worker)
        elif key == "unmask":
            self._closer.ask_unmask(worker)
        elif key.startswith(_RELEASE):
            self._closer.ask_release(worker, JobId(key.removeprefix(_RELEASE)))
        elif key.startswith(_RECORD):
            self._papers.print_record(worker, key.removeprefix(_RECORD))
        else:
            return False
        return True

    @property
    def is_showing(self) -> bool:
        """Return whether something stands here that is to go in time."""
        return self._closer.is_showing

    def watch(self) -> None:
        """Look whether a paper that was asked for here has come out."""
        self._papers.watch()
        self._practice.watch()

    def forget(self) -> None:
        """Forget everybody looked at here."""
        self._tail, self._chosen = "", None
        self._papers.forget()
        self._practice.forget()
        self._closer.forget()

    @property
    def _no_papers(self) -> str:
        return "desk.people.no_papers" if self._chosen else "desk.people.choose"

    def _plates(self) -> tuple[Plate, ...]:
        say = self._scene.say()
        if self._chosen is None:
            return (
                Plate("by_hand", say("desk.people.by_hand"), duty=Act.CHECK_IN_BY_HAND),
                Plate("group", say("lesson.group.open"), duty=Act.HOLD_CLASS),
                Plate("practice", say("desk.practice.open"), duty=Act.BEGIN_PRACTICE),
                Plate("find", say("desk.people.find"), is_main=True),
            )
        return (
            Plate("back", say("desk.people.back")),
            Plate("unmask", say("desk.unmask.ask"), duty=Act.UNMASK_NUMBER),
            Plate("papers", say("desk.papers.record"), is_main=True, duty=Act.RECORD_CERTIFICATE),
        )

    def _people(self, records: Records) -> list[Worker]:
        if self._tail:
            return list(records.workers.by_tail(self._tail))
        person = records.workers.by_id(self._chosen) if self._chosen else None
        return [person] if person else []

    def _row(self, records: Records, person: Worker) -> Row:
        say = self._scene.say()
        visit = records.check_ins.of(person.id, self._scene.hall.today())
        came = say("desk.people.came", number=visit.queue_number) if visit else say("desk.people.not_here")
        return Row(
            key=person.id,
            lamp="ok" if visit else "waiting",
            head=self._closer.number_of(person.id) or f"{mask_name(person.name)}  {last_four(person.number)}",
            note=came,
            is_chosen=person.id == self._chosen,
        )

    def _rows_of_papers(self, records: Records) -> tuple[Row, ...]:
        assert self._chosen is not None, "papers are shown of somebody"
        say, today = self._scene.say(), self._scene.hall.today()
        certificates = [
            Row(
                lamp="ok" if held.is_valid_on(today) else "stop",
                head=f"{say(f'rules.certificate.{held.kind.value}')} {held.number_tail}",
                note=say("desk.paper_until", day=day_of_a_year(say, held.valid_until))
                if held.valid_until
                else say("desk.paper_no_end"),
                aside=say("desk.paper_review", day=day_of_a_year(say, held.review_by))
                if held.review_by
                else "",
            )
            for held in records.workers.certificates(self._chosen)
        ]
        kept = {
            (each.hazard_class, each.valid_until): f"{_RECORD}{each.number}"
            for each in reversed(records.education.records(self._chosen))
        }
        classes = [
            Row(
                key=kept.get((held.hazard_class, held.valid_until), ""),
                act=say("lesson.record.print") if (held.hazard_class, held.valid_until) in kept else "",
                duty=Act.PRINT_CLASS_RECORD,
                lamp="ok" if held.is_valid_on(today) else "stop",
                head=say(class_key(held.hazard_class)),
                note=say("desk.paper_until", day=day_of_a_year(say, held.valid_until)),
            )
            for held in records.workers.education(self._chosen)
        ]
        return (*certificates, *self._proofs.rows(records, self._chosen), *classes)

    def _ask_tail(self) -> None:
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("desk.people.find"),
                sentence=say("desk.people.find_how"),
                go_word=say("desk.find"),
                keys=Keys.NUMBER,
                longest=TAIL,
                is_whole=lambda text: len(text) == TAIL,
                done=self._find,
            )
        )

    def _find(self, sheet: Sheet) -> None:
        self._tail, self._chosen = sheet.typed, None
        with self._scene.hall.store.reading() as records:
            found = self._people(records)
        if len(found) == 1:
            self._choose(found[0].id)

    def _show(self, worker: WorkerId) -> None:
        self._tail = ""
        self._choose(worker)

    def _choose(self, worker: WorkerId) -> None:
        self._chosen = worker
        self._closer.look_at(worker)
