"""Jobs that a hall posts: the rules decide at once, a reviewer decides the rest, withdrawing ends them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.bureau.advertisements import Ruling
from kiosk.bureau.feeds import CITY, Changes, current_body
from kiosk.bureau.offices import Office
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.publishing import publish
from kiosk.bureau.rulings import awaiting_review, review_job, rulings_on
from kiosk.domain.jobs import JobState
from kiosk.domain.sentences import Sentence
from kiosk.messages.events import JobPosted, JobWithdrawn
from kiosk.messages.feed import JobBody
from kiosk.messages.sync import Want
from tests.unit.bureau.rehearsal import DAWN, Machine, employer, job, new_machine, parameters, pulse

OK = Ruling(JobState.PUBLISHED, Sentence("bureau.ruling.lawful"))


@pytest.fixture
def machine(bureau: Office, folder: Path) -> Machine:
    publish(bureau.database, CITY, [*parameters(), employer()])
    return new_machine(bureau, folder)


def post(body: JobBody) -> JobPosted:
    return JobPosted(job=body.model_dump(mode="json"), actor="s1")


def state_told(bureau: Office) -> str | None:
    with bureau.database.reading() as connection:
        said = current_body(connection, Changes(), [CITY], "job", "j1")
    return JobBody.model_validate_json(said[1]).state if said else None


def is_grantable(bureau: Office, machine: Machine) -> bool:
    return bool(pulse(bureau, machine, [Want(quota="places:j1", count=1)]).rights)


def test_a_lawful_job_is_on_every_board_with_the_same_round(bureau: Office, machine: Machine) -> None:
    machine.do(post(job()))
    assert is_grantable(bureau, machine)
    assert state_told(bureau) == "published"


def test_a_job_below_the_minimum_wage_comes_back_with_the_reason(bureau: Office, machine: Machine) -> None:
    cheap = job()
    machine.do(post(cheap.model_copy(update={"pay": cheap.pay.model_copy(update={"fen": 500})})))
    reply = pulse(bureau, machine)
    assert [refusal.reason for refusal in reply.refusals] == ["bureau.refused.job_returned"]
    with bureau.database.reading() as connection:
        [ruling] = rulings_on(connection, "j1", 1)
    assert (ruling.sentence.key, ruling.sentence.args["number"]) == ("rules.posting.below_minimum", "160")
    assert state_told(bureau) == "returned"
    assert not is_grantable(bureau, machine)


def test_a_job_of_an_employer_nobody_verified_waits_for_a_reviewer(bureau: Office, machine: Machine) -> None:
    publish(bureau.database, CITY, [employer(verified=False)])
    machine.do(post(job()))
    assert not is_grantable(bureau, machine)
    assert [waiting.id for waiting in awaiting_review(bureau.database)] == ["j1"]
    review_job(bureau.database, "j1", 1, OK, "r1", DAWN)
    assert awaiting_review(bureau.database) == []
    assert state_told(bureau) == "published"
    assert is_grantable(bureau, machine)


def test_a_reviewer_decides_only_what_waits(bureau: Office, machine: Machine) -> None:
    machine.do(post(job()))
    pulse(bureau, machine)
    with pytest.raises(NotApplicable):
        review_job(bureau.database, "j1", 1, OK, "r1", DAWN)


def test_a_withdrawn_job_leaves_the_boards_and_gives_no_more_rights(bureau: Office, machine: Machine) -> None:
    machine.do(post(job()))
    machine.do(JobWithdrawn(job="j1", reason="rain", actor="s1"))
    assert not is_grantable(bureau, machine)
    assert state_told(bureau) == "withdrawn"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"station": "XM"}, "not_this_hall"),
        ({"employer": "e9"}, "unknown_employer"),
        ({"family": "piracy"}, "malformed"),
    ],
)
def test_a_job_that_cannot_be_judged_is_refused(
    bureau: Office, machine: Machine, change: dict[str, str], reason: str
) -> None:
    machine.do(post(job().model_copy(update=change)))
    assert [refusal.reason for refusal in pulse(bureau, machine).refusals] == [f"bureau.refused.{reason}"]
    assert state_told(bureau) is None


def test_a_hall_does_not_change_or_withdraw_another_halls_job(bureau: Office, machine: Machine) -> None:
    publish(bureau.database, CITY, [job(station="XM")])
    machine.do(post(job()))
    machine.do(JobWithdrawn(job="j1", reason="", actor="s1"))
    machine.do(JobWithdrawn(job="j9", reason="", actor="s1"))
    reasons = [refusal.reason.rpartition(".")[2] for refusal in pulse(bureau, machine).refusals]
    assert reasons == ["not_this_hall", "not_this_hall", "unknown_job"]
    assert state_told(bureau) == "published"
