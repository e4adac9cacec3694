"""What a review of an advertisement says: one hit for each rule that spoke, and the decision that follows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.eligibility import Level
from kiosk.domain.parameters import Parameter
from kiosk.domain.sentences import Sentence

RULES_VERSION = 1
"""Kept beside every review."""


class Decision(StrEnum):
    """What happens to the advertisement."""

    PUBLISH = "publish"
    NEEDS_REVIEW = "needs_review"
    RETURNED = "returned"


class Field(StrEnum):
    """The part of the advertisement a hit points at."""

    TITLE = "title"
    CONTENT = "content"
    TITLE_EN = "title_en"
    CONTENT_EN = "content_en"
    PLACE = "place"
    MEETING_POINT = "meeting_point"
    NOTE = "note"
    HEADCOUNT = "headcount"
    PAY = "pay"
    HOURS = "hours"
    AGE = "age"
    HAZARDS = "hazards"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True)
class Hit:
    """One rule that spoke. `words` are the advertisement's own; `start` counts characters of that field.

    `sentence` says what is wrong, `hint` how to put it right, `legal_basis` why; `parameter` is its number.
    """

    rule: str
    level: Level
    field: Field
    words: str = ""
    start: int = 0
    parameter: Parameter | None = None
    number: str = ""

    @property
    def sentence(self) -> Sentence:
        """Return what is wrong, in plain words."""
        return Sentence(f"rules.posting.{self.rule}", {"words": self.words, "number": self.number})

    @property
    def hint(self) -> Sentence:
        """Return what the employer can write instead."""
        return Sentence(f"rules.posting.{self.rule}.hint", {"words": self.words, "number": self.number})

    @property
    def legal_basis(self) -> Sentence:
        """Return the source: the parameter's own where one was used, else the article behind the rule."""
        if self.parameter is not None:
            return Sentence("rules.basis", {"source": self.parameter.source})
        return Sentence(f"rules.posting.{self.rule}.basis")


@dataclass(frozen=True, slots=True)
class PostingReview:
    """All hits, the gravest first, and what follows from them."""

    hits: tuple[Hit, ...]
    rules_version: int = RULES_VERSION

    @property
    def decision(self) -> Decision:
        """Return the decision: any BLOCK sends it back, any REVIEW keeps it for a person."""
        levels = {hit.level for hit in self.hits}
        if Level.BLOCK in levels:
            return Decision.RETURNED
        return Decision.NEEDS_REVIEW if Level.REVIEW in levels else Decision.PUBLISH
