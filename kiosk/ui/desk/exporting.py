"""Handing a ledger on from a page of the desk: which stick, why, who else says yes, and where it went."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kiosk.actions.export_ledger import FOLDER, Export, begin_export, stop_export
from kiosk.actions.faults import Refused
from kiosk.actions.stick_errands import STOPPED, ErrandStage, ExportFace, FoundStick, StickErrands
from kiosk.actions.two_persons import Pair
from kiosk.domain.duties import Act, may
from kiosk.domain.sentences import Sentence
from kiosk.domain.sights import WHOLE, Sights
from kiosk.ui.desk.asking import ask_two_persons, stick_choices
from kiosk.ui.desk.pages import Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Sheet
from kiosk.ui.presenting import spoken

REASONS = ("bureau", "archive", "inspection")
WHOLE_REASONS = ("bureau", "inspection")
"""Nothing whole goes into an archive."""
EXPORT, STOP = "export", "stop_export"
_LAMPS = {"failed": "stop", "stopped": "warn"}


class Exporting:
    """The plate of a page that exports, its questions, and a line that tells where the files are."""

    def __init__(self, scene: DeskScene, sticks: StickErrands) -> None:
        """Write on these sticks."""
        self._scene = scene
        self._sticks = sticks
        self._told = ExportFace()
        self._title, self._act = "", Act.EXPORT_LEDGER

    @property
    def has_news(self) -> bool:
        """Return whether the newest export has come further than was told."""
        return self._sticks.export_face() != self._told

    @property
    def is_running(self) -> bool:
        """Return whether files are being written."""
        return self._sticks.export_face().stage is ErrandStage.RUNNING

    def plate(self) -> Plate:
        """Return the plate that begins."""
        word = self._scene.say()("ledger.export")
        return Plate(EXPORT, word, is_ready=not self.is_running, duty=Act.EXPORT_LEDGER)

    def rows(self) -> tuple[Row, ...]:
        """Return where the files of the newest export are; nothing before the first."""
        face = self._sticks.export_face()
        if face.stage is ErrandStage.RESTING:
            return ()
        say = self._scene.say()
        if face.fault is not None:
            failed = "stopped" if face.fault == STOPPED else "failed"
            return (Row(lamp=_LAMPS[failed], head=say(f"ledger.export.{failed}"), note=face.stick),)
        if face.stage is ErrandStage.RUNNING:
            return (self._running(face),)
        names = [Path(name) for name in face.files]
        where = [f"{FOLDER}/{stem}" for stem in dict.fromkeys(name.stem for name in names)]
        lamp, sentence = self._end(face)
        return (Row(lamp=lamp, head=sentence, note=" ".join([*where, *(name.suffix for name in names)])),)

    def _running(self, face: ExportFace) -> Row:
        say = self._scene.say()
        far = say(f"ledger.step.{face.step.value}", done=face.done, total=face.total) if face.total else ""
        head = say("ledger.running", stick=face.stick)
        return Row(STOP, "now", head, far, act=say("ledger.stop"), duty=Act.STOP_EXPORT)

    def stop(self) -> None:
        """Stop the export under way."""
        stop_export(self._scene.hall, self._sticks, self._scene.staff())

    def watch(self) -> None:
        """Look how the newest export is; say once that it began and how it ended."""
        if self.has_news:
            was, self._told = self._told.stage, self._sticks.export_face()
            if not was is self._told.stage is ErrandStage.RUNNING:
                self._scene.tell(*self._end(self._told))

    def _end(self, face: ExportFace) -> tuple[str, str]:
        """Return lamp and sentence of how far an export is."""
        say = self._scene.say()
        if face.stage is ErrandStage.RUNNING:
            return "now", say("ledger.running", stick=face.stick)
        if face.fault == STOPPED:
            return _LAMPS["stopped"], spoken(say, STOPPED)
        if face.fault is not None:
            return _LAMPS["failed"], say("ledger.failed", why=spoken(say, face.fault))
        return "ok", say("ledger.on_stick", stick=face.stick)

    def ask_how_much(self, export: Callable[[Sights], Export | None], title: str) -> None:
        """Ask how much of people the files tell, where whoever asks may let all out; then as `ask`."""
        say, scene = self._scene.say(), self._scene
        masked = Choice("masked", say("ledger.whole.no"), say("ledger.whole.no_how"))
        whole = Choice("whole", say("ledger.whole.yes"), say("ledger.whole.yes_how"))
        if not may(scene.staff().role, Act.UNMASK_LEDGER) or not self._sticks.sticks():
            self.ask(lambda: export(scene.sights), title)
            return

        def chosen(sheet: Sheet) -> None:
            if sheet.choice == whole.key:
                self.ask(lambda: export(WHOLE), title, Act.UNMASK_LEDGER)
            else:
                self.ask(lambda: export(scene.sights), title)

        scene.ask(
            Sheet(
                title=title,
                sentence=say("ledger.whole.ask"),
                go_word=say("desk.next"),
                choices=[masked, whole],
                done=chosen,
                chosen=[masked.key],
            )
        )

    def ask(self, export: Callable[[], Export | None], title: str = "", act: Act = Act.EXPORT_LEDGER) -> None:
        """Ask what there is to ask; without a stick say what to do. `export` is read when both said yes.

        `title` says what is exported, where that is not the sheet of a shift.
        """
        self._title, self._act = title or self._scene.say()("ledger.export.title"), act
        sticks = self._sticks.sticks()
        if not sticks:
            self._scene.tell("warn", self._scene.say()("ledger.plug_in"))
        elif len(sticks) == 1:
            self._ask_two(export, sticks[0])
        else:
            self._ask_which(export, sticks)

    def _ask_which(self, export: Callable[[], Export | None], sticks: tuple[FoundStick, ...]) -> None:
        say = self._scene.say()
        by_place = {item.place: item for item in sticks}
        self._scene.ask(
            Sheet(
                title=say("courier.desk.which"),
                sentence=self._title,
                go_word=say("courier.desk.go"),
                choices=stick_choices(sticks),
                done=lambda sheet: self._ask_two(export, by_place[sheet.choice]),
            )
        )

    def _ask_two(self, export: Callable[[], Export | None], stick: FoundStick) -> None:
        say, is_whole = self._scene.say(), self._act is Act.UNMASK_LEDGER
        ask_two_persons(
            self._scene,
            title=self._title,
            consequence=say(f"ledger.{'whole' if is_whole else 'export'}.consequence", stick=stick.name),
            reasons=[f"ledger.reason.{reason}" for reason in (WHOLE_REASONS if is_whole else REASONS)],
            act=self._act,
            then=lambda reason, pair: self._begin(export, stick, reason, pair),
        )

    def _begin(self, export: Callable[[], Export | None], stick: FoundStick, reason: str, pair: Pair) -> None:
        if self.is_running:
            return  # what is under way stands on the page
        ready = export()
        if ready is None:
            raise Refused(Sentence("ledger.nothing_yet"))
        begin_export(self._scene.hall, self._sticks, ready, stick, reason, pair)
        self.watch()
