"""Practice at the desk: give the screen to somebody who wants to try it first, or print a training card."""

from __future__ import annotations

from kiosk.actions.practice import note_practice
from kiosk.ui.desk.page_watch import PageWatch
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Sheet

HERE, CARD = "here", "card"


class DeskPractice:
    """One question with two answers, and a watch over the card that is printed."""

    def __init__(self, scene: DeskScene) -> None:
        """Ask through this scene."""
        self._scene = scene
        self._page = PageWatch(scene, lambda end: f"desk.practice.{end}")

    def ask(self) -> None:
        """Ask which of the two is wanted."""
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("desk.practice.title"),
                sentence=say("desk.practice.sentence"),
                go_word=say("desk.practice.go"),
                choices=[
                    Choice(HERE, say("desk.practice.here"), say("desk.practice.here_note")),
                    Choice(CARD, say("desk.practice.card"), say("desk.practice.card_note")),
                ],
                done=lambda sheet: self._begin() if sheet.choice == HERE else self._print_card(),
            )
        )

    def watch(self) -> None:
        """Look whether the card that was asked for has ended, and say how."""
        self._page.watch()

    def forget(self) -> None:
        """Wait for no card any more."""
        self._page.forget()

    def _begin(self) -> None:
        note_practice(self._scene.hall, self._scene.staff())
        self._scene.practise()

    def _print_card(self) -> None:
        self._page.begin(self._scene.health.print_training_card(self._scene.staff()))
