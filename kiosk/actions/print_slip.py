"""Print a slip: `sending` before the first byte leaves, `printed` only on the printer's own word."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, SlipRecord
from kiosk.domain.ids import SlipNumber
from kiosk.domain.placements import PlacementState, may_follow
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipState, may_become
from kiosk.messages.events import SlipStateChanged

WireState = Literal["printed", "uncertain", "void", "queued"]


def begin_printing(hall: Hall, number: SlipNumber, cuts_before: int | None = None) -> SlipRecord | None:
    """Mark a queued slip as `sending`, durably, and return it; None when it is not waiting to be printed.

    `cuts_before` is the printer's count of cuts before the first byte, where it has one.
    """
    with hall.store.writing() as records:
        slip = records.slips.by_number(number)
        if slip is None or slip.state is not SlipState.QUEUED:
            return None
        sending = replace(
            slip,
            state=SlipState.SENDING,
            evidence="",
            changed_at=hall.now(),
            cuts_before=cuts_before,
            cuts_after=None,
        )
        records.slips.update(sending)
    return sending


def record_printed(hall: Hall, number: SlipNumber, evidence: str) -> None:
    """Keep that the printer itself said the paper is out; `evidence` names its word."""
    with hall.store.writing() as records:
        slip = _change(hall, records, number, SlipState.PRINTED, evidence)
        placement = records.placements.by_id(slip.placement)
        if placement and may_follow(placement.state, PlacementState.SLIP_ISSUED):
            records.placements.set_state(placement.id, PlacementState.SLIP_ISSUED)


def record_uncertain(hall: Hall, number: SlipNumber, reason: str) -> None:
    """Keep that nobody knows whether the paper came out; only a person settles it."""
    with hall.store.writing() as records:
        _change(hall, records, number, SlipState.UNCERTAIN, reason)


def record_cuts(hall: Hall, number: SlipNumber, cuts_after: int) -> None:
    """Keep the printer's count of cuts after an attempt: what speaks for or against its paper."""
    with hall.store.writing() as records:
        slip = records.slips.by_number(number)
        if slip is not None and slip.cuts_before is not None:
            records.slips.update(replace(slip, cuts_after=cuts_after))


def record_not_sent(hall: Hall, number: SlipNumber) -> None:
    """Put a slip back in the queue: the printer refused before any byte left, so no paper moved."""
    with hall.store.writing() as records:
        slip = records.slips.by_number(number)
        if slip is not None and slip.state is SlipState.SENDING:
            records.slips.update(replace(slip, state=SlipState.QUEUED, changed_at=hall.now()))


def record_kept_back(hall: Hall, number: SlipNumber, reason: str) -> None:
    """Keep why a queued slip waits although the printer is well, so that a restart knows it too."""
    with hall.store.writing() as records:
        slip = records.slips.by_number(number)
        if slip is not None and slip.state is SlipState.QUEUED:
            records.slips.update(replace(slip, evidence=reason))


def recover_slips(hall: Hall) -> list[SlipNumber]:
    """At start, turn every `sending` slip into `uncertain`; return their numbers for the attendant."""
    with hall.store.writing() as records:
        torn = [slip.number for slip in records.slips.in_state(SlipState.SENDING)]
        for number in torn:
            _change(hall, records, number, SlipState.UNCERTAIN, "restart")
    return torn


def _change(hall: Hall, records: Records, number: SlipNumber, state: SlipState, evidence: str) -> SlipRecord:
    slip = records.slips.by_number(number)
    if slip is None or not may_become(slip.state, state):
        raise Refused(Sentence("actions.slip.not_possible", {"number": number}))
    changed = replace(slip, state=state, evidence=evidence, changed_at=hall.now())
    records.slips.update(changed)
    records.journal.append(slip_event(changed, reason="", actor=""), hall.now())
    return changed


def slip_event(slip: SlipRecord, reason: str, actor: str) -> SlipStateChanged:
    """Return the journal entry that tells what is now known of a slip."""
    states: dict[SlipState, WireState] = {
        SlipState.PRINTED: "printed",
        SlipState.UNCERTAIN: "uncertain",
        SlipState.VOID: "void",
        SlipState.QUEUED: "queued",
    }
    return SlipStateChanged(
        slip=slip.number,
        placement=slip.placement,
        copy_no=slip.copy_no,
        state=states[slip.state],
        evidence=slip.evidence,
        reason=reason,
        actor=actor,
    )
