"""The order of a line: who came first is called first, whatever hands and absences do to it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.fair_order import ABSENT, Candidate, Choice, Why, choose, why
from kiosk.domain.ids import JobId, SignUpId, WorkerId
from kiosk.domain.orders import OrderKey, Turn
from kiosk.domain.sign_ups import SignUp, Way, in_order, place_in_line, turn_behind_next

DAY = date(2026, 9, 18)
DAWN = datetime(2026, 9, 17, 21, 10, tzinfo=UTC)


def turn(minute: int, kiosk: str = "A") -> Turn:
    return Turn.of(OrderKey(DAY, DAWN + timedelta(minutes=minute), kiosk, minute))


def signed(minute: int, **changed: object) -> SignUp:
    facts: dict[str, object] = {
        "id": SignUpId(f"s{minute}"),
        "worker": WorkerId(f"w{minute}"),
        "job": JobId("j1"),
        "job_version": 1,
        "way": Way.TALK,
        "queue_number": f"A{minute}",
        "turn": turn(minute),
        "signed_at": DAWN,
    }
    return SignUp(**(facts | changed))  # type: ignore[arg-type]  # one place knows the fields


def candidate(minute: int, blocked_by: str = "") -> Candidate:
    return Candidate(SignUpId(f"s{minute}"), f"A{minute}", turn(minute), blocked_by)


def test_whoever_came_first_is_called_whenever_he_signed_up() -> None:
    choice = Choice(3, 0, tuple(candidate(minute) for minute in (9, 4, 7)))
    chosen = choose(choice)
    assert chosen is not None
    assert chosen.queue_number == "A4"


def test_who_may_not_take_the_job_is_passed_over_and_told_which_rule() -> None:
    choice = Choice(3, 0, (candidate(1, "TIME-01"), candidate(2), candidate(3)))
    assert why(choice, SignUpId("s1")).why is Why.BLOCKED
    assert why(choice, SignUpId("s1")).rule == "TIME-01"
    assert why(choice, SignUpId("s2")).why is Why.CALLED
    later = why(choice, SignUpId("s3"))
    assert (later.why, later.before) == (Why.LATER, 2)
    assert later.called == candidate(2)


def test_nobody_is_called_where_every_number_is_kept_already() -> None:
    choice = Choice(2, 2, (candidate(1),))
    assert choose(choice) is None
    assert why(choice, SignUpId("s1")).why is Why.NO_ROOM


def test_who_stands_so_far_behind_that_nobody_wrote_him_down_is_told_who_was_called() -> None:
    choice = Choice(1, 0, (candidate(1, ABSENT), candidate(2)), behind=200)
    answer = why(choice, SignUpId("s180"))
    assert (answer.why, answer.called) == (Why.LATER, candidate(2))


@given(
    minutes=st.lists(st.integers(0, 200), min_size=1, max_size=20, unique=True),
    blocked=st.sets(st.integers(0, 200)),
    data=st.data(),
)
def test_the_order_in_which_people_are_written_down_changes_nothing(
    minutes: list[int], blocked: set[int], data: st.DataObject
) -> None:
    written = [candidate(minute, "TIME-01" if minute in blocked else "") for minute in minutes]
    shuffled = data.draw(st.permutations(written))
    free = [minute for minute in minutes if minute not in blocked]
    chosen = choose(Choice(1, 0, tuple(shuffled)))
    assert chosen == (candidate(min(free)) if free else None)


def test_who_does_not_come_goes_behind_the_next_and_stays_in_the_line() -> None:
    line = [signed(1), signed(2), signed(3)]
    missed = line[0].back_in_line(turn_behind_next(line, line[0]), 0)
    after = in_order([missed, *line[1:]])
    assert [item.queue_number for item in after] == ["A2", "A1", "A3"]
    again = after[0].back_in_line(turn_behind_next(after, after[0]), 0)
    assert [item.queue_number for item in in_order([after[1], again, after[2]])] == ["A1", "A2", "A3"]


def test_who_stands_alone_keeps_his_turn() -> None:
    only = signed(5)
    assert turn_behind_next([only], only) == only.turn


@given(
    st.lists(st.tuples(st.sampled_from(["miss", "move"]), st.integers(0, 5), st.integers(0, 5)), max_size=30)
)
def test_however_often_people_are_moved_nobody_is_lost_and_the_order_is_total(
    acts: list[tuple[str, int, int]],
) -> None:
    line = {item.id: item for item in (signed(minute) for minute in range(6))}
    for act, who, other in acts:
        one, later = line[SignUpId(f"s{who}")], line[SignUpId(f"s{other}")]
        if act == "miss":
            line[one.id] = one.back_in_line(turn_behind_next(line.values(), one), 0)
            behind = [item for item in in_order(line.values()) if item.id != one.id]
            assert one.turn <= line[one.id].turn or not behind
        elif one.id != later.id:
            line[one.id] = one.moved(one.turn.before(later.turn))
            assert line[one.id].turn < later.turn
    turns = [item.turn for item in in_order(line.values())]
    assert len(set(turns)) == len(turns) == 6


def test_the_place_in_line_counts_only_those_who_still_wait_before() -> None:
    called = signed(1).called("2", "kiosk-A", DAWN, None)
    line = [called, signed(2), signed(3), signed(4).ended(DAWN, "withdrawn")]
    assert place_in_line(line, line[2]) == 2
