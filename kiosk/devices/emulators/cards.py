"""What a card would hold, built from plain values: the text of all four kinds, a photo that shows nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from kiosk.devices.sdt.commands import ADDRESS_BYTES
from kiosk.devices.sdt.layouts import KIND_PLACE, KIND_SIGNS, LAYOUTS, LONG_TERM, TEXT_BYTES, Place
from kiosk.domain.cards import CardKind, IdentityCard, Sex

PHOTO = bytes.fromhex("57 4C 66 00 7E 00 32 00 00 FF") + bytes(at % 256 for at in range(1014))
"""A photo block with a genuine head and nothing behind it."""

FINGER = bytes([0x43]) + bytes(511)
_SIGN_OF = {kind: sign for sign, kind in KIND_SIGNS.items()}
_DATES = ("birth_date", "valid_from", "valid_to")
_BLANKS: Mapping[str, object] = {
    "kind": CardKind.CITIZEN,
    "name": "",
    "latin_name": "",
    "sex": Sex.UNKNOWN,
    "nation_code": None,
    "birth_date": None,
    "address": "",
    "issuer": "",
    "valid_from": None,
    "valid_to": None,
    "is_long_term": False,
    "travel_permit_no": "",
    "country_code": "",
    "previous_number": None,
}


def card_from_values(values: Mapping[str, object]) -> IdentityCard:
    """Return a card from JSON values; only the number must be there. Raises `ValueError` on what is no card.

    Dates are `1990-03-07` or `19900307`; a `valid_to` of 长期 makes the card long-term.
    """
    known = {field.name for field in fields(IdentityCard)}
    if strange := set(values) - known:
        raise ValueError(f"a card has no {sorted(strange)}")
    if "number" not in values:
        raise ValueError("a card needs a number")
    whole = {**_BLANKS, **values}
    if whole["valid_to"] == LONG_TERM:
        whole |= {"valid_to": None, "is_long_term": True}
    for name in _DATES:
        if isinstance(day := whole[name], str):
            whole[name] = date.fromisoformat(day)
    whole |= {"kind": CardKind(str(whole["kind"])), "sex": Sex(str(whole["sex"]))}
    for name, blank in _BLANKS.items():
        _require_type(name, whole[name], blank)
    _require_type("number", whole["number"], "")
    return IdentityCard(**whole)  # type: ignore[arg-type]  # each was checked above


def values_of(card: IdentityCard) -> dict[str, object]:
    """Return the JSON values of a card, fit for `card_from_values`."""
    values = {field.name: getattr(card, field.name) for field in fields(IdentityCard)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def card_text(card: IdentityCard, issue_count: str = "01") -> bytes:
    """Return the 256 bytes of text such a card holds; raises `ValueError` when a field is too long."""
    text = bytearray(b" \0" * (TEXT_BYTES // 2))
    contents = {
        "name": card.name,
        "latin_name": card.latin_name,
        "sex": card.sex.value,
        "nation": card.nation_code or "",
        "issue_count": issue_count,
        "birth_date": _digits(card.birth_date),
        "address": card.address,
        "number": card.number,
        "issuer": card.issuer,
        "valid_from": _digits(card.valid_from),
        "valid_to": LONG_TERM if card.is_long_term else _digits(card.valid_to),
        "travel_permit": card.travel_permit_no,
        "country": card.country_code,
        "association": _association(card.previous_number),
    }
    layout = LAYOUTS[card.kind]
    if (rest := layout.get("latin_name_rest")) is not None:
        split = layout["latin_name"].length
        contents["latin_name"], contents["latin_name_rest"] = card.latin_name[:split], card.latin_name[split:]
        _write(text, rest, contents["latin_name_rest"])
    for name, place in layout.items():
        _write(text, place, contents[name])
    _write(text, Place(KIND_PLACE, 1), _SIGN_OF[card.kind])
    return bytes(text)


def card_payload(card: IdentityCard, fingers: int | None = None) -> bytes:
    """Return the data of a read reply: `fingers` None as for 30 01, 0 to 2 as for 30 10."""
    text = card_text(card)
    prints = FINGER * (fingers or 0)
    sizes = [len(text), len(PHOTO)] + ([len(prints)] if fingers is not None else [])
    return b"".join(size.to_bytes(2, "big") for size in sizes) + text + PHOTO + prints


def address_payload(addresses: tuple[str, ...]) -> bytes:
    """Return the data of a newest-address reply: 70 bytes an address."""
    records = bytearray(b" \0" * (ADDRESS_BYTES // 2 * len(addresses)))
    for at, address in enumerate(addresses):
        _write(records, Place(at * ADDRESS_BYTES // 2, ADDRESS_BYTES // 2), address)
    return bytes(records)


def _write(text: bytearray, place: Place, value: str) -> None:
    coded = value.encode("utf-16-le")
    if len(coded) > 2 * place.length:
        raise ValueError(f"{len(coded) // 2} characters do not fit into {place.length}")
    text[2 * place.start : 2 * place.start + len(coded)] = coded


def _require_type(name: str, value: object, blank: object) -> None:
    """Refuse a value of another type than the field has; a date or code may be None."""
    expected = date if name in _DATES else type(blank) if blank is not None else str
    if not (isinstance(value, expected) or (value is None and blank is None)):
        raise ValueError(f"{name} must be {expected.__name__}")


def _digits(day: date | None) -> str:
    return day.strftime("%Y%m%d") if day is not None else ""


def _association(previous: str | None) -> str:
    return previous[5:7] + previous[13] if previous else ""
