"""The page of a line: call the next to a table, note who came and what both sides said, move somebody."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.actions.call_next import call_next, expect_call, not_come
from kiosk.actions.ports import Records
from kiosk.actions.talk_over import agree, begin_talk, part
from kiosk.domain.duties import Act
from kiosk.domain.ids import JobId, SignUpId
from kiosk.domain.placements import PlacementState
from kiosk.domain.sign_ups import SignUp, leader_of, stand_together
from kiosk.domain.teams import LEAST_MEMBERS
from kiosk.ui.desk.line_moves import LineMoves
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Keys, Sheet
from kiosk.ui.presenting import job_title

TABLE_DIGITS = 2
_LAMPS = {PlacementState.AGREED: "ok", PlacementState.NEGOTIATING: "now"}
_ACTS = {"came": begin_talk, "not_come": not_come, "agree": agree, "part": part}
_DUTIES = {
    "came": Act.BEGIN_TALK,
    "not_come": Act.NOT_COME,
    "agree": Act.AGREE,
    "part": Act.PART,
    "move": Act.MOVE_IN_LINE,
}


class HiringPage:
    """The lines of the day, or one of them with its people."""

    def __init__(self, scene: DeskScene) -> None:
        """Show every line."""
        self._scene = scene
        self._job: JobId | None = None
        self._chosen: SignUpId | None = None
        self._moving = LineMoves(scene, self._choose_nobody)

    def face(self) -> Page:
        """Read the lines, or the people of one."""
        with self._scene.hall.store.reading() as records:
            if self._job is None:
                return self._lines(records)
            line = records.sign_ups.line_of(self._job, self._scene.hall.today())
            return self._line(records, self._job, line)

    def press(self, key: str) -> None:
        """Open a line, choose somebody of it, call the next, or note what became of the one chosen."""
        kind, _, subject = key.partition(":")
        if kind == "line":
            self._job, self._chosen = JobId(subject), None
            expect_call(self._scene.hall, self._job)
        elif kind == "person":
            self._chosen = SignUpId(subject)
        elif kind == "back" and self._chosen is not None:
            self._choose_nobody()
        elif kind == "back":
            self.forget()
        elif kind == "move" and self._job is not None and self._chosen is not None:
            self._moving.ask(self._job, self._chosen)
        elif kind == "call":
            self._ask_table()
        elif kind in _ACTS and self._chosen is not None:
            _ACTS[kind](self._scene.hall, self._chosen, self._scene.staff())
            self._scene.tell("ok", self._scene.say()(f"hiring.desk.told.{kind}"))
            self._chosen = None

    def forget(self) -> None:
        """Forget the line and whoever was chosen."""
        self._job = self._chosen = None

    def _choose_nobody(self) -> None:
        self._chosen = None

    def _lines(self, records: Records) -> Page:
        say = self._scene.say()
        rows = tuple(line_rows(self._scene, records))
        title, nothing = say("hiring.desk.title"), say("hiring.desk.nobody")
        return Page((Panel(title, say("hiring.desk.count", count=len(rows)), rows, nothing),))

    def _line(self, records: Records, of: JobId, line: Sequence[SignUp]) -> Page:
        say = self._scene.say()
        called = [item for item in line if not item.is_waiting]
        waiting = [item for item in line if item.is_waiting]
        job = records.board.job(of)
        title = job_title(say, job) if job else say("hiring.desk.title")
        people = Panel(
            title,
            say("hiring.desk.waiting", count=len(waiting)),
            tuple(self._row(records, item, line) for item in (*called, *waiting)),
            say("hiring.desk.nobody"),
        )
        moves = self._moving.panel(records, of)
        return Page((people, moves) if moves else (people,), plates=self._plates(line))

    def _row(self, records: Records, item: SignUp, line: Sequence[SignUp]) -> Row:
        say = self._scene.say()
        # Whoever signed up at another kiosk is known here by the number alone.
        known = records.workers.by_id(item.worker) is not None
        name = self._scene.person(records, item.worker) if known else ""
        state = "waiting" if item.is_waiting else "called" if item.is_called else item.state.value
        notes = (say(f"hiring.desk.state.{state}", spot=item.spot), self._company(item, line))
        return Row(
            key=f"person:{item.id}",
            lamp="waiting" if item.is_waiting else _LAMPS.get(item.state, "now"),
            head=f"{item.queue_number}  {name}".rstrip(),
            note="\n".join(note for note in notes if note),
            aside=say("hiring.desk.came_at", at=self._scene.at(item.turn.own.arrived_at)),
            act=say("hiring.desk.choose"),
            is_chosen=item.id == self._chosen,
        )

    def _company(self, item: SignUp, line: Sequence[SignUp]) -> str:
        """Return how many stand together with somebody and who leads them, nothing for one alone."""
        team = stand_together(item, line)
        if len(team) < LEAST_MEMBERS:
            return ""
        say, leader = self._scene.say(), leader_of(team)
        if leader is item:
            return say("hiring.desk.team.leads", count=len(team))
        return say("hiring.desk.team.led", count=len(team), number=leader.queue_number)

    def _plates(self, line: Sequence[SignUp]) -> tuple[Plate, ...]:
        """Offer what can become of the one chosen, or to call the next."""
        say = self._scene.say()
        back = Plate("back", say("hiring.desk.back"))
        chosen = next((item for item in line if item.id == self._chosen), None)
        if chosen is None:
            is_waited = any(item.is_waiting for item in line)
            call = Plate(
                "call", say("hiring.desk.call"), is_main=True, is_ready=is_waited, duty=Act.CALL_NEXT
            )
            return (back, call)
        acts = _acts_for(chosen)
        plates = [
            Plate(act, say(f"hiring.desk.act.{act}"), is_main=act in {"came", "agree"}, duty=_DUTIES[act])
            for act in acts
        ]
        return (back, *plates)

    def _ask_table(self) -> None:
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("hiring.desk.call"),
                sentence=say("hiring.desk.which_table"),
                go_word=say("hiring.desk.call_now"),
                keys=Keys.DIGITS,
                longest=TABLE_DIGITS,
                done=self._call,
            )
        )

    def _call(self, sheet: Sheet) -> None:
        if self._job is None:
            return
        hall, say = self._scene.hall, self._scene.say()
        called = call_next(hall, self._job, sheet.typed, self._scene.staff())
        with hall.store.reading() as records:
            team = stand_together(called, records.sign_ups.line_of(self._job, hall.today()))
        count = sum(item.is_called and item.spot == called.spot for item in team)
        told = "hiring.desk.told.called" if count < LEAST_MEMBERS else "hiring.desk.told.called_team"
        self._scene.tell("ok", say(told, number=called.queue_number, spot=called.spot, count=count))
        expect_call(hall, self._job)


def _acts_for(chosen: SignUp) -> tuple[str, ...]:
    if chosen.is_waiting:
        return ("move",)
    if chosen.is_called:
        return ("not_come", "came")
    return ("part", "agree") if chosen.state is PlacementState.NEGOTIATING else ("part",)


def line_rows(scene: DeskScene, records: Records) -> list[Row]:
    """Return a row for each line of today that is talked over, for this page and the first one."""
    say, today = scene.say(), scene.hall.today()
    lines: dict[JobId, list[SignUp]] = {}
    for item in records.sign_ups.open_on(today):
        lines.setdefault(item.job, []).append(item)
    jobs = records.board.jobs(list(lines))
    rows = []
    for of, line in lines.items():
        job = jobs.get(of)
        if job is None or not job.is_talked_over:
            continue
        waiting = sum(item.is_waiting for item in line)
        rows.append(
            Row(
                key=f"line:{of}",
                lamp="waiting" if waiting else "now",
                head=say("hiring.desk.line", title=job_title(say, job), count=waiting),
                note=say("hiring.desk.called", count=len(line) - waiting),
                act=say("hiring.desk.open"),
            )
        )
    return rows
