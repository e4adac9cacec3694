"""Long work tells how far it is: bars at a real terminal, nothing at all in a file or a pipe."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from kiosk.actions.faults import Refused
from kiosk.bureau import all_tables
from kiosk.bureau.backups import back_up, backup_at
from kiosk.bureau.databases import connect, opened
from kiosk.bureau.feeds import bodies
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.offices import office
from kiosk.bureau.progress import Step
from kiosk.bureau.publishing import publish
from kiosk.bureau.tables import event
from kiosk.catalogue import load
from kiosk.cli import app
from kiosk.cli.bars import bars
from kiosk.codes import load_parameters
from kiosk.domain.sentences import Sentence
from tests.unit.bureau.rehearsal import DAWN, HandClock, employer, new_machine, number_of, pulse, registered

_SIGNS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_LINE = re.compile(r"\s*(\S.*?) +[━╸╺]+ *(?:([\d,]+)/([\d,]+) +(\d+)%)?.*")
_BACKUP = (sys.executable, "-m", "kiosk", "bureau", "backup", "--data")
_WRITTEN_BESIDE = 2
"""So many times something is written between two parts of a copy, which has at least so many."""
Ends = dict[str, tuple[str, ...]]
"""Step, as it is written → count, whole and share as they stood there last; nothing where none is known."""


@contextmanager
def terminal() -> Iterator[tuple[int, Callable[[], str]]]:
    """Open a real terminal: what a program writes to, and what lets go of it and tells what came."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb"), ThreadPoolExecutor(1) as reading, os.fdopen(theirs, "wb") as held:
        come = reading.submit(_all_of, ours)

        def seen() -> str:
            held.close()
            return come.result().decode()

        yield theirs, seen


def _all_of(terminal: int) -> bytes:
    parts = []
    try:
        while part := os.read(terminal, 65536):
            parts.append(part)
    except OSError:  # how a terminal says that nobody holds its other end any more
        pass
    return b"".join(parts)


def ends(seen: str) -> Ends:
    """Return how each step stood when it was drawn last."""
    lines = (_LINE.fullmatch(_SIGNS.sub("", line)) for line in re.split(r"[\r\n]+", seen))
    return {line[1]: tuple(word for word in line.groups()[1:] if word) for line in lines if line}


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ends]:
    """What runs a command of the bureau before somebody who waits at a terminal."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")

    def run(*words: str | Path) -> Ends:
        with terminal() as (there, seen):
            with os.fdopen(os.dup(there), "w", encoding="utf-8") as written, monkeypatch.context() as patch:
                patch.setattr(sys, "stderr", written)
                app(["bureau", *map(str, words)], standalone_mode=False)
            return ends(seen())

    return run


@pytest.fixture
def town(folder: Path, clock: HandClock) -> Path:
    """A bureau with some people in its log."""
    with office(folder, clock) as bureau:
        machine = new_machine(bureau, folder)
        for number in range(1, 6):
            machine.do(registered(f"w{number}", number_of(number)))
        pulse(bureau, machine)
    return folder


def rows_in(database_file: Path) -> int:
    database = connect(database_file, is_server=False)
    try:
        with database.reading() as connection:
            tables = all_tables.METADATA.sorted_tables
            return sum(
                connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
            )
    finally:
        database.close()


def whole(count: int) -> tuple[str, ...]:
    return (f"{count:,}", f"{count:,}", "100")


@pytest.mark.both_databases
def test_each_long_work_is_drawn_to_its_end(
    town: Path, tmp_path: Path, watched: Callable[..., Ends], engine: str
) -> None:
    """Broken by a bar that is drawn only each tenth of a second: it would never come to its end."""
    forms, store = tmp_path / "forms", tmp_path / "backups"
    app(["bureau", "forms", str(forms)], standalone_mode=False)
    data = ("--data", town)
    count = whole(len(load_parameters()))
    taken_in = watched("import", "parameters", forms / "parameters.xlsx", *data)
    assert taken_in == {"读表": (), "逐行核对": count, "写入": count, "通知各站": count}
    given_out = watched("export", "parameters", tmp_path / "out.xlsx", *data, "--language", "en")
    assert given_out == {"Gathering": count, "Writing the file": ()}

    with opened(town) as database, database.reading() as connection:
        entries = connection.execute(select(func.count()).select_from(event)).scalar_one()
    assert watched("rebuild", *data) == {"重放记录": whole(entries)}

    backed_up = watched("backup", *data, store)
    copy = BureauFolder(backup_at(store)).database
    if engine == "postgresql":
        rows = rows_in(copy)
        assert backed_up == {"抄数据库": whole(rows), "两边对照": whole(2 * rows), "逐条检查": ()}
        assert watched("partitions", *data, "--ahead", "2") == {"按月分区": whole(3)}
    else:
        pages = copy.stat().st_size // 4096
        assert backed_up == {"抄数据库": whole(pages), "逐条检查": ()}
    tried = watched("rehearse-restore", *data, store)
    assert tried == {"逐条检查": (), "准备新库": (), "重放记录": whole(entries)}
    put_back = watched("restore", *data, store)
    assert put_back.keys() - {"抄数据库", "两边对照"} == {"逐条检查", "准备新库"}
    assert ("两边对照" in put_back) == (engine == "postgresql")


def test_what_is_no_terminal_gets_no_sign_of_a_bar(bureau_dir: Path, tmp_path: Path) -> None:
    """Broken by asking something else than standard error itself: what runs at night is told to colour."""
    told = {**os.environ, "FORCE_COLOR": "1", "TTY_COMPATIBLE": "1", "TERM": "xterm-256color"}
    words = [
        sys.executable,
        "-m",
        "kiosk",
        "bureau",
        "backup",
        "--data",
        str(bureau_dir),
        str(tmp_path / "b"),
    ]
    done = subprocess.run(words, check=True, capture_output=True, env=told)
    assert done.stderr == b""
    assert done.stdout == f"{backup_at(tmp_path / 'b')}\n".encode()


def test_what_a_work_prints_stays_apart_from_its_bars(bureau_dir: Path, tmp_path: Path) -> None:
    """A process of its own, its standard error at a terminal. Broken by bars on standard output."""
    words = [
        sys.executable,
        "-m",
        "kiosk",
        "bureau",
        "backup",
        "--data",
        str(bureau_dir),
        str(tmp_path / "b"),
    ]
    with terminal() as (there, seen):
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
        done = subprocess.run(words, check=True, stdout=subprocess.PIPE, stderr=there, env=environment)
        drawn = seen()
    assert ends(drawn)["抄数据库"][2] == "100"
    assert "\x1b[?25l" in drawn
    assert drawn.rindex("\x1b[?25h") > drawn.rindex("\x1b[?25l"), "the cursor does not come back"
    assert done.stdout == f"{backup_at(tmp_path / 'b')}\n".encode()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_bar_is_honest_about_what_it_does_not_know(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken by a share that is rounded: all of it would be done while something is not."""
    monkeypatch.setenv("TERM", "xterm-256color")
    say = load(language)
    with terminal() as (there, seen):
        with os.fdopen(os.dup(there), "w", encoding="utf-8") as written:
            monkeypatch.setattr(sys, "stderr", written)
            with pytest.raises(Refused):
                _refused_at_the_last(language)
        drawn = ends(seen())
    assert drawn.keys() == {say(f"cli.step.{step}") for step in Step}
    assert drawn.pop(say("cli.step.copy")) == ("999", "1,000", "99")
    assert set(drawn.values()) == {()}


def _refused_at_the_last(language: str) -> None:
    with bars(language) as tell:
        for step in Step:
            tell(step, 0, None)
        tell(Step.COPY, 999, 1000)
        raise Refused(Sentence("cli.step.copy"))


def test_a_backup_is_of_one_moment_however_much_is_written_meanwhile(
    folder: Path, tmp_path: Path, clock: HandClock
) -> None:
    """Broken by `read.execute("BEGIN")` left out: a copy begins anew for each thing written beside it.

    With a kiosk that speaks without a pause it would never end.
    """
    parts = []
    with office(folder, clock) as bureau:

        def write_beside(step: Step, done: int, of: int | None) -> None:
            if step is not Step.COPY:
                return
            parts.append((done, of))
            if len(parts) <= _WRITTEN_BESIDE:
                publish(bureau.database, "city", [employer().model_copy(update={"id": f"e{len(parts)}"})])

        made = back_up(folder, tmp_path / "backups", DAWN, tell=write_beside)
        with bureau.database.reading() as connection:
            assert len(bodies(connection, "city", "employer")) == _WRITTEN_BESIDE
    assert parts[-1][0] == parts[-1][1]
    copy = connect(BureauFolder(made).database, is_server=False)
    try:
        with copy.reading() as connection:
            assert bodies(connection, "city", "employer") == []
    finally:
        copy.close()
