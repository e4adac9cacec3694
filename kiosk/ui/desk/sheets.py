"""A sheet: one question to the attendant, answered by choosing, by keying, or both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.ui.drawings import Drawing

LONGEST_SYLLABLE = 6
"""The longest pinyin syllable: zhuang, chuang, shuang."""


class Keys(StrEnum):
    """Which keys a sheet offers."""

    NONE = "none"
    DIGITS = "digits"
    NUMBER = "number"
    """Digits and X, as at the end of a card number."""
    LETTERS = "letters"
    PLATE = "plate"
    """Digits and the letters of number plates, which have no I and no O."""
    HANZI = "hanzi"
    """Letters that spell one syllable, and the characters that are read so."""
    STROKES = "strokes"
    """No keys: a field on which a name is written with the finger."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose; a picture and a family make it a tile of a trade."""

    key: str
    word: str
    note: str = ""
    picture: str = ""
    family: str = ""


@dataclass(slots=True)
class Sheet:
    """One question. `done` is called with the sheet once it is answered and the yellow plate touched.

    `hint` says in words what the keyed text means or what is wrong with it, `is_whole` whether it is enough.
    With `takes_many` choices are ticks, else one answer; `keys_or_choice` takes either instead of both.
    """

    title: str
    go_word: str
    done: Callable[[Sheet], None]
    sentence: str = ""
    choices: Sequence[Choice] = ()
    keys: Keys = Keys.NONE
    longest: int = 0
    takes_many: bool = False
    keys_or_choice: bool = False
    hint: Callable[[str], str] = lambda text: ""
    is_whole: Callable[[str], bool] = bool
    # Letters before a certain place: a foreigner's number begins with three of them.
    letters_until: int = 0
    # A card on the reader is as good as its number keyed; this is said of one that does not fit.
    hears_card: bool = False
    misfit: str = ""
    # What is keyed is a PIN: the screen shows how many digits there are, and not which.
    is_secret: bool = False
    typed: str = ""
    spelled: str = ""
    chosen: list[str] = field(default_factory=list)
    drawing: Drawing = field(default_factory=Drawing)

    @property
    def keys_now(self) -> Keys:
        """Return the keys that fit the next sign."""
        return Keys.LETTERS if len(self.typed) < self.letters_until else self.keys

    @property
    def is_ready(self) -> bool:
        """Return whether the question is answered."""
        has_text = self.keys is not Keys.NONE and self.is_whole(self.typed) and not self.spelled
        has_choice = bool(self.chosen)
        if self.keys is Keys.STROKES:
            return self.drawing.is_signed
        if self.keys is Keys.NONE:
            return has_choice or self.takes_many or not self.choices
        if not self.choices:
            return has_text
        return has_text or has_choice if self.keys_or_choice else has_text and has_choice

    @property
    def choice(self) -> str:
        """Return the one answer chosen, or an empty text."""
        return self.chosen[0] if self.chosen else ""

    def choose(self, key: str) -> None:
        """Tick an answer or take the tick away; where one answer is wanted, the new one replaces the old."""
        if key in self.chosen:
            self.chosen.remove(key)
        elif self.takes_many:
            self.chosen.append(key)
        else:
            self.chosen[:] = [key]
        if self.keys_or_choice and self.chosen:
            self.typed = self.spelled = ""

    def type(self, sign: str) -> None:
        """Take a key: into the syllable being spelled, or straight into the text."""
        if self.keys_or_choice:
            self.chosen.clear()
        if self.keys_now is Keys.HANZI and sign.isascii():
            if len(self.spelled) < LONGEST_SYLLABLE:
                self.spelled += sign.lower()
        elif len(self.typed) < self.longest:
            self.typed += sign

    def take(self, character: str) -> None:
        """Take the character that was meant by the syllable."""
        self.spelled = ""
        if len(self.typed) < self.longest:
            self.typed += character

    def lay(self, number: str) -> None:
        """Take a card's number as if it were keyed; one that does not fit, or was not read, is not shown."""
        self.chosen.clear()
        self.spelled = ""
        self.typed = number if number and self.is_whole(number) else ""
        self.sentence = self.sentence if self.typed else self.misfit

    def erase(self) -> None:
        """Take the last key back."""
        if self.spelled:
            self.spelled = self.spelled[:-1]
        else:
            self.typed = self.typed[:-1]

    def clear(self) -> None:
        """Begin the text again."""
        self.typed = self.spelled = ""
