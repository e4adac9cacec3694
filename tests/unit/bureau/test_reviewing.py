"""What waits for a reviewer is shown with what the rules say of it, and decided by whoever may decide."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kiosk.bureau.feeds import CITY, Changes, current_body
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish
from kiosk.bureau.rulings import awaiting_review, rulings_on
from kiosk.bureau.staffing import Employed, employ
from kiosk.cli import app
from kiosk.domain.duties import Role
from kiosk.messages.events import JobPosted, JobWithdrawn
from kiosk.messages.feed import JobBody
from tests.unit.bureau.rehearsal import employer, job, new_machine, parameters, pulse


@pytest.fixture
def waiting(bureau: Office, folder: Path) -> Office:
    """A bureau to which a hall posted a job with somebody's private number in it."""
    publish(bureau.database, CITY, [*parameters(), employer()])
    machine = new_machine(bureau, folder)
    posted = job().model_copy(update={"content": "摘果，联系 13911112222"})
    machine.do(JobPosted(job=posted.model_dump(mode="json"), actor="s1"))
    pulse(bureau, machine)
    return bureau


def review(folder: Path, *words: str, pin: str = "") -> Result:
    return CliRunner().invoke(app, ["bureau", "review", *words, "--data", str(folder)], input=pin + "\n")


def state_of(bureau: Office) -> str:
    with bureau.database.reading() as connection:
        said = current_body(connection, Changes(), [CITY], "job", "j1")
    assert said is not None
    return JobBody.model_validate_json(said[1]).state


@pytest.fixture
def chief(waiting: Office, folder: Path) -> Employed:
    return employ(folder, "NZ", "示范审核", Role.REVIEWER)


def test_what_waits_is_listed_and_shown_with_what_is_wrong(waiting: Office, folder: Path) -> None:
    assert review(folder, "list").stdout.startswith("j1\t1\t")
    shown = review(folder, "show", "j1").stdout
    assert "13911112222" in shown
    assert "review\t做什么\t" in shown
    assert "这家以前登过 0 个岗位，退回 0 个" in shown
    assert review(folder, "show", "j9").exit_code != 0


def test_a_reviewer_publishes_it(waiting: Office, chief: Employed, folder: Path) -> None:
    decided = review(folder, "approve", "j1", "--as", chief.body.id, pin=chief.pin)
    assert (decided.exit_code, "j1 已发布" in decided.stdout) == (0, True)
    assert state_of(waiting) == "published"
    assert awaiting_review(waiting.database) == []


def test_a_reviewer_sends_it_back_with_a_reason(waiting: Office, chief: Employed, folder: Path) -> None:
    decided = review(
        folder, "return", "j1", "--as", chief.body.id, "--reason", "请写单位登记的电话", pin=chief.pin
    )
    assert decided.exit_code == 0
    assert state_of(waiting) == "returned"


def test_what_is_published_is_taken_off_every_board_and_published_again_while_the_rules_allow(
    waiting: Office, chief: Employed, folder: Path
) -> None:
    """One-line break: publish again whatever is withdrawn, also what its hall withdrew."""
    who, why = ("--as", chief.body.id), ("--reason", "老板电话打不通")
    assert review(folder, "withdraw", "j1", *who, *why, pin=chief.pin).exit_code != 0, "it waits"
    assert review(folder, "approve", "j1", *who, pin=chief.pin).exit_code == 0
    assert review(folder, "publish", "j1", *who, pin=chief.pin).exit_code != 0, "it is published"
    taken_off = review(folder, "withdraw", "j1", *who, *why, pin=chief.pin)
    assert (taken_off.exit_code, "j1 已撤下" in taken_off.stdout, state_of(waiting)) == (0, True, "withdrawn")
    with waiting.database.reading() as connection:
        newest = rulings_on(connection, "j1", 1)[-1]
    assert newest.sentence.args == {"reason": "老板电话打不通"}
    assert review(folder, "publish", "j1", *who, pin=chief.pin).exit_code == 0
    assert state_of(waiting) == "published"
    machine = new_machine(waiting, folder)
    machine.do(JobWithdrawn(job="j1", reason="满了", actor="s1"))
    pulse(waiting, machine)
    assert review(folder, "publish", "j1", *who, pin=chief.pin).exit_code != 0
    assert state_of(waiting) == "withdrawn"


def test_nobody_decides_without_his_pin_or_another_role(
    waiting: Office, chief: Employed, folder: Path
) -> None:
    """One-line break: let whoever knows a PIN decide, whatever his role."""
    clerk = employ(folder, "NZ", "示范窗口", Role.ATTENDANT)
    wrong = "0000" if chief.pin != "0000" else "1111"
    for who, pin in ((chief.body.id, wrong), (clerk.body.id, clerk.pin), ("s-nobody", chief.pin)):
        assert review(folder, "approve", "j1", "--as", who, pin=pin).exit_code != 0
        assert state_of(waiting) == "pending"
