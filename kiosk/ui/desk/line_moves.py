"""Moving somebody in a line by hand: before whom, why, and what was moved today, for everybody to see."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions.hiring_ports import Decision, DecisionKind
from kiosk.actions.move_in_line import move_in_line
from kiosk.actions.ports import Records
from kiosk.domain.identity import mask_name
from kiosk.domain.ids import JobId, SignUpId, StaffId
from kiosk.domain.sign_ups import SignUp
from kiosk.messages.decisions import MoveInputs
from kiosk.ui.desk.asking import ask_reason
from kiosk.ui.desk.pages import Panel, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Sheet
from kiosk.ui.kept_words import retold

REASONS = ("our_mistake", "not_well", "with_child")


class LineMoves:
    """Asks for a move, and tells those of today."""

    def __init__(self, scene: DeskScene, done: Callable[[], None]) -> None:
        """Ask through this scene; `done` is called once somebody was moved."""
        self._scene = scene
        self._done = done

    def ask(self, job: JobId, whom: SignUpId) -> None:
        """Ask before whom somebody is to stand; only who waits in the same line is offered."""
        hall, say = self._scene.hall, self._scene.say()
        with hall.store.reading() as records:
            line = [item for item in records.sign_ups.line_of(job, hall.today()) if item.is_waiting]
            moved = next((item for item in line if item.id == whom), None)
            if moved is None:
                return
            others = [item for item in line if item.id != whom]
            choices = [Choice(item.id, item.queue_number, self._name(records, item)) for item in others]
        if not choices:
            self._scene.tell("warn", say("hiring.move.alone", number=moved.queue_number))
            return
        self._scene.ask(
            Sheet(
                title=say("hiring.move.ask", number=moved.queue_number),
                sentence=say("hiring.move.how"),
                go_word=say("desk.next"),
                choices=choices,
                done=lambda sheet: self._ask_why(moved, SignUpId(sheet.choice)),
            )
        )

    def panel(self, records: Records, job: JobId) -> Panel | None:
        """Return what was moved in this line today, the newest first; None where nothing was."""
        say = self._scene.say()
        made = records.decisions.of_job(job, self._scene.hall.today())
        rows = tuple(self._row(records, item) for item in made if item.kind is DecisionKind.MOVE)
        return (
            Panel(say("hiring.move.title"), say("desk.today.things", count=len(rows)), rows) if rows else None
        )

    def _ask_why(self, moved: SignUp, before: SignUpId) -> None:
        hall, say = self._scene.hall, self._scene.say()
        with hall.store.reading() as records:
            later = records.sign_ups.by_id(before)
        if later is None:
            return
        ask_reason(
            self._scene,
            title=say("hiring.move.why", number=moved.queue_number, before=later.queue_number),
            consequence=say("hiring.move.consequence"),
            reasons=[f"hiring.move.reason.{reason}" for reason in REASONS],
            go_word=say("hiring.move.go"),
            then=lambda reason: self._move(moved, later, reason),
        )

    def _move(self, moved: SignUp, later: SignUp, reason: str) -> None:
        move_in_line(self._scene.hall, moved.id, later.id, reason, self._scene.staff())
        self._done()
        numbers = {"number": moved.queue_number, "before": later.queue_number}
        self._scene.tell("ok", self._scene.say()("hiring.move.done", **numbers))

    def _row(self, records: Records, made: Decision) -> Row:
        say, inputs = self._scene.say(), MoveInputs.model_validate_json(made.inputs)
        actor = records.desk.member(StaffId(inputs.actor))
        name = mask_name(actor.name) if actor else say("desk.audit.former")
        return Row(
            head=say(
                "hiring.move.moved",
                number=self._number(records, inputs.sign_up),
                before=self._number(records, inputs.before),
            ),
            note=f"{retold(say, inputs.reason)} · {name}",
            aside=self._scene.at(made.at),
        )

    def _number(self, records: Records, sign_up: str) -> str:
        item = records.sign_ups.by_id(SignUpId(sign_up))
        return item.queue_number if item else self._scene.say()("desk.person.forgotten")

    def _name(self, records: Records, item: SignUp) -> str:
        """Return who it is; whoever signed up at another kiosk is known here by the number alone."""
        known = records.workers.by_id(item.worker) is not None
        return self._scene.person(records, item.worker) if known else ""
