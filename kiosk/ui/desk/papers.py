"""Papers of one person: recording what an attendant saw, and printing the record of a class."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kiosk.actions.attend_class import published_courses
from kiosk.actions.compose_class_paper import compose_class_paper
from kiosk.actions.record_papers import hold_class, record_certificate
from kiosk.domain.courses import HAZARD_CLASSES, class_key
from kiosk.domain.ids import WorkerId
from kiosk.domain.jobs import Certificate
from kiosk.domain.workers import HeldCertificate
from kiosk.ui.desk.asking import ask_day
from kiosk.ui.desk.page_watch import PageWatch
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet
from kiosk.ui.presenting import day_of_a_year, is_chinese

TAIL = 4


class PaperRecords:
    """Questions about one person's papers; the answers live in the sheets until the last one is given."""

    def __init__(self, scene: DeskScene) -> None:
        """Ask through this scene."""
        self._scene = scene
        self._page = PageWatch(scene, lambda end: f"lesson.record.{end}")

    def ask_certificate(self, worker: WorkerId) -> None:
        """Ask which certificate it is."""
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("desk.people.certificate"),
                sentence=say("desk.certificate.kind"),
                go_word=say("desk.next"),
                choices=[Choice(kind.value, say(f"rules.certificate.{kind.value}")) for kind in Certificate],
                done=lambda sheet: self._ask_tail(worker, Certificate(sheet.choice)),
            )
        )

    def ask_class(self, worker: WorkerId) -> None:
        """Ask which class was held."""
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            days = records.settings.parameters(self._scene.hall.today()).whole("education.valid_days")
        self._scene.ask(
            Sheet(
                title=say("desk.people.class"),
                sentence=say("desk.class.consequence", days=days),
                go_word=say("desk.record"),
                choices=[Choice(name, say(class_key(name))) for name in HAZARD_CLASSES],
                done=lambda sheet: self._hold(worker, sheet.choice),
            )
        )

    def ask_group(self) -> None:
        """Ask which published course is given to people who come together; the screen is theirs then."""
        say, courses = self._scene.say(), published_courses(self._scene.hall)
        self._scene.ask(
            Sheet(
                title=say("lesson.group.open"),
                sentence=say("lesson.group.how" if courses else "lesson.group.no_course"),
                go_word=say("lesson.group.begin"),
                choices=[
                    Choice(each.hazard_class, each.title.zh if is_chinese(say) else each.title.en)
                    for each in courses
                ],
                done=lambda sheet: self._scene.open_class(sheet.choice, self._scene.staff()),
            )
        )

    def print_record(self, worker: WorkerId, number: str) -> None:
        """Print the record of a class once more, as this kiosk keeps it."""
        hall = self._scene.hall
        with hall.store.reading() as records:
            kept = [each for each in records.education.records(worker) if each.number == number]
            paper = compose_class_paper(hall, records, kept[0], self._scene.kept_in) if kept else None
        if paper is None:
            self._scene.tell("stop", self._scene.say()("lesson.record.gone"))
            return
        self._page.begin(self._scene.health.print_class_record(paper, self._scene.staff()))

    def watch(self) -> None:
        """Look whether the record that was asked for has ended, and say how."""
        self._page.watch()

    def forget(self) -> None:
        """Wait for no paper any more."""
        self._page.forget()

    def _ask_tail(self, worker: WorkerId, kind: Certificate) -> None:
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("desk.certificate.tail"),
                sentence=say("desk.certificate.tail_how"),
                go_word=say("desk.next"),
                keys=Keys.NUMBER,
                longest=TAIL,
                is_whole=lambda text: len(text) == TAIL,
                done=lambda sheet: self._ask_valid(worker, kind, sheet.typed),
            )
        )

    def _ask_valid(self, worker: WorkerId, kind: Certificate, tail: str) -> None:
        self._ask_day("valid", lambda until: self._ask_review(worker, kind, tail, until))

    def _ask_review(self, worker: WorkerId, kind: Certificate, tail: str, until: date | None) -> None:
        self._ask_day("review", lambda by: self._record(worker, HeldCertificate(kind, tail, until, by)))

    def _ask_day(self, which: str, then: Callable[[date | None], None]) -> None:
        ask_day(
            self._scene,
            f"desk.certificate.{which}",
            go_word="desk.next" if which == "valid" else "desk.record",
            none_word=f"desk.certificate.{which}.none",
            then=then,
        )

    def _record(self, worker: WorkerId, held: HeldCertificate) -> None:
        record_certificate(self._scene.hall, worker, held, self._scene.staff())
        say = self._scene.say()
        self._scene.tell("ok", say("desk.certificate.done", name=say(f"rules.certificate.{held.kind.value}")))

    def _hold(self, worker: WorkerId, name: str) -> None:
        held = hold_class(self._scene.hall, worker, name, self._scene.staff())
        say = self._scene.say()
        until = day_of_a_year(say, held.valid_until)
        self._scene.tell("ok", say("desk.class.done", name=say(class_key(name)), day=until))
