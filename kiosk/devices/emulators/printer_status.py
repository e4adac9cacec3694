"""What is wrong with an emulated printer, and the bytes it says so with.

| question | reply |
|---|---|
| DLE EOT 1–4 | one byte of the form `0xx1xx10` |
| DLE EOT 17 | one such byte: bit 2 paper moves, bit 5 no paper (Custom) |
| DLE EOT 20 | `10 0F`, paper, cover and motor, what can be mended, what cannot (Custom) |
| GS a | four bytes, the first `0xx1xx00`, at every change |
| GS r 1 | bits 0, 1 near end |
"""

from __future__ import annotations

from dataclasses import dataclass

_CUSTOM_PARTS = 4


@dataclass(slots=True)
class Condition:
    """What is wrong with the printer, and which bad habits it has.

    `will_jam` is a cutter that jams at its next cut. `has_ticket` is a slip that the presenter holds out; it
    is taken once the printer has been seen to hold it, unless it `is_left`. `is_near_end_reversed` is a
    sensor wired the wrong way round, `is_silent_behind` a printer that never answers GS r, `is_early` one
    that answers it before the paper has moved, and `is_chatty` one that puts its state unasked between the
    bytes of every reply.
    """

    is_paper_out: bool = False
    is_paper_low: bool = False
    is_cover_open: bool = False
    is_offline: bool = False
    will_jam: bool = False
    is_jammed: bool = False
    has_ticket: bool = False
    is_left: bool = False
    is_mute: bool = False
    is_near_end_reversed: bool = False
    is_silent_behind: bool = False
    is_early: bool = False
    is_chatty: bool = False

    @property
    def is_stopped(self) -> bool:
        """Return whether the executing half stands still."""
        return self.is_paper_out or self.is_cover_open or self.is_offline or self.is_jammed


CHANGES: dict[str, dict[str, bool]] = {
    "reload": {"is_paper_out": False, "is_paper_low": False},
    "paper_out": {"is_paper_out": True, "is_paper_low": True},
    "paper_low": {"is_paper_low": True},
    "cover_open": {"is_cover_open": True},
    "cover_close": {"is_cover_open": False},
    "offline": {"is_offline": True},
    "online": {"is_offline": False},
    "cutter_jam": {"will_jam": True},
    "cutter_clear": {"will_jam": False, "is_jammed": False},
    "mute": {"is_mute": True},
    "unmute": {"is_mute": False},
    "near_end_reversed": {"is_near_end_reversed": True},
    "near_end_right": {"is_near_end_reversed": False},
    "silent_behind": {"is_silent_behind": True},
    "answers_behind": {"is_silent_behind": False},
    "early": {"is_early": True},
    "in_turn": {"is_early": False},
    "chatty": {"is_chatty": True},
    "quiet": {"is_chatty": False},
    "leave_tickets": {"is_left": True},
    "take_ticket": {"has_ticket": False, "is_left": False},
}


def real_time(number: int, now: Condition, *, has_near_end_sensor: bool) -> bytes:
    """Return the answer to DLE EOT 1 to 4, b"" for any other number."""
    near_end = has_near_end_sensor and now.is_paper_low != now.is_near_end_reversed
    bits = {
        1: _bits((now.is_stopped, 0x08)),
        2: _bits((now.is_cover_open, 0x04), (now.is_paper_out, 0x20), (now.is_jammed, 0x40)),
        3: _bits((now.is_jammed, 0x08)),
        4: _bits((near_end, 0x0C), (now.is_paper_out, 0x60)),
    }
    return bytes((0x12 | bits[number],)) if number in bits else b""


def presenter_real_time(number: int, now: Condition, *, moves: bool) -> bytes:
    """Return the answer of a Custom printer to DLE EOT 17 or 20, b"" for any other number."""
    if number == 17:
        return bytes((0x12 | _bits((moves, 0x04), (now.is_paper_out, 0x20)),))
    return full_status(0x0F, now, moves=moves) if number == 20 else b""


def full_status(parts: int, now: Condition, *, moves: bool) -> bytes:
    """Return Custom's full status with the parts that these four bits ask for."""
    near_end = now.is_paper_low != now.is_near_end_reversed
    told = (
        _bits((now.is_paper_out, 0x01), (near_end, 0x04), (now.has_ticket, 0x20)),
        _bits((now.is_cover_open, 0x03), (moves, 0x08)),
        0,
        _bits((now.is_jammed, 0x01)),
    )
    return bytes((0x10, parts, *(told[at] for at in range(_CUSTOM_PARTS) if parts & 1 << at)))


def automatic_block(now: Condition) -> bytes:
    """Return the four bytes that tell the state unasked."""
    return bytes(
        (
            0x10 | _bits((now.is_stopped, 0x08), (now.is_cover_open, 0x20)),
            _bits((now.is_jammed, 0x08)),
            _bits((now.is_paper_low, 0x03), (now.is_paper_out, 0x0C)),
            0,
        )
    )


def paper_byte(now: Condition, *, has_near_end_sensor: bool) -> bytes:
    """Return the answer to GS r 1."""
    return bytes((_bits((has_near_end_sensor and now.is_paper_low, 0x03)),))


def ejector_byte(now: Condition) -> bytes:
    """Return the answer to GS e 6."""
    return bytes((_bits((now.has_ticket, 0x08), (now.is_jammed, 0x80)),))


def _bits(*said: tuple[bool, int]) -> int:
    return sum(bit for is_so, bit in said if is_so)
