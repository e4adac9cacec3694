"""One reader on one line: asks, waits for the answer that fits, repeats what the protocol lets it repeat."""

from __future__ import annotations

import contextlib
import struct
import time
from collections.abc import Callable

from kiosk.devices.minders import DeviceLost
from kiosk.devices.sdt import commands
from kiosk.devices.sdt.commands import Command, ReaderFault, fault_of
from kiosk.devices.sdt.frames import FrameScanner, Reply, decode_reply, encode_request
from kiosk.devices.sdt.layouts import CardMalformed, UnknownCardKind, decode_addresses, decode_card, photo_of
from kiosk.devices.sdt.profiles import GENERIC, ReaderProfile
from kiosk.devices.transports import LossCause, Transport, TransportLost
from kiosk.domain.cards import IdentityCard

_GAP_S = 1.0
"""A frame that has begun may pause this long between two bytes; slow lines trickle, dead ones stop."""
_SHORT_GAP_S = 0.1
_LONGEST_REPLY_FACTOR = 4.0
"""Whatever babbles on the line is given up after this many times the wait for a first byte (at least 4 s)."""
_QUIET_S = 0.05
_LONGEST_NOISE_S = 0.5
_DETECTION_S = 4.0
"""A module needs two seconds after power-on; closing the port earlier would switch some of them off again."""

_NO_READER = {
    commands.SELF_TEST_FAILED: ReaderFault.SELF_TEST,
    commands.UNAUTHORISED: ReaderFault.UNAUTHORISED,
    commands.NOT_PERMITTED: ReaderFault.UNAUTHORISED,
    commands.BAD_COMMAND: ReaderFault.GARBLED,
    commands.BAD_CHECKSUM: ReaderFault.GARBLED,
    commands.BAD_LENGTH: ReaderFault.GARBLED,
    commands.UNKNOWN_ERROR: ReaderFault.GARBLED,
}
"""Answers to the search for a card after which no card will ever be found."""

_LOSSES = {
    LossCause.MISSING: ReaderFault.MISSING,
    LossCause.NOT_PERMITTED: ReaderFault.NOT_PERMITTED,
    LossCause.BUSY: ReaderFault.BUSY,
    LossCause.UNPLUGGED: ReaderFault.UNPLUGGED,
    LossCause.STOPPED: ReaderFault.UNPLUGGED,
}


class ReaderOut(DeviceLost):
    """The reader cannot be used; `fault` says why, `status` is its SW3 where it gave one."""

    def __init__(self, fault: ReaderFault, status: int | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.status = status


class CardFault(Exception):
    """This card cannot be read; the reader itself is well."""

    def __init__(self, fault: ReaderFault, status: int | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.status = status


class _NoReply(Exception):
    """Nothing that fits came in time, or what came was damaged (then GARBLED)."""

    def __init__(self, fault: ReaderFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def lost(error: TransportLost) -> ReaderOut:
    """Return the reader's loss for the loss of its line."""
    return ReaderOut(_LOSSES[error.cause])


class SdtReader:
    """Speaks SDT over a transport it is given; belongs to one thread. Every method may raise `ReaderOut`."""

    def __init__(
        self,
        transport: Transport,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        patience: float = 1.0,
        profile: ReaderProfile = GENERIC,
        on_photo: Callable[[bytes], None] | None = None,
    ) -> None:
        """Use an open transport, which its opener closes; answers may take `patience` times as long.

        Photos go to `on_photo`, as compressed as they are, right after their card was read; without one they
        are dropped unread. Fingerprints always are.
        """
        self._patience = patience
        self._profile = profile
        self._read = commands.READ_WITH_FINGERS if profile.reads_fingers else commands.READ
        self._on_photo = on_photo
        self._transport = transport
        self._monotonic = monotonic
        self._answers_presence = True

    def detect(self, first_baud: int = commands.BAUDS[0]) -> int:
        """Find the speed at which the module answers, `first_baud` first, and return it."""
        bauds = (first_baud, *(baud for baud in self._profile.bauds if baud != first_baud))
        deadline = self._monotonic() + _DETECTION_S
        fault = ReaderFault.SILENT
        while self._monotonic() < deadline:
            for baud in bauds:
                try:
                    self._set_baud(baud)
                    self._require_health()
                except _NoReply as silence:
                    fault = silence.fault
                else:
                    return baud
        raise ReaderOut(fault)

    def module_number(self) -> str:
        """Return the security module's number as it is printed on readers; empty when it tells none."""
        try:
            reply = self._ask(commands.MODULE_NUMBER)
        except _NoReply:
            return ""
        if reply.status != commands.OK or len(reply.data) != 16:
            return ""
        maker, model, made_on, serial, check = struct.unpack("<HHIII", reply.data)
        return f"{maker:02d}.{model:02d}-{made_on:08d}-{serial:010d}-{check:010d}"

    def finds_card(self) -> bool:
        """Return whether a card that is not selected lies on the reader."""
        status = self._ask_surely(commands.FIND).status
        if status in _NO_READER:
            raise ReaderOut(_NO_READER[status], status)
        return status == commands.FOUND

    def set_up(self) -> None:
        """Tell the module what its profile asks for; one that refuses reads cards all the same."""
        if self._profile.radio_bytes:
            with contextlib.suppress(_NoReply):
                self._ask(commands.RADIO_BYTES, bytes([self._profile.radio_bytes]))

    def prove(self) -> None:
        """Search once: a module that is well but cannot search would come and go for ever."""
        self.finds_card()

    def take_card(self) -> IdentityCard:
        """Select the card that was found and read it (about one second); raises `CardFault`."""
        self.select_card()
        return self.read_selected()

    def select_card(self) -> None:
        """Select the card that was found; raises `CardFault` where reading it makes no sense any more."""
        try:
            status = self._ask(commands.SELECT).status
            if status != commands.OK:
                status = self._ask(commands.SELECT).status
        except _NoReply as silence:
            raise CardFault(silence.fault) from silence
        # Some modules refuse to select what is selected already, and still read it: only reading decides.
        if status not in {commands.OK, commands.SELECT_FAILED} and not commands.may_pass(status):
            raise CardFault(fault_of(status), status)

    def read_selected(self) -> IdentityCard:
        """Read the card that is selected, however long it has been lying; raises `CardFault`."""
        try:
            reply = self._ask(self._read)
        except _NoReply as silence:
            raise CardFault(silence.fault) from silence
        if reply.status != commands.OK:
            raise CardFault(fault_of(reply.status), reply.status)
        try:
            card = decode_card(reply.data)
        except CardMalformed as error:
            raise CardFault(ReaderFault.UNREADABLE, reply.status) from error
        except UnknownCardKind as error:
            raise CardFault(ReaderFault.UNKNOWN_KIND, reply.status) from error
        if self._on_photo is not None:
            self._on_photo(photo_of(reply.data))
        return card

    def senses_selected(self) -> bool | None:
        """Return whether the selected card still lies there; None when this module cannot tell."""
        if not self._answers_presence:
            return None
        try:
            status = self._ask(commands.NEWEST_ADDRESS).status
        except _NoReply:
            status = commands.BAD_COMMAND
        if status == commands.BAD_COMMAND:
            self._answers_presence = False
            return None
        return status in {commands.OK, commands.NOTHING_THERE}

    def newest_addresses(self) -> tuple[str, ...]:
        """Return the addresses added to the selected card since it was made; raises `CardFault`."""
        reply = self._ask_of_card(commands.NEWEST_ADDRESS, {commands.OK, commands.NOTHING_THERE})
        return decode_addresses(reply.data)

    def management_number(self) -> bytes:
        """Return the 28 bytes that number the selected card's body; raises `CardFault`."""
        return self._ask_of_card(commands.MANAGEMENT_NUMBER, {commands.OK}).data

    def _ask_of_card(self, command: Command, good: set[int]) -> Reply:
        try:
            reply = self._ask(command)
        except _NoReply as silence:
            raise CardFault(silence.fault) from silence
        if reply.status not in good:
            raise CardFault(fault_of(reply.status), reply.status)
        return reply

    def _require_health(self) -> None:
        """Any sound answer to the status question proves the speed; three of them mean the module is out."""
        status = self._exchange(commands.STATUS).status
        if status in {commands.SELF_TEST_FAILED, commands.UNAUTHORISED, commands.NOT_PERMITTED}:
            raise ReaderOut(fault_of(status), status)

    def _ask_surely(self, command: Command) -> Reply:
        try:
            return self._ask(command)
        except _NoReply as silence:
            raise ReaderOut(silence.fault) from silence

    def _ask(self, command: Command, content: bytes = b"") -> Reply:
        """Ask, and again after noise, silence or a complaint about the frame; reset before a third try."""
        try:
            reply = self._exchange(command, content)
        except _NoReply:
            return self._exchange(command, content)
        if reply.status in {commands.BAD_CHECKSUM, commands.BAD_LENGTH, commands.UNKNOWN_ERROR}:
            reply = self._exchange(command, content)
        if reply.status == commands.UNKNOWN_ERROR:
            self._exchange(commands.RESET)
            reply = self._exchange(command, content)
        return reply

    def _exchange(self, command: Command, content: bytes = b"") -> Reply:
        try:
            self._transport.flush_input()
            self._transport.write(encode_request(command.code, command.parameter, content))
            reply = self._await(command)
            if reply is None:
                self._await_quiet()
                raise _NoReply(ReaderFault.SILENT)
        except TransportLost as error:
            raise lost(error) from error
        return reply

    def _await(self, command: Command) -> Reply | None:
        """Return the reply that fits; None when time is up. Raises `_NoReply` on a damaged frame."""
        scanner = FrameScanner()
        began = self._monotonic()
        first_byte_by = deadline = began + command.first_byte_s * self._patience
        longest = began + _LONGEST_REPLY_FACTOR * max(1.0, command.first_byte_s) * self._patience
        while arrived := self._transport.read(deadline):
            scanner.feed(arrived)
            while (body := scanner.take()) is not None:
                reply = decode_reply(body)
                if command.fits(reply.status, len(reply.data)):
                    return reply
            now = self._monotonic()
            if now >= longest:
                break
            # Behind a damaged frame the sound one may follow at once, or nothing will.
            if scanner.has_begun:
                deadline = min(now + _GAP_S * self._patience, longest)
            elif scanner.damaged:
                deadline = now + _SHORT_GAP_S
            else:
                deadline = max(now + _SHORT_GAP_S, first_byte_by)
        body = scanner.salvage()
        if body is not None and command.fits(decode_reply(body).status, len(body) - 3):
            return decode_reply(body)
        if scanner.damaged:
            self._await_quiet()
            raise _NoReply(ReaderFault.GARBLED)
        return None

    def _await_quiet(self) -> None:
        """Let a late answer run out, so that the next question does not get it."""
        end = self._monotonic() + _LONGEST_NOISE_S
        while self._monotonic() < end and self._transport.read(self._monotonic() + _QUIET_S):
            continue

    def _set_baud(self, baud: int) -> None:
        try:
            self._transport.set_baud(baud)
        except TransportLost as error:
            raise lost(error) from error
