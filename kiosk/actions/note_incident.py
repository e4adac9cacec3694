"""Note what befell people of a trip, by whom they were answered for then, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.actions.count_return import required_outing
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.ids import TripId
from kiosk.domain.incidents import Incident, IncidentKind, Severity, Told
from kiosk.domain.segments import in_force
from kiosk.domain.sentences import Sentence
from kiosk.messages.events import IncidentNoted


@dataclass(frozen=True, slots=True)
class Happened:
    """What an attendant was told or saw; `done` in words, never a name."""

    kind: IncidentKind
    severity: Severity
    at: datetime
    people: int
    done: str = ""
    told: tuple[Told, ...] = ()


def note_incident(hall: Hall, trip: TripId, happened: Happened, staff: Staff) -> Incident:
    """Keep an incident with the party that answered then. Raises Refused for one that is still to come."""
    with hall.store.writing() as records:
        outing = required_outing(records, trip)
        if not outing.opened_at <= happened.at <= hall.now():
            raise Refused(Sentence("actions.duty_handed.time"))
        incident = Incident(
            id=hall.fresh_id(),
            trip=trip,
            at=happened.at,
            kind=happened.kind,
            severity=happened.severity,
            party=in_force(records.outings.hand_overs(trip), happened.at),
            people=happened.people,
            done=happened.done,
            told=happened.told,
            noted_by=staff.id,
        )
        _keep(hall, records, incident, staff)
    return incident


def close_incident(hall: Hall, trip: TripId, incident: str, outcome: str, staff: Staff) -> Incident:
    """Keep how an incident ended; whose it was stays as it was. Raises Refused without words, or twice."""
    if not outcome.strip():
        raise Refused(Sentence("actions.reason_missing"))
    with hall.store.writing() as records:
        known = {each.id: each for each in records.outings.incidents(trip) if each.closed_at is None}
        if incident not in known:
            raise Refused(Sentence("actions.incident.closed"))
        closed = replace(known[incident], closed_at=hall.now(), outcome=outcome)
        _keep(hall, records, closed, staff)
    return closed


def _keep(hall: Hall, records: Records, incident: Incident, staff: Staff) -> None:
    records.outings.keep_incident(incident)
    noted = IncidentNoted(
        incident=incident.id,
        trip=incident.trip,
        at=incident.at,
        kind=incident.kind.value,
        severity=incident.severity.value,
        party=incident.party.value,
        people=incident.people,
        done=incident.done,
        told=[each.value for each in incident.told],
        closed_at=incident.closed_at,
        outcome=incident.outcome,
        actor=staff.id,
    )
    records.journal.append(noted, hall.now())
    record_act(hall, records, staff, Act.NOTE_INCIDENT, "trip", incident.trip, incident.outcome)
