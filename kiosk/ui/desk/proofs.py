"""Which paper of somebody is recorded, and the two that are no certificate: a grade of skill, a hardship.

A hardship is kept at its person's wish alone, so the last question is his to answer, and what is kept of it
is shown to those who may verify it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kiosk.actions.ports import Records
from kiosk.actions.verify_hardship import record_skill, verify_hardship
from kiosk.domain.duties import Act, may
from kiosk.domain.families import Family
from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.ids import WorkerId
from kiosk.domain.skills import Grade, HeldSkill
from kiosk.ui.desk.asking import ask_day
from kiosk.ui.desk.pages import Row
from kiosk.ui.desk.papers import PaperRecords
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Sheet
from kiosk.ui.presenting import day_of_a_year, figure

_PAPERS = {
    "certificate": Act.RECORD_CERTIFICATE,
    "class": Act.HOLD_CLASS,
    "skill": Act.RECORD_SKILL,
    "hardship": Act.VERIFY_HARDSHIP,
}


class ProofRecords:
    """Questions about what somebody proves; the answers live in the sheets until the last one is given."""

    def __init__(self, scene: DeskScene, papers: PaperRecords) -> None:
        """Ask through this scene; certificates and classes are asked for by `papers`."""
        self._scene = scene
        self._papers = papers

    def ask(self, worker: WorkerId) -> None:
        """Ask which paper was seen, of those that whoever is signed in may record."""
        say, role = self._scene.say(), self._scene.staff().role
        words = {name: say(f"desk.papers.{name}") for name, act in _PAPERS.items() if may(role, act)}
        notes = {name: say(f"desk.papers.{name}.note") for name in words}
        self._scene.ask(
            Sheet(
                title=say("desk.papers.ask"),
                go_word=say("desk.next"),
                choices=[Choice(name, word, notes[name]) for name, word in words.items()],
                done=lambda sheet: self._ask_about(worker, sheet.choice),
            )
        )

    def rows(self, records: Records, worker: WorkerId) -> Iterator[Row]:
        """Yield the grades of skill, and to who may verify them the hardships, each with its last day."""
        say, today = self._scene.say(), self._scene.hall.today()
        for skill in records.proofs.skills(worker):
            grade = say(f"desk.grade.{skill.grade.value}")
            yield Row(lamp="ok", head=self._trade_word(skill.trade), note=grade)
        if not may(self._scene.staff().role, Act.VERIFY_HARDSHIP):
            return
        is_restricted = records.restrictions.of(worker).is_restricted
        for held in records.proofs.hardships(worker):
            counts = held.is_valid_on(today)
            until = held.valid_until
            note = (
                say("desk.paper_until", day=day_of_a_year(say, until)) if until else say("desk.paper_no_end")
            )
            yield Row(
                lamp="stop" if not counts else "waiting" if is_restricted else "ok",
                head=say(f"desk.hardship.{held.kind.value}"),
                note=note,
                aside=say("desk.hardship.restricted") if is_restricted else "",
            )

    def _ask_about(self, worker: WorkerId, name: str) -> None:
        asks = {
            "certificate": self._papers.ask_certificate,
            "class": self._papers.ask_class,
            "skill": self._ask_family,
            "hardship": self._ask_hardship,
        }
        asks[name](worker)

    # --- skill -----------------------------------------------------------------------------------

    def _ask_family(self, worker: WorkerId) -> None:
        say = self._scene.say()
        families = [
            Choice(each.value, say(f"ui.family.{each.value}"), "", figure(each.value), each.value)
            for each in Family
        ]
        self._choose("skill.family", families, lambda sheet: self._ask_trade(worker, Family(sheet.choice)))

    def _ask_trade(self, worker: WorkerId, family: Family) -> None:
        trades = [
            Choice(each.key, self._scene.trade_word(each.key), "", figure(each.pictogram), family.value)
            for each in self._scene.trades.of_family(family)
        ]
        self._choose("skill.trade", trades, lambda sheet: self._ask_grade(worker, sheet.choice))

    def _ask_grade(self, worker: WorkerId, trade: str) -> None:
        say = self._scene.say()
        grades = [Choice(each.value, say(f"desk.grade.{each.value}")) for each in Grade]
        self._choose(
            "skill.grade",
            grades,
            lambda sheet: self._keep_skill(worker, HeldSkill(trade, Grade(sheet.choice))),
            "desk.record",
        )

    def _keep_skill(self, worker: WorkerId, held: HeldSkill) -> None:
        record_skill(self._scene.hall, worker, held, self._scene.staff())
        say = self._scene.say()
        grade = say(f"desk.grade.{held.grade.value}")
        self._scene.tell("ok", say("desk.skill.done", trade=self._trade_word(held.trade), grade=grade))

    # --- hardship --------------------------------------------------------------------------------

    def _ask_hardship(self, worker: WorkerId) -> None:
        say = self._scene.say()
        kinds = [
            Choice(each.value, say(f"desk.hardship.{each.value}"), say(f"desk.hardship.{each.value}.paper"))
            for each in Hardship
        ]
        self._choose("hardship.kind", kinds, lambda sheet: self._ask_until(worker, Hardship(sheet.choice)))

    def _ask_until(self, worker: WorkerId, kind: Hardship) -> None:
        ask_day(
            self._scene,
            "desk.hardship.valid",
            go_word="desk.next",
            none_word="desk.hardship.valid.none",
            then=lambda until: self._ask_wish(worker, HeldHardship(kind, until)),
            first=self._scene.hall.today(),
        )

    def _ask_wish(self, worker: WorkerId, held: HeldHardship) -> None:
        """Let the person answer: without a yes there is nothing to touch but the key that puts it away."""
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("desk.hardship.wish"),
                sentence=say("desk.hardship.wish_how", kind=say(f"desk.hardship.{held.kind.value}")),
                go_word=say("desk.hardship.wished"),
                done=lambda sheet: self._keep_hardship(worker, held),
            )
        )

    def _keep_hardship(self, worker: WorkerId, held: HeldHardship) -> None:
        verify_hardship(self._scene.hall, worker, held, self._scene.staff())
        say = self._scene.say()
        self._scene.tell("ok", say("desk.hardship.done", kind=say(f"desk.hardship.{held.kind.value}")))

    # --- both ------------------------------------------------------------------------------------

    def _choose(
        self, name: str, choices: Sequence[Choice], done: Callable[[Sheet], None], go_word: str = "desk.next"
    ) -> None:
        say = self._scene.say()
        title, sentence = say(f"desk.{name}"), say(f"desk.{name}_how")
        self._scene.ask(
            Sheet(title=title, sentence=sentence, go_word=say(go_word), choices=choices, done=done)
        )

    def _trade_word(self, key: str) -> str:
        """Return what a trade is called; one that this program does not know bears its key."""
        return self._scene.trade_word(key) if key in self._scene.trades.by_key else key
