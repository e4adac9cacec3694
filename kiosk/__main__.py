"""Where `kiosk` and `python -m kiosk` begin: the way of every boot is short, all else is the command line's.

`kiosk run` with plain options starts at once. The library that explains commands, completes and refuses them
takes longer to load than the first screen may take to be painted, so it is asked only for everything else.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

OPTIONS = {
    "--data": "data",
    "--reader": "reader_url",
    "--scanner": "scanner_url",
    "--printer": "printer_url",
}
"""What `kiosk run` takes with a value, and what it is called among the settings."""
FLAGS = {"--full-screen": "full_screen"}


def main() -> None:
    """Run what the command line says; the exit code says how it went."""
    given = plain_run(sys.argv[1:])
    if given is None:
        from kiosk.cli import main as command_line

        command_line()
    else:
        from kiosk.app.telling import told

        sys.exit(told(lambda: _run(**given)))


def plain_run(arguments: Sequence[str]) -> dict[str, Any] | None:
    """Return what a plain `run` was given; None for all that needs the command line's own judgement."""
    if arguments[:1] != ["run"]:
        return None
    given: dict[str, Any] = {}
    words = iter(arguments[1:])
    for word in words:
        name, has_value, value = word.partition("=")
        if word in FLAGS:
            given[FLAGS[word]] = True
        elif name in OPTIONS:
            said = value if has_value else next(words, "--")
            if said.startswith("--"):
                return None
            given[OPTIONS[name]] = said
        else:
            return None
    return given if "data" in given else None


def _run(data: str, **given: object) -> int:
    # Nothing that is loaded now is garbage; the screen switches the collector on once all is there.
    gc.disable()
    from kiosk.ui.memory import import_without_sources

    import_without_sources()  # before our own modules of the screen, which Qt would else read through
    from kiosk.app.screen import run_screen
    from kiosk.app.settings import read_settings

    return run_screen(read_settings(Path(data), **given))


if __name__ == "__main__":
    main()
