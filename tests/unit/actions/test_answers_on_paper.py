"""“Why not me?” on paper says what the screen says, with the numbers, and names nobody."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kiosk.actions.ask_paper import answer_for, ask_paper
from kiosk.actions.call_next import call_next
from kiosk.actions.compose_paper import blocks_of
from kiosk.actions.faults import Refused
from kiosk.actions.leave_line import leave_line
from kiosk.actions.paper_ports import PaperRecord
from kiosk.actions.print_paper import begin_paper, end_paper
from kiosk.actions.recognise import Recognition
from kiosk.actions.why_not import why_not
from kiosk.catalogue import load
from kiosk.domain.identity import mask_name
from kiosk.domain.ids import JobId
from kiosk.domain.papers import MOST_COPIES, PaperKind
from kiosk.domain.sign_ups import SignUp
from kiosk.domain.slips import SlipState
from tests.halls import SampleKiosk
from tests.unit.actions.lines import STAFF, come, in_line, talked_over
from tests.unit.paper.test_slip_fields import said

SAY = load("zh_CN")


def people_in_line(kiosk: SampleKiosk, people: int) -> Sequence[tuple[Recognition, SignUp]]:
    job = talked_over(kiosk)
    met = [come(kiosk, number) for number in range(1, people + 1)]
    return [(who, in_line(kiosk, who, job)) for who in met]


def call(kiosk: SampleKiosk, item: SignUp) -> None:
    call_next(kiosk.hall, JobId(item.job), "2", STAFF)


def ask(kiosk: SampleKiosk, who: Recognition, item: SignUp) -> PaperRecord:
    offer = answer_for(kiosk.hall, item.id)
    assert offer is not None
    assert offer.kind is PaperKind.WHY_NOT
    return ask_paper(kiosk.hall, who.worker, offer.number, str)


def words_of(paper: PaperRecord) -> str:
    return said(blocks_of(paper.document, SAY, load("en")))


def test_there_is_no_answer_before_anybody_was_called(kiosk: SampleKiosk) -> None:
    ((who, item),) = people_in_line(kiosk, 1)
    assert answer_for(kiosk.hall, item.id) is None
    call(kiosk, item)
    assert "这次叫的就是您" in words_of(ask(kiosk, who, item))


def test_the_paper_says_of_every_call_what_the_screen_says_and_the_numbers(kiosk: SampleKiosk) -> None:
    line = people_in_line(kiosk, 4)
    for _ in range(2):
        call(kiosk, line[0][1])
    who, item = line[3]
    words = words_of(ask(kiosk, who, item))
    told = why_not(kiosk.hall, item.id)
    assert len(told) == 2
    for each in told:
        assert SAY(each.sentence.key, **each.sentence.args) in words
    for figures in (
        "当时 4 人在排",
        "您前面 3 人",
        "当时 3 人在排",
        "您前面 2 人",
        "空名额 5 个",
        "给叫过的人留着 1 个",
    ):
        assert figures in words
    assert item.queue_number in words


def test_nobody_is_named_on_an_answer_but_the_one_who_asks_and_he_is_masked(kiosk: SampleKiosk) -> None:
    """Broken by an answer that says who was called."""
    line = people_in_line(kiosk, 3)
    call(kiosk, line[0][1])
    paper = ask(kiosk, *line[2])
    assert mask_name(line[2][0].card.name) in paper.document
    for who, item in line:
        secrets = (who.card.name, who.card.number, who.worker, item.id)
        assert not any(secret in paper.document for secret in secrets)


def test_each_line_has_its_own_answer_which_nobody_else_gets(kiosk: SampleKiosk) -> None:
    (first, item), (second, other) = people_in_line(kiosk, 2)
    call(kiosk, item)
    mine, theirs = ask(kiosk, first, item), ask(kiosk, second, other)
    assert mine.number != theirs.number
    with pytest.raises(Refused, match=r"actions\.paper\.not_here"):
        ask_paper(kiosk.hall, first.worker, theirs.number, str)


def test_an_answer_may_be_had_a_few_times_and_ends_with_the_line(kiosk: SampleKiosk) -> None:
    (_, item), (who, other) = people_in_line(kiosk, 2)
    call(kiosk, item)
    paper = ask(kiosk, who, other)
    for copy_no in range(MOST_COPIES + 1):
        paper = ask(kiosk, who, other)
        assert paper.copy_no == copy_no
        begin_paper(kiosk.hall, paper.number)
        end_paper(kiosk.hall, paper.number, SlipState.PRINTED, "by hand")
    assert answer_for(kiosk.hall, other.id) is None
    leave_line(kiosk.hall, who, other.id)
    with pytest.raises(Refused, match=r"actions\.paper\.not_here"):
        ask_paper(kiosk.hall, who.worker, paper.number, str)
