"""Which function an entry's meaning is: the one table from type of entry to projection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.bureau.projections import (
    desk,
    duty,
    found,
    hiring,
    merges,
    outcomes,
    papers,
    pay,
    people,
    places,
    postings,
    trips,
    wishes,
)
from kiosk.bureau.projections.ground import Ground
from kiosk.messages import events
from kiosk.messages.events import EventBody

# Any: each function takes the very body it stands beside, which the type system cannot say of a table.
_MEANING: dict[type[EventBody], Callable[[Ground, Any], None]] = {
    events.WorkerRegistered: people.register_worker,
    events.WorkerCorrected: people.correct_worker,
    events.WorkersMerged: merges.merge_workers,
    events.MergeUndone: merges.undo_merge,
    events.CheckedIn: people.note_check_in,
    events.FirstAnswersGiven: people.note_answers,
    events.ErasureAsked: wishes.ask_erasure,
    events.UseRestricted: wishes.note_restriction,
    events.CertificateRecorded: people.note_certificate,
    events.ClassHeld: people.note_class,
    events.HardshipVerified: people.note_proof,
    events.SkillRecorded: people.note_proof,
    events.PlaceTaken: places.take_place,
    events.SignedUp: hiring.note_sign_up,
    events.SignUpCalled: hiring.note_call,
    events.SignUpMissed: hiring.note_missed,
    events.SignUpMoved: hiring.note_move,
    events.TalkBegun: hiring.note_talk,
    events.TalkAgreed: hiring.note_agreement,
    events.SignUpEnded: hiring.note_end,
    events.PlaceGivenBack: places.give_place_back,
    events.SlipStateChanged: places.note_slip,
    events.PayAnswered: pay.note_pay_answer,
    events.CardFound: found.note_found,
    events.CardHandedBack: found.note_handed_back,
    events.SlipReturned: outcomes.note_part,
    events.ArrivalConfirmed: outcomes.note_arrival,
    events.SlipScannedIn: papers.scan_in,
    events.SlipBoarded: papers.note_boarded,
    events.BlockAcknowledged: papers.acknowledge_block,
    events.DoorClosed: papers.close_door,
    events.HelpCalled: desk.note_call,
    events.HelpAnswered: desk.note_answer,
    events.CountsChanged: desk.note_count,
    events.StaffActed: desk.note_act,
    events.DeviceSeen: desk.note_device,
    events.JobPosted: postings.post_job,
    events.JobWithdrawn: postings.withdraw_job,
    events.DutyHanded: duty.note_handed,
    events.IncidentNoted: duty.note_incident,
    events.ReturnNoted: duty.note_return,
    events.ReturnClosed: duty.close_return,
    events.VehicleRecorded: trips.record_vehicle,
    events.DriverRecorded: trips.record_driver,
    events.TripFormed: trips.form_trip,
    events.PassengersChanged: trips.change_passengers,
    events.TripCrewed: trips.crew_trip,
    events.TripChecked: trips.note_check,
    events.RidersCalled: trips.note_called,
    events.TripDeparted: trips.depart,
}


def project(ground: Ground, body: EventBody) -> None:
    """Turn one entry into rows. Raises NotApplicable, or ValueError for a body that makes no sense.

    Returned rights mean no rows: they are the authority's own state, see `returns`. So is what becomes of
    papers that must be kept out, which a replay leaves alone.
    """
    if type(body) in _MEANING:
        _MEANING[type(body)](ground, body)
