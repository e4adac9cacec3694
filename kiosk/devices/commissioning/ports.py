"""Where devices may be plugged in: serial ports, USB printers, and whatever was named by hand.

A serial port goes by the name that stays with its device whatever else is plugged in, where the system keeps
one (`/dev/serial/by-id`, and `by-path` for adapters without a number of their own).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

STEADY_FOLDERS = (Path("/dev/serial/by-id"), Path("/dev/serial/by-path"))
_USB_PRINTER_CLASS = 7


class PortKind(StrEnum):
    """What a port can be asked over."""

    SERIAL = "serial"
    USB = "usb"
    TCP = "tcp"
    BRIDGE = "bridge"
    """A serial line behind a network address."""


@dataclass(frozen=True, slots=True)
class Port:
    """One place a device may be at. `url` is a path for serial ports; `words` is what the system calls it."""

    kind: PortKind
    url: str
    words: str = ""


def found_ports(given: Sequence[str] = (), folders: Sequence[Path] = STEADY_FOLDERS) -> list[Port]:
    """Return the ports named by hand, then those the system knows, none twice."""
    ports = [port_named(text) for text in given]
    named = {_real(port.url) for port in ports}
    known = (*_serial_ports(folders), *_usb_printers())
    return ports + [port for port in known if _real(port.url) not in named]


def port_named(text: str) -> Port:
    """Return the port of a path, `tcp://HOST:PORT`, `usb://VENDOR:PRODUCT` or `socket://HOST:PORT`.

    ValueError for anything else.
    """
    kinds = {"tcp": PortKind.TCP, "usb": PortKind.USB, "socket": PortKind.BRIDGE}
    scheme, has_scheme, _ = text.partition("://")
    if has_scheme and scheme in kinds:
        return Port(kinds[scheme], text)
    if text.startswith("/") and not has_scheme:
        return Port(PortKind.SERIAL, text)
    raise ValueError(f"{text!r} is not /dev/…, tcp://HOST:PORT, usb://VENDOR:PRODUCT or socket://HOST:PORT")


def steady_name(path: str, folders: Sequence[Path] = STEADY_FOLDERS) -> str:
    """Return the name under which this device is found tomorrow, too; the path itself where there is none."""
    for folder in folders:
        for link in sorted(folder.glob("*")):
            if link.resolve() == Path(path).resolve():
                return str(link)
    return path


def _serial_ports(folders: Sequence[Path]) -> list[Port]:
    from serial.tools.list_ports import comports

    return [
        Port(PortKind.SERIAL, steady_name(port.device, folders), _words(port.description))
        for port in sorted(comports())
    ]


def _usb_printers() -> list[Port]:
    import usb.core
    import usb.util

    def is_printer(device: usb.core.Device) -> bool:
        return any(
            usb.util.find_descriptor(configuration, bInterfaceClass=_USB_PRINTER_CLASS) is not None
            for configuration in device
        )

    try:
        devices = list(usb.core.find(find_all=True, custom_match=is_printer))
    except (usb.core.NoBackendError, usb.core.USBError):
        return []
    return [Port(PortKind.USB, f"usb://{device.idVendor:04x}:{device.idProduct:04x}") for device in devices]


def _words(description: str | None) -> str:
    return "" if description in {None, "n/a"} else str(description)


def _real(url: str) -> str:
    return str(Path(url).resolve()) if url.startswith("/") else url
