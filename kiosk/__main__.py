"""Where `kiosk` and `python -m kiosk` begin: the way of every boot is short, all else is the command line's.

`kiosk run` and `kiosk pulse` with plain options start at once. The library that explains commands, completes
and refuses them takes longer to load than the first screen may take to be painted, and would lie in the
memory of the sync process for as long as that runs; so it is asked only for everything else.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Plain(NamedTuple):
    """What a command takes: options with a value of a kind, and flags, by what each is called within."""

    options: Mapping[str, tuple[str, Callable[[str], Any]]]
    flags: Mapping[str, str]


PLAIN = {
    "run": Plain(
        {
            "--data": ("data", Path),
            "--reader": ("reader_url", str),
            "--scanner": ("scanner_url", str),
            "--printer": ("printer_url", str),
        },
        {"--full-screen": "full_screen"},
    ),
    "pulse": Plain({"--data": ("data", Path), "--parent": ("parent", int)}, {"--once": "is_once"}),
}


def main() -> None:
    """Run what the command line says; the exit code says how it went."""
    given = plain(sys.argv[1:])
    if given is None:
        from kiosk.cli import main as command_line

        command_line()
    else:
        from kiosk.app.telling import told

        start = {"run": _run, "pulse": _pulse}[sys.argv[1]]
        sys.exit(told(lambda: start(**given)))


def plain(arguments: Sequence[str]) -> dict[str, Any] | None:
    """Return what a plain command was given; None for all that needs the command line's own judgement."""
    known = PLAIN.get(arguments[0]) if arguments else None
    if known is None:
        return None
    given: dict[str, Any] = {}
    words = iter(arguments[1:])
    for word in words:
        name, has_value, value = word.partition("=")
        if word in known.flags:
            given[known.flags[word]] = True
        elif name in known.options:
            said = value if has_value else next(words, "--")
            if said.startswith("--"):
                return None
            called, kind = known.options[name]
            try:
                given[called] = kind(said)
            except ValueError:
                return None
        else:
            return None
    return given if "data" in given else None


def _run(data: Path, **given: object) -> int:
    # Nothing that is loaded now is garbage; the screen switches the collector on once all is there.
    gc.disable()
    from kiosk.ui.memory import import_bindings

    import_bindings()  # before our own modules of the screen, which Qt would else read through
    from kiosk.app.screen import run_screen
    from kiosk.app.settings import read_settings

    return run_screen(read_settings(data, **given))


def _pulse(data: Path, **given: Any) -> None:  # noqa: ANN401 - as the table says
    from kiosk.app.postponing import build_models_late, postpone

    postpone("ssl")  # of which this process is made
    build_models_late()
    from kiosk.app.pulse import start_pulse

    start_pulse(data, **given)


if __name__ == "__main__":
    main()
