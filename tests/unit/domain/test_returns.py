"""Did everybody come back: each who went out is in one list, and nobody is let out of it by time alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.domain.clock import instant_of
from kiosk.domain.ids import SlipNumber
from kiosk.domain.returns import ReturnMark, Whereabouts, counted, due_at
from tests.unit.domain.test_coach_stands import COACH

DAY = date(2026, 9, 18)
NOW = datetime(2026, 9, 18, 10, 0, tzinfo=UTC)
SLIPS = st.sampled_from([SlipNumber(f"S{at}") for at in range(12)])
MARKS = st.builds(
    ReturnMark,
    slip=SLIPS,
    where=st.sampled_from([Whereabouts.BACK, Whereabouts.STAYED, Whereabouts.MISSING]),
    at=st.just(NOW),
    reason=st.just(""),
    until=st.one_of(st.none(), st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days))),
)

PAST_STAY = ReturnMark(SlipNumber("S1"), Whereabouts.STAYED, NOW, until=DAY - timedelta(days=1))


@given(st.lists(SLIPS), st.lists(MARKS))
@example([SlipNumber("S1")], [PAST_STAY])
def test_everybody_who_went_out_is_back_stays_is_missing_or_stands_in_the_list_of_who_is_out(
    outbound: list[SlipNumber], marks: list[ReturnMark]
) -> None:
    """Nobody stays out silently: no mark of another, and no stay that is past, takes a name off the list.

    One-line break: in `ReturnMark.on`, believe a stay that is past.
    """
    said = {mark.slip: mark for mark in marks}
    count = counted(outbound, said, DAY)
    lists = (count.out, count.back, count.stayed, count.missing)
    assert sorted(slip for part in lists for slip in part) == sorted(set(outbound))
    assert count.expected == len(set(outbound))
    for slip in set(outbound):
        mark = said.get(slip)
        is_away_with_leave = (
            mark is not None
            and mark.where is Whereabouts.STAYED
            and (mark.until is None or mark.until >= DAY)
        )
        is_settled = (mark is not None and mark.where is Whereabouts.BACK) or is_away_with_leave
        assert (slip in (*count.out, *count.missing)) is not is_settled
    assert count.is_open is bool(count.out or count.missing)


def test_a_return_is_due_at_its_time_the_next_morning_or_when_the_day_is_over() -> None:
    evening = replace(COACH, returns_at=time(18, 30))
    night_shift = replace(COACH, departs_at=time(19), returns_at=time(6))
    assert due_at(evening, 60) == instant_of(DAY, time(19, 30))
    assert due_at(night_shift, 0) == instant_of(DAY + timedelta(days=1), time(6))
    assert due_at(COACH, 0) == instant_of(DAY + timedelta(days=1), time())
