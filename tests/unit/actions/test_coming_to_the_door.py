"""What the door says to slips, passes, cards and numbers; every answer from this device's own rows alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.actions.call_riders import call_missing, coach_calls
from kiosk.actions.come_to_door import (
    BoardingRoll,
    DoorAnswer,
    boarding_roll,
    close_door,
    come_by_hand,
    come_with_card,
    come_with_paper,
    open_door,
)
from kiosk.actions.compose_slip import read_document
from kiosk.actions.faults import Refused
from kiosk.actions.give_back import Reason, give_back
from kiosk.actions.read_scan import read_scan
from kiosk.actions.recognise import recognise
from kiosk.actions.record_papers import hold_class
from kiosk.actions.scan_readings import BoardingReading, ReturnReading, ShownReading, SlipReading
from kiosk.actions.take_place import TakenPlace
from kiosk.domain.boarding import Answer
from kiosk.domain.ids import JobId, SlipNumber, TripId
from kiosk.domain.jobs import PayUnit
from kiosk.domain.slips import SlipKind
from kiosk.domain.trips import CALL_SHOWN, TripState
from kiosk.messages import boarding_codes, return_codes, slip_codes
from kiosk.messages.boarding_codes import BoardingCode
from kiosk.messages.events import DoorClosed, SlipBoarded
from kiosk.messages.return_codes import ReturnCode
from kiosk.messages.slip_codes import SlipCode
from kiosk.storage.code_keys import SqlCodeKeys
from tests import answers
from tests.halls import CITY_KEY, CLERK, SampleKiosk
from tests.unit.actions.coaches import (
    door_at,
    door_here,
    keep_out,
    rider,
    take_back,
    tell,
    tell_riders,
)
from tests.unit.actions.scans import DAY, OUR_KEY, OUR_KEY_ID, STRANGE_KEY, THEIR_KEY, key_row, told_keys
from tests.unit.actions.visits import place_of, register, slip_of

SOUTH, SOUTH_KEY_ID, SOUTH_KEY = "t-nz-1-0918", 0x0000D8, THEIR_KEY


@pytest.fixture
def keys(kiosk: SampleKiosk) -> SqlCodeKeys:
    """The keys of this kiosk and of another one of its hall."""
    known = told_keys(kiosk)
    row = key_row(SOUTH_KEY_ID, "NZ-02", "NZ", SOUTH_KEY)
    tell_key = row.model_copy(update={"pos": 900})
    answers.tell(kiosk.opened, [tell_key], 900, scope="hall:NZ", feed_gen="g")
    return known


def slip_at(kiosk: SampleKiosk, keys: SqlCodeKeys, place: TakenPlace) -> ShownReading:
    """Return what a scan of somebody's own slip reads."""
    text = read_document(slip_of(kiosk, place.slip).document).code
    return scanned(kiosk, keys, text)


def scanned(kiosk: SampleKiosk, keys: SqlCodeKeys, text: str) -> ShownReading:
    reading = read_scan(kiosk.hall, keys, text)
    assert isinstance(reading, SlipReading | BoardingReading | ReturnReading)
    return reading


def their_slip(counter: int = 7, trip_no: int = 1, days_ago: int = 0, ahead: int = 0) -> str:
    """Return the code of a slip that the other kiosk of this hall made."""
    day = DAY - timedelta(days=days_ago)
    starts = day + timedelta(days=ahead)
    code = SlipCode(
        SOUTH_KEY_ID, SlipKind.DISPATCH, day, counter, 18_000, PayUnit.DAY, starts, trip_no, 3, b"12345"
    )
    return slip_codes.encode(code, SOUTH_KEY)


THEIRS = "PG-NZ-0918-02-0007"


def coach(kiosk: SampleKiosk, **facts: object) -> TripId:
    """Let this kiosk be the door of the first coach."""
    return door_at(kiosk, SOUTH, kiosk.opened.health().stream, "NZ-01", **facts)


def entries(kiosk: SampleKiosk) -> list[object]:
    events = kiosk.opened.sync_book.outgoing(500).events
    return [
        body for body in (event.parsed() for event in events) if isinstance(body, SlipBoarded | DoorClosed)
    ]


def test_a_slip_is_welcome_once_with_its_seat_and_its_entry(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    place = place_of(kiosk)
    trip = door_here(kiosk, place)
    shown = slip_at(kiosk, keys, place)
    said = come_with_paper(kiosk.hall, trip, shown)
    assert (said.word, said.slip, said.seat) == (Answer.WELCOME, place.slip, place.placement.seat)
    assert said.queue_number
    kiosk.clock.pass_time(60)
    again = come_with_paper(kiosk.hall, trip, shown)
    assert again.word is Answer.ALREADY_ABOARD
    assert again.at == kiosk.hall.now() - timedelta(seconds=60)
    assert entries(kiosk) == [SlipBoarded(trip=trip, slip=place.slip)]


def test_a_seat_of_another_kiosk_is_welcome_by_slip_and_by_pass(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    trip = coach(kiosk)
    tell_riders(kiosk, rider(trip, THEIRS, 12))
    said = come_with_paper(kiosk.hall, trip, scanned(kiosk, keys, their_slip()))
    assert said == DoorAnswer(Answer.WELCOME, SlipNumber(THEIRS), 12, "B007")
    code = BoardingCode(OUR_KEY_ID, SOUTH_KEY_ID, DAY, 7, SlipKind.DISPATCH, DAY, 1, 12)
    on_pass = scanned(kiosk, keys, boarding_codes.encode(code, OUR_KEY))
    assert come_with_paper(kiosk.hall, trip, on_pass).word is Answer.ALREADY_ABOARD


def test_a_genuine_slip_of_a_dark_kiosk_is_let_in_though_no_list_tells_of_it(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    """Its seat is its own: turning it away would break a firm promise because a network is down.

    Broken by asking the list alone: whoever a dark kiosk sold a seat to stays behind.
    """
    trip = coach(kiosk)
    said = come_with_paper(kiosk.hall, trip, scanned(kiosk, keys, their_slip()))
    assert (said.word, said.seat) == (Answer.WELCOME, None)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (their_slip(trip_no=0), Answer.NOT_LISTED),
        (their_slip(trip_no=9), Answer.NOT_LISTED),
        (their_slip(trip_no=2), Answer.WRONG_COACH),
        (their_slip(days_ago=365), Answer.NOT_LISTED),
        (their_slip(ahead=5), Answer.NOT_LISTED),
    ],
)
def test_who_goes_with_no_coach_or_another_one_is_told_so(
    kiosk: SampleKiosk, keys: SqlCodeKeys, text: str, word: Answer
) -> None:
    trip = coach(kiosk)
    said = come_with_paper(kiosk.hall, trip, scanned(kiosk, keys, text))
    assert said.word is word
    assert (said.coach and said.coach.id) == ("t-nz-2-0918" if word is Answer.WRONG_COACH else None)
    assert entries(kiosk) == []


def test_who_goes_with_a_coach_that_another_desk_formed_is_told_which_and_reads_it_on_his_slip(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    """Broken by showing only what the slip was printed with: his seat was given him since."""
    here = coach(kiosk)
    formed = door_at(kiosk, "t-nz-3-0918", "another stream", "NZ-02", is_formed=True)
    text = their_slip(trip_no=0)
    shown = scanned(kiosk, keys, text)
    assert isinstance(shown, SlipReading)
    assert shown.slip is not None
    assert shown.seat is None
    tell_riders(kiosk, rider(formed, shown.slip.number, 7, education="not_needed"))
    said = come_with_paper(kiosk.hall, here, shown)
    assert (said.word, said.coach and said.coach.id, said.seat) == (Answer.WRONG_COACH, formed, 7)
    again = scanned(kiosk, keys, text)
    assert isinstance(again, SlipReading)
    assert (again.seat and (again.seat.coach.id, again.seat.seat)) == (formed, 7)
    last_year = scanned(kiosk, keys, their_slip(trip_no=0, days_ago=365))
    assert isinstance(last_year, SlipReading)
    assert last_year.seat is None


def test_who_is_missing_is_called_by_number_with_the_time_until_he_is_aboard(kiosk: SampleKiosk) -> None:
    """One-line break: in `_call`, call whoever was called before and is aboard by now."""
    trip = coach(kiosk)
    tell_riders(kiosk, rider(trip, THEIRS, 3, queue_number="B7", education="not_needed"))
    with kiosk.hall.store.reading() as records:
        missing = len(boarding_roll(records, trip).missing)
    assert call_missing(kiosk.hall, trip, CLERK) == missing
    with kiosk.hall.store.reading() as records:
        assert records.riders.calls(trip)[SlipNumber(THEIRS)] == kiosk.hall.now()
        [call] = coach_calls(kiosk.hall, records)
    assert (call.coach.id, len(call.called), call.at) == (trip, missing, kiosk.hall.now())
    assert come_by_hand(kiosk.hall, trip, SlipNumber(THEIRS), CLERK).word is Answer.WELCOME
    with kiosk.hall.store.reading() as records:
        waited_for = [each.slip for call in coach_calls(kiosk.hall, records) for each in call.called]
    assert THEIRS not in waited_for
    kiosk.clock.pass_time(CALL_SHOWN.total_seconds())
    with kiosk.hall.store.reading() as records:
        assert coach_calls(kiosk.hall, records) == []
    elsewhere = door_at(kiosk, "t-nz-3-0918", "another stream", "NZ-02")
    with pytest.raises(Refused):
        call_missing(kiosk.hall, elsewhere, CLERK)
    said = rider(elsewhere, "PG-NZ-0918-02-0008", 5, called_at=kiosk.hall.now(), queue_number="B8")
    tell_riders(kiosk, said)
    with kiosk.hall.store.reading() as records:
        [call] = coach_calls(kiosk.hall, records)
    assert [each.queue_number for each in call.called] == ["B8"], "called at another device of the hall"


def test_a_slip_of_last_year_by_the_same_number_is_not_this_riders(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    trip = coach(kiosk)
    tell_riders(kiosk, rider(trip, THEIRS, 12))
    old = scanned(kiosk, keys, their_slip(days_ago=365))
    assert come_with_paper(kiosk.hall, trip, old).word is Answer.NOT_LISTED


def test_a_place_that_was_given_back_lets_nobody_in_by_any_word(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    """Broken by asking the blocks alone: of what was given back at the door itself it is told none yet."""
    place = place_of(kiosk)
    trip, met = door_here(kiosk, place), recognise(kiosk.hall, kiosk.people["miao"].card)
    give_back(kiosk.hall, met, place.placement.id, Reason.ILL)
    assert come_with_paper(kiosk.hall, trip, slip_at(kiosk, keys, place)).word is Answer.VOID
    tell_riders(kiosk, rider(trip, THEIRS, 12))
    take_back(kiosk, "rider", THEIRS)
    keep_out(kiosk, trip, THEIRS)
    assert come_with_paper(kiosk.hall, trip, scanned(kiosk, keys, their_slip())).word is Answer.VOID
    assert entries(kiosk) == []


def test_whoever_the_door_before_let_in_is_aboard(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    trip = coach(kiosk)
    tell_riders(kiosk, rider(trip, THEIRS, 12))
    keep_out(kiosk, trip, THEIRS)
    said = come_with_paper(kiosk.hall, trip, scanned(kiosk, keys, their_slip()))
    assert (said.word, said.at) == (Answer.ALREADY_ABOARD, None)
    with kiosk.hall.store.reading() as records:
        assert boarding_roll(records, trip) == BoardingRoll(aboard=1, listed=1, missing=())


def test_only_the_door_lets_in_and_only_until_it_is_closed(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    shown = scanned(kiosk, keys, their_slip())
    trip = door_at(kiosk, SOUTH, "another stream", "NZ-02")
    assert come_with_paper(kiosk.hall, trip, shown).word is Answer.ELSEWHERE
    with pytest.raises(Refused, match="elsewhere"):
        open_door(kiosk.hall, trip, CLERK)
    coach(kiosk)
    open_door(kiosk.hall, trip, CLERK)
    assert come_with_paper(kiosk.hall, trip, shown).word is Answer.WELCOME
    with kiosk.hall.store.writing() as records:
        assert close_door(kiosk.hall, records, trip) == (THEIRS,)
    late = scanned(kiosk, keys, their_slip(counter=8))
    assert come_with_paper(kiosk.hall, trip, late).word is Answer.GONE
    assert entries(kiosk)[1:] == [DoorClosed(trip=trip, boarded=[THEIRS])]
    with pytest.raises(Refused, match="closed"), kiosk.hall.store.writing() as records:
        close_door(kiosk.hall, records, trip)


@pytest.mark.parametrize("state", [TripState.DEPARTED, TripState.CANCELLED])
def test_a_coach_that_left_or_does_not_go_takes_nobody(
    kiosk: SampleKiosk, keys: SqlCodeKeys, state: TripState
) -> None:
    trip = coach(kiosk, state=state.value)
    assert come_with_paper(kiosk.hall, trip, scanned(kiosk, keys, their_slip())).word is Answer.GONE


def test_no_more_come_in_than_there_are_seats(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    """TRIP-01. Numbers keep it so by themselves; this is for a coach that was swapped for a smaller one.

    Broken by counting no bodies: a coach that became smaller takes all that its list was made for.
    """
    trip = coach(kiosk, seats=2)
    texts = [their_slip(counter) for counter in (7, 8, 9)]
    words = [come_with_paper(kiosk.hall, trip, scanned(kiosk, keys, text)).word for text in texts]
    assert words == [Answer.WELCOME, Answer.WELCOME, Answer.FULL]


def test_a_class_that_is_missing_is_asked_for_at_the_door_until_it_was_held_anywhere(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    """EDU-01. Broken by believing how somebody stood when he took the seat."""
    body = next(job for job in kiosk.sample.jobs if "height" in job.needs_classes)
    trip = coach(kiosk)
    untaught = rider(trip, THEIRS, 12, job=body.id, education="missing")
    tell_riders(kiosk, untaught)
    shown = scanned(kiosk, keys, their_slip())
    said = come_with_paper(kiosk.hall, trip, shown)
    assert (said.word, said.hazard_class) == (Answer.NOT_TAUGHT, "height")
    tell_riders(kiosk, untaught.model_copy(update={"education": "held"}))
    assert come_with_paper(kiosk.hall, trip, shown).word is Answer.WELCOME


def test_a_class_held_at_this_desk_counts_at_once(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    """Whoever needs several comes in with the last of them. Broken by looking at one alone."""
    body = next(job for job in kiosk.sample.jobs if job.needs_classes == ["height", "site"])
    trip, worker = coach(kiosk), register(kiosk, "miao").worker
    tell_riders(kiosk, rider(trip, THEIRS, 12, job=body.id, education="missing", worker=worker))
    shown = scanned(kiosk, keys, their_slip())
    assert come_with_paper(kiosk.hall, trip, shown).word is Answer.NOT_TAUGHT
    hold_class(kiosk.hall, worker, "height", CLERK)
    said = come_with_paper(kiosk.hall, trip, shown)
    assert (said.word, said.hazard_class) == (Answer.NOT_TAUGHT, "site")
    hold_class(kiosk.hall, worker, "site", CLERK)
    assert come_with_paper(kiosk.hall, trip, shown).word is Answer.WELCOME


def test_a_card_on_the_reader_must_be_that_of_the_slip(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    place = place_of(kiosk)
    trip, shown = door_here(kiosk, place), slip_at(kiosk, keys, place)
    others = register(kiosk, next(key for key in kiosk.people if key != "miao"))
    assert come_with_paper(kiosk.hall, trip, shown, others).word is Answer.OTHERS_CARD
    own = recognise(kiosk.hall, kiosk.people["miao"].card)
    assert come_with_paper(kiosk.hall, trip, shown, own).word is Answer.WELCOME


def test_a_card_alone_finds_the_seat_of_this_coach(kiosk: SampleKiosk, keys: SqlCodeKeys) -> None:
    place = place_of(kiosk)
    trip, card = door_here(kiosk, place), kiosk.people["miao"].card
    stranger = next(person.card for key, person in kiosk.people.items() if key != "miao")
    assert come_with_card(kiosk.hall, trip, recognise(kiosk.hall, stranger)).word is Answer.NOT_LISTED
    said = come_with_card(kiosk.hall, trip, recognise(kiosk.hall, card))
    assert (said.word, said.seat) == (Answer.WELCOME, place.placement.seat)
    other = door_at(kiosk, "t-nz-3-0918", kiosk.opened.health().stream)
    wrong = come_with_card(kiosk.hall, other, recognise(kiosk.hall, card))
    assert (wrong.word, wrong.coach and wrong.coach.id) == (Answer.WRONG_COACH, trip)


def test_whoever_is_found_by_hand_boards_in_the_name_of_who_let_him_in(kiosk: SampleKiosk) -> None:
    trip = coach(kiosk)
    tell_riders(kiosk, rider(trip, THEIRS, 12), rider(trip, "PG-NZ-0918-02-0008", 13))
    assert come_by_hand(kiosk.hall, trip, SlipNumber(THEIRS), CLERK).word is Answer.WELCOME
    with kiosk.hall.store.reading() as records:
        assert [line.act for line in records.desk.audit_lines(1)] == ["board_by_hand"]
        assert [item.seat for item in boarding_roll(records, trip).missing] == [13]
    assert come_by_hand(kiosk.hall, trip, SlipNumber("PG-NZ-0918-02-0009"), CLERK).word is Answer.NOT_LISTED


def test_a_return_part_and_a_forged_slip_are_none_of_ours_at_the_door(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    trip = coach(kiosk)
    code = SlipCode(SOUTH_KEY_ID, SlipKind.DISPATCH, DAY, 7, 1, PayUnit.DAY, DAY, 1, 3, b"12345")
    forged = slip_codes.encode(code, STRANGE_KEY)
    part = return_codes.encode(ReturnCode(SOUTH_KEY_ID, SlipKind.DISPATCH, DAY, 7), CITY_KEY)
    for text in (forged, part):
        said = come_with_paper(kiosk.hall, trip, scanned(kiosk, keys, text))
        assert said == DoorAnswer(Answer.NOT_GENUINE)


def test_a_job_that_this_kiosk_does_not_know_leaves_the_class_to_what_the_bureau_told(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    trip = coach(kiosk)
    tell_riders(kiosk, rider(trip, THEIRS, 12, education="missing"))
    said = come_with_paper(kiosk.hall, trip, scanned(kiosk, keys, their_slip()))
    assert (said.word, said.hazard_class) == (Answer.NOT_TAUGHT, "")


def test_where_the_law_of_the_place_asks_for_no_class_the_door_asks_for_none(
    kiosk: SampleKiosk, keys: SqlCodeKeys
) -> None:
    trip = coach(kiosk)
    parameter = next(item for item in kiosk.sample.parameters if item.key == "education.is_required")
    row_id = f"{parameter.key}@{parameter.effective_from}"
    tell(kiosk, "parameter", row_id, parameter.model_copy(update={"value": "0"}))
    tell_riders(kiosk, rider(trip, THEIRS, 12, education="missing"))
    said = come_with_paper(kiosk.hall, trip, scanned(kiosk, keys, their_slip()))
    assert said.word is Answer.WELCOME
    assert JobId("j-9") not in {job.id for job in kiosk.sample.jobs}
