"""What somebody's role does not do is refused where it is done, and leaves no trace but the refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.actions.faults import Refused
from kiosk.actions.ports import Staff
from kiosk.actions.print_test_page import ask_test_page
from kiosk.domain.duties import DUTIES, Act, Role, may
from kiosk.domain.ids import StaffId
from kiosk.messages.feed import FeedRow, StaffBody
from kiosk.ui.desk.pages import Page, Panel, Plate, Row, shown_to
from tests import answers
from tests.halls import CLERK, SampleKiosk, employ, open_sample_kiosk
from tests.unit.actions.deeds import deed


@pytest.fixture(params=[act for act in Act if act is not Act.MAKE_FIRST_ADMINISTRATOR])
def act(request: pytest.FixtureRequest) -> Act:
    """Each act that somebody signed in can try."""
    tried: Act = request.param
    return tried


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[SampleKiosk]:
    """A kiosk with somebody of each role, and of one that this version does not know."""
    sample = open_sample_kiosk(tmp_path)
    employ(sample.hall, *(_of(role) for role in (*Role, "astronaut")))
    yield sample
    sample.opened.close()


def _of(role: str) -> Staff:
    return Staff(StaffId(f"of-{role}"), "测试", str(role), "", is_active=True)


def _log(kiosk: SampleKiosk) -> list[str]:
    with kiosk.hall.store.reading() as records:
        return [f"{line.actor} {line.act}" for line in records.desk.audit_lines(99)]


def test_every_act_is_refused_to_every_role_that_does_not_do_it(kiosk: SampleKiosk, act: Act) -> None:
    done = deed(kiosk, act)
    before, head = _log(kiosk), kiosk.opened.sync_book.outgoing(500).head
    for role in (*(role for role in Role if act not in DUTIES[role]), "astronaut"):
        with pytest.raises(Refused, match=r"duty\.not_yours"):
            done(_of(role))
    assert _log(kiosk) == before
    assert kiosk.opened.sync_book.outgoing(500).head == head
    done(_of(Role.ADMINISTRATOR))
    assert next(line.split()[1] for line in _log(kiosk)) == act


def test_who_sees_to_coaches_does_all_that_is_done_with_them() -> None:
    coaches = {
        *(Act.RECORD_VEHICLE, Act.RECORD_DRIVER, Act.FORM_TRIP, Act.CHANGE_PASSENGERS, Act.CREW_TRIP),
        *(Act.CHECK_DEPARTURE, Act.DEPART, Act.PRINT_MANIFEST, Act.OPEN_DOOR, Act.BOARD_BY_HAND),
        Act.CALL_RIDERS,
        *(Act.HAND_DUTY, Act.NOTE_INCIDENT, Act.COUNT_RETURN, Act.PRINT_OUTING, Act.CONFIRM_ARRIVAL),
    }
    assert coaches <= DUTIES[Role.TRANSPORT_COORDINATOR]


def test_nobody_but_an_administrator_is_made_one() -> None:
    assert [role for role in Role if may(role, Act.MAKE_FIRST_ADMINISTRATOR)] == [Role.ADMINISTRATOR]


def test_every_role_does_something_and_only_administrators_do_everything() -> None:
    assert all(Act.SIGN_IN in DUTIES[role] for role in Role)
    assert [role for role in Role if DUTIES[role] == frozenset(Act)] == [Role.ADMINISTRATOR]


def test_whoever_left_while_signed_in_does_nothing_any_more(kiosk: SampleKiosk) -> None:
    body = StaffBody(id="s2", name="测试", role="attendant", pin_hash="", is_active=True)
    for pos, member in enumerate((body, body.model_copy(update={"is_active": False})), 1000):
        row = FeedRow(topic="staff", id="s2", pos=pos, body=member.model_dump_json())
        answers.tell(kiosk.opened, [row], pos, feed_gen="g")
        if member.is_active:
            ask_test_page(kiosk.hall, replace(CLERK, id=StaffId("s2")))
    with pytest.raises(Refused, match=r"duty\.ended"):
        ask_test_page(kiosk.hall, replace(CLERK, id=StaffId("s2")))


def test_a_role_raised_by_hand_counts_for_nothing(kiosk: SampleKiosk) -> None:
    with pytest.raises(Refused, match=r"duty\.not_yours"):
        deed(kiosk, Act.END_PROGRAM)(replace(CLERK, role="administrator"))


def test_a_page_offers_a_role_only_what_it_does() -> None:
    page = Page(
        (Panel("t", rows=(Row("a", act="a", duty=Act.MEND_DEVICE), Row("b", act="b"))),),
        plates=(Plate("x", "x", duty=Act.END_PROGRAM), Plate("y", "y")),
    )
    seen = shown_to(Role.RIGHTS_OFFICER, page)
    assert [(row.key, row.act) for row in seen.panels[0].rows] == [("", ""), ("b", "b")]
    assert [plate.key for plate in seen.plates] == ["y"]
    assert shown_to(Role.ADMINISTRATOR, page) == page
