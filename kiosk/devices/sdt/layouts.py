"""Where each of the four cards keeps its fields in its 256 bytes of text (UTF-16, low byte first, padded).

Places are counted in characters of two bytes; the character at 124 names the kind of card.

| field          | citizen ' ' | residence permit 'J' | foreign 2017 'I' | foreign 2023 'Y'            |
| -------------- | ----------- | -------------------- | ---------------- | --------------------------- |
| name           | 0, 15       | 0, 15                | 79, 15           | 0, 15                       |
| Latin name     |             |                      | 0, 60            | 26, 35, goes on at 110, 11  |
| sex            | 15, 1       | 15, 1                | 60, 1            | 15, 1                       |
| nation         | 16, 2       |                      |                  |                             |
| issue count    |             | 119, 2               | 118, 2           | 16, 2                       |
| birth date     | 18, 8       | 18, 8                | 110, 8           | 18, 8                       |
| address        | 26, 35      | 26, 35               |                  |                             |
| number         | 61, 18      | 61, 18               | 61, 15           | 61, 18                      |
| issuer         | 79, 15      | 79, 15               | 120, 4 (a code)  | 79, 15                      |
| valid from, to | 94, 102     | 94, 102              | 94, 102          | 94, 102                     |
| travel permit  |             | 110, 9               |                  |                             |
| country        |             |                      | 76, 3            | 121, 3                      |
| former number  |             |                      |                  | 125, 3                      |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.devices.sdt.commands import ADDRESS_BYTES, SHORTEST_CARD_BYTES
from kiosk.domain.cards import CardKind, IdentityCard, Sex
from kiosk.domain.identity import normalise_number, previous_number

TEXT_BYTES = 256
KIND_PLACE = 124
LONG_TERM = "长期"
_PADDING = " \0\u3000"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands: first character and number of characters."""

    start: int
    length: int


_DATES = {"valid_from": Place(94, 8), "valid_to": Place(102, 8)}
_RESIDENT = _DATES | {
    "name": Place(0, 15),
    "sex": Place(15, 1),
    "birth_date": Place(18, 8),
    "address": Place(26, 35),
    "number": Place(61, 18),
    "issuer": Place(79, 15),
}

LAYOUTS: Mapping[CardKind, Mapping[str, Place]] = {
    CardKind.CITIZEN: _RESIDENT | {"nation": Place(16, 2)},
    CardKind.HMT_RESIDENT: _RESIDENT | {"travel_permit": Place(110, 9), "issue_count": Place(119, 2)},
    CardKind.FOREIGN_2017: _DATES
    | {
        "latin_name": Place(0, 60),
        "sex": Place(60, 1),
        "number": Place(61, 15),
        "country": Place(76, 3),
        "name": Place(79, 15),
        "birth_date": Place(110, 8),
        "issue_count": Place(118, 2),
        "issuer": Place(120, 4),
    },
    CardKind.FOREIGN_2023: _DATES
    | {
        "name": Place(0, 15),
        "sex": Place(15, 1),
        "issue_count": Place(16, 2),
        "birth_date": Place(18, 8),
        "latin_name": Place(26, 35),
        "number": Place(61, 18),
        "issuer": Place(79, 15),
        "latin_name_rest": Place(110, 11),
        "country": Place(121, 3),
        "association": Place(125, 3),
    },
}

KIND_SIGNS: Mapping[str, CardKind] = {
    " ": CardKind.CITIZEN,
    "J": CardKind.HMT_RESIDENT,
    "I": CardKind.FOREIGN_2017,
    "Y": CardKind.FOREIGN_2023,
}


class CardMalformed(Exception):
    """The module said the read went well, but what it sent cannot be a card."""


class UnknownCardKind(Exception):
    """A card of a kind that none of the four layouts describes."""


def decode_card(payload: bytes) -> IdentityCard:
    """Return the card in the data of a read reply; photo and fingerprints are left behind here.

    Raises `CardMalformed` when the length words do not fit, `UnknownCardKind` for a fifth kind of card.
    Bytes that are no UTF-16 become U+FFFD; private-use characters stay, since old cards spell rare names so.
    """
    text = _text_of(payload)
    sign = _field(text, Place(KIND_PLACE, 1)) or " "
    kind = KIND_SIGNS.get(sign)
    if kind is None:
        raise UnknownCardKind
    layout = LAYOUTS[kind]
    fields = {name: _field(text, place) for name, place in layout.items()}
    number = normalise_number(fields["number"])
    if not number:
        raise CardMalformed("a card without a number")
    country = fields.get("country", "").upper()
    association = fields.get("association", "")
    return IdentityCard(
        kind=kind,
        name=fields["name"],
        latin_name=_latin_name(text, layout),
        sex=_sex(fields["sex"]),
        nation_code=fields.get("nation") or None,
        birth_date=_date(fields["birth_date"]),
        address=fields.get("address", ""),
        number=number,
        issuer=fields["issuer"],
        valid_from=_date(fields["valid_from"]),
        valid_to=_date(fields["valid_to"]),
        is_long_term=fields["valid_to"] == LONG_TERM,
        travel_permit_no=fields.get("travel_permit", ""),
        country_code=country,
        previous_number=previous_number(number, country, association) if association else None,
    )


def decode_addresses(payload: bytes) -> tuple[str, ...]:
    """Return the addresses that were added to a card, in its order; blank records are left out."""
    records = (payload[at : at + ADDRESS_BYTES] for at in range(0, len(payload), ADDRESS_BYTES))
    whole = Place(0, ADDRESS_BYTES // 2)
    return tuple(address for record in records if (address := _field(record, whole)))


def photo_of(payload: bytes) -> bytes:
    """Return the photo in the data of a read reply, as compressed as it is; empty when there is none.

    Raises `CardMalformed` when the length words do not fit.
    """
    head, sizes = _sizes_of(payload)
    return payload[head + sizes[0] : head + sizes[0] + sizes[1]]


def _text_of(payload: bytes) -> bytes:
    head, sizes = _sizes_of(payload)
    text = payload[head : head + min(sizes[0], TEXT_BYTES)]
    return text + b" \0" * ((TEXT_BYTES - len(text)) // 2)


def _sizes_of(payload: bytes) -> tuple[int, list[int]]:
    """Return where the parts begin and their lengths: text and photo or, with fingerprints, three."""
    for parts in (2, 3):
        sizes = [int.from_bytes(payload[2 * part : 2 * part + 2], "big") for part in range(parts)]
        if len(payload) == 2 * parts + sum(sizes) and sizes[0] >= SHORTEST_CARD_BYTES - 4:
            return 2 * parts, sizes
    raise CardMalformed("the lengths do not add up")


def _field(text: bytes, place: Place) -> str:
    return _raw(text, place).rstrip(_PADDING)


def _raw(text: bytes, place: Place) -> str:
    return text[2 * place.start : 2 * (place.start + place.length)].decode("utf-16-le", errors="replace")


def _latin_name(text: bytes, layout: Mapping[str, Place]) -> str:
    """Join both parts before trimming, since a space may stand where the first one ends."""
    parts = [_raw(text, layout[name]) for name in ("latin_name", "latin_name_rest") if name in layout]
    return " ".join("".join(parts).replace("\0", " ").split())


def _sex(code: str) -> Sex:
    return Sex(code) if code in set(Sex) else Sex.UNKNOWN


def _date(text: str) -> date | None:
    """Return the day of YYYYMMDD; a date that is none must not keep its holder from work."""
    if len(text) != 8 or not (text.isascii() and text.isdecimal()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
