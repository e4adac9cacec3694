"""What may stand in a cell: how it is read from what a table program made of it, and how it is written.

`read` raises BadCell with the sentence that says what is wrong and how to put it right. `write(read(x))` is
what a table would show, and reading that gives the same value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, Protocol

from stdnum.cn import uscc

from kiosk.catalogue import LANGUAGES, load
from kiosk.domain.identity import check_number, check_phone, normalise_number, normalise_phone
from kiosk.domain.ids import STATION_SHAPE
from kiosk.domain.sentences import InEach, Sentence
from kiosk.ledgers.reading import Formula, Given

Value = Any
"""What a cell says; each kind has a value of its own, and takes back the very value it gave."""
Written = str | int | Decimal | date | time
"""What is written into a cell of a table."""

LIST_SIGN = "、"
_BETWEEN = re.compile(r"[、,，;；/\s]+")
_DAYS = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_MINUTES = re.compile(r"(\d{1,2})\s*[:：时点]\s*(\d{1,2})?\s*分?(?::00)?")
_PLATE = re.compile(r"[\u4e00-\u9fff][A-Z]·?[A-Z0-9]{5,6}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_STATION = re.compile(STATION_SHAPE)


class BadCell(ValueError):
    """What stands in a cell cannot be taken."""

    def __init__(self, key: str, **named: str | int | InEach) -> None:
        """Say why by this sentence."""
        super().__init__(key)
        self.sentence = Sentence(key, named)


class Kind(Protocol):
    """One kind of cell."""

    @property
    def about(self) -> Sentence:
        """Say what stands in such a cell, for whoever fills it in."""
        ...

    def read(self, given: Given) -> Value:
        """Return the value of a cell that is not empty."""
        ...

    def write(self, value: Value) -> Written:
        """Return what a table shows for a value."""
        ...


def text_of(given: Given) -> str:
    """Return what was typed: half-width where that is the same sign, without spaces around."""
    if isinstance(given, Formula):
        raise BadCell("intake.cell.formula")
    if isinstance(given, bool):
        return "1" if given else "0"
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    return unicodedata.normalize("NFKC", str(given)).strip() if given is not None else ""


@dataclass(frozen=True, slots=True)
class Text:
    """Words on one line, at most so many characters."""

    most: int = 120

    @property
    def about(self) -> Sentence:
        """Say how long it may be."""
        return Sentence("intake.about.text", {"most": self.most})

    def read(self, given: Given) -> str:
        """Return the words as they were typed, their spaces as one."""
        if isinstance(given, Formula):
            raise BadCell("intake.cell.formula")
        words = " ".join((given if isinstance(given, str) else text_of(given)).split())
        if len(words) > self.most:
            raise BadCell("intake.cell.too_long", most=self.most, length=len(words))
        if not words.isprintable():
            raise BadCell("intake.cell.odd_sign")
        return words

    def write(self, value: str) -> Written:
        """Return the words."""
        return value


@dataclass(frozen=True, slots=True)
class _Shaped:
    """A text of one shape; `sentence` says which where it has another."""

    shape: re.Pattern[str]
    fault: str
    hint: str
    is_upper: bool = False

    @property
    def about(self) -> Sentence:
        """Say which shape it has."""
        return Sentence(self.hint)

    def read(self, given: Given) -> str:
        """Return the text, in capitals where it has none but those."""
        said = text_of(given)
        said = said.upper() if self.is_upper else said
        if not self.shape.fullmatch(said):
            raise BadCell(self.fault)
        return said

    def write(self, value: str) -> Written:
        """Return the text."""
        return value


CODE = _Shaped(_CODE, "intake.cell.no_code", "intake.about.code")
"""The bureau's own number of a thing, by which it is known again."""
STATION = _Shaped(_STATION, "intake.cell.no_station", "intake.about.station", is_upper=True)
PLATE = _Shaped(_PLATE, "intake.cell.no_plate", "intake.about.plate", is_upper=True)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds."""

    least: int
    most: int

    @property
    def about(self) -> Sentence:
        """Say the bounds."""
        return Sentence("intake.about.whole", {"least": self.least, "most": self.most})

    def read(self, given: Given) -> int:
        """Return the number."""
        said = text_of(given)
        if not re.fullmatch(r"-?\d{1,12}", said) or not self.least <= int(said) <= self.most:
            raise BadCell("intake.cell.no_whole", least=self.least, most=self.most)
        return int(said)

    def write(self, value: int) -> Written:
        """Return the number."""
        return value


@dataclass(frozen=True, slots=True)
class Parts:
    """A number with decimals, kept as a whole number of small units: yuan as fen, kilometres as metres."""

    units: int
    places: int
    most: int
    hint: str

    @property
    def about(self) -> Sentence:
        """Say what is counted."""
        return Sentence(self.hint)

    def read(self, given: Given) -> int:
        """Return how many small units it is."""
        try:
            number = Decimal(text_of(given).replace(",", "").removesuffix("元"))
        except InvalidOperation:
            raise BadCell("intake.cell.no_number") from None
        small = number * self.units
        if not number.is_finite() or not 0 <= number <= self.most:
            raise BadCell("intake.cell.number_out", most=self.most)
        # A table program keeps 0.29 as a little less than that.
        if abs(small - round(small)) > Decimal("0.0001"):
            raise BadCell("intake.cell.too_fine", places=self.places)
        return round(small)

    def write(self, value: int) -> Written:
        """Return the number with its decimals."""
        return Decimal(value) / self.units


YUAN = Parts(100, 2, 1_000_000, "intake.about.yuan")
KILOMETRES = Parts(1_000, 3, 2_000, "intake.about.kilometres")


class Day:
    """A day of the calendar."""

    about = Sentence("intake.about.day")

    def read(self, given: Given) -> date:
        """Return the day."""
        if isinstance(given, datetime):
            given = given.date() if given.time() == time() else str(given)
        if isinstance(given, date):
            return given
        found = _DAYS.fullmatch(text_of(given).removesuffix(" 00:00:00"))
        try:
            if found:
                return date(*(int(part) for part in found.groups()))
        except ValueError:
            pass
        raise BadCell("intake.cell.no_day")

    def write(self, value: date) -> Written:
        """Return the day."""
        return value


class Minute:
    """A time of day to the minute."""

    about = Sentence("intake.about.minute")

    def read(self, given: Given) -> time:
        """Return the time."""
        if isinstance(given, time) and given.second == given.microsecond == 0:
            return given
        if isinstance(given, datetime) and given.second == given.microsecond == 0:
            given = f"{given:%H:%M}"  # some programs keep a time as one of their first day
        found = _MINUTES.fullmatch(text_of(given))
        try:
            if found:
                return time(int(found[1]), int(found[2] or 0))
        except ValueError:
            pass
        raise BadCell("intake.cell.no_minute")

    def write(self, value: time) -> Written:
        """Return the time."""
        return value


@dataclass(frozen=True)
class Choice:
    """One of some words. `codes` are kept; `key` gives the key that names one, None where codes are words."""

    codes: tuple[str, ...]
    key: Callable[[str], str] | None = None

    @property
    def about(self) -> Sentence:
        """Say to choose from the list."""
        return Sentence("intake.about.choice")

    def shown(self, code: str, language: str) -> str:
        """Return the word of a code in one language."""
        return load(language)(self.key(code)) if self.key else code

    def read(self, given: Given) -> str:
        """Return the code of a word of either language, or of the code itself."""
        said = text_of(given)
        code = self._by_word.get(_folded(said))
        if code is None:
            raise BadCell("intake.cell.no_choice", said=said[:20], choices=self.told)
        return code

    def write(self, value: str) -> Written:
        """Return the word that a table shows."""
        return self.shown(value, LANGUAGES[0])

    @cached_property
    def _by_word(self) -> Mapping[str, str]:
        words = {_folded(code): code for code in self.codes}
        for language in LANGUAGES:
            words |= {_folded(self.shown(code, language)): code for code in self.codes}
        return words

    @property
    def told(self) -> InEach:
        """Return every word there is."""
        return InEach({each: self._listed(each) for each in LANGUAGES})

    def _listed(self, language: str) -> str:
        return load(language)("intake.between").join(self.shown(code, language) for code in self.codes)


class YesNo(Choice):
    """Yes or no; an empty cell is no."""

    def __init__(self) -> None:
        """Take 是 and 否, and what table programs make of a tick."""
        super().__init__(("yes", "no"), lambda code: f"intake.word.{code}")

    def read(self, given: Given) -> bool:  # type: ignore[override]  # what is kept is no code
        """Return whether it is yes."""
        if (said := text_of(given)) in {"1", "0"}:
            return said == "1"
        return super().read(given) == "yes"

    def write(self, value: bool) -> Written:  # type: ignore[override]  # what is kept is no code
        """Return the word."""
        return super().write("yes" if value else "no")


@dataclass(frozen=True)
class Choices:
    """Any number of some words, one behind the other."""

    of: Choice

    @property
    def about(self) -> Sentence:
        """Say how they are parted, and which there are."""
        return Sentence("intake.about.choices", {"choices": self.of.told})

    def read(self, given: Given) -> list[str]:
        """Return the codes as they were written, each once; a word for none gives none."""
        if _folded(text_of(given)) in {_folded(load(each)("intake.word.none")) for each in LANGUAGES}:
            return []
        words = _BETWEEN.split(text_of(given))
        return list(dict.fromkeys(self.of.read(word) for word in words if word))

    def write(self, value: Iterable[str]) -> Written:
        """Return the words, or that there is none, which an empty cell would not say."""
        return LIST_SIGN.join(str(self.of.write(code)) for code in value) or load(LANGUAGES[0])(
            "intake.word.none"
        )


class Phone:
    """A telephone number that can be called."""

    about = Sentence("intake.about.phone")

    def read(self, given: Given) -> str:
        """Return the number as it is kept."""
        phone = normalise_phone(text_of(given))
        if check_phone(phone) is not None:
            raise BadCell("intake.cell.no_phone")
        return phone

    def write(self, value: str) -> Written:
        """Return the number."""
        return value


class CreditCode:
    """A unified social credit code (GB 32100) with its check character."""

    about = Sentence("intake.about.uscc")

    def read(self, given: Given) -> str:
        """Return the code."""
        code = uscc.compact(text_of(given)).upper()
        if not uscc.is_valid(code):
            raise BadCell("intake.cell.no_uscc")
        return str(code)

    def write(self, value: str) -> Written:
        """Return the code."""
        return value


class CardNumber:
    """The number of somebody's card; it is hashed and never kept."""

    about = Sentence("intake.about.card_number")

    def read(self, given: Given) -> str:
        """Return the number. A table program that took it for a number has lost its last digits."""
        if isinstance(given, int | float):
            raise BadCell("intake.cell.number_as_text")
        number = normalise_number(text_of(given))
        if check_number(number) is not None:
            raise BadCell("intake.cell.no_card_number")
        return number

    def write(self, value: str) -> Written:
        """Return the number."""
        return value


def _folded(word: str) -> str:
    """Return a word as words are compared: without its spaces, in small letters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", word)).casefold()
