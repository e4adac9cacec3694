"""An ESC/POS slip printer in a process of its own: `python -m kiosk.devices.emulators.printer --help`."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
from collections.abc import Sequence
from pathlib import Path

from kiosk.devices.emulators.printer_server import PrinterOptions, PrinterServer
from kiosk.devices.profiles import DOTS_PER_MM


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one printer until it is told to quit; its addresses are the first line of output, as JSON."""
    asyncio.run(_serve(_options(arguments)))
    return 0


async def _serve(options: PrinterOptions) -> None:
    server = PrinterServer(options)
    loop = asyncio.get_running_loop()
    for stop in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(stop, server.quit)
    await server.run(lambda addresses: print(json.dumps(addresses), flush=True))


def _options(arguments: Sequence[str] | None) -> PrinterOptions:
    parser = argparse.ArgumentParser(prog="kiosk.devices.emulators.printer", description=__doc__)
    parser.add_argument("--tcp", metavar="HOST:PORT", help="listen here; port 0 takes a free one")
    parser.add_argument("--pty", metavar="LINK", type=Path, help="make a serial line, found at this link")
    parser.add_argument("--paper", metavar="DIR", type=Path, required=True, help="where slips fall")
    parser.add_argument("--control", metavar="SOCKET", type=Path, required=True, help="the control socket")
    parser.add_argument("--dots", type=int, default=576, help="dots across the paper (384, 576)")
    parser.add_argument("--pace", choices=("real", "free"), default="real", help="paper speed, or at once")
    parser.add_argument("--speed", metavar="MM_S", type=int, default=150, help="paper speed of real pace")
    chosen = parser.parse_args(arguments)
    if not (chosen.tcp or chosen.pty):
        parser.error("a printer needs --tcp or --pty")
    rows_per_s = chosen.speed * DOTS_PER_MM if chosen.pace == "real" else None
    return PrinterOptions(chosen.paper, chosen.control, chosen.tcp, chosen.pty, chosen.dots, rows_per_s)


if __name__ == "__main__":
    raise SystemExit(main())
