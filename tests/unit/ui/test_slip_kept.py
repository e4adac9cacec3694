"""A worker whose slip waits for a new roll reads why, and his number."""

from __future__ import annotations

import pytest

from kiosk.actions.printing import PrintNews, PrintStage
from kiosk.catalogue import load
from kiosk.domain.ids import SlipNumber
from kiosk.domain.sentences import Sentence
from kiosk.ui.views.slip_view import not_sent_face

NUMBER = SlipNumber("PG-NZ-0918-02-0037")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_slip_that_gives_way_to_coach_riders_says_so_with_its_number(language: str) -> None:
    say = load(language)
    why = Sentence("printers.kept_for_coaches", {"number": NUMBER})
    face = not_sent_face(say, PrintNews(NUMBER, PrintStage.NOT_SENT, 0.0, why))
    assert face.head == say("printers.kept_for_coaches")
    assert NUMBER in face.note


def test_any_other_slip_that_was_not_sent_says_what_it_always_said() -> None:
    say = load("zh_CN")
    why = Sentence("devices.printer.paper_out")
    for news in (None, PrintNews(NUMBER, PrintStage.NOT_SENT, 0.0, why)):
        assert not_sent_face(say, news).head == say("ui.slip.not_sent")
