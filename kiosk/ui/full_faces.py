"""How a job without a place is shown: that it is full, and in a few signs what would change that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.actions.board_ports import JobOnBoard
from kiosk.actions.full_jobs import FullJob
from kiosk.domain.clock import clock_text
from kiosk.ui.faces import CardFace
from kiosk.ui.presenting import Say, day_word

_LATER = ("finding.full.look_later", "ui/replay")


def as_full(say: Say, card: CardFace, item: FullJob, today: date) -> CardFace:
    """Return the card of a full job; ways lead to it as reasons lead to others."""
    ways = [*_line(say, item), *_instead(say, item, today)] or [(say(_LATER[0]), _LATER[1])]
    return replace(
        card,
        places_before="",
        places=say("finding.full.card"),
        places_after="",
        row_before="",
        row_after="",
        reasons=[words for words, _ in ways],
        reason_icons=[icon for _, icon in ways],
    )


def instead_word(say: Say, instead: JobOnBoard, full: JobOnBoard, today: date) -> tuple[str, str]:
    """Return when the same trade is open, and its figure: a coach of that day, the same day, another day."""
    is_same_day = instead.job.shift.first_day == full.job.shift.first_day
    if is_same_day and instead.trip is not None:
        return say("finding.full.coach", time=clock_text(instead.trip.departs_at)), "ui/directions_bus"
    if is_same_day:
        return say("finding.full.elsewhere"), "ui/location_on"
    return say("finding.full.day", day=day_word(say, instead.job.shift.first_day, today)), "ui/today"


def _line(say: Say, item: FullJob) -> list[tuple[str, str]]:
    if not item.can_wait:
        return []
    return [
        (
            say("finding.full.wait" if item.waiting else "finding.full.wait_first", people=item.waiting),
            "ui/groups",
        )
    ]


def _instead(say: Say, item: FullJob, today: date) -> list[tuple[str, str]]:
    return [] if item.instead is None else [instead_word(say, item.instead, item.line, today)]
