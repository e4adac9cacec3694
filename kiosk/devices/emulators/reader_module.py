"""The security module of an emulated reader: one card, four states, and an answer to every command.

    ABSENT --lay--> IDLE --20 01/9F--> FOUND --20 02/90--> SELECTED --30 01/90, any number of times

A strict module no longer finds or selects a selected card (80, 81); a lenient one does, and needs no select.
"""

from __future__ import annotations

from enum import IntEnum

from kiosk.devices.emulators.cards import address_payload, card_payload
from kiosk.devices.sdt import commands
from kiosk.devices.sdt.frames import encode_reply
from kiosk.domain.cards import IdentityCard

MODULE_NUMBER = bytes.fromhex("05 00 01 00 A5 3A 34 01 40 E2 01 00 87 D6 12 00")
MANAGEMENT_NUMBER = bytes(28)


class _Place(IntEnum):
    ABSENT = 0
    IDLE = 1
    FOUND = 2
    SELECTED = 3


class SecurityModule:
    """Answers requests as a module with one card would; knows nothing of lines, time or misbehaviour."""

    def __init__(self, *, is_lenient: bool = False, fingers: int = 0) -> None:
        """Be strict or lenient with a selected card, which carries `fingers` fingerprints."""
        self._is_lenient = is_lenient
        self._fingers = fingers
        self._card: IdentityCard | None = None
        self._addresses: tuple[str, ...] = ()
        self._place = _Place.ABSENT

    @property
    def has_card(self) -> bool:
        """Whether a card lies on the reader."""
        return self._card is not None

    def lay(self, card: IdentityCard, addresses: tuple[str, ...] = ()) -> None:
        """Lay a card on the reader, in place of one that may lie there; raises `ValueError` on an odd one."""
        card_payload(card)
        self._card, self._addresses, self._place = card, addresses, _Place.IDLE

    def lift(self) -> None:
        """Take the card away."""
        self._card, self._addresses, self._place = None, (), _Place.ABSENT

    def drop_selection(self) -> None:
        """Forget what was selected, as after power-on."""
        self._place = _Place.ABSENT if self._card is None else _Place.IDLE

    def answer(self, request: bytes) -> bytes:
        """Return the reply frame to a request body (command, parameter, data)."""
        match request[0], request[1]:
            case (0x20, 0x01):
                return self._find()
            case (0x20, 0x02):
                return self._select()
            case (0x30, parameter):
                return self._read(parameter)
            case (0x12, 0xFF):
                return encode_reply(commands.OK, MODULE_NUMBER)
            case (code, parameter):
                return self._settle(code, parameter)

    def _settle(self, code: int, parameter: int) -> bytes:
        """Answer what concerns no card: reset, status, speed and radio settings."""
        if code == commands.RESET.code:
            self.drop_selection()
        is_speed = code == 0x60 and parameter < len(commands.BAUDS)
        is_known = is_speed or (code in {0x10, 0x11, 0x61} and parameter == 0xFF)
        return encode_reply(commands.OK if is_known else commands.BAD_COMMAND)

    def _find(self) -> bytes:
        is_hidden = self._place is _Place.SELECTED and not self._is_lenient
        if self._card is None or is_hidden:
            return encode_reply(commands.NO_CARD)
        self._place = max(self._place, _Place.FOUND)
        return encode_reply(commands.FOUND, bytes(4))

    def _select(self) -> bytes:
        may_select = self._place is _Place.FOUND or (self._is_lenient and self._card is not None)
        if not may_select:
            return encode_reply(commands.SELECT_FAILED)
        self._place = _Place.SELECTED
        return encode_reply(commands.OK, bytes(8))

    def _read(self, parameter: int) -> bytes:
        card = self._card if self._is_lenient or self._place is _Place.SELECTED else None
        if parameter not in {0x01, 0x03, 0x05, 0x10}:
            return encode_reply(commands.BAD_COMMAND)
        if card is None:
            return encode_reply(commands.READ_FAILED)
        if parameter == 0x03:
            status = commands.OK if self._addresses else commands.NOTHING_THERE
            return encode_reply(status, address_payload(self._addresses))
        if parameter == 0x05:
            return encode_reply(commands.OK, MANAGEMENT_NUMBER)
        return encode_reply(commands.OK, card_payload(card, self._fingers if parameter == 0x10 else None))
