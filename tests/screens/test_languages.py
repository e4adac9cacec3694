"""What a person reads at the screen: languages, sizes of text, and when they begin anew."""

from __future__ import annotations

from kiosk.actions.compose_slip import read_document
from kiosk.actions.printing import PrintStage
from kiosk.ui.journeys import Step
from tests.screens.conftest import SetStage
from tests.screens.stretches.visits import first_visit
from tests.screens.tour import Tour, check_in, settle, shown, words_on


def test_the_language_changes_live_and_is_forgotten_with_the_visit(tour: Tour) -> None:
    settle()
    assert "找活不花一分钱" in words_on(tour.screen)
    tour.tap("bar.language")
    assert "Free of charge" in words_on(tour.screen)
    tour.lay_card(tour.grown_up())
    assert "I agree" in words_on(tour.screen)
    tour.lift_card()
    settle()
    assert "找活不花一分钱" in words_on(tour.screen)


def test_the_language_changes_on_every_page_and_leads_nowhere_else(tour: Tour) -> None:
    pages = []
    for page in first_visit(tour):
        step, before = shown(tour), words_on(tour.screen)
        assert tour.hands.tap("bar.language"), f"no language on {page}"
        settle()
        assert shown(tour) is step
        assert words_on(tour.screen) != before
        tour.tap("bar.language")
        assert shown(tour) is step
        assert _without_seconds(words_on(tour.screen)) == _without_seconds(before), page
        pages.append(page)
    assert len(pages) > 12


def test_a_slip_taken_in_english_has_its_key_lines_in_both_languages(tour: Tour) -> None:
    check_in(tour)
    tour.tap("bar.language")
    for _ in range(3):
        tour.tap("go")
    tour.hear_printer(PrintStage.PRINTED, 1.0)
    tour.lift_card()
    tour.lay_card(tour.people["tian"])
    tour.answer_questions()
    tour.take(str(tour.people["tian"].takes))
    with tour.stage.kiosk.hall.store.reading() as records:
        languages = [read_document(slip.document).second_language for slip in records.slips.all()]
    assert sorted(languages, key=str) == [None, "en"]


def _without_seconds(glass: str) -> str:
    """Return the words without bare numbers: a touch gives a page its seconds again."""
    return "\n".join(line for line in glass.splitlines() if not line.isdecimal())


def test_the_next_card_begins_in_the_halls_own_language_and_size(tour: Tour) -> None:
    check_in(tour)
    tour.tap("bar.language")
    tour.tap("bar.large")
    theirs = next(line for line in words_on(tour.screen).splitlines() if "*" in line)
    tour.screen.visit.card_removed()
    tour.lay_card(tour.people["tian"])
    assert shown(tour) is Step.NOTICE
    glass = words_on(tour.screen)
    assert "同意" in glass
    assert theirs not in glass


def test_a_language_chosen_by_someone_who_left_is_forgotten_after_a_minute(tour: Tour) -> None:
    settle()
    tour.tap("bar.language")
    tour.wait(59)
    assert "Free of charge" in words_on(tour.screen)
    tour.wait(3)
    assert "找活不花一分钱" in words_on(tour.screen)


def test_large_text_shows_fewer_cards_and_the_same_jobs(stages: SetStage) -> None:
    tour = stages()
    settle()
    tour.tap("family.0")
    cards = [name for name in tour.hands.visible() if name.startswith("card.")]
    tour.tap("bar.large")
    larger = [name for name in tour.hands.visible() if name.startswith("card.")]
    assert larger == cards[:3]
