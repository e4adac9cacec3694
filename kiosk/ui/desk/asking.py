"""Questions that several pages ask alike: a reason from a short list or in one's own words, and a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet

OWN_WORDS = "own_words"
REASON_LENGTH = 20


def ask_reason(
    scene: DeskScene,
    *,
    title: str,
    consequence: str,
    reasons: Sequence[str],
    go_word: str,
    then: Callable[[str], None],
) -> None:
    """Ask why, naming what will follow; `then` gets the reason in the words that are kept.

    `reasons` are keys of the catalogue. Somebody's own words are asked for on a second sheet.
    """
    say = scene.say()
    choices = [Choice(key, say(key)) for key in reasons] + [Choice(OWN_WORDS, say("desk.own_words"))]

    def in_own_words() -> None:
        scene.ask(
            Sheet(
                title=title,
                sentence=consequence,
                go_word=go_word,
                keys=Keys.HANZI,
                longest=REASON_LENGTH,
                done=lambda sheet: then(sheet.typed),
            )
        )

    def answered(sheet: Sheet) -> None:
        if sheet.choice == OWN_WORDS:
            in_own_words()
        else:
            then(scene.kept_in(sheet.choice))

    scene.ask(Sheet(title=title, sentence=consequence, go_word=go_word, choices=choices, done=answered))


def day_keyed(text: str) -> date | None:
    """Return the day that eight digits mean, or None: 20270918 is 18 September 2027."""
    if len(text) != 8 or not text.isdecimal():
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
