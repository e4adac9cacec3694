"""Runs one emulated printer: wires, clock, paper folder and control socket around the machine."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kiosk.devices.emulators.printer_machine import CONDITIONS, CutSlip, Machine
from kiosk.devices.emulators.printer_plugs import READ_BYTES, Plug, next_tcp_plug, pty_plug, tcp_listener

PACE_ROWS = 16
"""With real pace the paper moves in steps of 2 mm."""

EVENTS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class PrinterOptions:
    """What one emulator is: its wires, its folders, its width, its speed (None prints at once)."""

    paper: Path
    control: Path
    tcp: str | None
    pty: Path | None
    width_dots: int
    rows_per_s: float | None


class PrinterServer:
    """One printer in one event loop."""

    def __init__(self, options: PrinterOptions) -> None:
        self._options = options
        self._machine = Machine(options.width_dots, self._keep_slip, self._keep_tail)
        self._plug: Plug | None = None
        self._stirred = asyncio.Event()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._finished = asyncio.Event()
        self._received_bytes = 0
        self._stall_at: int | None = None
        self._close_at: int | None = None
        self._late_s = 0.0
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, announce: Callable[[dict[str, str]], None]) -> None:
        """Serve until told to quit; `announce` gets the addresses once all of them can be used."""
        self._options.paper.mkdir(parents=True, exist_ok=True)
        self._options.control.unlink(missing_ok=True)
        control = await asyncio.start_unix_server(self._converse, self._options.control)
        addresses = {"control": str(self._options.control), "paper": str(self._options.paper)}
        listener = tcp_listener(self._options.tcp) if self._options.tcp else None
        if listener:
            addresses["tcp"] = "{}:{}".format(*listener.getsockname())
            self._start(self._answer_calls(listener))
        if self._options.pty:
            addresses["pty"] = str(self._options.pty)
            self._start(self._serve_pty(self._options.pty, pty_plug(self._options.pty)))
        self._start(self._print())
        self._write_status()
        announce(addresses)
        await self._finished.wait()
        await self._stop(control, listener)

    def quit(self) -> None:
        """End `run`."""
        self._finished.set()

    async def _stop(self, control: asyncio.Server, listener: socket.socket | None) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        control.close()
        if listener:
            listener.close()
        for path in (self._options.control, self._options.pty):
            if path:
                path.unlink(missing_ok=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer_calls(self, listener: socket.socket) -> None:
        while True:
            self._start(self._serve(await next_tcp_plug(listener)))

    async def _serve_pty(self, link: Path, plug: Plug) -> None:
        while True:
            await self._serve(plug)
            plug = pty_plug(link)

    async def _serve(self, plug: Plug) -> None:
        try:
            while data := await self._next_bytes(plug):
                self._plug = plug
                self._received_bytes += len(data)
                self._machine.receive(data)
                self._flush()
                self._stirred.set()
                if self._received_bytes == self._close_at:
                    self._close_at = None
                    break
        finally:
            plug.close()

    async def _next_bytes(self, plug: Plug) -> bytes:
        """Read up to the next point where the printer is to stop reading or to pull the plug."""
        if self._received_bytes == self._stall_at:
            self._stall_at = None
            self._flowing.clear()
        await self._flowing.wait()
        stops = [at - self._received_bytes for at in (self._stall_at, self._close_at) if at is not None]
        data = await plug.read(min([READ_BYTES, *stops]))
        await self._flowing.wait()
        return data

    async def _print(self) -> None:
        rows_per_s = self._options.rows_per_s
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            while moved := self._machine.work(PACE_ROWS if rows_per_s else None):
                self._flush()
                if rows_per_s:
                    await asyncio.sleep(moved / rows_per_s)
            self._flush()
            self._write_status()

    def _flush(self) -> None:
        """Send what the machine has to say; what stood behind the slip may be late."""
        while self._machine.urgent:
            self._send(self._machine.urgent.popleft())
        if self._machine.behind:
            self._write_status()  # whoever hears that the slip is out finds it in the folder's status too
        while self._machine.behind:
            reply = self._machine.behind.popleft()
            if self._late_s:
                asyncio.get_running_loop().call_later(self._late_s, self._send, reply)
            else:
                self._send(reply)

    def _send(self, reply: bytes) -> None:
        if self._plug:
            self._plug.write(reply)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                try:
                    self._obey(json.loads(line))
                    answer = self._status()
                except (ValueError, KeyError, TypeError) as fault:
                    answer = {"error": f"{type(fault).__name__}: {fault}"}
                writer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
                await writer.drain()
        finally:
            writer.close()

    def _obey(self, order: dict[str, Any]) -> None:
        """Carry out one control line; what was printed before it has been printed."""
        name = order["do"]
        if name in CONDITIONS:
            self._machine.change(name, int(order.get("after_rows", 0)))
        elif name == "stall":
            self._stall_at = self._received_bytes + int(order.get("bytes", 0))
            if not order.get("bytes"):
                self._flowing.clear()
                self._stall_at = None
        elif name == "unstall":
            self._flowing.set()
        elif name == "close_after":
            self._close_at = self._received_bytes + int(order["bytes"])
        elif name == "late_reply":
            self._late_s = float(order["s"])
        elif name == "quit":
            self._finished.set()
        elif name != "status":
            raise ValueError(f"cannot do {name!r}")
        self._flush()
        self._stirred.set()

    def _keep_slip(self, slip: CutSlip) -> None:
        stem = self._options.paper / f"slip-{slip.number:04d}"
        stem.with_suffix(".bin").write_bytes(slip.job)
        slip.picture.save(stem.with_suffix(".png"))

    def _keep_tail(self, number: int, tail: bytes) -> None:
        with (self._options.paper / f"slip-{number:04d}.bin").open("ab") as job:
            job.write(tail)

    def _status(self) -> dict[str, Any]:
        return {
            "slips": self._machine.cuts,
            "cuts": self._machine.cuts,
            "received_bytes": self._received_bytes,
            "rows_printed": self._machine.rows_printed,
            "condition": asdict(self._machine.condition),
            "is_stalled": not self._flowing.is_set(),
            "events": list(self._machine.events)[-EVENTS_SHOWN:],
        }

    def _write_status(self) -> None:
        fresh = self._options.paper / "status.json.new"
        fresh.write_text(json.dumps(self._status(), ensure_ascii=False, indent=2), encoding="utf-8")
        fresh.replace(self._options.paper / "status.json")
