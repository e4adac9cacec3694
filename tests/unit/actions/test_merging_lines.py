"""One human in a line under two registrations: one number is kept for him, whichever card he lays down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.actions.call_next import call_next, call_waiting
from kiosk.actions.faults import Refused
from kiosk.actions.merge_people import merge_people
from kiosk.actions.ports import Staff
from kiosk.actions.recognise import Recognition
from kiosk.actions.sign_up import sign_up
from kiosk.actions.take_place import take_place
from kiosk.actions.two_persons import Pair, Present
from kiosk.actions.why_not import why_not
from kiosk.domain.duties import Role
from kiosk.domain.ids import JobId, StaffId
from tests.halls import CLERK, SampleKiosk, employ, open_sample_kiosk
from tests.unit.actions.lines import come, full_job, in_line, line_of, talked_over
from tests.unit.actions.test_waiting import ANSWER_S, comes_free
from tests.unit.actions.visits import doubled, version_of

MANAGER = Staff(StaffId("manager"), "测试庚", Role.MANAGER.value, "", is_active=True)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[SampleKiosk]:
    """A kiosk with an attendant and a manager."""
    sample = open_sample_kiosk(tmp_path)
    employ(sample.hall, MANAGER)
    yield sample
    sample.opened.close()


def merge(kiosk: SampleKiosk, kept: Recognition, joined: Recognition) -> None:
    pair = Pair(Present(CLERK, is_by_pin=True), Present(MANAGER, is_by_pin=False))
    merge_people(kiosk.hall, kept.worker, joined.worker, "同一个人两张证", pair)


def test_who_stands_twice_is_called_once_and_nobody_behind_him_loses_a_place(kiosk: SampleKiosk) -> None:
    """One-line break: in `call_next._stands_against`, ask nothing of the other registration."""
    job = talked_over(kiosk)
    met = come(kiosk, 1)
    other = doubled(kiosk, met)
    third = come(kiosk, 2)
    first, second, behind = (in_line(kiosk, each, job) for each in (met, other, third))
    merge(kiosk, other, met)
    assert call_next(kiosk.hall, job, "3", CLERK).id == first.id
    assert call_next(kiosk.hall, job, "3", CLERK).id == behind.id
    assert why_not(kiosk.hall, second.id)[0].sentence.key == "hiring.why.twice"
    with pytest.raises(Refused, match=r"nobody_waits"):
        call_next(kiosk.hall, job, "3", CLERK)
    assert sign_up(kiosk.hall, other, job, version_of(kiosk, job)).id == first.id
    assert len(line_of(kiosk, job)) == 3, "what was written stays"


def test_who_was_called_under_one_registration_takes_that_place_with_the_other_card(
    kiosk: SampleKiosk,
) -> None:
    """Broken by letting the one in front count that waits, while a number is kept for the other."""
    job, _, later = _called_and_merged(kiosk)
    assert take_place(kiosk.hall, later, job, version_of(kiosk, job)).placement.spent[0].number == 900
    comes_free(kiosk, job, 2)
    assert call_waiting(kiosk.hall) == [], "whoever has his place is called for no second one"


def test_who_comes_back_with_his_other_card_is_called_again(kiosk: SampleKiosk) -> None:
    """One-line break: in `call_next._stands_against`, look for the very card that was called."""
    _, called, other = _called_and_merged(kiosk)
    kiosk.clock.pass_time(ANSWER_S)
    assert call_waiting(kiosk.hall) == []
    (again,) = call_waiting(kiosk.hall, present=(called.worker,))
    assert again.worker == other.worker, "who let it go by stands behind, and comes first by the other one"


def _called_and_merged(kiosk: SampleKiosk) -> tuple[JobId, Recognition, Recognition]:
    """Let the first of a line be called, and be one with somebody who is not called; return both."""
    job = full_job(kiosk)
    met = come(kiosk, 1)
    other = doubled(kiosk, met)
    for each in (met, other):
        in_line(kiosk, each, job)
    comes_free(kiosk, job, 1)
    assert len(call_waiting(kiosk.hall)) == 1
    merge(kiosk, met, other)
    return job, met, other
