"""Practice is the whole way, in a hall that is gone afterwards; of the real one nothing changes."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from kiosk.actions.compose_slip import read_document
from kiosk.actions.practice import PRACTICE_CARD
from kiosk.actions.printing import PaperState, PrintNews, PrintStage
from kiosk.actions.read_scan import read_scan
from kiosk.actions.scan_readings import PracticeReading
from kiosk.app.own_key import OwnKeyKnown
from kiosk.domain.ids import JobId
from kiosk.messages.practice_codes import PRACTICE_KEY_ID
from kiosk.storage.all_tables import METADATA
from kiosk.storage.code_keys import SqlCodeKeys
from kiosk.ui.journeys import Step
from kiosk.ui.sessions import slip_of
from tests.unit.ui.acts import ACTS, OFFERED
from tests.unit.ui.pupils import PUPIL, answer, read
from tests.unit.ui.visit_rig import VisitRig, set_up
from tests.unit.ui.walker import STEPS_A_MORNING, Walker

SOMEBODY = "miao"
REAL_ACTS = {"lay", "call", "owe", "open_class", "power", "call_help", "lead", "gather"}
"""What others do, or is meant to be real although somebody practises: a call for help."""


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[VisitRig]:
    rig = set_up(tmp_path / "hall")
    yield rig
    rig.close()


def bytes_of(folder: Path) -> dict[str, str]:
    """Return what every file of a hall holds; the index of the log is scratch memory, which readers touch."""
    files = [item for item in folder.rglob("*") if item.is_file() and not item.name.endswith("-shm")]
    return {item.name: hashlib.sha256(item.read_bytes()).hexdigest() for item in files}


def rows_of(rig: VisitRig) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table of the real hall."""
    with rig.kiosk.opened.database.reading() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in METADATA.tables.items()
        }


def begin(rig: VisitRig) -> None:
    """Practise, say yes and skip the questions."""
    rig.visit.practising.begin()
    rig.skip_questions()
    assert rig.visit.step is Step.GREETING


def take(rig: VisitRig) -> None:
    """Practise up to the slip that is on its way."""
    begin(rig)
    rig.open(SOMEBODY)
    rig.visit.go()
    rig.visit.go()
    assert rig.visit.step is Step.PRINTING


def test_practice_is_the_same_way_from_the_notice_to_the_slip(rig: VisitRig) -> None:
    take(rig)
    rig.tell_of_practice(PrintStage.PRINTED)
    assert rig.visit.step is Step.GOODBYE
    rig.visit.go()
    practised = list(rig.steps)
    rig.steps.clear()
    rig.take(SOMEBODY)
    rig.tell(PrintStage.PRINTED)
    rig.lift()
    rig.visit.go()
    assert practised == [step for step in rig.steps if step is not Step.READING]


def test_a_safety_class_is_practised_too_and_held_by_nobody(rig: VisitRig, tmp_path: Path) -> None:
    before = bytes_of(tmp_path)
    begin(rig)
    rig.visit.open_job(JobId(str(rig.kiosk.people[PUPIL].tries)))
    rig.visit.go()
    read(rig)
    for _ in range(5):
        answer(rig, is_right=True)
    assert rig.steps[-1] is Step.SIGN_CLASS
    rig.visit.learning.begin_stroke((0.1, 0.1))
    rig.visit.learning.draw((0.9, 0.9))
    rig.visit.go()
    assert rig.visit.step is Step.CONFIRM
    rig.visit.end()
    assert bytes_of(tmp_path) == before


def test_nobody_is_taken_along_for_practice(rig: VisitRig) -> None:
    begin(rig)
    rig.open(SOMEBODY)
    assert rig.visit.step is Step.DETAIL
    assert not rig.visit.teaming.may_lead
    rig.visit.teaming.open()
    assert rig.visit.step is Step.DETAIL


def test_nothing_of_a_whole_practice_reaches_the_real_hall(rig: VisitRig, tmp_path: Path) -> None:
    rows, held = rows_of(rig), bytes_of(tmp_path)
    take(rig)
    rig.tell_of_practice(PrintStage.PRINTED)
    rig.visit.go()
    assert rig.visit.step is Step.HOME
    assert rows_of(rig) == rows
    assert bytes_of(tmp_path) == held
    assert rig.printer.submitted == []


def test_no_random_practice_changes_a_byte_of_the_real_hall(tmp_path: Path) -> None:
    doable = {name: act for name, act in ACTS.items() if name not in REAL_ACTS}
    offered = {step: tuple(set(names) & set(doable)) or ("go",) for step, names in OFFERED.items()}
    doable["lay"] = lambda _walker: None  # nobody else comes meanwhile
    offered[Step.HOME] = ("practise",)
    walker = Walker(tmp_path, random.getrandbits(32), doable, offered, ("practise",))
    held = bytes_of(tmp_path)
    walker.walk(STEPS_A_MORNING - 1)
    assert walker.steps[Step.DETAIL] > 0
    assert bytes_of(tmp_path) == held
    walker.close()


def test_sync_may_write_while_somebody_practises(rig: VisitRig) -> None:
    take(rig)
    with rig.kiosk.hall.store.writing() as records:
        records.settings.put("sync", "writes")
    assert rig.visit.is_practice


def test_who_practises_is_somebody_new_each_time(rig: VisitRig) -> None:
    for _ in range(2):
        rig.visit.practising.begin()
        assert rig.visit.step is Step.NOTICE
        rig.visit.go()
        rig.visit.end()
        assert not rig.visit.is_practice


def test_the_slip_of_who_practised_before_is_not_taken_for_ones_own(rig: VisitRig) -> None:
    """Broken by a practice that counts its papers from one again: its preview and news are another's."""
    take(rig)
    [before] = rig.tray.papers
    rig.visit.end()
    take(rig)
    assert before.number is not None
    assert before.number != rig.tray.papers[-1].number
    rig.visit.hear_printer(PrintNews(before.number, PrintStage.PRINTED, 1.0))
    assert Step.GOODBYE not in rig.steps
    rig.tell_of_practice(PrintStage.PRINTED)
    assert Step.GOODBYE in rig.steps


def test_a_call_for_help_out_of_practice_is_real_and_names_nobody(rig: VisitRig) -> None:
    begin(rig)
    rig.visit.call_help()
    with rig.kiosk.hall.store.reading() as records:
        [call] = records.desk.open_calls()
    assert (call.screen, call.worker) == (Step.GREETING.value, None)


def refuse(rig: VisitRig) -> None:
    """Say no to the notice of a practice: nobody is known any more, and the page still is one of practice."""
    rig.visit.practising.begin()
    rig.visit.refuse_notice()
    assert rig.visit.is_practice


@pytest.mark.parametrize("practised", [begin, take, refuse])
def test_a_real_card_ends_practice_and_is_welcomed_in_the_real_hall(
    rig: VisitRig, practised: Callable[[VisitRig], None]
) -> None:
    practised(rig)
    if rig.visit.step is Step.PRINTING:
        rig.tell_of_practice(PrintStage.PRINTED)
    rig.lay(SOMEBODY)
    assert not rig.visit.is_practice
    assert rig.holder == rig.kiosk.people[SOMEBODY].card.name
    rig.visit.go()
    with rig.kiosk.hall.store.reading() as records:
        assert records.check_ins.count_all() == 1


def test_practice_never_begins_in_front_of_somebody(rig: VisitRig) -> None:
    rig.lay(SOMEBODY)
    rig.visit.practising.begin()
    assert not rig.visit.is_practice
    assert rig.holder == rig.kiosk.people[SOMEBODY].card.name


def test_paper_that_is_low_is_spared_and_said_so(rig: VisitRig) -> None:
    rig.tray.state = PaperState.LOW
    take(rig)
    assert rig.tray.papers == []
    rig.tell_of_practice(PrintStage.NOT_SENT)
    assert rig.steps[-1] is Step.PAPER_OUT
    rig.visit.go()
    assert rig.visit.step is Step.GOODBYE


def test_numbers_on_papers_of_practice_are_no_real_numbers(rig: VisitRig) -> None:
    take(rig)
    [paper] = rig.tray.papers
    rig.visit.end()
    real = rig.take(SOMEBODY)
    assert paper.number is not None
    assert paper.number.split("-")[3] == "00"
    assert real.split("-")[3] == "01"


def test_every_code_on_papers_of_practice_is_read_as_practice(rig: VisitRig) -> None:
    take(rig)
    slip = slip_of(rig.visit.practising.hall, rig.visit.session)
    assert slip is not None
    hall, own = rig.kiosk.hall, Ed25519PrivateKey.generate().public_key()
    keys = OwnKeyKnown(hall.identity, own, SqlCodeKeys(rig.kiosk.opened.database))
    document = read_document(slip.document)
    for code in (document.code, document.return_code):
        assert isinstance(read_scan(hall, keys, code), PracticeReading)
    assert hall.signer.key_id != PRACTICE_KEY_ID


def test_the_card_of_practice_is_nobodys(rig: VisitRig) -> None:
    assert PRACTICE_CARD.region_code == "999999"
    assert PRACTICE_CARD.number not in {person.card.number for person in rig.kiosk.people.values()}
