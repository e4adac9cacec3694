"""The people page: find somebody, check in by hand, see what belongs to one, record and print papers."""

from __future__ import annotations

from kiosk.actions.ports import Records
from kiosk.actions.scan_readings import ReturnReading, SlipReading
from kiosk.domain.courses import class_key
from kiosk.domain.duties import Act
from kiosk.domain.identity import last_four, mask_name
from kiosk.domain.ids import JobId, WorkerId
from kiosk.domain.workers import Worker
from kiosk.ui.desk.about_one import AboutOne
from kiosk.ui.desk.acting import ActingFor
from kiosk.ui.desk.by_hand import HandCheckIn
from kiosk.ui.desk.closer_look import CloserLook
from kiosk.ui.desk.correcting import Correcting
from kiosk.ui.desk.doubles import Doubles
from kiosk.ui.desk.finding import FindPeople
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.papers import PaperRecords
from kiosk.ui.desk.practice import DeskPractice
from kiosk.ui.desk.proofs import ProofRecords
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.presenting import day_of_a_year

_RECORD, _RELEASE = "record:", "release:"


class PeoplePage:
    """Nobody, those found, or one of them with places, slips and papers."""

    def __init__(self, scene: DeskScene) -> None:
        """Show nobody."""
        self._scene = scene
        self._finding = FindPeople(scene, self._show)
        self._chosen: WorkerId | None = None
        self._about = AboutOne(scene)
        self._by_hand = HandCheckIn(scene, self._show)
        self._papers = PaperRecords(scene)
        self._proofs = ProofRecords(scene, self._papers)
        self._correcting = Correcting(scene)
        self._acting = ActingFor(scene, self.forget)
        self._practice = DeskPractice(scene)
        self._closer = CloserLook(scene)
        self._doubles = Doubles(scene, self._show)

    def face(self) -> Page:
        """Read the people found, or what belongs to the chosen one."""
        if self._doubles.is_open:
            return self._doubles.face()
        with self._scene.hall.store.reading() as records:
            panels = self._panels_of_one(records, self._chosen) if self._chosen else self._found(records)
        return Page(panels, plates=self._plates())

    def _found(self, records: Records) -> tuple[Panel, ...]:
        say, finding = self._scene.say(), self._finding
        people = finding.people(records)
        rows = tuple(self._row(records, person) for person in people)
        if not finding.is_asked:
            return (Panel(say("desk.people.title"), "", finding.ways(), ""),)
        count = say("desk.people.many" if finding.is_cut(people) else "desk.people.count", count=len(rows))
        return (Panel(finding.title, count, rows, say("desk.people.none")),)

    def _panels_of_one(self, records: Records, worker: WorkerId) -> tuple[Panel, ...]:
        say = self._scene.say()
        person = records.workers.by_id(worker)
        rows: tuple[Row, ...] = ()
        if person is not None:
            about = (*self._correcting.rows(person), *self._doubles.rows(records, worker))
            rows = (self._row(records, person), *about)
        doubts = tuple(self._closer.row(doubt, _RELEASE) for doubt in self._closer.doubts)
        places = (self._acting.row(), *self._about.places(records, worker), *doubts)
        papers = self._rows_of_papers(records, worker)
        return (
            Panel(say("desk.people.this"), "", rows, say("desk.person.forgotten")),
            Panel(say("desk.people.places"), "", places, say("desk.people.no_places")),
            Panel(say("desk.people.papers"), "", papers, say("desk.people.no_papers")),
        )

    def press(self, key: str) -> None:
        """Look for somebody, check in by hand, record a paper, or choose a person."""
        open_to_all = {
            **self._finding.asks,
            "by_hand": self._by_hand.ask,
            "back": self.forget,
            "group": self._papers.ask_group,
            "practice": self._practice.ask,
        }
        if self._doubles.is_open:
            self._doubles.press(key)
        elif key in open_to_all:
            open_to_all[key]()
        elif self._chosen is None or not self._press_about(self._chosen, key):
            self._choose(WorkerId(key))

    def _press_about(self, worker: WorkerId, key: str) -> bool:
        """Do what a key asks about the chosen person; return whether it asks anything."""
        if self._about.press(key) or self._doubles.press_about(worker, key):
            return True
        if key == "papers":
            self._proofs.ask(worker)
        elif key == "correct":
            self._correcting.ask(worker)
        elif key == "act_for":
            self._acting.ask(worker)
        elif key == "unmask":
            self._closer.ask_unmask(worker)
        elif key.startswith(_RELEASE):
            self._closer.ask_release(worker, JobId(key.removeprefix(_RELEASE)))
        elif key.startswith(_RECORD):
            self._papers.print_record(worker, key.removeprefix(_RECORD))
        else:
            return False
        return True

    def hear(self, reading: SlipReading | ReturnReading) -> None:
        """Choose whose slip was scanned; what is not genuine or not from here is told."""
        owner = self._finding.owner_of(reading)
        if owner is not None and self._doubles.is_open:
            self._doubles.choose(owner)
        elif owner is not None:
            self._show(owner)

    @property
    def is_showing(self) -> bool:
        """Return whether something stands here that goes in time, or a number is on its way."""
        return self._closer.is_showing or self._acting.is_waiting

    def watch(self) -> None:
        """Look whether a paper that was asked for here has come out."""
        self._papers.watch()
        self._practice.watch()
        self._acting.watch()

    def forget(self) -> None:
        """Forget everybody looked at here."""
        self._finding.forget()
        self._chosen = None
        self._papers.forget()
        self._practice.forget()
        self._closer.forget()
        self._doubles.forget()
        self._acting.forget()

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
            Plate("correct", say("desk.correct.open"), duty=Act.CORRECT_PERSON),
            Plate("papers", say("desk.papers.record"), is_main=True, duty=Act.RECORD_CERTIFICATE),
        )

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

    def _rows_of_papers(self, records: Records, worker: WorkerId) -> tuple[Row, ...]:
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
            for held in records.workers.certificates(worker)
        ]
        kept = {
            (each.hazard_class, each.valid_until): f"{_RECORD}{each.number}"
            for each in reversed(records.education.records(worker))
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
            for held in records.workers.education(worker)
        ]
        return (*certificates, *self._proofs.rows(records, worker), *classes)

    def _show(self, worker: WorkerId) -> None:
        self._finding.forget()
        self._choose(worker)

    def _choose(self, worker: WorkerId) -> None:
        self._chosen = worker
        self._closer.look_at(worker)
