"""An ESC/POS slip printer in a process of its own: `python -m kiosk.devices.emulators.printer --help`."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kiosk.devices.emulators.printer_dialects import ANY, DIALECTS, Dialect
from kiosk.devices.emulators.printer_roms import Rom
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
    parser.add_argument("--dialect", choices=sorted(DIALECTS), help="the model; without, all of them at once")
    parser.add_argument("--rom", choices=[rom.value for rom in Rom], help="the Hanzi it can print by itself")
    parser.add_argument("--dots", type=int, help="dots across the paper (384, 576)")
    parser.add_argument("--pace", choices=("real", "free"), default="real", help="paper speed, or at once")
    parser.add_argument("--speed", metavar="MM_S", type=int, help="paper speed of real pace")
    chosen = parser.parse_args(arguments)
    if not (chosen.tcp or chosen.pty):
        parser.error("a printer needs --tcp or --pty")
    dialect = _dialect(chosen)
    rows_per_s = dialect.speed_mm_s * DOTS_PER_MM if chosen.pace == "real" else None
    return PrinterOptions(dialect, chosen.paper, chosen.control, chosen.tcp, chosen.pty, rows_per_s)


def _dialect(chosen: argparse.Namespace) -> Dialect:
    model = DIALECTS[chosen.dialect] if chosen.dialect else ANY
    return replace(
        model,
        width_dots=chosen.dots or model.width_dots,
        speed_mm_s=chosen.speed or model.speed_mm_s,
        rom=Rom(chosen.rom) if chosen.rom else model.rom,
    )


if __name__ == "__main__":
    raise SystemExit(main())
