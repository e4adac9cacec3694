"""What processes have used of the processor, as the kernel counts it."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_PARENT, _USER, _SYSTEM, _ENDED_USER, _ENDED_SYSTEM = 1, 11, 12, 13, 14
"""Where they stand in /proc/PID/stat behind the name, which may hold anything."""


def own_s(pid: int) -> float:
    """Return the seconds of one core that one process has used."""
    return _ticks(_stat(pid), _USER, _SYSTEM)


def family_s(pid: int) -> float:
    """Return the seconds of one core that a process and its children have used, ended ones too."""
    pids = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    children = [stat for stat in map(_stat, pids) if stat and int(stat[_PARENT]) == pid]
    own = _ticks(_stat(pid), _USER, _SYSTEM, _ENDED_USER, _ENDED_SYSTEM)
    return own + sum(_ticks(stat, _USER, _SYSTEM) for stat in children)


def _ticks(stat: list[str], *places: int) -> float:
    return sum(int(stat[at]) for at in places) / _TICKS_A_SECOND


def _stat(pid: int) -> list[str]:
    """Return the fields behind the name; none of a process that has ended meanwhile."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()
