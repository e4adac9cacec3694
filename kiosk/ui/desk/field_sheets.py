"""The sheets a posting asks by: each bears the title of its field, and differs in how it is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet


class FieldSheets:
    """Lays sheets over the page; what is answered goes to `done`."""

    def __init__(self, scene: DeskScene) -> None:
        """Ask through this scene."""
        self._scene = scene

    def sheet(self, name: str, done: Callable[[Sheet], None]) -> Sheet:
        """Return the bare sheet of a field, for whoever answers it in a way of its own."""
        say = self._scene.say()
        title, sentence = say(f"desk.ask.{name}"), say(f"desk.ask.{name}.how")
        return Sheet(title=title, sentence=sentence, go_word=say("desk.next"), done=done)

    def choose(self, name: str, choices: Sequence[Choice], done: Callable[[Sheet], None]) -> None:
        """Ask for one of several answers."""
        sheet = self.sheet(name, done)
        sheet.choices = choices
        self._scene.ask(sheet)

    def tick(
        self, name: str, choices: Sequence[Choice], ticked: list[str], done: Callable[[Sheet], None]
    ) -> None:
        """Ask for any of several answers, some of which are ticked already."""
        sheet = self.sheet(name, done)
        sheet.choices, sheet.takes_many, sheet.chosen = choices, True, ticked
        self._scene.ask(sheet)

    def pad(
        self, name: str, longest: int, done: Callable[[Sheet], None], is_whole: Callable[[str], bool]
    ) -> None:
        """Ask for a number by keys."""
        sheet = self.sheet(name, done)
        sheet.keys, sheet.longest, sheet.is_whole = Keys.DIGITS, longest, is_whole
        self._scene.ask(sheet)

    def spell(self, name: str, longest: int, done: Callable[[Sheet], None]) -> None:
        """Ask for a few characters, spelled by their sound."""
        sheet = self.sheet(name, done)
        sheet.keys, sheet.longest = Keys.HANZI, longest
        self._scene.ask(sheet)
