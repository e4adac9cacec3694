"""The one catalogue of sentences a language; every room writes a part of it, and keys are never twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kiosk.resources import assets

SOURCE_LANGUAGE = "zh_CN"
LANGUAGES = ("zh_CN", "en")


class CatalogueFault(Exception):
    """The translation files themselves are wrong: a key twice, or a file that is not a flat object."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language, called with a key and the values of its placeholders."""

    language: str
    sentences: Mapping[str, str]

    def __call__(self, key: str, /, **args: object) -> str:
        """Return the sentence; an unknown key raises KeyError, because nobody may see a raw key."""
        sentence = self.sentences[key]
        return sentence.format(**args) if args else sentence


@cache
def load(language: str, root: Path | None = None) -> Catalogue:
    """Return the catalogue of `zh_CN` or `en`, merged from every room's part; it is read once a process."""
    folder = (root or assets("translations")) / language
    sentences: dict[str, str] = {}
    for part in sorted(folder.glob("*.json")):
        for key, sentence in json.loads(part.read_text(encoding="utf-8")).items():
            if key in sentences:
                raise CatalogueFault(f"{part.name}: {key} is defined twice")
            sentences[key] = sentence
    return Catalogue(language, sentences)
