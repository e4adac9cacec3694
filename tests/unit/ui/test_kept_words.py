"""Whoever reads English is told in English why something was done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.catalogue import SOURCE_LANGUAGE, load
from kiosk.ui import desk
from kiosk.ui.kept_words import retold

KEPT, ENGLISH = load(SOURCE_LANGUAGE), load("en")
_ASKED = re.compile(r'reasons=\[f"([^"]+)"')


def offered() -> list[str]:
    """Return the keys, with a hole for the reason, that the pages of the desk offer: read out of them."""
    pages = sorted(Path(str(desk.__file__)).parent.glob("*.py"))
    return sorted({key for page in pages for key in _ASKED.findall(page.read_text("utf-8"))})


@pytest.mark.parametrize("asked", offered())
def test_what_was_chosen_is_told_in_the_language_of_whoever_reads_it(asked: str) -> None:
    """One-line break: leave a kind of reason out of `_OFFERED`."""
    pattern = "[a-z_]+".join(map(re.escape, re.split(r"\{[a-z]+\}", asked)))
    keys = [key for key in KEPT.sentences if re.fullmatch(pattern, key)]
    assert keys
    for key in keys:
        assert retold(KEPT, KEPT(key)) == KEPT(key)
        assert re.search("[\u4e00-\u9fff]", retold(ENGLISH, KEPT(key))) is None, key


def test_what_somebody_keyed_stays_as_it_is() -> None:
    assert retold(ENGLISH, "家里老人住院") == "家里老人住院"
