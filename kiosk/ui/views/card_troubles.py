"""What goes with the sentence about a card that was not read: picture, what helps, plate, title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CardTrouble:
    """The picture, and the keys of what helps, of the yellow plate and of the sign."""

    picture: str
    note: str
    plate: str
    title: str = "ui.unreadable.title"


_LOOK, _READER = "ui.unreadable.title_look", "ui.unreadable.title_reader"
_AGAIN, _SEEN = "ui.unreadable.go", "devices.reader.seen"

USUAL = CardTrouble("pictograms/laycard", "ui.unreadable.again", _AGAIN)

TROUBLES: Mapping[str, CardTrouble] = {
    "ui.unreadable.bad_number": CardTrouble(
        "pictograms/card_desk", "ui.unreadable.bad_number_note", _SEEN, _LOOK
    ),
    "devices.reader.lay_id_card": CardTrouble(
        "pictograms/card_other", "devices.reader.lay_id_card.note", _AGAIN
    ),
    "devices.reader.lay_again": CardTrouble("pictograms/card_wipe", "devices.reader.lay_again.note", _AGAIN),
    "devices.reader.hold_still": CardTrouble(
        "pictograms/card_still", "devices.reader.hold_still.note", _AGAIN
    ),
    "devices.reader.ask_staff": CardTrouble("pictograms/card_desk", "devices.reader.ask_staff.note", _SEEN),
    "devices.reader.at_the_desk": CardTrouble(
        "pictograms/card_pen", "devices.reader.at_the_desk.note", _SEEN, _LOOK
    ),
    "devices.reader.broken": CardTrouble(
        "pictograms/reader_fault", "devices.reader.broken.note", _SEEN, _READER
    ),
    "devices.reader.locked": CardTrouble(
        "pictograms/reader_locked", "devices.reader.locked.note", _SEEN, _READER
    ),
    "devices.reader.out_of_order": CardTrouble(
        "pictograms/reader_out", "devices.reader.out_of_order.note", _SEEN, _READER
    ),
}
"""By the key of the sentence: a picture for whoever does not read, of its own for each thing to do."""
