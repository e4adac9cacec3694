"""Who waits where: what is kept of it for a quick look says the same as what everybody said last."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from kiosk.bureau.crowds import HERE, Crowd
from tests.unit.bureau.rehearsal import DAWN

KIOSKS, QUOTAS = ("A", "B", "C"), ("places:1", "places:2", "seats:1")
ROUNDS = st.lists(
    st.tuples(
        st.sampled_from(KIOSKS),
        st.dictionaries(st.sampled_from(QUOTAS), st.integers(0, 2)),
        st.integers(0, int(HERE.total_seconds()) + 1),
    ),
    max_size=30,
)


@given(ROUNDS)
def test_a_quota_is_scarce_as_long_as_somebody_said_that_he_waits_for_it(
    rounds: list[tuple[str, dict[str, int], int]],
) -> None:
    """Broken by keeping a kiosk among those that ask although nobody waits there any more."""
    crowd, now = Crowd(), DAWN
    last: dict[str, tuple[datetime, dict[str, int]]] = {}
    with create_engine("sqlite://").connect() as unread:
        for name, people, later_s in rounds:
            now += timedelta(seconds=later_s)
            crowd.hear(unread, name, people, now)
            last[name] = (now, people)
            asked_for = {
                quota
                for at, waiting in last.values()
                for quota, count in waiting.items()
                if count and now - at <= HERE
            }
            assert crowd.scarce(now) == sorted(asked_for)
            waiting = {(at, quota): crowd.waiting(at, quota, now) for at in KIOSKS for quota in QUOTAS}
            assert {quota for (_, quota), count in waiting.items() if count} == asked_for
            assert set(crowd.asking) == {at for at, (_, of) in last.items() if any(of.values())}
