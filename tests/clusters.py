"""PostgreSQL servers for tests: made in a temporary folder, reached by their sockets alone, thrown away.

Debian's package `postgresql` brings the programs; the set-up installs it without a cluster of its own. The
server refuses to run as root, so root hands it to the user `postgres`.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

_OWNER = "postgres"
_STANDBY = "standby"
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # nobody pulls this machine's plug; what survives a crash is PostgreSQL's own promise
    "max_connections": "100",
    "shared_buffers": "32MB",
    "autovacuum": "off",
}
_DURABLE = {"fsync": "on", "shared_buffers": "128MB", "autovacuum": "on"}
"""As a bureau runs it, for whoever measures."""
_MISSING = (
    "the programs of PostgreSQL are not installed: run tools/setup.sh as root, or apt-get install postgresql"
)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; `folder` holds its socket."""

    folder: Path

    @property
    def pid(self) -> int:
        """Return the process id of the server that all its other processes come from."""
        return int((self.folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])

    def url(self, name: str) -> str:
        """Return the URL of one of its databases."""
        return f"postgresql://{_OWNER}@/{name}?host={self.folder}"

    def run(self, sql: str) -> list[tuple[object, ...]]:
        """Run one statement outside of every transaction, and return its rows."""
        place = f"host={self.folder} user={_OWNER} dbname=postgres"
        with psycopg.connect(place, autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []


@dataclass(frozen=True, slots=True)
class Pair:
    """A server, and a second one that has everything before the first says that it is durable."""

    primary: Cluster
    standby: Cluster

    def url(self, name: str) -> str:
        """Return the URL of a database at whichever of both takes writes."""
        sockets = f"{self.primary.folder},{self.standby.folder}"
        return f"postgresql://{_OWNER}@/{name}?host={sockets}&target_session_attrs=read-write"

    def kill_primary(self) -> None:
        """End every process of the first server at once, as the end of its machine would."""
        first = self.primary.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in (first, *map(int, children)):
            os.kill(process, signal.SIGKILL)
        (self.primary.folder / "data" / "postmaster.pid").unlink()

    def promote(self) -> None:
        """Let the second server take writes; returns when it does."""
        _control(self.standby, "promote", "--wait")


@contextmanager
def running_cluster(*, is_durable: bool = False) -> Iterator[Cluster]:
    """Make and run a server for as long as the block lasts; where it `is_durable` each commit is flushed.

    Without its programs the test fails, and is left out only where nobody could have installed them: for
    everybody but root.
    """
    with _own_folder() as folder:
        cluster = Cluster(folder)
        made = ["--no-sync", "--encoding=UTF8", "--locale=C", "--auth=trust", f"--username={_OWNER}"]
        _run([str(_programs() / "initdb"), f"--pgdata={folder / 'data'}", *made])
        with _started(cluster, _SETTINGS | (_DURABLE if is_durable else {})):
            yield cluster


@contextmanager
def running_pair() -> Iterator[Pair]:
    """Make and run two servers, the second a synchronous standby of the first; both flush what they write."""
    with _own_folder() as folder, _own_folder() as beside:
        pair = Pair(Cluster(folder), Cluster(beside))
        made = ["--encoding=UTF8", "--locale=C", "--auth=trust", f"--username={_OWNER}"]
        _run([str(_programs() / "initdb"), f"--pgdata={folder / 'data'}", *made])
        durable = {**_SETTINGS, **_DURABLE}
        with _started(pair.primary, {**durable, "synchronous_standby_names": _STANDBY}):
            _copy(pair.primary, pair.standby, "--write-recovery-conf")
            with _started(pair.standby, durable):
                yield pair


@contextmanager
def base_backup(source: Cluster) -> Iterator[Cluster]:
    """Let a server back itself up, as whoever administers it would; nothing runs on the copy yet."""
    with _own_folder() as folder:
        copy = Cluster(folder)
        _copy(source, copy)
        yield copy


@contextmanager
def put_back(copy: Cluster) -> Iterator[Cluster]:
    """Run a server on a base backup for as long as the block lasts."""
    with _started(copy, _SETTINGS):
        yield copy


def _copy(source: Cluster, target: Cluster, *how: str) -> None:
    place = f"host={source.folder} user={_OWNER} application_name={_STANDBY}"
    copied = [f"--pgdata={target.folder / 'data'}", "--checkpoint=fast", *how]
    _run([str(_programs() / "pg_basebackup"), f"--dbname={place}", *copied])


@contextmanager
def _own_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="hall-cluster-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _OWNER)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _started(cluster: Cluster, settings: Mapping[str, str]) -> Iterator[None]:
    told = {**settings, "unix_socket_directories": str(cluster.folder)}
    options = " ".join(f"-c {name}={value or repr('')}" for name, value in told.items())
    _control(cluster, "start", "--wait", f"--log={cluster.folder / 'log'}", f"--options={options}")
    try:
        yield
    finally:
        if _control(cluster, "status", may_fail=True):
            _control(cluster, "stop", "--wait", "--mode=immediate")


def _control(cluster: Cluster, what: str, *how: str, may_fail: bool = False) -> bool:
    control = [str(_programs() / "pg_ctl"), f"--pgdata={cluster.folder / 'data'}", "--silent"]
    return _run([*control, what, *how], may_fail=may_fail)


def _programs() -> Path:
    """Return the folder of the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not found:
        if os.geteuid() == 0:
            pytest.fail(_MISSING)
        pytest.skip(_MISSING)
    return found[-1].parent


def _run(words: Sequence[str], *, may_fail: bool = False) -> bool:
    as_owner = ["runuser", "-u", _OWNER, "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*as_owner, *words],
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert may_fail or done.returncode == 0, done.stdout
    return done.returncode == 0
