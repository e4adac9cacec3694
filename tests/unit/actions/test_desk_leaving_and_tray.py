"""Who may leave the kiosk, and what becomes of a refused entry somebody dealt with."""

from __future__ import annotations

import pytest

from kiosk.actions.faults import Refused
from kiosk.actions.leave_kiosk import leave_kiosk
from kiosk.actions.ports import Staff
from kiosk.actions.settle_refused import settle_refused
from kiosk.actions.sign_in import make_first_administrator
from kiosk.domain.duties import Act
from kiosk.messages.sync import Refusal
from tests import answers
from tests.halls import CLERK, SampleKiosk


@pytest.fixture
def chief(kiosk: SampleKiosk) -> Staff:
    """The first administrator."""
    made = make_first_administrator(kiosk.hall, "李桂芳")
    assert made is not None
    return made[0]


def test_only_an_administrator_ends_the_program(kiosk: SampleKiosk, chief: Staff) -> None:
    with pytest.raises(Refused, match="not_yours"):
        leave_kiosk(kiosk.hall, Act.END_PROGRAM, CLERK)
    leave_kiosk(kiosk.hall, Act.END_PROGRAM, chief)
    with kiosk.hall.store.reading() as records:
        assert records.desk.audit_lines(1)[0].act == "end_program"


def test_another_reason_for_an_entry_is_news_and_one_that_stands_there_is_none(
    kiosk: SampleKiosk, chief: Staff
) -> None:
    """One-line break: do nothing on conflict in `refused_entries._put`."""
    first, later = (f"bureau.refused.{name}" for name in ("unknown_job", "time_overlap"))
    at = kiosk.hall.now()
    answers.refuse(kiosk.opened, Refusal(seq=1, reason=first), at=at)
    settle_refused(kiosk.hall, 1, chief)
    answers.refuse(kiosk.opened, Refusal(seq=1, reason=first), at=at)
    with kiosk.hall.store.reading() as records:
        assert not records.desk.refused()
    kiosk.clock.pass_time(60)
    for reason in (later, first, later):
        answers.refuse(kiosk.opened, Refusal(seq=1, reason=reason), at=kiosk.hall.now())
    with kiosk.hall.store.reading() as records:
        [entry] = records.desk.refused()
    assert (entry.reason, entry.refused_at) == (first, at)
    assert (entry.newest_reason, entry.newest_at) == (later, kiosk.hall.now())
    settle_refused(kiosk.hall, 1, chief)
    for reason in (first, later):
        answers.refuse(kiosk.opened, Refusal(seq=1, reason=reason), at=kiosk.hall.now())
    with kiosk.hall.store.reading() as records:
        assert not records.desk.refused()


def test_settling_twice_is_settling_once(kiosk: SampleKiosk, chief: Staff) -> None:
    refusal = Refusal(seq=1, reason="bureau.refused.unknown_job")
    answers.refuse(kiosk.opened, refusal, at=kiosk.hall.now())
    settle_refused(kiosk.hall, 1, chief)
    settle_refused(kiosk.hall, 1, chief)
    with kiosk.hall.store.reading() as records:
        assert not records.desk.refused()
        assert [line.act for line in records.desk.audit_lines(9)].count("settle_refused") == 1
