"""The page that checks the devices: what to do now, with its answers, and what has been found."""

from __future__ import annotations

from kiosk.actions.check_devices import begin_device_check
from kiosk.actions.commissioning import (
    NOTHING,
    CheckFace,
    CheckStage,
    DeviceCheck,
    Finding,
    Instruction,
    Outcome,
)
from kiosk.domain.duties import Act
from kiosk.domain.identity import mask_name
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Keys, Sheet
from kiosk.ui.presenting import spoken

_LAMPS = {Outcome.OK: "ok", Outcome.FAILED: "stop", Outcome.SKIPPED: "unknown"}
_DIGITS = 3
"""The widest paper is 104 mm."""


class CommissioningPage:
    """One instruction at a time; leaving the page stops the drill, and the kiosk starts anew."""

    def __init__(self, scene: DeskScene, check: DeviceCheck) -> None:
        """Show this drill."""
        self._scene = scene
        self._check = check

    def face(self) -> Page:
        """Look how far the drill is."""
        say, face = self._scene.say(), self._check.face()
        found = tuple(self._finding(finding) for finding in reversed(face.findings))
        return Page(
            (
                Panel(say("commissioning.page.now"), "", self._now(face)),
                Panel(
                    say("commissioning.page.found"),
                    say("desk.today.things", count=len(found)),
                    found,
                    say("commissioning.page.none"),
                ),
            ),
            plates=self._plates(face),
        )

    def press(self, key: str) -> None:
        """Begin, answer, or end."""
        kind, _, subject = key.partition(":")
        if kind == "begin":
            self._begin()
        elif kind == "say":
            self._check.say(subject)
        elif kind == "number":
            self._ask_number()
        elif kind == "end":
            self._check.leave()
            self._scene.leave("end_program")

    def forget(self) -> None:
        """A drill that nobody looks at must not keep the devices: stop it and start anew."""
        if self._check.face().stage is not CheckStage.RESTING:
            self._check.leave()
            self._scene.leave("end_program")

    def _begin(self) -> None:
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("commissioning.page.begin"),
                sentence=say("commissioning.page.consequence"),
                go_word=say("commissioning.page.begin"),
                done=lambda sheet: self._begun(),
            )
        )

    def _begun(self) -> None:
        staff = self._scene.staff()
        begin_device_check(self._scene.hall, staff)
        self._check.begin(mask_name(staff.name), self._scene.say().language)

    def _ask_number(self) -> None:
        say, shown = self._scene.say(), self._check.face().instruction
        if shown is None:
            return
        self._scene.ask(
            Sheet(
                title=spoken(say, shown.sentence),
                go_word=say("commissioning.page.number"),
                keys=Keys.DIGITS,
                longest=_DIGITS,
                done=lambda sheet: self._check.say(sheet.typed),
            )
        )

    def _now(self, face: CheckFace) -> tuple[Row, ...]:
        say = self._scene.say()
        if face.instruction is not None:
            return self._instruction(face.instruction)
        has_failed = any(finding.outcome is Outcome.FAILED for finding in face.findings)
        if face.stage is CheckStage.DONE and has_failed:
            return (Row(lamp="warn", head=say("commissioning.page.done_but"), note=face.report),)
        lamps = {CheckStage.RUNNING: "now", CheckStage.DONE: "ok", CheckStage.STOPPED: "warn"}
        note = spoken(say, face.fault) or face.report
        head = say(f"commissioning.page.{face.stage.value}")
        return (Row(lamp=lamps.get(face.stage, "waiting"), head=head, note=note),)

    def _instruction(self, shown: Instruction) -> tuple[Row, ...]:
        say = self._scene.say()
        answers = tuple(
            Row(key=f"say:{answer.key}", head=spoken(say, answer.word), act=say("commissioning.page.take"))
            for answer in shown.answers
        )
        number = Row(
            key="number",
            head=say("commissioning.page.other_number"),
            act=say("commissioning.page.number"),
        )
        is_watched = NOTHING in {answer.key for answer in shown.answers}
        hint = "code" if shown.code else "watched" if is_watched else "asked"
        picture = f"code/{shown.code}" if shown.code else f"ui/{shown.picture}"
        first = Row(head=spoken(say, shown.sentence), note=say(f"commissioning.page.{hint}"), picture=picture)
        return (first, *answers, *((number,) if shown.takes_number else ()))

    def _finding(self, finding: Finding) -> Row:
        say = self._scene.say()
        return Row(
            lamp=_LAMPS[finding.outcome],
            head=say(f"commissioning.step.{finding.step}"),
            note=spoken(say, finding.reason),
        )

    def _plates(self, face: CheckFace) -> tuple[Plate, ...]:
        say = self._scene.say()
        if face.stage is CheckStage.RESTING:
            return (Plate("begin", say("commissioning.page.begin"), is_main=True, duty=Act.CHECK_DEVICES),)
        word = "stop" if face.stage is CheckStage.RUNNING else "restart"
        return (Plate("end", say(f"commissioning.page.{word}"), is_main=word == "restart"),)
