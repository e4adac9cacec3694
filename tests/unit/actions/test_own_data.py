"""What a person may ask of what is known of him counts at once, in the dark too, and is journalled once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from kiosk.actions.ask_paper import ask_paper, papers_for
from kiosk.actions.call_next import call_next
from kiosk.actions.check_in import give_first_answers
from kiosk.actions.faults import Refused
from kiosk.actions.leave_line import WITHDRAWN
from kiosk.actions.own_data import ask_erasure, correct_phone, look_at, withdraw
from kiosk.actions.print_slip import begin_printing, record_printed
from kiosk.actions.recognise import Acquaintance, Recognition, recognise
from kiosk.actions.settle_slip import reprint_slip
from kiosk.domain.papers import PaperKind
from kiosk.domain.slips import SlipState
from kiosk.domain.workers import FirstAnswers, WorkSpan
from kiosk.messages.events import ErasureAsked, FirstAnswersGiven, SignUpEnded
from kiosk.messages.feed import CapsuleBody, CapsuleContent, CapsuleHardship, ErasureBody, FeedRow
from kiosk.messages.personal import Kind
from kiosk.messages.sealing import opened, worker_in
from kiosk.storage.tables import erasure_wish, worker_key
from tests import answers
from tests.capsules import sealed_for
from tests.halls import CITY_KEY, SampleKiosk
from tests.unit.actions.lines import STAFF, come, in_line, line_of, talked_over
from tests.unit.actions.visits import place_of, register

PHONE, OTHER = "13900000001", "13900000002"
SAID = FirstAnswers(PHONE, ("weeding",), WorkSpan.DAY)


@pytest.fixture
def met(kiosk: SampleKiosk) -> Recognition:
    """Somebody who came and answered the first questions."""
    found = register(kiosk, "miao")
    give_first_answers(kiosk.hall, found.worker, SAID)
    return found


def again(kiosk: SampleKiosk) -> Recognition:
    return recognise(kiosk.hall, kiosk.people["miao"].card)


def wishes(kiosk: SampleKiosk) -> list[ErasureAsked]:
    bodies = [entry.parsed() for entry in kiosk.opened.sync_book.outgoing(500).events]
    return [body for body in bodies if isinstance(body, ErasureAsked)]


def read(kiosk: SampleKiosk) -> list[Any]:
    """Return what a bureau reads of the answers with the keys that come with them."""
    said = kiosk.opened.sync_book.outgoing(500)
    found = []
    for entry in said.events:
        body = entry.parsed()
        if isinstance(body, FirstAnswersGiven) and worker_in(entry) is not None:
            secrets = [key.secret for key in said.keys if key.kind == Kind.OPTIONAL]
            found.append(opened(body, secrets, said.stream, entry.seq))
    return found


def tell_erased(kiosk: SampleKiosk, met: Recognition, body: ErasureBody, pos: int = 900) -> None:
    row = FeedRow(topic="erasure", id=f"{met.worker}/{body.kind}", pos=pos, body=body.model_dump_json())
    answers.tell(kiosk.opened, [row], pos, feed_gen="g")


def tell_capsule(kiosk: SampleKiosk, met: Recognition) -> None:
    """Let the bureau say what it knows of him, before it has heard of any wish."""
    content = CapsuleContent(
        worker=met.worker,
        person_kind="citizen",
        notice_version=99,
        phone=PHONE,
        trades=["weeding"],
        span="day",
        first_seen=kiosk.clock.now(),
        checked_in_on=None,
        check_in_queue_number=None,
        certificates=[],
        classes=[],
        placements=[],
        hardships=[CapsuleHardship(kind="low_income", valid_until=None)],
    )
    body = CapsuleBody(sealed=sealed_for(CITY_KEY, met.card.number, content))
    row = FeedRow(topic="capsule", id=met.number_hash, pos=800, body=body.model_dump_json())
    answers.tell(kiosk.opened, [row], 800, feed_gen="g")


def kept(kiosk: SampleKiosk) -> set[tuple[str, int]]:
    with kiosk.opened.database.reading() as connection:
        return {(row.kind, row.epoch) for row in connection.execute(select(worker_key))}


def test_everything_that_is_known_is_told_to_whoever_holds_the_card(
    kiosk: SampleKiosk, met: Recognition
) -> None:
    told = look_at(kiosk.hall, met)
    assert told.worker is not None
    assert (told.worker.number, told.answers) == (met.card.number, SAID)
    assert told.visit is not None
    assert (told.optional, told.statutory) == (None, None)
    assert met.card.number not in repr(told)


def test_consent_withdrawn_in_the_dark_is_read_by_nobody_any_more(
    kiosk: SampleKiosk, met: Recognition
) -> None:
    """Broken by keeping the key until the bureau answers: the entries would still tell."""
    assert withdraw(kiosk.hall, met)
    told = look_at(kiosk.hall, again(kiosk))
    assert (told.answers, told.worker is not None) == (FirstAnswers(), True)
    assert told.optional is not None
    assert (told.optional.epoch, told.optional.asked_at) == (1, kiosk.hall.now())
    assert kept(kiosk) == {("statutory", 0)}
    assert read(kiosk) == [None]
    assert wishes(kiosk) == [ErasureAsked(worker=met.worker, kind="optional", epoch=0, method="card")]


def test_the_receipt_of_what_was_withdrawn_is_kept_no_more(kiosk: SampleKiosk, met: Recognition) -> None:
    """Broken by forgetting answers alone: the journal of papers would still tell trades and telephone."""
    for offer in papers_for(kiosk.hall, met.worker):
        ask_paper(kiosk.hall, met.worker, offer.number, str)
    withdraw(kiosk.hall, met)
    with kiosk.hall.store.reading() as records:
        kept_papers = records.papers.in_state(SlipState.QUEUED)
    assert [item.kind for item in kept_papers] == [PaperKind.NUMBER_TICKET]


def test_asked_twice_it_is_journalled_once(kiosk: SampleKiosk, met: Recognition) -> None:
    assert withdraw(kiosk.hall, met)
    assert not withdraw(kiosk.hall, met)
    assert len(wishes(kiosk)) == 1


def test_what_is_given_after_a_withdrawal_can_be_withdrawn_again(
    kiosk: SampleKiosk, met: Recognition
) -> None:
    withdraw(kiosk.hall, met)
    correct_phone(kiosk.hall, again(kiosk), OTHER)
    assert [item.phone for item in read(kiosk) if item is not None] == [OTHER]
    assert withdraw(kiosk.hall, met)
    assert [wish.epoch for wish in wishes(kiosk)] == [0, 1]
    assert read(kiosk) == [None, None]


def test_the_bureaus_answer_ends_the_wish_and_spares_what_was_given_since(
    kiosk: SampleKiosk, met: Recognition
) -> None:
    withdraw(kiosk.hall, met)
    correct_phone(kiosk.hall, again(kiosk), OTHER)
    tell_erased(kiosk, met, ErasureBody(worker=met.worker, kind="optional", epoch=1, void=1))
    told = look_at(kiosk.hall, again(kiosk))
    assert told.answers.phone == OTHER
    assert told.optional is not None
    assert (told.optional.asked_at, told.optional.void) == (None, 1)
    with kiosk.opened.database.reading() as connection:
        assert connection.execute(select(erasure_wish)).all() == []


def test_an_older_word_of_the_bureau_does_not_end_a_wish(kiosk: SampleKiosk, met: Recognition) -> None:
    """Broken by counting from the bureau's word alone: the next key would be void before it was made."""
    first = ErasureBody(worker=met.worker, kind="optional", epoch=1, void=1)
    tell_erased(kiosk, met, first)
    correct_phone(kiosk.hall, again(kiosk), OTHER)
    assert withdraw(kiosk.hall, met)
    tell_erased(kiosk, met, first, pos=901)
    correct_phone(kiosk.hall, again(kiosk), PHONE)
    assert kept(kiosk) == {("statutory", 0), ("optional", 2)}
    assert wishes(kiosk)[0].epoch == 1


def test_a_capsule_from_before_the_wish_brings_nothing_back(kiosk: SampleKiosk, met: Recognition) -> None:
    tell_capsule(kiosk, met)
    withdraw(kiosk.hall, met)
    capsule = again(kiosk).capsule
    assert capsule is not None
    assert (capsule.phone, capsule.trades, capsule.span, capsule.hardships) == (None, [], None, [])
    ask_erasure(kiosk.hall, again(kiosk))
    assert again(kiosk).capsule is None


def test_who_asks_to_be_erased_is_met_as_somebody_new(kiosk: SampleKiosk, met: Recognition) -> None:
    assert ask_erasure(kiosk.hall, met)
    assert [wish.kind for wish in wishes(kiosk)] == ["optional", "statutory"]
    assert again(kiosk).acquaintance is Acquaintance.UNKNOWN
    told = look_at(kiosk.hall, again(kiosk))
    assert (told.worker, told.answers, told.visit) == (None, FirstAnswers(), None)
    assert kept(kiosk) == {("statutory", 0)}, "the bureau says what law holds"


def test_a_place_that_was_taken_stays_taken_and_its_time_too(kiosk: SampleKiosk) -> None:
    taken = place_of(kiosk)
    ask_erasure(kiosk.hall, again(kiosk))
    standing = look_at(kiosk.hall, again(kiosk)).standing
    assert [item.placement for item in standing.engagements] == [taken.placement.id]


def test_who_asks_to_be_erased_leaves_every_line_he_stood_in_for_all_kiosks(kiosk: SampleKiosk) -> None:
    """Broken by forgetting him here alone: the other kiosks of the hall would go on calling his number."""
    met, job = come(kiosk, 1), talked_over(kiosk)
    item = in_line(kiosk, met, job)
    call_next(kiosk.hall, job, "2", STAFF)
    ask_erasure(kiosk.hall, met)
    assert line_of(kiosk, job) == []
    bodies = [entry.parsed() for entry in kiosk.opened.sync_book.outgoing(500).events]
    [ended] = [body for body in bodies if isinstance(body, SignUpEnded)]
    assert (ended.sign_up, ended.reason, ended.actor) == (item.id, WITHDRAWN, "")


def test_the_slip_of_somebody_erased_is_not_printed_again(kiosk: SampleKiosk) -> None:
    """Its words are gone; whoever asks at the desk is told so."""
    taken = place_of(kiosk)
    begin_printing(kiosk.hall, taken.slip)
    record_printed(kiosk.hall, taken.slip, "token")
    ask_erasure(kiosk.hall, again(kiosk))
    with pytest.raises(Refused, match="not_possible"):
        reprint_slip(kiosk.hall, taken.slip, "纸皱了", STAFF)


def test_what_law_holds_is_told_with_the_day(kiosk: SampleKiosk, met: Recognition) -> None:
    ask_erasure(kiosk.hall, met)
    until = date(2029, 9, 18)
    body = ErasureBody(
        worker=met.worker, kind="statutory", epoch=1, void=0, law="人力资源市场暂行条例", held_until=until
    )
    tell_erased(kiosk, met, body)
    told = look_at(kiosk.hall, again(kiosk)).statutory
    assert told is not None
    assert (told.law, told.held_until, told.asked_at) == ("人力资源市场暂行条例", until, None)
    assert told.void < told.epoch


def test_a_phone_that_nobody_has_is_refused_and_nothing_is_kept(kiosk: SampleKiosk, met: Recognition) -> None:
    with pytest.raises(Refused):
        correct_phone(kiosk.hall, met, "12345")
    assert look_at(kiosk.hall, met).answers == SAID
    correct_phone(kiosk.hall, met, None)
    assert look_at(kiosk.hall, met).answers == FirstAnswers(None, ("weeding",), WorkSpan.DAY)
