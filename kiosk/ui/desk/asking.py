"""Questions that several pages ask alike: a reason from a short list or in one's own words, a day, a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time

from kiosk.actions.stick_errands import FoundStick
from kiosk.actions.two_persons import Pair
from kiosk.domain.duties import SECONDS, Act, Role
from kiosk.ui.desk.scene import DeskScene, SecondAsked
from kiosk.ui.desk.sheets import Choice, Keys, Sheet
from kiosk.ui.presenting import dated

OWN_WORDS, NO_DAY = "own_words", "no_day"
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


def stick_choices(sticks: Sequence[FoundStick]) -> list[Choice]:
    """Return sticks to choose from, by their names; where two bear one name, each says where it is."""
    names = [item.name for item in sticks]
    return [
        Choice(item.place, item.name, item.place if names.count(item.name) > 1 else "") for item in sticks
    ]


def ask_two_persons(
    scene: DeskScene,
    *,
    title: str,
    consequence: str,
    reasons: Sequence[str],
    act: Act,
    then: Callable[[str, Pair], None],
) -> None:
    """Ask why, and then for a second person; `then` gets the reason as it is kept, and both."""
    say = scene.say()
    who = say("desk.comma").join(say(f"desk.role.{role.value}") for role in Role if role in SECONDS[act])
    second = say("desk.second.sentence", who=who)
    ask_reason(
        scene,
        title=title,
        consequence=consequence,
        reasons=reasons,
        go_word=say("desk.next"),
        then=lambda reason: scene.ask_second(
            SecondAsked(act, title, second, lambda pair: then(reason, pair))
        ),
    )


def ask_day(
    scene: DeskScene,
    name: str,
    *,
    go_word: str,
    none_word: str,
    then: Callable[[date | None], None],
    first: date = date.min,
) -> None:
    """Ask for a day by eight digits, `first` or later; `then` gets None where none is told (`none_word`).

    The sheet's title is the sentence `name`, its question the one called `…_how`; all words are keys.
    """
    say = scene.say()

    def hint(text: str) -> str:
        day = day_keyed(text)
        if day is not None and day < first:
            return say("desk.day.over", year=day.year, day=dated(say, day))
        if day is not None:
            return say("desk.day.full", year=day.year, day=dated(say, day))
        return say("desk.day.no_such") if len(text) == 8 else say("desk.day.example")

    scene.ask(
        Sheet(
            title=say(name),
            sentence=say(f"{name}_how"),
            go_word=say(go_word),
            choices=[Choice(NO_DAY, say(none_word))],
            keys=Keys.DIGITS,
            keys_or_choice=True,
            longest=8,
            hint=hint,
            is_whole=lambda text: (day := day_keyed(text)) is not None and day >= first,
            done=lambda sheet: then(day_keyed(sheet.typed)),
        )
    )


def day_keyed(text: str) -> date | None:
    """Return the day that eight digits mean, or None: 20270918 is 18 September 2027."""
    if len(text) != 8 or not text.isdecimal():
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def time_keyed(text: str) -> time | None:
    """Return the time of day that four digits mean, or None: 0700 is seven in the morning."""
    if len(text) != 4 or not text.isdecimal():
        return None
    hour, minute = int(text[:2]), int(text[2:])
    return time(hour, minute) if hour < 24 and minute < 60 else None
