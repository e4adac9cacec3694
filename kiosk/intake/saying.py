"""What is said of a form and of what stands in it, in the language of whoever reads it."""

from __future__ import annotations

from kiosk.catalogue import load
from kiosk.domain.sentences import InEach, Sentence


def said(sentence: Sentence, language: str) -> str:
    """Return a sentence in words, lists of choices in the words of its language, too."""
    named = {
        name: value.words[language] if isinstance(value, InEach) else value
        for name, value in sentence.args.items()
    }
    return load(language)(sentence.key, **named)
