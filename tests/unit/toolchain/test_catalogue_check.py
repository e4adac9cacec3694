"""The check of sentences sees what is missing, unused, untranslated or filled differently."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.catalogue import CatalogueFault
from tools.check_catalogue import find_faults

SPOKEN = 'SENTENCES = ["ui.hello", "ui.places"]\n'


def tree(root: Path, chinese: dict[str, str], english: dict[str, str], program: str, qml: str = "") -> Path:
    """A small project: one part of the catalogue in each language, one Python file and one QML file."""
    for language, sentences in (("zh_CN", chinese), ("en", english)):
        part = root / "assets" / "translations" / language / "ui.json"
        part.parent.mkdir(parents=True)
        part.write_text(json.dumps(sentences))
    (root / "kiosk").mkdir()
    (root / "kiosk" / "screen.py").write_text(program)
    (root / "kiosk" / "Screen.qml").write_text(qml)
    return root


CHINESE = {"ui.hello": "您好", "ui.places": "还有 {left} 个"}
ENGLISH = {"ui.hello": "Hello", "ui.places": "{left} left"}


def test_a_whole_catalogue_has_no_fault(tmp_path: Path) -> None:
    assert find_faults(tree(tmp_path, CHINESE, ENGLISH, SPOKEN)) == []


def test_a_sentence_without_its_translation_is_a_fault(tmp_path: Path) -> None:
    english = {"ui.hello": "Hello"}
    assert find_faults(tree(tmp_path, CHINESE, english, SPOKEN)) == ["en: ui.places is not translated"]


def test_a_translation_without_its_source_is_a_fault(tmp_path: Path) -> None:
    chinese = {"ui.hello": "您好"}
    faults = find_faults(tree(tmp_path, chinese, ENGLISH, SPOKEN))
    assert faults == [
        "en: ui.places has no source sentence",
        "kiosk/screen.py:1: ui.places is in no catalogue",
    ]


def test_a_placeholder_that_one_language_lacks_is_a_fault(tmp_path: Path) -> None:
    english = ENGLISH | {"ui.places": "{count} left"}
    faults = find_faults(tree(tmp_path, CHINESE, english, SPOKEN))
    assert faults == ["en: ui.places has other placeholders than zh_CN"]


def test_an_empty_sentence_is_a_fault(tmp_path: Path) -> None:
    assert find_faults(tree(tmp_path, CHINESE, ENGLISH | {"ui.hello": " "}, SPOKEN)) == [
        "en: ui.hello is empty"
    ]


def test_a_key_that_no_catalogue_has_is_found_where_it_is_said(tmp_path: Path) -> None:
    faults = find_faults(tree(tmp_path, CHINESE, ENGLISH, SPOKEN, qml='\nText { text: tr("ui.helo") }\n'))
    assert faults == ["kiosk/Screen.qml:2: ui.helo is in no catalogue"]


def test_a_sentence_that_nobody_says_is_a_fault(tmp_path: Path) -> None:
    assert find_faults(tree(tmp_path, CHINESE, ENGLISH, 'SAID = "ui.hello"\n')) == [
        "ui.places is used nowhere"
    ]


@pytest.mark.parametrize(
    ("program", "qml"),
    [
        ('def said(what: str) -> str:\n    return f"ui.{what}"\n', ""),
        ("", 'Text { text: tr("ui." + what) }'),
        ("", "Text { text: tr(`ui.${what}`) }"),
    ],
)
def test_a_key_that_is_put_together_counts_as_used(tmp_path: Path, program: str, qml: str) -> None:
    assert find_faults(tree(tmp_path, CHINESE, ENGLISH, program, qml)) == []


def test_a_pattern_that_no_key_fits_is_a_fault(tmp_path: Path) -> None:
    program = SPOKEN + 'def said(what: str) -> str:\n    return f"ui.trade.{what}"\n'
    (fault,) = find_faults(tree(tmp_path, CHINESE, ENGLISH, program))
    assert fault.startswith("kiosk/screen.py:3: no key of the catalogue fits")


def test_texts_that_only_look_like_keys_are_left_alone(tmp_path: Path) -> None:
    program = SPOKEN + 'FILES = ["ui.qml", "os.path", "ui", "Ui.hello"]\n'
    assert find_faults(tree(tmp_path, CHINESE, ENGLISH, program)) == []


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    root = tree(tmp_path, CHINESE, ENGLISH, SPOKEN)
    (root / "assets" / "translations" / "en" / "more.json").write_text(json.dumps({"ui.hello": "Hi"}))
    with pytest.raises(CatalogueFault, match=r"ui\.hello"):
        find_faults(root)
