"""What a job's body means to a newer and to an older reader."""

from __future__ import annotations

import pytest

from kiosk.actions.job_bodies import body_of
from kiosk.messages.feed import JobBody
from kiosk.messages.meanings import job_of
from tests.unit.storage.samples import job_body


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"needs_education": None}, set()),
        ({"needs_education": "heat"}, {"heat"}),
        ({"needs_education": "heat", "needs_classes": ["heat", "height"]}, {"heat", "height"}),
    ],
)
def test_a_job_needs_the_one_class_of_an_older_bureau_and_all_of_a_newer_one(
    said: dict[str, object], meant: set[str]
) -> None:
    """Broken by reading the older field alone: a job of several classes would ask for one."""
    told = job_body(1).model_dump(mode="json", exclude={"needs_classes"})
    assert job_of(JobBody.model_validate({**told, **said})).needs_classes == meant


def test_whoever_knows_of_one_class_is_told_one_of_those_that_a_posting_needs() -> None:
    posted = body_of(job_of(job_body(1, needs_classes=["height", "heat"])))
    assert (posted.needs_education, posted.needs_classes) == ("heat", ["heat", "height"])
