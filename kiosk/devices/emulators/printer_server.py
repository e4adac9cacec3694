"""Runs one emulated printer: wires, clock, paper folder and control socket around the machine."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kiosk.devices.emulators.printer_dialects import Dialect
from kiosk.devices.emulators.printer_machine import CONDITIONS, CutSlip, Machine
from kiosk.devices.emulators.printer_plugs import READ_BYTES, Plug, next_tcp_plug, pty_plug, tcp_listener
from kiosk.devices.emulators.printer_stops import Stop, Stops

PACE_ROWS = 16
"""With real pace the paper moves in steps of 2 mm."""

EVENTS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class PrinterOptions:
    """What one emulator is: its model, its wires, its folders, its speed (None prints at once)."""

    dialect: Dialect
    paper: Path
    control: Path
    tcp: str | None
    pty: Path | None
    rows_per_s: float | None


class PrinterServer:
    """One printer in one event loop."""

    def __init__(self, options: PrinterOptions) -> None:
        self._options = options
        dialect = options.dialect
        self._machine = Machine(dialect.width_dots, self._keep_slip, self._keep_tail, dialect)
        self._plug: Plug | None = None
        self._tcp = options.tcp
        self._wires: set[asyncio.Task[None]] = set()
        self._stirred = asyncio.Event()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._finished = asyncio.Event()
        self._stops = Stops()
        self._power_s: float | None = None
        self._late_s = 0.0
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, announce: Callable[[dict[str, str]], None]) -> None:
        """Serve until told to quit; `announce` gets the addresses once all of them can be used."""
        self._options.paper.mkdir(parents=True, exist_ok=True)
        self._options.control.unlink(missing_ok=True)
        control = await asyncio.start_unix_server(self._converse, self._options.control)
        addresses = {"control": str(self._options.control), "paper": str(self._options.paper)}
        self._plug_in()
        if self._tcp:
            addresses["tcp"] = self._tcp
        if self._options.pty:
            addresses["pty"] = str(self._options.pty)
        self._start(self._print(), self._tasks)
        self._write_status()
        announce(addresses)
        await self._finished.wait()
        await self._stop(control)

    def quit(self) -> None:
        """End `run`."""
        self._finished.set()

    async def _stop(self, control: asyncio.Server) -> None:
        running = self._tasks | self._wires
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        control.close()
        for path in (self._options.control, self._options.pty):
            if path:
                path.unlink(missing_ok=True)

    def _start(self, work: Coroutine[Any, Any, None], among: set[asyncio.Task[None]]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        among.add(task)
        task.add_done_callback(among.discard)

    def _plug_in(self) -> None:
        """Make the wires; after a loss of power they are found where they were."""
        if self._tcp:
            listener = tcp_listener(self._tcp)
            self._tcp = "{}:{}".format(*listener.getsockname())
            self._start(self._answer_calls(listener), self._wires)
        if self._options.pty:
            self._start(self._serve_pty(self._options.pty, pty_plug(self._options.pty)), self._wires)

    def _power_off(self, back_after_s: float | None) -> None:
        """Lose the power: wires, buffer and the line that was being printed; come back after a time."""
        self._machine.change("power_off")
        for wire in self._wires - {asyncio.current_task()}:  # the one that meets the point ends by itself
            wire.cancel()
        if self._options.pty:
            self._options.pty.unlink(missing_ok=True)
        self._plug = None
        self._flowing.set()
        self._has_room.set()
        if back_after_s is not None:
            asyncio.get_running_loop().call_later(back_after_s, self._power_on)

    def _power_on(self) -> None:
        if not self._machine.is_powered:
            self._machine.change("power_on")
            self._plug_in()

    async def _answer_calls(self, listener: socket.socket) -> None:
        try:
            while True:
                self._start(self._serve(await next_tcp_plug(listener)), self._wires)
        finally:
            listener.close()

    async def _serve_pty(self, link: Path, plug: Plug) -> None:
        await self._serve(plug)
        while self._machine.is_powered:
            await self._serve(pty_plug(link))

    async def _serve(self, plug: Plug) -> None:
        try:
            while data := await self._next_bytes(plug):
                self._plug = plug
                self._stops.receive(len(data))
                self._machine.receive(data)
                self._flush()
                self._stirred.set()
                if not self._goes_on():
                    break
        finally:
            plug.close()

    def _goes_on(self) -> bool:
        """Let happen what happens at this byte; return whether the wire still stands."""
        if self._machine.is_full:
            self._has_room.clear()
        due = self._stops.due()
        if Stop.STALL in due:
            self._flowing.clear()
        if Stop.POWER in due:
            self._power_off(self._power_s)
        return not {Stop.CLOSE, Stop.POWER} & set(due)

    async def _next_bytes(self, plug: Plug) -> bytes:
        """Read up to the next point where something is to happen, while the buffer has room."""
        await self._may_read()
        data = await plug.read(self._stops.room(READ_BYTES))
        await self._may_read()
        return data

    async def _may_read(self) -> None:
        await self._flowing.wait()
        await self._has_room.wait()

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
        if not self._machine.is_full:
            self._has_room.set()
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
        if name == "power_cut":
            self._power_s = float(order["s"]) if "s" in order else None
            self._at_byte(Stop.POWER, int(order.get("bytes", 0)))
        elif name == "power_on":
            self._power_on()
        elif name in CONDITIONS and not name.startswith("power"):
            self._machine.change(name, int(order.get("after_rows", 0)))
        elif name == "stall":
            self._at_byte(Stop.STALL, int(order.get("bytes", 0)))
        elif name == "unstall":
            self._flowing.set()
        elif name == "close_after":
            self._stops.set(Stop.CLOSE, int(order["bytes"]))
        elif name in ("late_reply", "small_buffer"):
            self._change_habit(order)
        elif name == "quit":
            self._finished.set()
        elif name != "status":
            raise ValueError(f"cannot do {name!r}")
        self._flush()
        self._stirred.set()

    def _change_habit(self, order: dict[str, Any]) -> None:
        if order["do"] == "late_reply":
            self._late_s = float(order["s"])
        else:
            self._machine.buffer_bytes = int(order["bytes"])

    def _at_byte(self, stop: Stop, after_bytes: int) -> None:
        self._stops.set(stop, after_bytes)
        if not after_bytes:
            self._goes_on()

    def _keep_slip(self, slip: CutSlip) -> None:
        stem = self._options.paper / f"slip-{slip.number:04d}"
        stem.with_suffix(".bin").write_bytes(slip.job)
        slip.picture.save(stem.with_suffix(".png"))

    def _keep_tail(self, number: int, tail: bytes) -> None:
        with (self._options.paper / f"slip-{number:04d}.bin").open("ab") as job:
            job.write(tail)

    def _status(self) -> dict[str, Any]:
        machine = self._machine
        return {
            "dialect": machine.dialect.name,
            "slips": machine.cuts,
            "cuts": machine.cuts,
            "counter": machine.counter,
            "retracted": machine.retracted,
            "received_bytes": self._stops.received_bytes,
            "rows_printed": machine.rows_printed,
            "condition": asdict(machine.condition),
            "is_powered": machine.is_powered,
            "is_stalled": not self._flowing.is_set(),
            "events": list(machine.events)[-EVENTS_SHOWN:],
        }

    def _write_status(self) -> None:
        fresh = self._options.paper / "status.json.new"
        fresh.write_text(json.dumps(self._status(), ensure_ascii=False, indent=2), encoding="utf-8")
        fresh.replace(self._options.paper / "status.json")
