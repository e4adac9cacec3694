"""Words about the program and words of the program do not come out of one pipe."""

from __future__ import annotations

import subprocess
import sys

SPEAKING = """
import logging
from kiosk.app.logs import begin_log
begin_log()
logging.getLogger("kiosk").warning("one slip is uncertain")
print("{}")
"""


def test_whoever_waits_for_the_first_line_of_a_process_never_reads_a_warning_instead() -> None:
    """Broken by logging on standard output."""
    ran = subprocess.run([sys.executable, "-c", SPEAKING], check=True, capture_output=True, text=True)
    assert ran.stdout == "{}\n"
    assert ran.stderr.endswith("[WARNING] one slip is uncertain\n")
