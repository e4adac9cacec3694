"""Sentences for QML, initials, and the bridge between threads."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from kiosk.catalogue import Catalogue, load
from kiosk.ui.bridge import Bridge
from kiosk.ui.spelling import initials
from kiosk.ui.views.rows import camel
from kiosk.ui.words import CatalogueTranslator


def test_a_key_is_given_its_sentence(qapp: QGuiApplication) -> None:
    translator = CatalogueTranslator(Catalogue("en", {"ui.a.key": "A sentence"}))
    assert translator.translate(None, "ui.a.key") == "A sentence"


def test_texts_of_qt_itself_are_left_alone(qapp: QGuiApplication) -> None:
    translator = CatalogueTranslator(load("en"))
    assert translator.translate("QPlatformTheme", "OK") == "OK"


@pytest.mark.qt_no_exception_capture
@pytest.mark.qt_log_ignore("no sentence for ui.not.there")
def test_a_key_without_a_sentence_is_a_warning(qapp: QGuiApplication, qtlog: object) -> None:
    assert CatalogueTranslator(load("en")).translate(None, "ui.not.there") == ""
    assert "no sentence for ui.not.there" in str([record.message for record in qtlog.records])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("word", "letters"), [("苹果", "PG"), ("保洁员", "BJY"), ("重庆", "CQ"), ("K歌", "KG")]
)
def test_initials_are_the_first_letters_of_syllables(word: str, letters: str) -> None:
    assert initials(word) == letters


@pytest.mark.usefixtures("qapp")
def test_what_another_thread_posts_runs_on_the_screens_own_in_order() -> None:
    bridge = Bridge()
    ran: list[tuple[int, int]] = []

    def post_ten() -> None:
        for number in range(10):
            bridge.post(lambda number=number: ran.append((number, threading.get_ident())))  # type: ignore[misc]

    other = threading.Thread(target=post_ten)
    other.start()
    other.join()
    QCoreApplication.processEvents()
    assert ran == [(number, threading.get_ident()) for number in range(10)]


@pytest.mark.parametrize(("name", "role"), [("pay", "pay"), ("places_before", "placesBefore")])
def test_a_field_is_a_role_in_camel_case(name: str, role: str) -> None:
    assert camel(name) == role
