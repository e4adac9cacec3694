"""Whatever is done with a stick, one thing is done at a time, and what is on it in the end is whole."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from kiosk.actions.carry_bundles import Outcome
from kiosk.actions.export_ledger import Export
from kiosk.actions.stick_errands import STOPPED, Errand, ErrandStage, ExportStep, FoundStick, Tally
from kiosk.app.stick_errands import DeskErrands
from kiosk.domain.sentences import Sentence
from tests.halls import SampleKiosk
from tests.unit.actions.pair_deeds import closed_export

FILES = {"a.xlsx": b"first", "a.csv": b"second"}


@pytest.fixture
def export(kiosk: SampleKiosk) -> Export:
    return closed_export(kiosk)


@pytest.fixture
def stick(tmp_path: Path) -> FoundStick:
    (tmp_path / "stick").mkdir()
    return FoundStick(str(tmp_path / "stick"), "stick")


def no_errand(errand: Errand, mounted_at: Path) -> Sequence[Outcome]:
    raise AssertionError((errand, mounted_at))


def files_on(stick: FoundStick) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (Path(stick.place) / "exports").iterdir()}


def test_a_stick_pulled_out_while_it_is_written_to_has_neither_file(
    export: Export, stick: FoundStick
) -> None:
    looks = iter([(stick,), (stick,), ()])
    errands = DeskErrands(no_errand, lambda: next(looks), lambda export, tally: FILES)
    errands.begin_export(export, stick)
    assert errands.ended(timeout_s=10)
    face = errands.export_face()
    assert (face.stage, face.files) == (ErrandStage.DONE, ())
    assert face.fault == Sentence("ledger.stick.gone", {"path": "stick"})
    assert files_on(stick) == {}


@pytest.mark.parametrize("step", ExportStep)
def test_an_export_that_is_stopped_leaves_nothing_and_what_was_there_stays(
    export: Export, stick: FoundStick, step: ExportStep
) -> None:
    """Broken by not asking while files are brought to the stick, or by naming each file as it is whole."""
    folder = Path(stick.place) / "exports"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"before")
    large = {"a.xlsx": bytes(3_000_000), "a.csv": bytes(3_000_000)}

    def make(_: Export, tally: Tally) -> dict[str, bytes]:
        tally(ExportStep.READING, 1, 10)
        tally(ExportStep.WRITING, 2, 10)
        return large

    def look() -> tuple[FoundStick, ...]:
        face = errands.export_face()
        if face.step is step and face.done:
            errands.stop_export()
        return (stick,)

    errands = DeskErrands(no_errand, look, make)
    errands.begin_export(export, stick)
    assert errands.ended(timeout_s=10)
    face = errands.export_face()
    assert (face.stage, face.files, face.fault) == (ErrandStage.DONE, (), STOPPED)
    assert files_on(stick) == {"a.xlsx": b"before"}
    errands = DeskErrands(no_errand, lambda: (stick,), make)
    errands.begin_export(export, stick)
    assert errands.ended(timeout_s=10)
    assert files_on(stick) == large


def test_an_export_waits_until_the_courier_is_done_with_the_stick(export: Export, stick: FoundStick) -> None:
    """Broken by writing beside an errand: who is told that the stick may be pulled out cuts one off."""
    may_end, made = threading.Event(), threading.Event()

    def carry(errand: Errand, mounted_at: Path) -> Sequence[Outcome]:
        assert may_end.wait(10), (errand, mounted_at)
        return ()

    def make(_: Export, tally: Tally) -> dict[str, bytes]:
        made.set()
        return FILES

    errands = DeskErrands(carry, lambda: (stick,), make)
    errands.begin(Errand.WRITE, stick)
    errands.begin_export(export, stick)
    assert errands.export_face().stage is ErrandStage.RUNNING
    assert not made.wait(0.3)
    may_end.set()
    assert errands.ended(timeout_s=10)
    assert (errands.face().stage, errands.export_face().files) == (ErrandStage.DONE, tuple(FILES))
    assert errands.face().fault is None
    assert files_on(stick) == FILES


def test_an_export_begun_twice_is_written_once(export: Export, stick: FoundStick) -> None:
    """Broken by beginning without asking whether one is under way."""
    may_end, made = threading.Event(), list[Export]()

    def make(of: Export, tally: Tally) -> dict[str, bytes]:
        made.append(of)
        assert may_end.wait(10)
        return FILES

    errands = DeskErrands(no_errand, lambda: (stick,), make)
    for _ in range(2):
        errands.begin_export(export, stick)
    may_end.set()
    assert errands.ended(timeout_s=10)
    assert made == [export]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_export_that_fails_as_nobody_foresaw_is_not_at_work_for_ever(
    export: Export, stick: FoundStick
) -> None:
    def make(_: Export, tally: Tally) -> dict[str, bytes]:
        raise ZeroDivisionError

    errands = DeskErrands(no_errand, lambda: (stick,), make)
    errands.begin_export(export, stick)
    assert errands.ended(timeout_s=10)
    assert errands.export_face().stage is ErrandStage.DONE
    assert errands.export_face().fault is not None
