"""Child processes of the demo: started with a log of their own, heard once, stopped for certain."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

STOP_S = 10.0


class ChildFailed(Exception):
    """A child ended before it was ready; the text names it and shows the end of its log."""


class Child:
    """One process that announces itself with a line of JSON on its standard output."""

    def __init__(
        self,
        name: str,
        arguments: list[str],
        log_dir: Path,
        *,
        module: str = "kiosk",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start `python -m module arguments`, with its messages in `log_dir/name.log`."""
        log_dir.mkdir(parents=True, exist_ok=True)
        self.name = name
        self._log = log_dir / f"{name}.log"
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
            )

    def announcement(self) -> dict[str, Any]:
        """Wait for the first line and return it; raises ChildFailed when the child ends instead."""
        if self._process.stdout is None:
            raise ChildFailed(f"{self.name}: no output")
        line = self._process.stdout.readline()
        if not line:
            self._process.wait(STOP_S)
            tail = self._log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise ChildFailed(f"{self.name} ended with {self._process.returncode}: {tail}")
        announced: dict[str, Any] = json.loads(line)
        return announced

    @property
    def pid(self) -> int:
        """Return the process id."""
        return self._process.pid

    def stop(self) -> int:
        """End the process, firmly if it does not end by itself; return its exit code."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(STOP_S)
        if self._process.stdout is not None:
            self._process.stdout.close()
        return self._process.returncode

    def kill(self) -> None:
        """End the process without a word, as a power cut would."""
        self._process.kill()
        self._process.wait(STOP_S)
