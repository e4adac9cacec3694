"""`kiosk audit check`: the audit log is read from its first line to its last, beside a running kiosk, too."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from kiosk.app.settings import read_settings
from kiosk.catalogue import load
from kiosk.codes import load_trades, spoken_names
from kiosk.storage.auditing import check_audit
from kiosk.storage.opening import join_store
from kiosk.system_clock import SystemClock


def check(data_dir: Path, out: TextIO) -> int:
    """Say in the kiosk's language how the log is; return 1 where it is not what was written."""
    settings = read_settings(data_dir)
    opened = join_store(settings.data_dir, SystemClock(), trade_names=spoken_names(load_trades()))
    try:
        verdict = check_audit(opened.database)
    finally:
        opened.close()
    say = load(settings.language)
    if verdict.broken_at is None:
        print(say("cli.audit.whole", count=verdict.lines), file=out)
        return 0
    print(say("cli.audit.broken", line=verdict.broken_at), file=out)
    return 1
