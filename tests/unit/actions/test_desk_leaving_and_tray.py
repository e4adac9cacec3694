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


def test_settling_twice_is_settling_once(kiosk: SampleKiosk, chief: Staff) -> None:
    refusal = Refusal(seq=1, reason="bureau.refused.unknown_job")
    answers.refuse(kiosk.opened, refusal, at=kiosk.hall.now())
    settle_refused(kiosk.hall, 1, chief)
    settle_refused(kiosk.hall, 1, chief)
    with kiosk.hall.store.reading() as records:
        assert not records.desk.refused()
        assert [line.act for line in records.desk.audit_lines(9)].count("settle_refused") == 1
