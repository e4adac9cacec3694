"""The cells of a course: which class it is of, and which picture is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.catalogue import LANGUAGES
from kiosk.codes import load_pictures
from kiosk.domain.courses import HAZARD_CLASSES, class_key
from kiosk.intake.cells import BadCell, Choice, Written, text_of
from kiosk.ledgers.reading import Given

_NEW_CLASS = re.compile(r"[a-z][a-z0-9_]{1,31}")


class ClassName(Choice):
    """A class by its name, or one that a bureau adds: a short word in small letters."""

    def __init__(self) -> None:
        """Know those that have a name here."""
        super().__init__(HAZARD_CLASSES, class_key)

    def read(self, given: Given) -> str:
        """Return the hazard class."""
        try:
            return super().read(given)
        except BadCell:
            if not _NEW_CLASS.fullmatch(said := text_of(given)):
                raise BadCell("intake.cell.no_class", said=said[:20], choices=self.told) from None
            return said

    def write(self, value: str) -> Written:
        """Return the name of the class; one that a bureau added has none but its own."""
        return super().write(value) if value in self.codes else value


@dataclass(frozen=True)
class PictureName(Choice):
    """One picture that a course may show, by what people call it: `names` in the order of the languages."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of_all(cls) -> PictureName:
        """Return the cell of every picture that comes with the program."""
        names = load_pictures()
        return cls(tuple(names), names=names)

    def shown(self, code: str, language: str) -> str:
        """Return what a picture is called; one that is not in the table has its own name alone."""
        return self.names[code][LANGUAGES.index(language)] if code in self.names else code

    def read(self, given: Given) -> str:
        """Return the picture's own name."""
        try:
            return super().read(given)
        except BadCell:
            raise BadCell("intake.cell.no_picture", said=text_of(given)[:20]) from None
