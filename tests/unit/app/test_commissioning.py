"""What a drill leaves behind: progress, settings, the printer's own profile, and a report."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.actions.commissioning import Answer, DrillInterrupted, Finding, Instruction, Outcome
from kiosk.actions.faults import WorldFault
from kiosk.app.building import slip_printer
from kiosk.app.commissioning import Commissioning, Conclusion
from kiosk.app.commissioning_faces import AnswerFile, Terminal
from kiosk.app.commissioning_report import finding_from, values_of
from kiosk.app.commissioning_terminal import CheckOptions, check
from kiosk.app.nudges import SCREEN_SOCKET, NudgeMinder
from kiosk.app.settings import read_settings, write_setting
from kiosk.catalogue import LANGUAGES, load
from kiosk.devices.commissioning.drill import step_names
from kiosk.devices.commissioning.ports import Port
from kiosk.domain.sentences import Sentence

NOW = datetime(2026, 9, 18, 5, 30, tzinfo=UTC)
PRINTER = Finding("printer.port", Outcome.OK, {"url": "tcp://127.0.0.1:9", "answers_token": False})
PROFILE = Finding("printer.profile", Outcome.OK, {"name": "generic-80", "suggested": "generic-80"})
RULER = Finding("printer.ruler", Outcome.OK, {"seen_mm": 64, "width_dots": 512})
READER = Finding("reader.port", Outcome.OK, {"url": "/dev/reader", "baud": 9600, "sam_id": "05.03-1"})


class Absent:
    """An attendant who skips everything, or leaves at the first question."""

    def __init__(self, *, leaves: bool = False) -> None:
        self._leaves = leaves

    def ask(self, instruction: Instruction) -> str:
        if self._leaves:
            raise DrillInterrupted
        return "skip"

    def show(self, instruction: Instruction) -> None:
        pass

    def pressed(self) -> str:
        return "skip"

    def tell(self, finding: Finding) -> None:
        pass


def no_ports(given: Sequence[str]) -> list[Port]:
    return []


def commissioned(folder: Path, *findings: Finding, language: str = "zh_CN") -> Conclusion:
    """Conclude a drill that found this before, and finds no port to ask now."""
    keep(folder, *findings)
    drill = Commissioning(folder, load(language), lambda: NOW, look_for_ports=no_ports)
    return drill.run(Absent(), "tester")


def keep(folder: Path, *findings: Finding) -> None:
    (folder / "commissioning").mkdir(exist_ok=True)
    kept = json.dumps([values_of(finding) for finding in findings])
    (folder / "commissioning" / "progress.json").write_text(kept, encoding="utf-8")


def test_what_was_found_becomes_settings_beside_those_that_stand_there(tmp_path: Path) -> None:
    write_setting(tmp_path, "bureau_url", "https://bureau:8443")
    commissioned(tmp_path, READER, PRINTER, PROFILE)
    settings = read_settings(tmp_path)
    assert settings.bureau_url == "https://bureau:8443"
    assert settings.reader_url == "/dev/reader"
    assert (settings.printer_url, settings.printer_profile) == ("tcp://127.0.0.1:9", "generic-80")
    assert (tmp_path / "kiosk.toml.bak").read_text() == 'bureau_url = "https://bureau:8443"\n'


def test_a_device_that_was_not_found_leaves_its_setting_alone(tmp_path: Path) -> None:
    write_setting(tmp_path, "reader_url", "/dev/old")
    conclusion = commissioned(tmp_path)
    assert conclusion.settings == {}
    assert read_settings(tmp_path).reader_url == "/dev/old"
    assert not (tmp_path / "kiosk.toml.bak").exists()


def test_a_printer_unlike_its_profile_is_driven_by_its_own(tmp_path: Path) -> None:
    commissioned(tmp_path, PRINTER, PROFILE, RULER)
    assert read_settings(tmp_path).printer_profile == "commissioned"
    assert slip_printer(read_settings(tmp_path)).profile.width_dots == 512


def test_progress_is_forgotten_only_when_all_is_written(tmp_path: Path) -> None:
    keep(tmp_path, READER)
    drill = Commissioning(tmp_path, load("en"), lambda: NOW, look_for_ports=no_ports)
    drill.run(Absent(), "tester")
    assert not (tmp_path / "commissioning" / "progress.json").exists()
    assert Commissioning(tmp_path, load("en"), lambda: NOW, look_for_ports=no_ports).findings == ()


def test_an_unreadable_progress_is_none(tmp_path: Path) -> None:
    (tmp_path / "commissioning").mkdir()
    (tmp_path / "commissioning" / "progress.json").write_text('[{"step": "reader.port"}]')
    assert Commissioning(tmp_path, load("en"), lambda: NOW, look_for_ports=no_ports).findings == ()


def test_a_step_can_be_done_again_without_the_others(tmp_path: Path) -> None:
    keep(tmp_path, READER, PRINTER)
    drill = Commissioning(tmp_path, load("en"), lambda: NOW, look_for_ports=no_ports)
    drill.begin_again(["reader.port"])
    assert drill.findings == (PRINTER,)


def test_a_step_of_a_finished_drill_can_be_done_again_alone(tmp_path: Path) -> None:
    everything = commissioned(tmp_path, READER, PRINTER).findings
    drill = Commissioning(tmp_path, load("en"), lambda: NOW, look_for_ports=no_ports)
    drill.begin_again(["reader.port"])
    assert drill.findings == everything[1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_says_everything_in_both_forms(tmp_path: Path, language: str) -> None:
    failed = Finding("printer.seams", Outcome.FAILED, {}, Sentence("commissioning.failed.seams"))
    conclusion = commissioned(tmp_path, READER, PRINTER, PROFILE, RULER, failed, language=language)
    assert conclusion.has_failed
    assert conclusion.report.name == "report-20260918-053000.html"
    page = conclusion.report.read_text(encoding="utf-8")
    assert load(language)("commissioning.failed.seams") in page
    assert "tcp://127.0.0.1:9" in page
    values = json.loads(conclusion.report.with_suffix(".json").read_text(encoding="utf-8"))
    assert tuple(map(finding_from, values["findings"])) == conclusion.findings
    assert values["made_by"] == "tester"


def test_what_a_device_says_of_itself_is_no_markup(tmp_path: Path) -> None:
    rude = Finding("printer.port", Outcome.OK, {"url": "tcp://127.0.0.1:9", "model": "<script>"})
    assert "<script>" not in commissioned(tmp_path, rude).report.read_text(encoding="utf-8")


def test_a_port_that_cannot_be_one_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorldFault) as fault:
        Commissioning(tmp_path, load("en"), lambda: NOW, ["printer"])
    assert fault.value.sentence.key == "commissioning.bad_port"


def test_devices_of_a_kiosk_that_runs_are_left_alone(tmp_path: Path) -> None:
    options = CheckOptions(tmp_path, (), (), is_again=False, answers=None, language="en")
    running = NudgeMinder(tmp_path / SCREEN_SOCKET, lambda: None)
    running.start()
    with pytest.raises(WorldFault) as fault:
        check(options, io.StringIO(), io.StringIO())
    running.stop()
    assert fault.value.sentence.key == "commissioning.running"


@pytest.mark.parametrize(("kiosks", "asked", "spoken"), [("en", None, "en"), ("en", "zh_CN", "zh_CN")])
def test_the_drill_speaks_the_kiosks_language_unless_another_is_asked_for(
    tmp_path: Path, kiosks: str, asked: str | None, spoken: str
) -> None:
    write_setting(tmp_path, "language", kiosks)
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(dict.fromkeys(step_names(), "skip")), encoding="utf-8")
    out = io.StringIO()
    check(CheckOptions(tmp_path, (), (), is_again=False, answers=answers, language=asked), io.StringIO(), out)
    said = load(spoken)("commissioning.terminal.done", path="?").partition("?")[0]
    assert out.getvalue().splitlines()[-1].startswith(said)


def test_an_unknown_step_is_a_sentence_that_names_the_known_ones(tmp_path: Path) -> None:
    options = CheckOptions(tmp_path, (), ("paper",), is_again=False, answers=None, language="en")
    with pytest.raises(WorldFault) as fault:
        check(options, io.StringIO(), io.StringIO())
    assert "printer.paper_out" in str(fault.value.sentence.args["known"])


QUESTION = Instruction(
    "printer.ruler",
    Sentence("commissioning.do.printer.ruler"),
    "print",
    (Answer("yes", Sentence("commissioning.answer.ruler_whole", {"mm": 72})),),
    takes_number=True,
    code="LG-TEST-SCAN",
)


@pytest.mark.parametrize(("typed", "said"), [("1\n", "yes"), ("64\n", "64"), ("x\n\n9a\n1\n", "yes")])
def test_a_terminal_takes_a_choice_or_a_number_and_asks_again_for_else(typed: str, said: str) -> None:
    out = io.StringIO()
    assert Terminal(load("en"), io.StringIO(typed), out).ask(QUESTION) == said
    assert "1) 72 mm" in out.getvalue()


def test_the_end_of_input_is_the_end_of_the_drill() -> None:
    with pytest.raises(DrillInterrupted):
        Terminal(load("en"), io.StringIO(""), io.StringIO()).ask(QUESTION)


def test_a_terminal_hears_what_is_typed_while_a_device_is_watched() -> None:
    ours, theirs = os.pipe()
    with os.fdopen(ours) as lines, os.fdopen(theirs, "w") as keys:
        terminal = Terminal(load("en"), lines, io.StringIO())
        terminal.show(QUESTION)
        assert terminal.pressed() == ""
        keys.write("1\n")
        keys.flush()
        assert terminal.pressed() == "yes"


def test_a_file_cannot_answer_what_nobody_could_say() -> None:
    with pytest.raises(WorldFault):
        AnswerFile({"printer.ruler": "perhaps"}, io.StringIO()).ask(QUESTION)
