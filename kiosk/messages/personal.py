"""Which fields of an entry are personal, under which key, and how their values are written in few bytes.

*Statutory* is what law lets the hall keep: who somebody is, which papers were seen, how he signed. *Optional*
is what only consent allows: telephone, trades, span.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from stdnum.iso7064 import mod_11_2

if TYPE_CHECKING:
    from kiosk.messages.events import EventBody

_CITIZEN = "citizen"
_CARD_NUMBER = re.compile(r"[1-9][0-9]{16}[0-9X]")
_PHONE = re.compile(r"[1-9][0-9]{6,14}")
_NUMBER_BYTES = 8
_PLAIN, _CITIZEN_FORM, _FIRST_SPAN = 0, 1, 2
_PERSON = ("person",)
_ANSWERS = ("phone", "trades", "span")
_SPANS = (None, "day", "long", "either")
_TRADES = (
    "pick_fruit",
    "corn_seed",
    "seedlings",
    "weeding",
    "vegetables",
    "greenhouse",
    "herbs",
    "herding",
    "farm_machines",
    "spraying",
    "tree_planting",
    "masonry",
    "site_labour",
    "concrete",
    "rebar",
    "scaffold",
    "road",
    "waterproof",
    "plumbing",
    "fitting_out",
    "windows",
    "electrician",
    "welder",
    "carpenter",
    "excavator",
    "crane",
    "packing",
    "produce",
    "line_work",
    "sewing",
    "slaughter",
    "dough",
    "guard",
    "waiter",
    "dishes",
    "kitchen_hand",
    "cook",
    "pastry",
    "cleaning",
    "rubbish",
    "greening",
    "housework",
    "child_care",
    "elder_care",
    "hospital_care",
    "repairs",
    "car_wash",
    "loading",
    "moving",
    "warehouse",
    "sorting",
    "courier",
    "delivery",
    "truck",
    "forklift",
)
"""Spans and trades by their places, which never change; what came later is written out."""


class Kind(StrEnum):
    """Which of a worker's two keys."""

    STATUTORY = "statutory"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Sealing:
    """Which fields of a body are sealed, by which key; `blanks` stand where they cannot be read."""

    kind: Kind
    blanks: tuple[tuple[str, Any], ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the fields."""
        return tuple(name for name, _ in self.blanks)


def packed(body: EventBody) -> bytes:
    """Return the values of a body's personal fields in few bytes.

    | byte 0 | what follows |
    | --- | --- |
    | 0 | the values in JSON |
    | 1 | a citizen whose number tells the rest: its first 17 digits in 8 bytes, the name in GB 18030 |
    | 2 … 5 | answers, with the span that stands so many places behind 2: telephone, then a byte a trade |
    """
    assert body.sealing is not None
    said = body.model_dump(mode="json")
    values = [said[name] for name in body.sealing.fields]
    short = _short_person(*values) if body.sealing.fields == _PERSON else None
    if body.sealing.fields == _ANSWERS:
        short = _short_answers(*values)
    return bytes([_PLAIN]) + json.dumps(values).encode() if short is None else short


def unpacked(body_class: type[EventBody], raw: bytes) -> dict[str, Any]:
    """Return the fields that were packed. Raises ValueError for anything else."""
    assert body_class.sealing is not None
    names = body_class.sealing.fields
    form, rest = raw[:1], raw[1:]
    try:
        if form == bytes([_PLAIN]):
            values = json.loads(rest)
        elif form == bytes([_CITIZEN_FORM]):
            values = [_told_by(rest[_NUMBER_BYTES:].decode("gb18030"), _number_in(rest[:_NUMBER_BYTES]))]
        else:
            values = _long_answers(form[0] - _FIRST_SPAN, rest)
        return dict(zip(names, values, strict=True))
    except (TypeError, LookupError, RecursionError) as fault:
        raise ValueError("sealed fields make no sense") from fault


def _short_person(person: dict[str, Any] | None) -> bytes | None:
    """Return name and number alone where the number tells all the rest, as a citizen's does."""
    if person is None or person != _told_by(person["name"], person["number"]):
        return None
    digits = int(person["number"][:17]).to_bytes(_NUMBER_BYTES, "big")
    name = str(person["name"]).encode("gb18030", errors="replace")
    is_same = name.decode("gb18030") == person["name"]
    return bytes([_CITIZEN_FORM]) + digits + name if is_same else None


def _number_in(raw: bytes) -> str:
    digits = f"{int.from_bytes(raw, 'big'):017d}"
    return digits + mod_11_2.calc_check_digit(digits)


def _short_answers(phone: str | None, trades: Sequence[str], span: str | None) -> bytes | None:
    is_usual = phone is None or _PHONE.fullmatch(phone) is not None
    if not is_usual or span not in _SPANS or not set(trades) <= set(_TRADES):
        return None
    number = int(phone or "0")
    size = (number.bit_length() + 7) // 8
    told = bytes([_FIRST_SPAN + _SPANS.index(span), size]) + number.to_bytes(size, "big")
    return told + bytes(map(_TRADES.index, trades))


def _long_answers(span: int, raw: bytes) -> list[Any]:
    size = raw[0]
    number = int.from_bytes(raw[1 : 1 + size], "big")
    if span < 0 or len(raw) < 1 + size:
        raise ValueError("answers of no form")
    return [str(number) if number else None, [_TRADES[at] for at in raw[1 + size :]], _SPANS[span]]


def _told_by(name: str, number: str) -> dict[str, Any] | None:
    """Return the person whom a citizen's number describes: region, birth, and sex (GB 11643-1999)."""
    if not _CARD_NUMBER.fullmatch(number) or not mod_11_2.is_valid(number):
        return None
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    sex = "1" if int(number[16]) % 2 else "2"
    return {
        "kind": _CITIZEN,
        "name": name,
        "number": number,
        "sex": sex,
        "birth_date": born.isoformat(),
        "region": number[:6],
    }
