"""The small papers beside the slip: which there are, how they are numbered, how often one may be had."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kiosk.domain.ids import PaperNumber

MOST_COPIES = 2
"""So many times a paper is printed again for whoever asks; after that the desk looks into it."""
RECEIPT_VALID_DAYS = 30
"""So long every kiosk of the city knows somebody who does not come back."""


class PaperKind(StrEnum):
    """What a paper is for; the value stands in its document."""

    NUMBER_TICKET = "number_ticket"
    REGISTRATION = "registration"
    BOARDING = "boarding_pass"
    WHY_NOT = "why_not"
    TEAM_LIST = "team_list"

    @property
    def series(self) -> str:
        """Return the two letters a number of this kind begins with."""
        return {
            PaperKind.NUMBER_TICKET: "PD",
            PaperKind.REGISTRATION: "QZ",
            PaperKind.BOARDING: "CC",
            PaperKind.WHY_NOT: "JH",
            PaperKind.TEAM_LIST: "MD",
        }[self]


def paper_number(kind: PaperKind, station: str, day: date, of: str) -> PaperNumber:
    """Return the number of a paper, QZ-NZ-0918-A12; `of` says whose it is, so it stays the same."""
    return PaperNumber(f"{kind.series}-{station}-{day:%m%d}-{of}")
