"""Links name their printer by a URL, and the USB one speaks to it without a reset and never for ever."""

from __future__ import annotations

import re
from array import array
from collections import deque
from types import SimpleNamespace

import pytest
import usb.backend
import usb.backend.libusb0
import usb.backend.libusb1
import usb.backend.openusb
import usb.core

from kiosk.devices.emulators.printer_machine import CutSlip, Machine
from kiosk.devices.printer_links import LinkLostError, link_to
from kiosk.devices.printer_wires import SerialLink, TcpLink, UsbLink
from kiosk.devices.printers import PrintResult, SlipPrinter
from kiosk.domain.sentences import Sentence
from tests.unit.devices.printer_stand import PATIENT, PROFILE, printed, sample_slip, shows


def test_each_form_of_url_names_its_link() -> None:
    links = (
        link_to("tcp://192.0.2.7:9100"),
        link_to("serial:///dev/ttyS3?baud=38400&flow=none"),
        link_to("usb://0fe6:811e"),
    )
    tcp, serial, usb_ = (link.wire() for link in links)
    assert [link.bytes_per_s for link in links] == [wire.bytes_per_s for wire in (tcp, serial, usb_)]
    assert isinstance(tcp, TcpLink)
    assert isinstance(serial, SerialLink)
    assert isinstance(usb_, UsbLink)
    assert (tcp.host, tcp.port) == ("192.0.2.7", 9100)
    assert (serial.devfile, serial.baudrate, serial.bytes_per_s) == ("/dev/ttyS3", 38400, 3840)
    assert usb_.usb_args == {"idVendor": 0x0FE6, "idProduct": 0x811E}


@pytest.mark.parametrize(
    "url", ["", "tcp://", "serial://", "usb://0fe6", "http://192.0.2.7/", "serial:///dev/ttyS0?flow=maybe"]
)
def test_a_url_that_names_no_printer_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        link_to(url)


@pytest.mark.parametrize(
    "url", ["usb://zz:1", "serial:///dev/ttyS0?baud=x", "serial:///dev/ttyS0?baud=0", "tcp://192.0.2.7:99999"]
)
def test_a_refused_url_is_named_in_the_sentence(url: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(url))) as refused:
        link_to(url)
    assert "invalid literal" not in str(refused.value)


def test_a_machine_without_a_usb_library_has_no_usb_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    for library in (usb.backend.libusb1, usb.backend.openusb, usb.backend.libusb0):
        monkeypatch.setattr(library, "get_backend", lambda *_, **__: None)
    printer = SlipPrinter(link_to("usb://0fe6:811e"), PROFILE, PATIENT)
    assert printer.status().trouble == Sentence("devices.printer.not_reached")


class OnePrinterBus(usb.backend.IBackend):  # type: ignore[misc] # pyusb carries no types
    """A USB bus as pyusb sees it, with one emulated printer that takes 512 bytes at a time."""

    def __init__(self, interface_class: int = 7) -> None:
        super().__init__()
        self.slips: list[CutSlip] = []
        self.machine = Machine(576, self.slips.append, lambda _number, _tail: None)
        self.said: deque[bytes] = deque()
        self.interface_class = interface_class
        self.resets = 0
        self.is_plugged = True
        self.is_full = False

    def enumerate_devices(self) -> list[str]:
        return ["printer"] if self.is_plugged else []

    def get_device_descriptor(self, _dev: str) -> SimpleNamespace:
        unused: tuple[str, ...] = (
            "bcdUSB",
            "bDeviceClass",
            "bDeviceSubClass",
            "bDeviceProtocol",
            "bcdDevice",
            "iManufacturer",
        )
        unused += ("iProduct", "iSerialNumber", "address", "bus", "port_number", "speed")
        fields = dict.fromkeys(unused, 0)
        sizes = {"bLength": 18, "bDescriptorType": 1, "bMaxPacketSize0": 64, "bNumConfigurations": 1}
        return SimpleNamespace(
            **fields, **sizes, idVendor=0x0FE6, idProduct=0x811E, port_numbers=None, extra_descriptors=[]
        )

    def get_configuration_descriptor(self, _dev: str, _config: int) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1,
            iConfiguration=0, bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, _dev: str, interface: int, alt: int, _config: int) -> SimpleNamespace:
        if interface or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2,
            bInterfaceClass=self.interface_class, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0,
            extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, _dev: str, number: int, *_where: int) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(0x03, 0x84)[number], bmAttributes=2,
            wMaxPacketSize=64, bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: str) -> str:
        return dev

    def close_device(self, _handle: str) -> None:
        return

    def get_configuration(self, _handle: str) -> int:
        return 1

    def claim_interface(self, _handle: str, _interface: int) -> None:
        return

    def release_interface(self, _handle: str, _interface: int) -> None:
        return

    def reset_device(self, _handle: str) -> None:
        self.resets += 1

    def bulk_write(
        self, _handle: str, endpoint: int, _interface: int, data: array[int], _timeout: int
    ) -> int:
        assert endpoint == 0x03
        self._check_plug()
        if self.is_full:
            raise usb.core.USBTimeoutError("full")
        self.machine.receive(data.tobytes()[:512])
        self.machine.work()
        self.said += [*self.machine.urgent, *self.machine.behind]
        self.machine.urgent.clear()
        self.machine.behind.clear()
        return min(512, len(data))

    def bulk_read(
        self, _handle: str, endpoint: int, _interface: int, buffer: array[int], timeout: int
    ) -> int:
        assert endpoint == 0x84
        assert timeout > 0
        self._check_plug()
        if not self.said:
            raise usb.core.USBTimeoutError("silence")
        reply = self.said.popleft()
        buffer[: len(reply)] = array("B", reply)
        return len(reply)

    def _check_plug(self) -> None:
        if not self.is_plugged:
            raise usb.core.USBError("no such device")


def test_a_slip_is_printed_over_usb_without_a_reset_and_by_the_printers_own_endpoints() -> None:
    bus = OnePrinterBus()
    printer = SlipPrinter(UsbLink(0x0FE6, 0x811E, backend=bus), PROFILE, PATIENT)
    assert printed(printer).result is PrintResult.PRINTED
    printer.close()
    assert bus.resets == 0
    assert shows(bus.slips[0].picture, sample_slip())


def test_a_usb_printer_that_is_unplugged_is_lost_and_then_not_reached() -> None:
    bus = OnePrinterBus()
    link = UsbLink(0x0FE6, 0x811E, backend=bus)
    link.open()
    bus.is_full = True
    assert link.send(b"\x1b@", 0.01) == 0
    bus.is_plugged = False
    with pytest.raises(LinkLostError):
        link.send(b"\x1b@", 0.01)
    with pytest.raises(LinkLostError):
        link.receive(0.01)
    link.close()
    with pytest.raises(LinkLostError):
        link.open()


def test_a_usb_device_that_is_no_printer_is_not_opened() -> None:
    with pytest.raises(LinkLostError, match="not a printer"):
        UsbLink(0x0FE6, 0x811E, backend=OnePrinterBus(interface_class=3)).open()
