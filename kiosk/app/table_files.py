"""A table's files, made in a process of their own: what writes them is large, and its memory goes with it."""

from __future__ import annotations

import subprocess
import sys

from kiosk.actions.export_ledger import Export
from kiosk.actions.faults import WorldFault
from kiosk.domain.sentences import Sentence
from kiosk.ledgers.handing import told, unpacked

_LIMIT_S = 60.0


def table_files(export: Export) -> dict[str, bytes]:
    """Return the contents of an export's files by their names. Raises WorldFault."""
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "kiosk.ledgers"],
            input=told(export.table),
            stdout=subprocess.PIPE,
            timeout=_LIMIT_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise WorldFault(Sentence("ledger.not_made")) from error
    return {f"{export.stem}.{ending}": content for ending, content in unpacked(ran.stdout).items()}
