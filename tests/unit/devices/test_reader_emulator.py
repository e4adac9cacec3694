"""The emulated reader as a process of its own, moved through its control socket."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kiosk.cli import app
from kiosk.devices.emulators.reader import main
from kiosk.devices.emulators.reader_control import ReaderControl, ReaderControlError
from kiosk.devices.emulators.reader_faults import MEANINGS, Misbehaviour, mischief_from_values
from kiosk.devices.readers import CardPresented, CardRemoved, ReaderLost, ReaderMinder, ReaderReady
from tests.unit.devices.reader_cards import CITIZEN, NEWEST_ADDRESS
from tests.unit.devices.reader_rig import QUICK, Events


@contextmanager
def _running(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    command = [sys.executable, "-m", "kiosk.devices.emulators.reader", "--control", str(folder / "orders")]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def _ask(folder: Path, line: str) -> dict[str, Any]:
    with socket.socket(socket.AF_UNIX) as orders:
        orders.connect(str(folder / "orders"))
        orders.sendall(line.encode() + b"\n")
        with orders.makefile() as answers:
            answer: dict[str, Any] = json.loads(answers.readline())
    return answer


def test_a_morning_at_the_emulated_reader(tmp_path: Path) -> None:
    link = tmp_path / "ttyREADER"
    with _running(tmp_path, "--link", str(link)) as (process, told):
        control, events = ReaderControl(tmp_path / "orders"), Events()
        assert told == {"reader": str(link), "control": str(tmp_path / "orders")}
        assert link.is_symlink()
        minder = ReaderMinder(told["reader"], events, timing=QUICK)
        minder.start()
        events.wait_for(ReaderReady)
        control.lay(CITIZEN, (NEWEST_ADDRESS,))
        presented = events.wait_for(CardPresented)
        assert control.status()["card"] is True
        control.misbehave("unplug")
        events.wait_for(ReaderLost)
        assert not link.is_symlink()
        control.misbehave("none")
        events.wait_for(ReaderReady, 2)
        control.lift()
        events.wait_for(CardRemoved)
        assert minder.stop()
        control.quit()
        assert process.wait(5) == 0

    assert presented.card == CITIZEN
    assert 0.9 <= presented.read_s < 3
    assert len(events.of(CardPresented)) == 1
    assert not list(tmp_path.iterdir())


def test_the_emulated_reader_listens_on_tcp_and_ends_on_sigterm(tmp_path: Path) -> None:
    with _running(tmp_path, "--tcp", "127.0.0.1:0", "--pace", "free", "--lenient") as (process, told):
        host, port = told["reader"].removeprefix("socket://").split(":")
        with socket.create_connection((host, int(port)), timeout=5) as line:
            line.sendall(bytes.fromhex("AA AA AA 96 69 00 03 11 FF ED"))
            assert line.recv(11, socket.MSG_WAITALL) == bytes.fromhex("AA AA AA 96 69 00 04 00 00 90 94")
            line.sendall(bytes.fromhex("AA AA AA 96 69 00 03 11 FF EE"))
            assert line.recv(11, socket.MSG_WAITALL) == bytes.fromhex("AA AA AA 96 69 00 04 00 00 10 14")
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0


def test_the_emulator_explains_every_misbehaviour_and_how_to_ask_for_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    told = capsys.readouterr().out

    assert CliRunner().invoke(app, ["emulate", "reader", "--help"]).output == told
    assert "reader, printer or scanner" in CliRunner().invoke(app, ["emulate", "--help"]).output
    assert end.value.code == 0
    assert MEANINGS.keys() == set(Misbehaviour)
    for how, meaning in MEANINGS.items():
        assert f"  {how.value} " in told
        assert meaning in told
    for line in told.splitlines():
        if line.lstrip().startswith('{"do": "misbehave"'):
            mischief_from_values(json.loads(line))


@pytest.mark.parametrize("how", [how.value for how in Misbehaviour])
def test_every_misbehaviour_can_be_set_by_name(controlled: Path, how: str) -> None:
    control = ReaderControl(controlled / "orders")
    control.misbehave(how, times=2, on="30 01", at=7)
    assert control.status()["misbehaviour"] == how
    control.misbehave("none")


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        "{}",
        '{"do": "dance"}',
        '{"do": "lay"}',
        '{"do": "lay", "card": 7}',
        '{"do": "lay", "card": {"name": "测试"}}',
        '{"do": "lay", "card": {"number": "1", "kind": "library"}}',
        '{"do": "lay", "card": {"number": "1", "birth_date": "soon"}}',
        '{"do": "lay", "card": {"number": 1}}',
        '{"do": "lay", "card": {"number": "1234567890123456789"}}',
        '{"do": "misbehave", "how": "badly"}',
        '{"do": "misbehave", "how": "slow", "on": "xy"}',
    ],
)
def test_an_order_that_makes_no_sense_is_refused_and_the_next_one_obeyed(controlled: Path, line: str) -> None:
    refusal = _ask(controlled, line)

    assert refusal["ok"] is False
    assert refusal["why"]
    assert _ask(controlled, '{"do": "status"}')["card"] is False


def test_the_control_says_when_it_is_refused_or_nobody_listens(controlled: Path) -> None:
    with pytest.raises(ReaderControlError, match="badly"):
        ReaderControl(controlled / "orders").misbehave("badly")
    with pytest.raises(ReaderControlError, match="no emulated device"):
        ReaderControl(controlled / "nobody").lift()


@pytest.fixture(scope="module")
def controlled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder whose `orders` socket moves an emulated reader."""
    folder = tmp_path_factory.mktemp("emulator")
    with _running(folder, "--link", str(folder / "reader"), "--pace", "free"):
        yield folder
