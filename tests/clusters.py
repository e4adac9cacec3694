"""A PostgreSQL server for tests: made in a temporary folder, reached by its socket alone, thrown away.

Debian's package `postgresql` brings the programs; the set-up installs it without a cluster of its own. The
server refuses to run as root, so root hands it to the user `postgres`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

_OWNER = "postgres"
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # nobody pulls this machine's plug; what survives a crash is PostgreSQL's own promise
    "max_connections": "100",
    "shared_buffers": "32MB",
    "autovacuum": "off",
}
_MISSING = (
    "the programs of PostgreSQL are not installed: run tools/setup.sh as root, or apt-get install postgresql"
)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; `folder` holds its socket."""

    folder: Path

    def url(self, name: str) -> str:
        """Return the URL of one of its databases."""
        return f"postgresql://{_OWNER}@/{name}?host={self.folder}"

    def run(self, sql: str) -> list[tuple[object, ...]]:
        """Run one statement outside of every transaction, and return its rows."""
        place = f"host={self.folder} user={_OWNER} dbname=postgres"
        with psycopg.connect(place, autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Make and run a server for as long as the block lasts.

    Without its programs the test fails, and is left out only where nobody could have installed them: for
    everybody but root.
    """
    programs = _programs()
    if programs is None:
        if os.geteuid() == 0:
            pytest.fail(_MISSING)
        pytest.skip(_MISSING)
    folder = Path(tempfile.mkdtemp(prefix="hall-cluster-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _OWNER)
    data, log = folder / "data", folder / "log"
    settings = {**_SETTINGS, "unix_socket_directories": str(folder)}
    options = " ".join(f"-c {name}={value or repr('')}" for name, value in settings.items())
    try:
        made = ["--no-sync", "--encoding=UTF8", "--locale=C", "--auth=trust", f"--username={_OWNER}"]
        _run([str(programs / "initdb"), f"--pgdata={data}", *made])
        control = [str(programs / "pg_ctl"), f"--pgdata={data}", "--silent"]
        _run([*control, "start", "--wait", f"--log={log}", f"--options={options}"])
        try:
            yield Cluster(folder)
        finally:
            _run([*control, "stop", "--wait", "--mode=immediate"])
    finally:
        shutil.rmtree(folder)


def _programs() -> Path | None:
    """Return the folder of the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


def _run(words: Sequence[str]) -> None:
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
    assert done.returncode == 0, done.stdout
