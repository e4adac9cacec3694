"""Whatever people do at the screen, nothing of one person reaches the next, and every visit ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.actions.ports import BoardQuery
from kiosk.actions.printing import PrintNews, PrintStage
from kiosk.actions.read_scan import ForeignReading
from kiosk.domain.sentences import Sentence
from kiosk.messages.scanned import Foreign
from kiosk.ui.journeys import PERSONAL_STEPS, RULES, Step
from kiosk.ui.sessions import open_places
from tests.unit.ui.visit_rig import ANSWERS, VisitRig, set_up

PEOPLE = ("miao", "tian", "an")
"""Two grown-ups, and a child whom the notice never meets."""

FOREIGN = ForeignReading(Foreign.GOODS, Sentence("actions.scan.goods"))

Act = Callable[[VisitRig], None]


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VisitRig]:
    rig = set_up(tmp_path_factory.mktemp("walks"))
    yield rig
    rig.close()


def answer(rig: VisitRig) -> None:
    """Answer the question that is asked, if one is."""
    ANSWERS.get(rig.visit.step, lambda visit: visit.stay())(rig.visit)


def open_own_job(rig: VisitRig) -> None:
    """Touch a job, on the pages that show any."""
    if rig.visit.step in {Step.GREETING, Step.BOARD}:
        rig.open("miao")


def collect(rig: VisitRig) -> None:
    """Touch the plate of a slip that waits, if there is one."""
    for place in open_places(rig.kiosk.hall, rig.visit.session):
        rig.visit.collect_slip(place.slip.number)


def say(stage: PrintStage) -> Act:
    """Let the printer say this of the last slip it got."""

    def said(rig: VisitRig) -> None:
        if rig.printer.submitted:
            rig.visit.hear_printer(PrintNews(rig.printer.submitted[-1], stage, 0.5))

    return said


ACTS: dict[str, Act] = {
    **{f"lay {key}": lambda rig, key=key: rig.lay(key) for key in PEOPLE},  # type: ignore[misc]
    **{f"printer {stage}": say(stage) for stage in PrintStage},
    "lift": lambda rig: rig.lift(),
    "unreadable": lambda rig: rig.visit.card_unreadable(Sentence("ui.trouble.unknown")),
    "reader out": lambda rig: rig.visit.reader_changed(Sentence("devices.reader.out_of_order")),
    "reader well": lambda rig: rig.visit.reader_changed(None),
    "scan": lambda rig: rig.visit.show_scan(FOREIGN),
    "scan in vain": lambda rig: rig.visit.scan_failed(Sentence("devices.scanner.nearer")),
    "go": lambda rig: rig.visit.go(),
    "answer": answer,
    "refuse": lambda rig: rig.visit.refuse_notice(),
    "browse": lambda rig: (
        rig.visit.browse(BoardQuery()) if rig.visit.step in {Step.HOME, Step.GREETING} else None
    ),
    "job": open_own_job,
    "collect": collect,
    "back": lambda rig: rig.visit.back(),
    "home": lambda rig: rig.visit.home(),
    "stay": lambda rig: rig.visit.stay(),
    "help": lambda rig: rig.visit.call_help(),
    "wait": lambda rig: rig.wait(25),
}


def assert_sound(rig: VisitRig) -> None:
    """Hold what is shown against who is there."""
    session, step = rig.visit.session, rig.visit.step
    met = session.recognition
    if met is None:
        assert step not in PERSONAL_STEPS - {Step.GOODBYE}
        assert session.arrival is None
        assert session.placement is None
    elif session.placement is not None:
        assert session.placement.worker == met.worker
    if step is Step.HOME:
        assert met is None
        assert session.job is None or not session.job.judgement


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(ACTS)), max_size=40))
def test_any_walk_keeps_one_persons_things_to_that_person_and_ends(rig: VisitRig, names: list[str]) -> None:
    rig.lift()
    rig.visit.end()
    for name in names:
        ACTS[name](rig)
        assert_sound(rig)
    rig.lift()
    longest_s = sum(rule.timeout_s or 0 for rule in RULES.values())
    for _ in range(longest_s):
        if rig.visit.step is Step.HOME:
            break
        rig.wait(1)
        assert_sound(rig)
    assert rig.visit.step is Step.HOME
    assert rig.holder is None
